"""What the sentence above a list hands down to its items, and whether it has an act of its own."""

from __future__ import annotations

from dragoman.extract.candidate import Span
from dragoman.extract.context import Context
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.drafts import Draft, read_drafts
from dragoman.extract.en.finds import Find
from dragoman.extract.en.forces import EXPLORATORY, FIRM, INTENDED
from dragoman.extract.en.items import Stem
from dragoman.extract.en.subject_kinds import kind_of
from dragoman.extract.en.subjects import AUTHORS, MAIN, NAMED, SHARED, UNKNOWN, Subject, rule_of
from dragoman.extract.en.words import BASE, CONJUNCTION, DET, GERUND, MODAL, PARTICIPLE, PREPOSITION, SIGN
from dragoman.extract.memory import keep
from dragoman.extract.view import View
from dragoman.model import BlockKind, Kind

AGENT_REACH, LONGEST_AGENT = 20, 16
"""Tokens after a passive verb among which "by" is looked for, and tokens of the agent after it."""
INCLUDING = frozenset({"including", "include", "includes", "following"})
POSSIBLE = frozenset({"may", "can", "could", "might"})
MARKS = frozenset({"*"})
LONGEST_LABEL = 10
"""Words of a label at most."""


def stem_of(view: View, context: Context) -> Stem | None:
    """Return what a stem hands down, None where its sentence carries no kind or its list names topics."""
    stems, index = context.memory.stems, view.sentence.index
    return stems[index] if index in stems else keep(stems, index, read_stem(view, context))


def read_stem(view: View, context: Context) -> Stem | None:
    """Return what a stem hands down, from its own words."""
    tokens, drafts = read_drafts(view, context)
    own = [draft for draft in drafts if draft.subject.clause in {MAIN, SHARED}] or drafts
    if not own and is_label(view):
        return under_label(view, context)
    if not own or ends_in_topic(tokens) or may_include(tokens):
        return None
    own = [draft for draft in own if "bare-noun" not in draft.doubts] or own
    draft = next((draft for draft in reversed(own) if not tokens.verb_in(draft.find.act, "speaking")), own[-1])
    earlier = taken_up(view, draft, context)
    if earlier is not None:
        return earlier
    find = draft.find
    if find.kind is Kind.COMMITMENT and find.force == EXPLORATORY:
        find = find._replace(force=tail_force(tokens, find))
    above = stem_of(view.stem, context) if view.stem is not None else None
    subject, rule = subject_span(tokens, draft, above, context)
    return Stem(find, tokens, subject, rule, lacks_object(tokens), delivers(tokens, draft))


def under_label(view: View, context: Context) -> Stem | None:
    """Return what a label hands on: the stem above it; a heading hands on no mere talk ("welcomed ...")."""
    stem = stem_of(view.stem, context) if view.stem is not None else None
    talk = stem is not None and stem.tokens.verb_in(stem.find.act, "speaking")
    return None if talk and view.sentence.kind is BlockKind.HEADING else stem


def is_label(view: View) -> bool:
    """Return whether an item only names what the items under it are about: "Electric vehicles:"."""
    named = view.sentence.kind in {BlockKind.ITEM, BlockKind.HEADING} and view.text[view.end - 1] == ":"
    return named and len(view.own.split()) <= LONGEST_LABEL


def delivers(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a stem announces things that its list names: "announced key outcomes, including:".

    "Cooperation includes:" does so too.
    """
    find = draft.find
    if rules_following(tokens, draft):
        return True
    if find.rule == "verb-present":
        return draft.subject.kind == "vehicle" and tokens.verb(find.act) == "include"
    if find.kind is not Kind.MEASURE or tokens.word(last_word(tokens)) not in INCLUDING:
        return False
    return any(tokens.in_class(at, "deliverables") for at in range(find.act + 1, len(tokens)))


def rules_following(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a stem rules on the things that its list names: "The following are prohibited:"."""
    find, subject = draft.find, draft.subject
    ruled = find.rule in {"order-prohibit", "order-authorize", "order-direct"} and find.act < find.trigger[1]
    return ruled and "following" in tokens.lower[subject.first : subject.end] and tokens.lower[-1] == ":"


def taken_up(view: View, draft: Draft, context: Context) -> Stem | None:
    """Return the stem of the sentence before where this one only takes it up: "This includes:"."""
    if draft.find.rule != "verb-present" or draft.subject.kind != "anaphor" or view.previous is None:
        return None
    return stem_of(view.previous, context)


def tail_force(tokens: Tokens, find: Find) -> int:
    """Return the force of the last coordinated verb of an exploratory stem: "explore X and pursue activities"."""
    for at in range(len(tokens) - 1, find.act, -1):
        if tokens.is_(at, BASE) and tokens.is_(at - 1, CONJUNCTION) and not tokens.is_(at, PREPOSITION):
            if tokens.verb_in(at, "exploratory"):
                return EXPLORATORY
            return INTENDED if find.rule == "verb-intended" else FIRM
    return find.force


def is_open(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a stem's clause has no act of its own: "shall:", "will include:", "intended to include:"."""
    act = draft.find.act
    if act >= len(tokens) or lacks_object(tokens) or delivers(tokens, draft):
        return True
    if points_down(tokens, act) or tokens.lower[act] == "responsible":
        return True
    last = last_word(tokens)
    if ends_in_means(tokens, last):
        return True
    if (act == last - 1 and ends_open(tokens, last)) or (act == last and tokens.lower[-1] == ":"):
        return True
    if tokens.verb_in(act, "taking") and (ends_open(tokens, last) or tokens.lower[last] == "following"):
        return True
    return only_filler(tokens, act)


def points_down(tokens: Tokens, act: int) -> bool:
    """Return whether a stem only points to its list: "take the following actions:"."""
    if tokens.lower[act + 1 : act + 3] != ("the", "following"):
        return False
    return not any(tokens.lower[at] == "," and tokens.is_(at + 1, GERUND) for at in range(act + 3, len(tokens)))


def ends_in_means(tokens: Tokens, last: int) -> bool:
    """Return whether the list tells all of a stem's act: "by:", "as follows:"; "including by:" does not."""
    ending = tokens.lower[max(last - 1, 0) : last + 1]
    return ending == ("as", "follows") or (ending[-1] == "by" and ending[0] != "including")


def only_filler(tokens: Tokens, act: int) -> bool:
    """Return whether nothing but filler stands between the verb of a stem and its list."""
    rest = [at for at in range(act + 1, len(tokens)) if not tokens.is_(at, SIGN) and tokens.lower[at] not in MARKS]
    if tokens.verb(act) == "be":
        return len(rest) <= 3  # noqa: PLR2004 - "be responsible for:", "be as follows:"
    bare = tokens.verb_in(act, "containing") or tokens.verb_in(act, "taking")
    return bare and all(tokens.in_class(at, "filler") for at in rest)


def last_word(tokens: Tokens) -> int:
    """Return the last token of a sentence that is no sign."""
    last = len(tokens) - 1
    while last > 0 and (tokens.tags[last] & SIGN or tokens.lower[last] in MARKS):
        last -= 1
    return last


def ends_in_topic(tokens: Tokens) -> bool:
    """Return whether a stem ends with a preposition whose object is the list: "groups which focus on:"."""
    return tokens.in_class(last_word(tokens), "topical")


def names_topics(view: View, context: Context) -> bool:
    """Return whether the list under a sentence names topics and no acts."""
    tokens = read_drafts(view, context)[0]
    return ends_in_topic(tokens) or may_include(tokens)


def may_include(tokens: Tokens) -> bool:
    """Return whether a stem only says what there can be: "Cooperation may include but is not limited to:"."""
    return any(word == "include" and tokens.is_(at - 1, MODAL) and tokens.word(at - 1) in POSSIBLE
               for at, word in enumerate(tokens.lower))  # fmt: skip


def ends_open(tokens: Tokens, last: int) -> bool:
    """Return whether a stem ends with the "to" of an infinitive, and not of "relating to"."""
    return tokens.lower[last] == "to" and not tokens.in_class(last - 1, "before_noun")


def lacks_object(tokens: Tokens) -> bool:
    """Return whether a stem waits for the list as an object: "to impair or affect:", "the acts directed in:"."""
    last = last_word(tokens)
    if tokens.lower[last] == "in" and tokens.is_(last - 1, PARTICIPLE):
        return True
    return tokens.is_(last, BASE) and tokens.verb_in(last, "affecting")


def subject_span(tokens: Tokens, draft: Draft, stem: Stem | None, context: Context) -> tuple[Span | None, str]:
    """Return the subject's span and how it is to be read."""
    find, subject = draft.find, draft.subject
    if subject.clause == "stem" and stem is not None:
        return stem.subject, "stem" if stem.subject else stem.subject_rule
    if find.rule.startswith("loose"):
        return None, "addressee" if find.kind in {Kind.RECOMMENDATION, Kind.OBLIGATION} else AUTHORS
    agent = agent_of(tokens, find)
    if agent is not None:
        return tokens.span(agent.first, agent.end), NAMED
    if subject.first >= subject.end:
        return None, AUTHORS if context.authors else UNKNOWN
    return tokens.span(subject.first, subject.end), rule_of(subject, passive=find.passive)


def agent_of(tokens: Tokens, find: Find) -> Subject | None:
    """Return the agent of a passive, "by the Secretary"; means ("by raising") and dates are none."""
    if not find.passive or (find.rule == "state-expected" and "passive-act" not in find.notes):
        return None
    for at in range(find.act + 1, min(find.act + AGENT_REACH, len(tokens))):
        participle = tokens.is_(at, PARTICIPLE) and not tokens.is_(at, BASE)
        if tokens.lower[at] in {";", ":"} or participle:
            return None
        if tokens.lower[at] == "by" and not tokens.is_(at + 1, GERUND):
            agent = agent_at(tokens, at + 1)
            if agent is not None:
                return agent
    return None


def ends_agent(tokens: Tokens, index: int) -> bool:
    """Return whether a token ends an agent's name: a sign, "that", or a preposition that names do not hold."""
    if tokens.is_(index, PREPOSITION):
        beyond = index + 2 if tokens.is_(index + 1, DET) else index + 1
        inside = (
            tokens.lower[index] in {"of", "for", "to"} and tokens.capital(index - 1) and tokens.capital(beyond)
        )
        return not inside
    return tokens.is_(index, SIGN) or tokens.lower[index] in {"that", "which"}


def agent_at(tokens: Tokens, first: int) -> Subject | None:
    """Return the phrase after "by" where it names somebody who can act."""
    end = first
    while end < len(tokens) and end - first < LONGEST_AGENT and not ends_agent(tokens, end):
        end += 1
    kind = kind_of(tokens, first, end)
    return Subject(first, end, kind) if kind in {"actor", "agent", "we"} else None
