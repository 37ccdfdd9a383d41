"""Readers of modal verbs: will, shall, must, may, should, need to; and of what texts deny."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, infinitive_after, is_act
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import weakened
from dragoman.extract.en.governing import governed, is_noun, passive_after
from dragoman.extract.en.subjects import Subject, kind_of, subject_of
from dragoman.extract.en.words import DET, FINITE, PREPOSITION, PRONOUN, SIGN, THIRD
from dragoman.model import Kind


def modal(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001 - one form for all readers
    """Read will, shall, must, may, should."""
    word = tokens.lower[cue.first]
    if (word == "may" and tokens.capital(cue.first)) or (
        word == "will" and tokens.is_(cue.first - 1, DET | PREPOSITION)
    ):
        return None
    negated = tokens.word(cue.end) in {"not", "never", "neither"} and tokens.word(cue.end + 1) != "only"
    act = act_after(tokens, cue.end + (tokens.word(cue.end) == "neither"))
    if act < len(tokens) and not is_act(tokens, act) and tokens.tags[act] & (DET | PREPOSITION | PRONOUN | SIGN):
        return None
    kind, notes = cue.kind, []
    subject = subject_of(tokens, cue.first)
    denied = (
        tokens.word(subject.first) in {"no", "neither", "nothing", "none", "nobody"}
        and subject.end > subject.first
    )
    if tokens.word(subject.first) == "nothing" and tokens.word(subject.first + 1) in {"in", "herein", "contained"}:
        return None
    if (negated or denied) and kind in {Kind.OBLIGATION, Kind.PERMISSION}:
        kind = Kind.PROHIBITION
    if negated or denied:
        notes.append("negated")
    passive, act = passive_after(tokens, act)
    kind = kind_of_participle(tokens, act, kind) if passive else kind
    force, by = modal_force(tokens, act, kind, cue.force)
    if kind is Kind.OBLIGATION and tokens.verb(act) in {"prohibit", "forbid"} and not passive:
        return forbids(tokens, cue, act, subject)
    notes += [f"weaker:{by}"] if by else []
    end = cue.end + 1 if negated else cue.end
    return Find(cue.group, kind, force, (cue.first, end), cue.first, act, "modal", passive=passive, subject=subject, notes=tuple(notes))


def modal_force(tokens: Tokens, act: int, kind: Kind, force: int) -> tuple[int, str]:
    """Return the force of a modal with its verb, and the verb that weakened it; to consider is a duty in full."""
    if kind in {Kind.PERMISSION, Kind.PROHIBITION}:
        return force, ""
    lower, by = weakened(tokens, act, force)
    if kind is Kind.OBLIGATION and by not in {"explore", "seek", "encourage"}:
        return force, ""
    return lower, by


def forbids(tokens: Tokens, cue: Cue, act: int, subject: Subject) -> Find:
    """Read "shall prohibit X from engaging": a prohibition for X."""
    end = act + 1
    while end < len(tokens) and tokens.lower[end] != "from" and not tokens.tags[end] & SIGN:
        end += 1
    whom = Subject(act + 1, end, kind_of(tokens, act + 1, end)) if tokens.word(end) == "from" else subject
    return Find(cue.group, Kind.PROHIBITION, 4, (cue.first, act + 1), cue.first, act, "modal", passive=False, subject=whom)


def kind_of_participle(tokens: Tokens, act: int, kind: Kind) -> Kind:
    """Return the kind where the passive verb itself forbids or allows ("shall be prohibited")."""
    if kind is not Kind.OBLIGATION:
        return kind
    verb = tokens.verb(act)
    if verb in {"prohibit", "forbid", "ban", "bar"}:
        return Kind.PROHIBITION
    if verb in {"authorize", "permit", "allow", "entitle", "empower"}:
        return Kind.PERMISSION
    return kind


def need(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read need to, has to."""
    act = act_after(tokens, cue.end)
    if governed(tokens, cue.first) or is_noun(tokens, cue.first) or not is_act(tokens, act):
        return None
    passive, act = passive_after(tokens, act)
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "present", passive=passive)


def valuable(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "it would be valuable to"."""
    act = act_after(tokens, cue.end)
    subject = Subject(cue.first, cue.first, "none")
    return (
        Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "modal", passive=True, subject=subject)
        if is_act(tokens, act)
        else None
    )


def nothing(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "Nothing in this order shall be construed to", "Nothing in this memorandum commits"."""
    verb = next(
        (
            at
            for at in range(cue.end, len(tokens))
            if tokens.tags[at] & (FINITE | THIRD) and not tokens.tags[at] & DET
        ),
        -1,
    )
    if verb < 0:
        return None
    act = act_after(tokens, verb + 1) if tokens.tags[verb] & FINITE else verb
    inner = infinitive_after(tokens, act, 6)
    subject = Subject(cue.first, verb, "text")
    act = inner if inner >= 0 else min(act, len(tokens) - 1)
    return Find(
        cue.group,
        cue.kind,
        cue.force,
        (cue.first, cue.first + 1),
        verb,
        act,
        "present",
        True,
        subject,
        ("negated",),
    )


def denial(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "does not create any right": what a text denies to be."""
    subject = subject_of(tokens, cue.first)
    if subject.kind not in {"text", "none", "vehicle"}:
        return None
    return Find(
        cue.group,
        cue.kind,
        cue.force,
        (cue.first, cue.end),
        cue.first,
        cue.first + 2,
        "present",
        True,
        None,
        ("negated",),
    )
