"""What the sentence above a list hands down to its items, and whether it has an act of its own."""

from __future__ import annotations

from dataclasses import replace

from dragoman.extract.candidate import Span
from dragoman.extract.context import Context
from dragoman.extract.en.clauses import Tokens, tokens_of
from dragoman.extract.en.drafts import Draft, cues_of, drafts_of
from dragoman.extract.en.finds import Find
from dragoman.extract.en.items import CONTAINING, Stem
from dragoman.extract.en.subjects import NAMED, UNKNOWN, Subject, kind_of, rule_of
from dragoman.extract.en.words import BASE, CONJUNCTION, GERUND, PARTICIPLE, PREPOSITION, SIGN, load_words
from dragoman.extract.view import View
from dragoman.model import Kind

TAKING = frozenset({"take", "require", "do", "act", "direct", "ask"})
"""Verbs that leave the act to the "to" at a stem's end: "shall take steps to:", "may require persons to:"."""


def stem_of(view: View, context: Context) -> Stem | None:
    """Return what a stem hands down, None where its sentence carries no kind; nested stems chain."""
    tokens = tokens_of(view, load_words())
    drafts = drafts_of(tokens, cues_of(view, context), context)
    above = stem_of(view.stem, context) if view.stem is not None else None
    own = [draft for draft in drafts if draft.subject.clause in {"main", "shared"}] or drafts
    if not own or ends_in_topic(tokens):
        return None
    draft = own[-1]
    if draft.find.rule == "verb-present" and draft.subject.kind == "anaphor" and view.previous is not None:
        earlier = stem_of(view.previous, context)
        if earlier is not None:
            return earlier
    if draft.find.kind is Kind.COMMITMENT and draft.find.force == 1:
        later = firm_tail(tokens, draft.find)
        draft = replace(draft, find=replace(draft.find, force=later))
    subject, rule = subject_span(tokens, draft, above, context)
    containing = lacks_object(tokens)
    return Stem(draft.find, tokens, subject, rule, is_open(tokens, draft), containing)


def firm_tail(tokens: Tokens, find: Find) -> int:
    """Return the force of the last coordinated verb of an exploratory stem: "explore X and pursue activities"."""
    for at in range(len(tokens) - 1, find.act, -1):
        if tokens.is_(at, BASE) and tokens.is_(at - 1, CONJUNCTION) and not tokens.is_(at, PREPOSITION):
            exploratory = tokens.verb(at) in tokens.words.verbs["exploratory"]
            return 1 if exploratory else 2 if find.rule == "verb-intended" else 3
    return find.force


def is_open(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a stem's clause has no act of its own: "shall:", "will include:", "are intended to include:"."""
    find = draft.find
    if find.act >= len(tokens):
        return True
    if lacks_object(tokens):
        return True
    verb = tokens.verb(find.act)
    if tokens.lower[find.act + 1 : find.act + 3] == ("the", "following"):
        return True
    if (ends_open(tokens) and verb in TAKING) or (last_word(tokens) == "following" and verb in {"take", "do"}):
        return True
    rest = [
        at for at in range(find.act + 1, len(tokens)) if not tokens.tags[at] & SIGN and tokens.lower[at] != "*"
    ]
    filler = {
        "the",
        "following",
        "to",
        "by",
        "at",
        "a",
        "minimum",
        "least",
        "for",
        "all",
        "of",
        "these",
        "and",
        "or",
    }
    return (
        verb in CONTAINING | {"seek", "aim", "respond", "act", "take", "do"}
        and all(tokens.lower[at] in filler for at in rest)
        or (verb == "be" and len(rest) <= 3)
        or tokens.lower[find.act] == "responsible"
        or (len(rest) > 0 and rest == [find.act + 1] and tokens.lower[rest[0]] == "for")
    )


def ends_in_topic(tokens: Tokens) -> bool:
    """Return whether a stem ends with a preposition whose object is the list: "groups which focus on:"."""
    last = len(tokens) - 1
    while last > 0 and tokens.tags[last] & SIGN:
        last -= 1
    return tokens.is_(last, PREPOSITION) and tokens.lower[last] in {
        "on",
        "of",
        "about",
        "with",
        "regarding",
        "concerning",
        "under",
    }


def ends_open(tokens: Tokens) -> bool:
    """Return whether a stem ends with the "to" of an infinitive, and not of "relating to"."""
    last = len(tokens) - 1
    while last > 0 and tokens.tags[last] & SIGN:
        last -= 1
    return tokens.lower[last] == "to" and not tokens.in_class(last - 1, "before_noun")


def last_word(tokens: Tokens) -> str:
    """Return the last word of a sentence, signs left out."""
    return next(
        (
            word
            for word, tags in zip(reversed(tokens.lower), reversed(tokens.tags), strict=True)
            if not tags & SIGN and word != "*"
        ),
        "",
    )


def lacks_object(tokens: Tokens) -> bool:
    """Return whether a stem ends with a transitive verb whose object is the list: "impair or otherwise affect:"."""
    last = len(tokens) - 1
    while last > 0 and (tokens.tags[last] & SIGN or tokens.lower[last] == "*"):
        last -= 1
    return tokens.is_(last, BASE) and tokens.verb(last) in {
        "affect",
        "impair",
        "limit",
        "alter",
        "modify",
        "supersede",
    }


def subject_span(tokens: Tokens, draft: Draft, stem: Stem | None, context: Context) -> tuple[Span | None, str]:
    """Return the subject's span and how it is to be read."""
    find, subject = draft.find, draft.subject
    if subject.clause == "stem" and stem is not None:
        return stem.subject, "stem" if stem.subject else stem.subject_rule
    if find.rule.startswith("loose"):
        return None, "addressee" if find.kind in {Kind.RECOMMENDATION, Kind.OBLIGATION} else "authors"
    if find.passive and (find.rule != "state-expected" or "passive-act" in find.notes):
        agent = agent_of(tokens, find)
        if agent is not None:
            return tokens.span(agent.first, agent.end), NAMED
    if subject.first >= subject.end:
        return None, "authors" if context.authors else UNKNOWN
    return tokens.span(subject.first, subject.end), rule_of(subject, passive=find.passive)


def agent_of(tokens: Tokens, find: Find) -> Subject | None:
    """Return the agent of a passive, "by the Secretary"; means ("by raising") and dates are none."""
    from dragoman.extract.en.subjects import phrase_start  # noqa: F401, PLC0415

    for at in range(find.act + 1, min(find.act + 20, len(tokens))):
        if tokens.lower[at] in {";", ":"} or tokens.is_(at, PARTICIPLE) and not tokens.is_(at, BASE):
            return None
        if tokens.lower[at] != "by" or tokens.is_(at + 1, GERUND):
            continue
        end = at + 1
        while (
            end < len(tokens)
            and end - at < 16
            and tokens.lower[end]
            not in {",", ";", ":", ".", "to", "in", "on", "at", "under", "for", "with", "that", "which"}
        ):
            end += 1
        if end > at + 1:
            kind = kind_of(tokens, at + 1, end)
            if kind in {"actor", "agent", "we"}:
                return Subject(at + 1, end, kind)
    return None
