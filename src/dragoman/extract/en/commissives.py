"""Readers of words by which somebody binds himself: intend to, agree to, are committed to, reaffirm our commitment to."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, skip_adverbs
from dragoman.extract.en.directives import addressee
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import weakened
from dragoman.extract.en.governing import (
    act_of,
    before,
    governed,
    infinitive_of,
    is_noun,
    is_open_to,
    passive_after,
    to_trigger,
)
from dragoman.extract.en.subjects import Subject
from dragoman.extract.en.words import BASE, BE, CONJUNCTION, DET, FINITE, HAVE, PAST, PRONOUN, SIGN, THIRD
from dragoman.model import Kind

NOUN_REACH = 8
"""Tokens between "reaffirm" and "commitment"."""


FOR = frozenset({"for", "with"})


def commissive(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read intend to, plan to, agree to, decide to, seek to as finite verbs."""
    if is_noun(tokens, cue.first):
        return noun(tokens, cue, voice)
    if tokens.is_(before(tokens, cue.first), FINITE) or tokens.word(before(tokens, cue.first)) == "to":
        return None
    act = act_of(tokens, cue.end, certain=True)
    if act < 0 and is_open_to(tokens, skip_adverbs(tokens, cue.end)):
        act = len(tokens)
    if act < 0:
        return agreed_that(tokens, cue)
    if tokens.verb(cue.first) == "explore" and not tokens.is_(cue.first - 1, PRONOUN):
        return None
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    force, by = weakened(tokens, act, cue.force)
    trigger = to_trigger(tokens, cue.first, cue.end)
    passive, act = passive_after(tokens, act)
    return Find(
        cue.group, cue.kind, force, trigger, cue.first, act, tense, passive, None, (f"weaker:{by}",) if by else ()
    )


def agreed_that(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "agreed on", "agreed that": a commitment without an infinitive, told by note."""
    following = skip_adverbs(tokens, cue.end)
    if tokens.verb(cue.first) not in {"agree", "decide", "resolve"} or tokens.word(following) not in {
        "on",
        "upon",
        "that",
    }:
        return None
    note = "agreed-that" if tokens.word(following) == "that" else "agreed-on"
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "past", notes=(note,))


def state(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read are committed to, remain committed to, is determined to, stands ready to."""
    holder = before(tokens, cue.first)
    while tokens.word(holder) in {"both", "all"}:
        holder -= 1
    copula = tokens.is_(holder, BE) or tokens.verb(holder) in {"remain", "stay", "stand"}
    joined = tokens.is_(holder, CONJUNCTION)
    if tokens.is_(holder, HAVE | DET) or (cue.group == "state-intended" and not copula):
        return None
    act = act_of(tokens, cue.end)
    if act < 0 and tokens.word(skip_adverbs(tokens, cue.end)) != "to":
        return None
    first = holder if copula else cue.first
    if not copula and not joined and tokens.verb(cue.first) != "commit":
        return None
    if copula and governed(tokens, holder):
        return None
    notes: tuple[str, ...] = ("no-act",) if act < 0 else ()
    force, by = weakened(tokens, act, cue.force)
    notes += (f"weaker:{by}",) if by else ()
    return Find(
        cue.group, cue.kind, force, to_trigger(tokens, first, cue.end), first,
        act if act >= 0 else min(cue.end + 1, len(tokens) - 1), "present" if copula else "past", notes=notes,
    )  # fmt: skip


def expected(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read is expected to, is intended to, are planned; "is not intended to" forbids."""
    copula = before(tokens, cue.first)
    negated = any(tokens.word(at) == "not" for at in range(copula + 1, cue.first))
    if not tokens.is_(copula, BE) or governed(tokens, copula):
        return None
    act = act_of(tokens, cue.end, 10, certain=True) if tokens.word(cue.end) in {"to", ","} else -1
    if act < 0:
        return None
    kind, force = (
        (Kind.PROHIBITION, 4) if negated and tokens.verb(cue.first) == "intend" else (cue.kind, cue.force)
    )
    if kind is Kind.COMMITMENT:
        force, _ = weakened(tokens, act, force)
    notes = ("negated",) if negated else ()
    if tokens.verb(cue.first) == "design":
        notes += ("designed",)
    trigger = to_trigger(tokens, copula, cue.end)
    passive, act = passive_after(tokens, act)
    return Find(
        cue.group,
        kind,
        force,
        trigger,
        copula,
        act,
        "present",
        True,
        notes=(*notes, *(("passive-act",) if passive else ())),
    )


def noun(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read reaffirm our commitment to, share the commitment to, with plans to, the pledge to."""
    act = act_of(tokens, cue.end, 8)
    if (
        tokens.verb(cue.first) == "aim"
        or tokens.is_(cue.first - 1, PRONOUN)
        or tokens.is_(before(tokens, cue.first), FINITE)
    ):
        return None
    if act < 0 and tokens.word(cue.end) != "to":
        return None
    holder = speaker_of(tokens, cue.first)
    if holder >= 0 and any(tokens.lower[at].endswith(("’s", "'s")) for at in range(holder, cue.first)):
        holder = -1
    notes: tuple[str, ...] = ("no-act",) if act < 0 else ()
    to = next((at for at in range(cue.end - 1, len(tokens)) if tokens.lower[at] == "to"), cue.end)
    if holder < 0:
        notes += ("with-noun",) if tokens.word(cue.first - 1) in FOR else ("bare-noun",)
        trigger = (cue.first, to + 1)
        holder = cue.first
    else:
        trigger = (holder, to + 1)
    force, by = weakened(tokens, act, cue.force)
    notes += (f"weaker:{by}",) if by else ()
    if tokens.word(to + 1) == "not":
        notes += ("negated",)
    return Find(cue.group, cue.kind, force, trigger, holder, act if act >= 0 else to, "nominal", notes=notes)


def speaker_of(tokens: Tokens, index: int) -> int:
    """Return the finite verb of speaking that a noun of commitment is the object of, or -1."""
    for at in range(index - 1, max(index - NOUN_REACH, -1), -1):
        tags = tokens.tags[at]
        if tags & SIGN or tags & FINITE:
            return -1
        if tokens.words.is_verb(tokens.lower[at], "pledging") and tags & (BASE | THIRD | PAST):
            return -1 if is_noun(tokens, at) or tokens.word(before(tokens, at)) == "to" else at
    return -1


def policy(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "It is the policy of the United States to", "... that"."""
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    act = act if act >= 0 else min(cue.end, len(tokens) - 1)
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "present", passive=False, subject=subject)


def purpose(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "this order aims to"."""
    act = act_of(tokens, cue.end)
    if act < 0:
        return None
    subject = Subject(max(cue.first - 1, 0), cue.first + 1, "text")
    return Find(
        cue.group, cue.kind, cue.force, (cue.first + 1, cue.end), cue.first + 1, act, "present", False, subject
    )
