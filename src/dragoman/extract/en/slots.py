"""A single statement as Institutional Grammar reads it: who acts, by which modal, what is done, to what.

The components are those of Institutional Grammar 2.0 (Frantz & Siddiki, "Institutional Grammar 2.0: A
specification for encoding and analyzing institutional design", Public Administration 99, 2021): Attributes,
Deontic, Aim and Object, each with its properties, which are what modifies it. In the passive the agent is the
attribute and the subject the object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.extract.candidate import Span
from dragoman.extract.context import Context
from dragoman.extract.en.clauses import Tokens, act_after, is_act, opens_aside, skip_adverbs, tokens_of
from dragoman.extract.en.conditions import load_pattern
from dragoman.extract.en.drafts import cues_of, is_finite
from dragoman.extract.en.governing import governed
from dragoman.extract.en.stems import agent_at
from dragoman.extract.en.subjects import MAIN, RELATIVE_CLAUSE, SHARED, Subject, subject_of
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    HAVE,
    MODAL,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
    load_words,
)
from dragoman.extract.view import View
from dragoman.lexicon.packs import load_pack

DEONTIC = frozenset({"modal", "need"})
"""Readers of triggers.yaml whose cues are modals."""
NEGATIVES = frozenset({"not", "never"})
PARTICLES = frozenset({"out", "up", "off", "down", "away", "back"})
"""Adverbs that make a phrasal verb with the verb before them (Quirk et al. 1985, 16.3)."""
SEMI_AUXILIARY = frozenset({"about", "going", "bound"})
"""Words between "be" and "to" that make both an auxiliary (Quirk et al. 1985, 3.47)."""
OF_VERBS = frozenset({"for", "to", "on", "upon"})
"""Prepositions that join an object to its verb; the others join a place, time or manner."""
OF_TIME = frozenset({"before", "after", "until", "since"})
OF_CAUSE = frozenset({("in", "order"), ("based", "on"), ("based", "upon")})
"""How adjuncts of purpose and reason begin."""
INNER_SUBORDINATORS = frozenset({"than"})
ARTICLES = frozenset({"the", "a", "an"})
VERBAL = BASE | THIRD | PAST
Stretch = tuple[int, int]
"""First token and the token after the last; equal for none."""
NOTHING: Stretch = (0, 0)


@dataclass(frozen=True, slots=True)
class Slots:
    """The components of a statement as offsets in the document, None where there is none.

    Attributes:
        attribute: who acts, with its modifiers, without article or quantifier.
        deontic: the modal with its negation ("may not").
        aim: the verb with its auxiliaries and particle ("has been advised", "carries out"), and verbs joined to it
            right there ("protect and restore").
        object: to what or whom, with its modifiers, without article.
    """

    attribute: Span | None = None
    deontic: Span | None = None
    aim: Span | None = None
    object: Span | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb of a statement as tokens.

    Attributes:
        finite: the finite verb, from which its subject is looked for.
        deontic: the modal with its negation.
        group: the words of the aim.
        passive: whether the subject is what the act is done to.
    """

    finite: int
    deontic: Stretch
    group: Stretch
    passive: bool


def slots_of(view: View, context: Context) -> Slots:
    """Return the components of a sentence that is one statement; all are None where it has no verb.

    Args:
        view: the sentence with the cues found in it.
        context: what the whole document tells.
    """
    tokens = tokens_of(view, load_words())
    deontics = dict(deontics_in(tokens, view, context))
    stops = dict(conditions_in(tokens))
    finite = main_verb(tokens, deontics, stops)
    if finite < 0:
        return Slots()
    verb = verb_at(tokens, finite, deontics)
    if verb.group[0] >= len(tokens):
        return Slots(deontic=span_of(tokens, verb.deontic))
    who, what = who_and_what(tokens, verb, stops)
    return Slots(
        span_of(tokens, without(tokens, who, DET)),
        span_of(tokens, verb.deontic),
        span_of(tokens, verb.group),
        span_of(tokens, without_article(tokens, what)),
    )


def who_and_what(tokens: Tokens, verb: Verb, stops: Mapping[int, int]) -> tuple[Stretch, Stretch]:
    """Return who acts and to what: in the passive the agent and the subject, else the subject and the object."""
    subject, after = subject_phrase(tokens, verb.finite, stops), verb.group[1]
    if verb.passive:
        agent = agent_phrase(tokens, after, stops)
        stative = agent == NOTHING and tokens.verb_in(after - 1, "stative")
        return (subject, NOTHING) if stative else (agent, subject)
    return subject, NOTHING if tokens.is_(after - 1, BE) else object_phrase(tokens, after, stops)


def span_of(tokens: Tokens, stretch: Stretch) -> Span | None:
    """Return the offsets of a stretch, None where it is empty."""
    return tokens.span(*stretch) if stretch[0] < stretch[1] else None


def without(tokens: Tokens, stretch: Stretch, bits: int) -> Stretch:
    """Return a stretch without the words of some classes before its last word."""
    first, end = stretch
    while first < end - 1 and tokens.is_(first, bits):
        first += 1
    return first, end


def without_article(tokens: Tokens, stretch: Stretch) -> Stretch:
    """Return a stretch without its article."""
    return stretch[0] + (tokens.word(stretch[0]) in ARTICLES and stretch[1] - stretch[0] > 1), stretch[1]


def deontics_in(tokens: Tokens, view: View, context: Context) -> Iterator[Stretch]:
    """Yield first token and end of each modal of triggers.yaml, negation included."""
    groups = context.lexicon.cues[view.sentence.language].groups
    for start, end, group in cues_of(view, context):
        first, stop = tokens.at(start), tokens.at(end)
        if groups[group].get("reads") not in DEONTIC or first >= len(tokens) or tokens.starts[first] != start:
            continue
        if tokens.tags[first] & (MODAL | HAVE) or tokens.word(stop - 1) == "to":
            yield first, stop + (tokens.word(stop) in NEGATIVES)


def conditions_in(tokens: Tokens) -> Iterator[Stretch]:
    """Yield first token and end of each condition of conditions.yaml; a predicate ("is subject to") is none."""
    view = tokens.view
    for match in load_pattern().finditer(view.text, view.start, view.end):
        first = tokens.at(match.start())
        if not tokens.is_(first - 1, BE):
            yield first, tokens.at(match.end())


def own_subject(tokens: Tokens, finite: int, stops: Mapping[int, int]) -> Subject:
    """Return the subject of a finite verb, past a condition between the two ("as necessary")."""
    condition = next((first for first, end in stops.items() if end == finite and first), finite)
    return subject_of(tokens, condition)


def main_verb(tokens: Tokens, deontics: dict[int, int], stops: Mapping[int, int]) -> int:
    """Return the finite verb of the statement, -1 where there is none.

    A deontic of a main clause before any other verb, for what stands before it is an adjunct; then the first
    finite verb of a main clause, of a relative clause ("an owner who keeps"), a participle ("any person acting").
    """
    verbs = (at for at in range(1, len(tokens)) if at in deontics or is_verb(tokens, at))
    subjects = {at: own_subject(tokens, at, stops) for at in verbs}
    whole = {at: subject for at, subject in subjects.items() if subject.end > subject.first}
    ranked = (
        (at for at, subject in whole.items() if at in deontics and subject.clause == MAIN),
        (at for at, subject in whole.items() if subject.clause == MAIN),
        (at for at, subject in whole.items() if subject.clause == RELATIVE_CLAUSE),
        (at for at in range(1, len(tokens)) if is_reduced(tokens, at)),
    )
    return next((at for candidates in ranked for at in candidates), -1)


def is_verb(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a finite verb outside brackets; "submitted by" is a reduced relative clause."""
    if tokens.inside[index] or (tokens.is_(index, PARTICIPLE) and tokens.word(index + 1) == "by"):
        return False
    has = tokens.is_(index, HAVE) and not tokens.is_(index, GERUND) and not governed(tokens, index)
    return has or is_finite(tokens, index) or is_unknown_verb(tokens, index)


def is_unknown_verb(tokens: Tokens, index: int) -> bool:
    """Return whether an unknown word in -s stands where a verb must: between a noun and an object or particle."""
    word = tokens.lower[index]
    if tokens.tags[index] or tokens.capital(index) or not word.endswith("s") or word.endswith(("ss", "'s", "’s")):
        return False
    closed = SIGN | DET | PREPOSITION | CONJUNCTION | RELATIVE
    after = tokens.word(index + 1) in PARTICLES or (
        tokens.word(index + 1) in ARTICLES and not tokens.is_(index + 1, PREPOSITION)
    )
    return after and not tokens.is_(index - 1, closed)


def is_reduced(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a participle right after a noun that opens the sentence ("any person acting")."""
    if not tokens.is_(index, GERUND | PARTICIPLE) or tokens.capital(index) or not tokens.lower[index].isalpha():
        return False
    first = 0
    while tokens.is_(first, DET):
        first += 1
    return first < index and not any(tokens.tags[at] & ~(BASE | PAST) for at in range(first, index))


def verb_at(tokens: Tokens, finite: int, deontics: dict[int, int]) -> Verb:
    """Return the verb group that begins with a finite verb or deontic."""
    if finite not in deontics:
        last, passive = group_end(tokens, finite)
        return Verb(finite, NOTHING, (finite, last), passive)
    first = act_after(tokens, deontics[finite])
    end, passive = group_end(tokens, first)
    return Verb(finite, (finite, deontics[finite]), (first, end), passive)


def group_end(tokens: Tokens, first: int) -> tuple[int, bool]:
    """Return where a verb group ends that begins at a token, and whether it is passive."""
    last, passive = first, False
    while last < len(tokens):
        following = next_of_group(tokens, last)
        if following < 0:
            break
        passive = tokens.is_(last, BE) and tokens.is_(following, PARTICIPLE) and not tokens.is_(following, BE)
        last = following
    last = completed(tokens, coordinated(tokens, last))
    return min(last + 1 + (tokens.word(last + 1) in PARTICLES), len(tokens)), passive


def next_of_group(tokens: Tokens, index: int) -> int:
    """Return the verb after an auxiliary, -1 where the token is none."""
    if not tokens.is_(index, FINITE):
        return -1
    after = skip_adverbs(tokens, index + 1)
    if tokens.is_(index, BE) and tokens.word(after) in SEMI_AUXILIARY and tokens.word(after + 1) == "to":
        return act_after(tokens, after + 2)
    forms = BASE if tokens.is_(index, MODAL) else PARTICIPLE | GERUND
    return after if tokens.is_(after, forms | BE) and not tokens.is_(after, DET | PREPOSITION) else -1


def coordinated(tokens: Tokens, verb: int) -> int:
    """Return the last verb right after a verb in the same form: "protect and restore the sea"; else the verb."""
    form = tokens.tags[verb] & (BASE | THIRD | PAST | PARTICIPLE | GERUND) if verb < len(tokens) else 0
    joined = tokens.is_(verb + 1, CONJUNCTION)
    if joined and tokens.is_(verb + 2, form) and not tokens.is_(verb + 2, PREPOSITION | DET | FINITE):
        return coordinated(tokens, verb + 2)
    return verb


def completed(tokens: Tokens, verb: int) -> int:
    """Return the last verb of what completes a verb: "caused to be filed", "keep posted"; else the verb."""
    if (tokens.word(verb + 1), tokens.word(verb + 2)) == ("to", "be") and tokens.is_(verb + 3, PARTICIPLE):
        return verb + 3
    light = tokens.verb_in(verb, "light") and tokens.is_(verb + 1, PARTICIPLE) and not tokens.is_(verb, FINITE)
    ends = verb + 2 == len(tokens) or tokens.is_(verb + 2, SIGN | PREPOSITION | DET)
    return verb + 1 if light and ends else verb


def subject_phrase(tokens: Tokens, finite: int, stops: Mapping[int, int]) -> Stretch:
    """Return the subject of a finite verb or participle with its modifiers."""
    subject = own_subject(tokens, finite, stops)
    if subject.clause == SHARED or subject.end <= subject.first:
        return NOTHING
    first = own_start(tokens, subject)
    end = next((at for at in range(first + 1, subject.end) if ends_phrase(tokens, at, stops)), subject.end)
    return first, end


def own_start(tokens: Tokens, subject: Subject) -> int:
    """Return where the subject itself begins, past an adjunct that no comma parts from it.

    An article that no preposition, conjunction or verb leads to begins a phrase: "under section 2 the owner".
    """
    if not tokens.is_(subject.first, ADVERB | PREPOSITION | PARTICIPLE | GERUND) or tokens.is_(subject.first, DET):
        return subject.first
    joined = PREPOSITION | CONJUNCTION | DET | ADVERB | GERUND | PARTICIPLE
    for at in range(subject.end - 1, subject.first, -1):
        if tokens.lower[at] in ARTICLES and not tokens.is_(at - 1, joined):
            return at
    return subject.first


def agent_phrase(tokens: Tokens, after: int, stops: Mapping[int, int]) -> Stretch:
    """Return who does what is told in the passive: the phrase after "by"."""
    by = next((at for at in range(after, len(tokens)) if tokens.lower[at] == "by"), -1)
    agent = agent_at(tokens, by + 1) if by >= 0 else None
    if agent is None or any(at in stops or tokens.is_(at, SIGN) for at in range(after, by)):
        return NOTHING
    return agent.first, agent.end


def object_phrase(tokens: Tokens, after: int, stops: Mapping[int, int]) -> Stretch:
    """Return the object of the verb before a token with its modifiers: direct, else joined by a preposition."""
    first = past_asides(tokens, skip_adverbs(tokens, after))
    if first >= len(tokens) or tokens.lower[first] == "that":
        return NOTHING
    if tokens.is_(first, PREPOSITION) and not tokens.is_(first, DET):
        first = object_behind(tokens, first, stops)
    if first < 0 or tokens.is_(first, SIGN | SUBORDINATOR | CONJUNCTION) or is_time(tokens, first):
        return NOTHING
    return first, before_verb(tokens, first, phrase_end(tokens, first, stops))


def before_verb(tokens: Tokens, first: int, end: int) -> int:
    """Return where an object ends before a coordinated verb: "keep the log and mend the net"."""
    for at in range(first + 1, end - 1):
        if tokens.lower[at] == "to" and is_act(tokens, at + 1):
            break
        verb = tokens.is_(at + 1, VERBAL) and tokens.lower[at + 1] in tokens.words.base
        if tokens.is_(at, CONJUNCTION) and verb and tokens.is_(at + 2, DET | PRONOUN):
            return at
    return end


def past_asides(tokens: Tokens, index: int) -> int:
    """Return the token after an adjunct between commas, the token itself where none begins there."""
    if tokens.word(index) != "," or not opens_aside(tokens, index + 1):
        return index
    commas = (at for at in range(index + 1, len(tokens)) if tokens.lower[at] == "," and not tokens.inside[at])
    return next(commas, len(tokens) - 1) + 1


def object_behind(tokens: Tokens, preposition: int, stops: Mapping[int, int]) -> int:
    """Return where the object begins behind a verb and a preposition, -1 where there is none.

    A noun phrase that no preposition leads to ("submits to the Board a plan"), else an infinitive, else what a
    preposition of the verb leads to.
    """
    end = phrase_end(tokens, preposition, stops)
    for at in range(preposition + 2, end):
        if tokens.is_(at, RELATIVE):
            break
        if tokens.is_(at, DET) and not tokens.is_(at, ADVERB) and begins_phrase(tokens, at):
            return at
    if preposition in stops or tokens.lower[preposition] not in OF_VERBS:
        return -1
    infinitive = tokens.lower[preposition] == "to" and is_act(tokens, preposition + 1)
    return preposition if infinitive else preposition + 1


def begins_phrase(tokens: Tokens, index: int) -> bool:
    """Return whether a determiner begins a noun phrase of its own, no time, right after a noun."""
    joined = PREPOSITION | CONJUNCTION | DET | ADVERB | GERUND | PARTICIPLE | FINITE | SIGN
    infinitive = tokens.word(index - 2) == "to" and tokens.is_(index - 1, BASE)
    led = infinitive or tokens.is_(index - 1, joined) or tokens.word(index - 1) in PARTICLES
    return not led and not is_time(tokens, index)


@cache
def units() -> frozenset[str]:
    """Return the nouns that measure time."""
    return frozenset(load_pack("lexicons/en/deadlines.yaml")["units"])


def is_time(tokens: Tokens, index: int) -> bool:
    """Return whether a noun phrase tells a time: "every two years"."""
    while tokens.is_(index, DET):
        index += 1
    return tokens.word(index) in units()


def phrase_end(tokens: Tokens, first: int, stops: Mapping[int, int]) -> int:
    """Return where an object with its modifiers ends: before a condition, a time or another adjunct."""
    return next((at for at in range(first + 1, len(tokens)) if ends_phrase(tokens, at, stops)), len(tokens))


def ends_phrase(tokens: Tokens, index: int, stops: Mapping[int, int]) -> bool:
    """Return whether a token begins what modifies the verb and not the noun before."""
    if index in stops:
        return True
    if tokens.inside[index] or tokens.lower[index] in {"(", ")"}:
        return False
    word, tags = tokens.lower[index], tokens.tags[index]
    if tags & SIGN:
        return word != "," or not is_listed(tokens, index)
    if word in OF_TIME or (word, tokens.word(index + 1)) in OF_CAUSE:
        return True
    return bool(tags & SUBORDINATOR) and not tags & RELATIVE and word not in INNER_SUBORDINATORS


def is_listed(tokens: Tokens, comma: int) -> bool:
    """Return whether a comma stands between members of a list of nouns, whose last follows a conjunction."""
    after = comma + 1
    if tokens.is_(after, CONJUNCTION):
        return not tokens.is_(after + 1, FINITE | PRONOUN)
    if opens_aside(tokens, after) or tokens.is_(after, ADVERB | PRONOUN) or is_time(tokens, after):
        return False
    for at in range(after, len(tokens)):
        if tokens.is_(at, FINITE | RELATIVE) or tokens.word(at) in {";", ":"}:
            return False
        if tokens.is_(at, CONJUNCTION):
            return True
    return False
