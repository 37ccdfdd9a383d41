"""Readers of modal verbs, will, shall, must, may, should, need to, and of what texts deny."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, infinitive_after, is_act
from dragoman.extract.en.directives import addressee
from dragoman.extract.en.finds import Cue, Find, weaker
from dragoman.extract.en.forces import BINDING, DUTIES, EXPLORATORY, INTENDED, weakened
from dragoman.extract.en.governing import governed, infinitive_of, is_noun, passive_after
from dragoman.extract.en.subject_kinds import kind_of
from dragoman.extract.en.subjects import COMPLEMENT, SHARED, Subject, subject_of
from dragoman.extract.en.words import BASE, CONJUNCTION, DET, FINITE, PREPOSITION, PRONOUN, SIGN, THIRD
from dragoman.model import Kind

BEFORE_NOUN = frozenset({"the", "a", "our", "their", "its", "of", "at"})
NEGATIVES = frozenset({"not", "never", "neither"})
BOUNDING = frozenset({"only", "less", "fewer", "more", "later", "earlier", "sooner"})
"""What makes "not" behind a modal a bound: "shall not less often than yearly report"."""
NOBODY = frozenset({"no", "neither", "nothing", "none", "nobody"})
IN_A_TEXT = frozenset({"in", "herein", "contained"})
NUMBERED = 5
"""Tokens of a number, "*(a)", that can stand before "nothing"."""
ADJUNCT_REACH = 16
"""Tokens between a modal and its verb: "shall within thirty days of receipt submit"."""
DENYING = frozenset({"text", "none", "vehicle"})


def modal(tokens: Tokens, cue: Cue) -> Find | None:
    """Read will, shall, must, may, should."""
    if is_month_or_noun(tokens, cue.first) or (cue.first == 0 and cue.group == "modal-should"):
        return None
    negated = tokens.word(cue.end) in NEGATIVES and tokens.word(cue.end + 1) not in BOUNDING
    act = act_after(tokens, cue.end + (tokens.word(cue.end) == "neither"))
    act = behind_adjunct(tokens, act)
    if cue.group == "modal-will" and tokens.word(act + 1) == "to" and will_oblige(tokens, cue, act):
        return will_have_to(tokens, cue, act + 1)
    if act < len(tokens) and not is_act(tokens, act) and tokens.is_(act, DET | PREPOSITION | PRONOUN | SIGN):
        return None
    power = power_given(tokens, cue, act)
    if power is not None:
        return power
    subject = subject_of(tokens, cue.first)
    word = tokens.word(subject.first)
    if denies_all(tokens, subject) or not speaks(tokens, cue, subject):
        return None
    nobody = word in NOBODY and tokens.word(subject.first + 1) not in BOUNDING
    denied = negated or (nobody and subject.end > subject.first)
    return modal_find(tokens, cue, subject, act, negated=negated, denied=denied)


def behind_adjunct(tokens: Tokens, act: int) -> int:
    """Return the verb behind an adjunct that parts it from its modal: "may by order amend"; `act` without one."""
    if not tokens.is_(act, PREPOSITION) or tokens.is_(act, BASE):
        return act
    for at in range(act + 2, min(act + ADJUNCT_REACH, len(tokens))):
        if tokens.is_(at, SIGN | FINITE | PRONOUN) and tokens.lower[at] != ",":
            return act
        led = tokens.is_(at - 1, DET | PREPOSITION | CONJUNCTION) and tokens.lower[at - 1] != "either"
        joined = led or tokens.is_(at, DET | PREPOSITION)
        if tokens.is_(at, BASE) and not joined and looks_verbal(tokens, at):
            return at
    return act


def looks_verbal(tokens: Tokens, at: int) -> bool:
    """Return whether a base form is no noun here: its object or a preposition follows."""
    return not tokens.verb_in(at, "nominal") or tokens.is_(at + 1, DET | PRONOUN)


def power_given(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read "shall have the power to inspect": a permission; None where no power is given."""
    if cue.kind is not Kind.OBLIGATION or tokens.lower[act : act + POWER] not in POWERS:
        return None
    end = act + POWER
    return cue.find(act_after(tokens, end), "modal", kind=Kind.PERMISSION, trigger=(cue.first, end))


POWERS = frozenset(("have", "the", noun, "to") for noun in ("power", "powers", "right", "authority"))
POWER = 4
"""Tokens of "have the power to"."""


def will_oblige(tokens: Tokens, cue: Cue, act: int) -> bool:
    """Return whether "will have to" or, in a report of others, "will need to" tells a duty."""
    needs = cue.voice is Voice.REPORT and tokens.word(act) == "need"
    return tokens.word(act) == "have" or (needs and subject_of(tokens, cue.first).kind == "agent")


def will_have_to(tokens: Tokens, cue: Cue, to: int) -> Find | None:
    """Read "buyers will have to notify": a duty to come, told as one."""
    act = act_after(tokens, to + 1)
    if not is_act(tokens, act):
        return None
    passive, act = passive_after(tokens, act)
    fields = {"rule": "modal-have-to", "kind": Kind.OBLIGATION, "force": BINDING, "trigger": (cue.first, to + 1)}
    return cue.find(act, "modal", passive=passive, **fields)


def speaks(tokens: Tokens, cue: Cue, subject: Subject) -> bool:
    """Return whether a modal can carry a provision: "would" of a promise, no "terms"."""
    if cue.group == "modal-would" and not (subject.clause == COMPLEMENT and subject.governor in promising(tokens)):
        return False
    return not (tokens.word(subject.first + 1) in {"term", "terms"} and tokens.word(subject.first) == "the")


def denies_all(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is "nothing in this order", behind a number or not."""
    opening = range(subject.first, min(subject.end, subject.first + NUMBERED))
    return any(tokens.word(at) == "nothing" and tokens.word(at + 1) in IN_A_TEXT for at in opening)


def promising(tokens: Tokens) -> frozenset[str]:
    """Return the verbs of saying after which "would" tells a promise."""
    return tokens.words.classes["promising"]


def is_month_or_noun(tokens: Tokens, index: int) -> bool:
    """Return whether "May" is the month, or "will" a noun."""
    word = tokens.lower[index]
    return (word == "may" and tokens.capital(index)) or (word == "will" and tokens.word(index - 1) in BEFORE_NOUN)


def modal_find(tokens: Tokens, cue: Cue, subject: Subject, act: int, *, negated: bool, denied: bool) -> Find:
    """Return what a modal says with its verb; denied, a duty or permission is a prohibition."""
    kind = cue.kind
    if denied and kind in {Kind.OBLIGATION, Kind.PERMISSION}:
        kind = Kind.PROHIBITION
    passive, act = passive_after(tokens, act)
    kind = kind_of_participle(tokens, act, kind) if passive else kind
    if passive and kind is Kind.PROHIBITION and denied and tokens.verb_in(act, "obliging"):
        kind = Kind.PERMISSION
    if kind is Kind.OBLIGATION and tokens.verb(act) in {"prohibit", "forbid"} and not passive:
        return forbids(tokens, cue, act, subject)
    kind, base = in_advice(tokens, cue, kind, act)
    force, by = modal_force(tokens, act, kind, base)
    if negated and by == "seek":
        force, by = base, ""
    return cue.find(
        act,
        "modal",
        kind=kind,
        force=force,
        trigger=(cue.first, cue.end + negated),
        passive=passive,
        subject=subject,
        notes=(*(("negated",) if denied else ()), *weaker(by)),
    )


def in_advice(tokens: Tokens, cue: Cue, kind: Kind, act: int) -> tuple[Kind, int]:
    """Return kind and force of a modal in the document’s voice: in advice even must and may recommend.

    Who speak together can order nobody else: their "must" urges.
    """
    considers = cue.voice is Voice.REPORT and tokens.verb(act) == "consider"
    if kind is Kind.PERMISSION and (cue.voice is Voice.ADVICE or considers):
        return Kind.RECOMMENDATION, EXPLORATORY
    if kind is Kind.PROHIBITION and cue.voice is Voice.ADVICE:
        return Kind.RECOMMENDATION, INTENDED
    urges = cue.voice is Voice.JOINT and cue.group == "modal-must"
    if kind is Kind.OBLIGATION and (cue.voice is Voice.ADVICE or urges):
        return Kind.RECOMMENDATION, INTENDED
    return kind, cue.force


def modal_force(tokens: Tokens, act: int, kind: Kind, force: int) -> tuple[int, str]:
    """Return the force of a modal with its verb, and the verb that weakened it."""
    if kind in {Kind.PERMISSION, Kind.PROHIBITION}:
        return force, ""
    lower, by = weakened(tokens, act, force)
    if kind is Kind.OBLIGATION and by not in DUTIES:
        return force, ""
    return lower, by


def forbids(tokens: Tokens, cue: Cue, act: int, subject: Subject) -> Find:
    """Read "shall prohibit X from engaging": a prohibition for X."""
    end = act + 1
    while end < len(tokens) and tokens.lower[end] != "from" and not tokens.tags[end] & SIGN:
        end += 1
    whom = Subject(act + 1, end, kind_of(tokens, act + 1, end)) if tokens.word(end) == "from" else subject
    return cue.find(act, "modal", kind=Kind.PROHIBITION, force=BINDING, trigger=(cue.first, act + 1), subject=whom)


def kind_of_participle(tokens: Tokens, act: int, kind: Kind) -> Kind:
    """Return the kind where the passive verb itself forbids or allows ("shall be prohibited")."""
    if kind is not Kind.OBLIGATION:
        return kind
    if tokens.verb_in(act, "forbidding"):
        return Kind.PROHIBITION
    return Kind.PERMISSION if tokens.verb_in(act, "allowing") else kind


def need(tokens: Tokens, cue: Cue) -> Find | None:
    """Read need to, has to."""
    act = act_after(tokens, cue.end)
    if governed(tokens, cue.first) or is_noun(tokens, cue.first) or not is_act(tokens, act):
        return None
    passive, act = passive_after(tokens, act)
    return cue.find(act, "present", passive=passive)


def valuable(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it would be valuable to", "it would be wise for X to"."""
    if tokens.word(cue.end - 1) == "for":
        return valuable_for(tokens, cue)
    act = act_after(tokens, cue.end)
    if not is_act(tokens, act):
        return None
    return cue.find(act, "modal", passive=True, subject=Subject(cue.first, cue.first, "none"))


def valuable_for(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it would be wise for X to": advice to X."""
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    if subject is None or subject.kind not in {"actor", "agent"}:
        return None
    return cue.find(act, "present", subject=subject, notes=("asked",))


def mild(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "may wish to", "would do well to": mild advice to the subject."""
    act = act_after(tokens, cue.end)
    if not is_act(tokens, act) and tokens.verb(cue.end - 1) == "consider":
        act = cue.end - 1
    if not is_act(tokens, act) or governed(tokens, cue.first):
        return None
    subject = subject_of(tokens, cue.first)
    if subject.clause == SHARED:
        return cue.find(act, "present")
    return cue.find(act, "present") if subject.kind in {"actor", "agent", "anaphor"} else None


def unlawful(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it shall be unlawful for any person to", "it is an offence to"."""
    act = infinitive_of(tokens, cue.end)
    if act < 0:
        return cue.find(cue.end - 1, "present", passive=True, subject=Subject(cue.first, cue.first, "none"))
    first = cue.end + 1 if tokens.word(cue.end) == "for" else cue.end
    named = addressee(tokens, first, act) if first > cue.end else None
    subject = named or Subject(cue.first, cue.first, "none")
    return cue.find(act, "present", passive=named is None, subject=subject, notes=("asked",))


def nothing(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Nothing in this order shall be construed to", "Nothing in this memorandum commits"."""
    ahead = range(cue.end, len(tokens))
    verb = next((at for at in ahead if tokens.is_(at, FINITE | THIRD) and not tokens.is_(at, DET)), -1)
    if verb < 0:
        return None
    act = act_after(tokens, verb + 1) if tokens.tags[verb] & FINITE else verb
    inner = infinitive_after(tokens, act, 6)
    return cue.find(
        inner if inner >= 0 else min(act, len(tokens) - 1),
        "present",
        trigger=(cue.first, cue.first + 1),
        verb=verb,
        passive=True,
        subject=Subject(cue.first, verb, "text"),
        notes=("negated",),
    )


def denial(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "does not create any right": what a text denies to be."""
    if subject_of(tokens, cue.first).kind not in DENYING:
        return None
    return cue.find(cue.end - 1, "present", passive=True, notes=("negated",))
