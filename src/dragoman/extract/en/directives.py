"""Readers of words by which somebody is asked, directed, allowed or forbidden to act."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, skip_adverbs
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import DUTIES, weakened
from dragoman.extract.en.governing import (
    OBJECT_REACH,
    act_noun,
    act_of,
    before,
    finite_here,
    governed,
    infinitive_of,
    is_noun,
    is_open_to,
    negated_between,
    passive_after,
)
from dragoman.extract.en.subject_kinds import kind_of
from dragoman.extract.en.subjects import Subject, subject_of
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

ADVISING = frozenset({"encourage", "recommend", "propose", "urge", "demand"})
"""Verbs of advice that may stand without an addressee: "we encourage the development of"."""
ADDRESSABLE = frozenset({"actor", "agent"})
CHARGING = frozenset({"task", "charge", "entrust"})
JOINING = frozenset({"join", "stand", "unite"})
CALL_REACH = 7
"""Tokens between "reiterate", "stand" and the call."""
POWERS = frozenset({"authority", "authorities", "functions", "function", "power"})


def advice(tokens: Tokens, cue: Cue) -> Find | None:
    """Read recommend, call on, urge, ask, encourage, invite, propose."""
    if is_passive(tokens, cue.first):
        return asked_passively(tokens, cue)
    renewed = max(renewing(tokens, cue.first), keeps_asking(tokens, cue.first), would_ask(tokens, cue.first))
    if renewed < 0 and not finite_here(tokens, cue.first) and not joins_speakers(tokens, cue.first):
        return None
    act, subject = requested(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    nobody = subject is not None and subject.kind not in ADDRESSABLE | {"we", "anaphor"}
    if act < 0 or (nobody and is_call_for(tokens, cue)):
        subject = None
        act, notes = skip_adverbs(tokens, cue.end), ("no-addressee",)
        if tokens.is_(act, SIGN | PREPOSITION) or not advises(tokens, cue):
            return None
    tense = "past" if tokens.is_(cue.first, PAST) and not tokens.is_(cue.first, BASE) else "present"
    if renewed >= 0:
        return cue.find(act, "present", verb=renewed, subject=subject, notes=notes)
    first = before(tokens, cue.first) if tokens.is_(cue.first, GERUND) else cue.first
    return cue.find(act, tense, trigger=(first, cue.end), verb=first, subject=subject, notes=notes)


def joins_speakers(tokens: Tokens, index: int) -> bool:
    """Return whether a bare verb goes on what "we" say and no infinitive: "We hold X, and call upon"."""
    joined = tokens.is_(index, BASE) and tokens.word(index - 1) == "and" and tokens.word(index - 2) == ","
    inside = any(tokens.lower[at] == "that" and tokens.is_(at + 1, BASE) for at in range(index))
    return joined and tokens.word(0) == "we" and not inside


def advises(tokens: Tokens, cue: Cue) -> bool:
    """Return whether a verb of advice may have an act as its object: "recommend the adoption of", "call for"."""
    return tokens.verb(cue.first) in ADVISING or (tokens.verb(cue.first) == "call" and is_call_for(tokens, cue))


def is_call_for(tokens: Tokens, cue: Cue) -> bool:
    """Return whether "call for" has an act as its object: a gerund or the noun of an act."""
    act = skip_adverbs(tokens, cue.end)
    return tokens.word(cue.end - 1) == "for" and (tokens.is_(act, GERUND) or act_noun(tokens, act) >= 0)


def renewing(tokens: Tokens, index: int) -> int:
    """Return the finite verb that puts a call again or jointly ("stand together in calling").

    -1 where the call stands in no such phrase.
    """
    gerund = tokens.is_(index, GERUND) and tokens.word(index - 1) == "in"
    named = tokens.is_(index, BASE | THIRD) and tokens.lower[index].startswith("call") and is_noun(tokens, index)
    if not (gerund or named):
        return -1
    for at in range(index - 1, max(index - CALL_REACH, -1), -1):
        if tokens.is_(at, SIGN):
            return -1
        joins = tokens.in_class(at, "renewing") or (gerund and tokens.verb(at) in JOINING)
        if joins and not is_noun(tokens, at) and not governed(tokens, at):
            return at
    return -1


def keeps_asking(tokens: Tokens, index: int) -> int:
    """Return "continue" of "we continue to call on", -1 where a request is no such."""
    kept = tokens.word(index - 1) == "to" and tokens.verb(index - 2) == "continue"
    return index - 2 if kept and finite_here(tokens, index - 2) else -1


def would_ask(tokens: Tokens, index: int) -> int:
    """Return "would" of "we would urge", -1 where a request is no such."""
    modal = before(tokens, index)
    polite = tokens.word(modal) in {"would", "’d", "'d"} and tokens.is_(index, BASE)
    return modal if polite and subject_of(tokens, modal).kind in {"we", "actor", "agent"} else -1


def need_for(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "note the need for X to": advice to X."""
    speaker = next((at for at in range(cue.first - 1, max(cue.first - CALL_REACH, -1), -1)
                    if tokens.in_class(at, "renewing")), -1)  # fmt: skip
    if speaker < 0 or governed(tokens, speaker) or is_noun(tokens, speaker):
        return None
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    if subject is None or subject.kind not in ADDRESSABLE:
        return None
    return cue.find(act, "present", trigger=(speaker, cue.end), verb=speaker, subject=subject, notes=("asked",))


def addressed(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "welcome all nations to join", "expect suppliers to produce": advice to those named."""
    if not finite_here(tokens, cue.first) or tokens.is_(cue.first, PAST):
        return None
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    if subject is None or subject.kind not in ADDRESSABLE:
        return None
    return cue.find(act, "present", subject=subject, notes=("asked",))


def imperative(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it is imperative that X act"."""
    if tokens.word(cue.end - 1) == "for":
        act = infinitive_of(tokens, cue.end)
        subject = addressee(tokens, cue.end, act) if act >= 0 else None
    else:
        act, subject = that_clause(tokens, cue.end)
    if act < 0 or subject is None or subject.kind not in ADDRESSABLE:
        return None
    return cue.find(act, "present", subject=subject, notes=("asked",))


def is_passive(tokens: Tokens, index: int) -> bool:
    """Return whether a form is a participle after be."""
    participle = tokens.is_(index, PARTICIPLE) and not tokens.is_(index, GERUND)
    return participle and tokens.is_(before(tokens, index), BE)


def asked_passively(tokens: Tokens, cue: Cue) -> Find | None:
    """Read are encouraged to, is required to, is authorized to, are prohibited from."""
    copula = before(tokens, cue.first)
    if tokens.is_(copula, MODAL) or tokens.word(copula) in {"been", "being"} or governed(tokens, copula):
        return None
    kind, following = joined_order(tokens, cue, skip_adverbs(tokens, cue.end))
    act = passive_act(tokens, cue, kind, following)
    if act < 0:
        return None
    nobody = tokens.word(subject_of(tokens, copula).first) in {"no", "neither"}
    negated = nobody or negated_between(tokens, copula, cue.first)
    frees = cue.voice is Voice.ORDER or (nobody and cue.voice is Voice.JOINT)
    if negated and kind is Kind.OBLIGATION and not frees:
        return None
    if negated and kind is Kind.OBLIGATION:
        kind = Kind.PERMISSION
    elif negated and kind is Kind.PERMISSION:
        kind = Kind.PROHIBITION
    noticed = {"negated": negated, "was": tokens.word(copula) in {"was", "were"}, "asked": True}
    end = following + 1 if tokens.word(following) in {"to", "from"} else cue.end
    notes = tuple(note for note, holds in noticed.items() if holds)
    force = duty_force(tokens, act, kind, cue.force)
    return cue.find(act, "present", kind=kind, force=force, trigger=(copula, end), verb=copula, notes=notes)


def duty_force(tokens: Tokens, act: int, kind: Kind, force: int) -> int:
    """Return the force of what somebody is told to do: a duty only to explore, seek or encourage is weaker."""
    lower, by = weakened(tokens, act, force) if kind is Kind.OBLIGATION else (force, "")
    return lower if by in DUTIES else force


def joined_order(tokens: Tokens, cue: Cue, following: int) -> tuple[Kind, int]:
    """Return kind and the token of "to": "is authorized and directed to" obliges."""
    joined = tokens.is_(following, CONJUNCTION) and tokens.verb(following + 1) in {"direct", "require"}
    if cue.kind is Kind.PERMISSION and joined:
        return Kind.OBLIGATION, following + 2
    return cue.kind, following


def passive_act(tokens: Tokens, cue: Cue, kind: Kind, following: int) -> int:
    """Return the verb of what is asked, the length for an open stem, -1 where there is none."""
    act = act_of(tokens, cue.end, 12)
    if act < 0 and is_open_to(tokens, following):
        return len(tokens)
    if kind is Kind.PROHIBITION and act < 0:
        after = skip_adverbs(tokens, following + 1)
        return after if tokens.word(following) == "from" and tokens.is_(after, GERUND) else cue.first
    return act


def order(tokens: Tokens, cue: Cue) -> Find | None:
    """Read directs X to, requires X to, authorizes X to, prohibits X from, and their passives."""
    if is_passive(tokens, cue.first):
        return asked_passively(tokens, cue)
    previous = before(tokens, cue.first)
    gerund = tokens.is_(cue.first, GERUND)
    participial = gerund and not tokens.is_(previous, BE | PREPOSITION | DET)
    if not participial and not finite_here(tokens, cue.first):
        return None
    act, subject = complement_of(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    if act < 0:
        if not takes_object(tokens, cue):
            return None
        act, subject, notes = cue.first, None, ("no-addressee",)
    notes += ("participial",) if participial else ()
    first = previous if gerund and not participial else cue.first
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    passive = tokens.word(skip_adverbs(tokens, cue.end)) == "that" and tokens.is_(before(tokens, act), BE)
    return cue.find(
        act, tense, trigger=(first, cue.end), verb=first, subject=subject, notes=notes, passive=passive
    )


def complement_of(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return the act ordered, allowed or forbidden, and whose it is."""
    if cue.kind is Kind.PROHIBITION:
        return kept_from(tokens, cue)
    if tokens.verb(cue.first) in CHARGING:
        act, subject = charged_with(tokens, cue)
        if act >= 0 or tokens.verb(cue.first) != "task":
            return act, subject
    return requested(tokens, cue)


def kept_from(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return the act forbidden and who is forbidden it ("prohibits X from doing"), (-1, None) without "from"."""
    for at in range(cue.end, min(cue.end + OBJECT_REACH, len(tokens))):
        if tokens.is_(at, SIGN | FINITE):
            break
        after = skip_adverbs(tokens, at + 1)
        if tokens.lower[at] == "from" and tokens.is_(after, GERUND):
            return after, Subject(cue.end, at, kind_of(tokens, cue.end, at)) if at > cue.end else None
    return -1, None


def takes_object(tokens: Tokens, cue: Cue) -> bool:
    """Return whether a verb of ordering or forbidding has a thing as its object: "directs the expansion of"."""
    if tokens.is_(cue.end, PREPOSITION | SIGN | FINITE) or tokens.word(cue.end + 1) == "following":
        return False
    speaks = tokens.is_(cue.first, THIRD) or tokens.is_(before(tokens, cue.first), PRONOUN)
    return (
        speaks
        and tokens.verb(cue.first) not in CHARGING
        and (tokens.verb_in(cue.first, "directing") or cue.kind is Kind.PROHIBITION)
    )


def delegate(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "I delegate to the Secretary the authority to"."""
    if not finite_here(tokens, cue.first) or not tokens.is_(before(tokens, cue.first), PRONOUN):
        return None
    to = next((at for at in range(cue.end, len(tokens)) if tokens.lower[at] == "to"), -1)
    if to < 0:
        return None
    end = to + 1
    while end < len(tokens) and not tokens.tags[end] & SIGN and not names_power(tokens, end):
        end += 1
    subject = Subject(to + 1, end, kind_of(tokens, to + 1, end))
    return cue.find(cue.first, "present", subject=subject, notes=("asked",))


def names_power(tokens: Tokens, index: int) -> bool:
    """Return whether "the authority" or the like begins at a token."""
    return tokens.lower[index] == "the" and tokens.word(index + 1) in POWERS


def responsible(tokens: Tokens, cue: Cue) -> Find | None:
    """Read is responsible for doing; under "shall" the modal reads it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula) or tokens.word(copula) in {"being", "been"}:
        return None
    act = min(skip_adverbs(tokens, cue.end), len(tokens))
    return cue.find(act, "present", trigger=(copula, cue.end), verb=copula)


def requested(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return the act asked for and who is asked, (-1, None) where the verb has no such complement."""
    first = skip_adverbs(tokens, cue.end)
    if tokens.word(first) == "that":
        return that_clause(tokens, first + 1)
    if tokens.is_(first, PREPOSITION) and (tokens.word(first) != "to" or not cue.group.startswith("advice")):
        return -1, None
    act = infinitive_of(tokens, first, certain=tokens.verb_in(cue.first, "addressing"))
    return (act, addressee(tokens, first, act)) if act >= 0 else (-1, None)


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
    asides = (at for at in range(first, end) if tokens.lower[at] == "," and tokens.is_(at + 1, PREPOSITION))
    end = min(end, next(asides, end))
    return Subject(first, end, kind_of(tokens, first, end)) if first < end else None


def right(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "have the right to": in orders and agreements, with somebody who can act."""
    act = act_of(tokens, cue.end)
    if act < 0 or governed(tokens, cue.first) or subject_of(tokens, cue.first).kind not in ADDRESSABLE:
        return None
    return cue.find(act, "present")


def charged_with(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return act and addressee of "tasks X with preparing", (-1, None) where the verb has no such complement."""
    for at in range(cue.end + 1, min(cue.end + OBJECT_REACH, len(tokens))):
        after = skip_adverbs(tokens, at + 1)
        if tokens.lower[at] == "with" and tokens.is_(after, GERUND):
            return after, Subject(cue.end, at, kind_of(tokens, cue.end, at))
        if tokens.is_(at, SIGN | FINITE):
            break
    return -1, None
