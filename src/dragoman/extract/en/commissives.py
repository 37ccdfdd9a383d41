"""Readers of words by which somebody binds himself: intend to, are committed to, reaffirm our commitment to."""

from __future__ import annotations

from dragoman.extract.en.clauses import Tokens, infinitive_after, skip_adverbs
from dragoman.extract.en.directives import addressed, addressee
from dragoman.extract.en.finds import Cue, Find, weaker
from dragoman.extract.en.forces import BINDING, weakened
from dragoman.extract.en.governing import (
    act_noun,
    act_of,
    before,
    governed,
    infinitive_of,
    is_noun,
    is_open_to,
    negated_between,
    passive_after,
    to_trigger,
)
from dragoman.extract.en.subject_kinds import head_of
from dragoman.extract.en.subjects import subject_of
from dragoman.extract.en.words import (
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    HAVE,
    PAST,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
)
from dragoman.model import Kind

NOUN_REACH = 8
"""Tokens between "reaffirm" and "commitment", and between "commitment" and its "to"."""
JOINED_REACH = 18
"""The same where a coordination stands between: "reaffirm our support for X and our commitment to"."""
UNITED = frozenset({"united", "firm", "resolute", "steadfast", "unwavering"})
AGREEING = frozenset({"agree", "decide", "resolve"})
STAYING = frozenset({"remain", "stay", "stand"})
PLANNED = frozenset({"plan", "foresee", "schedule", "foreseen", "slated"})
YEAR = 4
"""Digits of a year."""
WITH = frozenset({"for", "with"})
COUNTING = frozenset("€£¥0123456789")
SUM_REACH = 3
"""Tokens from a verb of promise to its sum, and from the figure to its unit."""


def commissive(tokens: Tokens, cue: Cue) -> Find | None:
    """Read intend to, plan to, agree to, decide to, seek to as finite verbs; as nouns see `noun`."""
    if is_noun(tokens, cue.first) or is_object(tokens, cue.first):
        return noun(tokens, cue)
    previous = before(tokens, cue.first)
    if tokens.is_(previous, FINITE) or tokens.word(previous) == "to" or is_hailed(tokens, cue.first):
        return None
    act = act_of(tokens, cue.end, certain=True)
    if tokens.verb(cue.first) == "expect":
        told = addressed(tokens, cue)
        if told is not None:
            return told._replace(kind=Kind.RECOMMENDATION)
    if act < 0 and is_open_to(tokens, skip_adverbs(tokens, cue.end)):
        act = len(tokens)
    if act < 0:
        return agreed_that(tokens, cue)
    if tokens.verb(cue.first) == "explore" and not tokens.is_(cue.first - 1, PRONOUN):
        return None
    force, by = weakened(tokens, act, cue.force)
    trigger = to_trigger(tokens, cue.first, cue.end)
    passive, act = passive_after(tokens, act)
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    return cue.find(act, tense, force=force, trigger=trigger, passive=passive, notes=weaker(by))


def is_hailed(tokens: Tokens, index: int) -> bool:
    """Return whether a noun is somebody's that is only spoken of: "they welcome U.S. plans to"."""
    at = index - 1
    while at > 0 and tokens.capital(at):
        at -= 1
    spoken = tokens.verb_in(at, "speaking") and tokens.is_(at, BASE | THIRD)
    return spoken and at < index - 1 and tokens.is_(index, THIRD)


def is_object(tokens: Tokens, index: int) -> bool:
    """Return whether a noun ends an infinitive's or gerund's object: "to develop broad plans", "with drafting"."""
    for at in range(index - 1, -1, -1):
        if tokens.is_(at, SIGN | CONJUNCTION | RELATIVE | SUBORDINATOR | PRONOUN):
            return False
        gerund = tokens.is_(at, PREPOSITION) and tokens.is_(at + 1, GERUND) and at + 2 < index
        if gerund or (tokens.lower[at] == "to" and tokens.is_(at + 1, BASE)):
            return not tokens.lower[index - 1].endswith("s")
    return False


def agreed_that(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "agreed on", "agreed that": a commitment without an infinitive, told by note."""
    after = skip_adverbs(tokens, cue.end)
    following = tokens.word(after)
    named = act_noun(tokens, after + 1) if following in {"to", "on", "upon"} else -1
    if named < 0 and following == "to" and shares_goal(tokens, after + 1):
        named = infinitive_after(tokens, after + 1, NOUN_REACH)
    if named >= 0 and cue.group == "verb-firm":
        return cue.find(
            named, "past" if tokens.is_(cue.first, PAST) else "present", trigger=(cue.first, after + 1)
        )
    if cue.group == "verb-firm" and (following == "$" or tokens.word(after + 1) == "$" or is_sum(tokens, after)):
        return cue.find(cue.first, "past" if tokens.is_(cue.first, PAST) else "present")
    if tokens.verb(cue.first) not in AGREEING or following not in {"on", "upon", "that"}:
        return None
    if following != "that" and any(tokens.in_class(at, "worth") for at in range(after + 1, after + 4)):
        return None
    return cue.find(cue.first, "past", notes=("agreed-that" if following == "that" else "agreed-on",))


def shares_goal(tokens: Tokens, first: int) -> bool:
    """Return whether what somebody commits to is a goal to act: "commit to a shared ambition to support"."""
    return any(
        tokens.in_class(at, "intents") or tokens.in_class(at, "goals")
        for at in range(first, min(first + SUM_REACH + 1, len(tokens)))
    )


def is_sum(tokens: Tokens, index: int) -> bool:
    """Return whether a sum of money begins at a token: "500 billion yen", "up to €30 million"."""
    at = next((i for i in range(index, index + SUM_REACH) if tokens.word(i)[:1] in COUNTING), -1)
    behind = range(at, min(at + SUM_REACH, len(tokens)))
    return at >= 0 and any(tokens.in_class(i, "units_of_money") for i in behind)


def state(tokens: Tokens, cue: Cue) -> Find | None:
    """Read are committed to, remain committed to, is determined to, stands ready to."""
    holder = before(tokens, cue.first)
    while tokens.word(holder) in {"both", "all"}:
        holder -= 1
    copula = tokens.is_(holder, BE) or tokens.verb(holder) in STAYING
    summed = tokens.word(cue.end) == "$" or is_sum(tokens, cue.end)
    if not copula and summed and tokens.verb(cue.first) == "commit":
        return cue.find(cue.first, "past", kind=Kind.MEASURE)
    if not may_bind(tokens, cue, holder, copula=copula):
        return None
    act = act_of(tokens, cue.end)
    if act < 0 and tokens.word(skip_adverbs(tokens, cue.end)) != "to":
        return None
    first = holder if copula else cue.first
    if act < 0:
        act = act_noun(tokens, skip_adverbs(tokens, cue.end) + 1)
    force, by = weakened(tokens, act, cue.force)
    return cue.find(
        act if act >= 0 else min(cue.end + 1, len(tokens) - 1),
        "present" if copula else "past",
        force=force,
        trigger=to_trigger(tokens, first, cue.end),
        verb=first,
        notes=(*(("no-act",) if act < 0 else ()), *weaker(by)),
    )


def may_bind(tokens: Tokens, cue: Cue, holder: int, *, copula: bool) -> bool:
    """Return whether "committed" and its like are a predicate here: after be, joined to one, or a past verb."""
    if tokens.is_(holder, HAVE | DET) or (copula and governed(tokens, holder)):
        return False
    if cue.group == "state-intended" or tokens.verb(cue.first) == "dedicate":
        return copula
    return copula or tokens.is_(holder, CONJUNCTION) or tokens.verb(cue.first) == "commit"


def expected(tokens: Tokens, cue: Cue) -> Find | None:
    """Read is expected to, is intended to, are planned; "is not intended to" forbids."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula):
        return None
    if tokens.word(cue.end) in {"for", "in"} and is_dated(tokens, cue, copula):
        return cue.find(cue.first, "present", trigger=(copula, cue.first + 1), verb=copula, passive=True)
    if tokens.word(cue.end) not in {"to", ","}:
        return None
    act = act_of(tokens, cue.end, NOUN_REACH, certain=True)
    if act < 0:
        return None
    negated = negated_between(tokens, copula, cue.first)
    forbids = negated and tokens.verb(cue.first) == "intend"
    force = BINDING if forbids else weakened(tokens, act, cue.force)[0]
    passive, done = passive_after(tokens, act)
    noticed = {"negated": negated, "designed": tokens.verb(cue.first) == "design", "passive-act": passive}
    return cue.find(
        done,
        "present",
        kind=Kind.PROHIBITION if forbids else cue.kind,
        force=force,
        trigger=to_trigger(tokens, copula, cue.end),
        verb=copula,
        passive=True,
        notes=tuple(note for note, holds in noticed.items() if holds),
    )


def is_dated(tokens: Tokens, cue: Cue, copula: int) -> bool:
    """Return whether a meeting is planned for a year or a part of one: "is foreseen for October 2026"."""
    subject = subject_of(tokens, copula)
    head = head_of(tokens, subject.first, subject.end)
    dated = any(len(word) == YEAR and word.isdigit() for word in tokens.lower[cue.end : cue.end + NOUN_REACH])
    coming = tokens.in_class(head, "occasions") or "next" in tokens.lower[subject.first : subject.end]
    return tokens.verb(cue.first) in PLANNED and coming and dated


def noun(tokens: Tokens, cue: Cue) -> Find | None:
    """Read reaffirm our commitment to, share the commitment to, with plans to, the pledge to."""
    act = act_of(tokens, cue.end, NOUN_REACH)
    if act < 0 and tokens.word(cue.end) == "of":
        act = behind_holders(tokens, cue.end + 1)
    if tokens.is_(cue.first - 1, PRONOUN) or tokens.is_(before(tokens, cue.first), FINITE):
        return None
    if tokens.verb(cue.first) == "aim" or (act < 0 and tokens.word(cue.end) != "to"):
        return None
    to = next((at for at in range(cue.end - 1, len(tokens)) if tokens.lower[at] == "to"), cue.end)
    if act < 0:
        act = act_noun(tokens, to + 1)
    speaker = speaker_of(tokens, cue.first)
    holder = speaker if speaker >= 0 else cue.first
    force, by = weakened(tokens, act, cue.force)
    return cue.find(
        act if act >= 0 else to,
        "nominal",
        force=force,
        trigger=(holder, to + 1),
        verb=holder,
        notes=(*noun_notes(tokens, cue, act, to, speaker), *weaker(by)),
    )


def behind_holders(tokens: Tokens, first: int) -> int:
    """Return the verb behind the names of whose intention it is, "of Japan and Chile to", or -1."""
    for at in range(first, min(first + JOINED_REACH, len(tokens))):
        if tokens.lower[at] == "to" and not tokens.inside[at]:
            return act_of(tokens, at, 1)
        named = (
            tokens.capital(at) or tokens.inside[at] or tokens.is_(at, DET | CONJUNCTION) or tokens.lower[at] == ")"
        )
        if not named:
            return -1
    return -1


def noun_notes(tokens: Tokens, cue: Cue, act: int, to: int, speaker: int) -> tuple[str, ...]:
    """Return what is noticed of a noun of commitment."""
    bare = speaker < 0 and tokens.word(cue.first - 1) not in WITH
    noticed = {
        "no-act": act < 0,
        "bare-noun": bare,
        "with-noun": speaker < 0 and not bare,
        "negated": tokens.word(to + 1) == "not",
    }
    return tuple(note for note, holds in noticed.items() if holds)


def speaker_of(tokens: Tokens, index: int) -> int:
    """Return the finite verb that a noun of commitment is the object of ("reaffirm our commitment"), or -1.

    Somebody else's commitment ("welcomes X's plans") is none of the subject's own.
    """
    joined = tokens.is_(index - 2, CONJUNCTION) and tokens.is_(index - 1, DET)
    joined = joined or (tokens.is_(index - 3, CONJUNCTION) and tokens.is_(index - 2, DET))
    reach = JOINED_REACH if joined else NOUN_REACH
    for at in range(index - 1, max(index - reach, -1), -1):
        if tokens.is_(at, PAST) and tokens.is_(at - 1, DET):
            continue
        if tokens.is_(at, BE) and tokens.word(at + 1) in UNITED:
            return at
        if tokens.is_(at, SIGN | FINITE) or tokens.lower[at].endswith(("’s", "'s")):
            return -1
        if (
            tokens.verb_in(at, "pledging")
            and tokens.is_(at, BASE | THIRD | PAST)
            and not is_plural_name(tokens, at)
        ):
            return -1 if is_noun(tokens, at) or tokens.word(before(tokens, at)) == "to" else at
    return -1


def is_plural_name(tokens: Tokens, index: int) -> bool:
    """Return whether a form is part of a name inside a sentence: "the United States"."""
    return index > 0 and tokens.capital(index)


def policy(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "It is the policy of the United States to", "... that"."""
    act = infinitive_of(tokens, cue.end)
    if act < 0:
        return cue.find(min(cue.end, len(tokens) - 1), "present")
    return cue.find(act, "present", subject=addressee(tokens, cue.end, act))


def purpose(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "this order aims to": the subject's noun is the cue's first word."""
    act = act_of(tokens, cue.end)
    if act < 0:
        return None
    return cue.find(act, "present", trigger=(cue.first + 1, cue.end), verb=cue.first + 1)


def goal(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "share the objective of reducing": a goal that the subject says it has."""
    act = skip_adverbs(tokens, cue.end)
    speaker = speaker_of(tokens, cue.first)
    if speaker >= 0 and behind_holders(tokens, cue.end) >= 0:
        return noun(tokens, cue._replace(end=cue.end - 1))
    if speaker < 0 or not tokens.is_(act, GERUND):
        return None
    force, by = weakened(tokens, act, cue.force)
    return cue.find(act, "nominal", force=force, trigger=(speaker, cue.end), verb=speaker, notes=weaker(by))
