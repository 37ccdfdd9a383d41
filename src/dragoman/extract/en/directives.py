"""Readers of words by which somebody is asked, directed, allowed or forbidden to act."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, skip_adverbs
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.governing import (
    OBJECT_REACH,
    act_of,
    before,
    finite_here,
    governed,
    infinitive_of,
    is_open_to,
    passive_after,
)
from dragoman.extract.en.subjects import Subject, kind_of, subject_of
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    MODAL,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    PRONOUN,
    SIGN,
    THIRD,
)
from dragoman.model import Kind


def advice(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read recommend, call on, urge, ask, encourage, invite, propose."""
    if tokens.is_(before(tokens, cue.first), BE) and tokens.is_(cue.first, PARTICIPLE):
        return asked_passively(tokens, cue)
    if not finite_here(tokens, cue.first):
        return None
    act, subject = requested(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    if act < 0:
        act, notes = skip_adverbs(tokens, cue.end), ("no-addressee",)
        if tokens.is_(act, SIGN | PREPOSITION) or tokens.verb(cue.first) not in {
            "encourage",
            "recommend",
            "propose",
        }:
            return None
    tense = "past" if tokens.is_(cue.first, PAST) and not tokens.is_(cue.first, BASE) else "present"
    first = before(tokens, cue.first) if tokens.is_(cue.first, GERUND) else cue.first
    return Find(cue.group, cue.kind, cue.force, (first, cue.end), first, act, tense, False, subject, notes)


def asked_passively(tokens: Tokens, cue: Cue) -> Find | None:
    """Read are encouraged to, is required to, is authorized to, are prohibited from."""
    copula = before(tokens, cue.first)
    if tokens.tags[copula] & MODAL or tokens.word(copula) in {"been", "being"} or governed(tokens, copula):
        return None
    negated = any(tokens.word(at) == "not" for at in range(copula + 1, cue.first))
    following = skip_adverbs(tokens, cue.end)
    link = tokens.word(following)
    kind = cue.kind
    if (
        kind is Kind.PERMISSION
        and tokens.is_(following, CONJUNCTION)
        and tokens.verb(following + 1) in {"direct", "require"}
    ):
        kind, link, following = Kind.OBLIGATION, tokens.word(following + 2), following + 2
    act = act_of(tokens, cue.end, 12)
    if kind is Kind.PROHIBITION and act < 0:
        after = skip_adverbs(tokens, following + 1)
        act = after if link == "from" and tokens.is_(after, GERUND) else cue.first
    if act < 0 and is_open_to(tokens, following):
        act = len(tokens)
    if act < 0:
        return None
    if negated and kind is Kind.PERMISSION:
        kind = Kind.PROHIBITION
    notes = ("negated",) if negated else ()
    if tokens.word(copula) in {"was", "were"}:
        notes += ("was",)
    end = following + 1 if link in {"to", "from"} else cue.end
    return Find(cue.group, kind, cue.force, (copula, end), copula, act, "present", notes=(*notes, "asked"))


def order(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read directs X to, requires X to, authorizes X to, prohibits X from, and their passives."""
    previous = before(tokens, cue.first)
    if tokens.is_(previous, BE) and tokens.is_(cue.first, PARTICIPLE) and not tokens.is_(cue.first, GERUND):
        return asked_passively(tokens, cue)
    gerund = tokens.is_(cue.first, GERUND) and not tokens.is_(previous, BE | PREPOSITION | DET)
    if not gerund and not finite_here(tokens, cue.first):
        return None
    act, subject = requested(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    if act < 0:
        if not takes_object(tokens, cue):
            return None
        act, subject, notes = cue.first, None, ("no-addressee",)
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    notes += ("participial",) if gerund else ()
    first = previous if tokens.is_(cue.first, GERUND) and not gerund else cue.first
    return Find(cue.group, cue.kind, cue.force, (first, cue.end), first, act, tense, False, subject, notes)


def takes_object(tokens: Tokens, cue: Cue) -> bool:
    """Return whether a verb of ordering or forbidding stands with a thing as its object: "directs the expansion of"."""
    if tokens.is_(cue.end, PREPOSITION | SIGN | FINITE) or tokens.word(cue.end + 1) == "following":
        return False
    speaks = tokens.is_(cue.first, THIRD) or tokens.is_(before(tokens, cue.first), PRONOUN)
    directs = tokens.verb(cue.first) in {"direct", "order", "instruct", "mandate"}
    return speaks and (directs or cue.kind is Kind.PROHIBITION)


def delegate(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "I delegate to the Secretary the authority to"."""
    if not finite_here(tokens, cue.first) or not tokens.is_(before(tokens, cue.first), PRONOUN):
        return None
    to = next((at for at in range(cue.end, len(tokens)) if tokens.lower[at] == "to"), -1)
    if to < 0:
        return None
    end = to + 1
    while (
        end < len(tokens)
        and not tokens.tags[end] & SIGN
        and not (
            tokens.lower[end] == "the"
            and end > to + 1
            and tokens.verb(end + 1) in {"authority", "authorities", "functions", "function", "power"}
        )
    ):
        end += 1
    subject = Subject(to + 1, end, kind_of(tokens, to + 1, end))
    return Find(
        cue.group,
        cue.kind,
        cue.force,
        (cue.first, cue.end),
        cue.first,
        cue.first,
        "present",
        False,
        subject,
        ("asked",),
    )


def responsible(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read is responsible for doing; under "shall" the modal reads it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula) or tokens.word(copula) in {"being", "been"}:
        return None
    return Find(
        cue.group, cue.kind, cue.force, (copula, cue.end), copula, skip_adverbs(tokens, cue.end), "present"
    )


def requested(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return the act asked for and who is asked, (-1, None) where the verb has no such complement."""
    first = skip_adverbs(tokens, cue.end)
    if tokens.word(first) == "to" and not cue.group.startswith("advice"):
        return -1, None
    if tokens.word(first) == "that":
        return that_clause(tokens, first + 1)
    if tokens.is_(first, PREPOSITION) and tokens.word(first) not in {"to"}:
        return -1, None
    certain = tokens.verb(cue.first) in {"direct", "instruct", "urge", "ask", "call"}
    act = infinitive_of(tokens, first, certain=certain)
    if act < 0:
        return -1, None
    return act, addressee(tokens, first, act)


def that_clause(tokens: Tokens, first: int) -> tuple[int, Subject | None]:
    """Return verb and subject of "that X (should) act" after recommend or require."""
    for at in range(first, min(first + OBJECT_REACH, len(tokens))):
        if tokens.tags[at] & MODAL:
            return act_after(tokens, at + 1), subject_of(tokens, at)
        if tokens.tags[at] & BE and at > first:
            return passive_after(tokens, at)[1], Subject(first, at, kind_of(tokens, first, at))
        if tokens.tags[at] & BASE and at > first and not tokens.is_(at - 1, DET | PREPOSITION | CONJUNCTION):
            return at, Subject(first, at, kind_of(tokens, first, at))
        if tokens.tags[at] & SIGN:
            break
    return -1, None


def addressee(tokens: Tokens, first: int, act: int) -> Subject | None:
    """Return the noun phrase between a verb of asking and the "to" of what is asked."""
    end = min(act, len(tokens) - 1)
    while end > first and tokens.lower[end] != "to":
        end -= 1
    while end > first and tokens.tags[end - 1] & (ADVERB | SIGN):
        end -= 1
    aside = next(
        (at for at in range(first, end) if tokens.lower[at] == "," and tokens.is_(at + 1, PREPOSITION)), end
    )
    end = min(end, aside)
    return Subject(first, end, kind_of(tokens, first, end)) if first < end else None
