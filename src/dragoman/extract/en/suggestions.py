"""Readers of advice that no modal carries: a case for, the way forward is, it falls to, what is needed is."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, is_act, skip_adverbs
from dragoman.extract.en.directives import ADDRESSABLE, addressee, that_clause
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import BINDING, EXPLORATORY, INTENDED
from dragoman.extract.en.governing import infinitive_of, is_unknown
from dragoman.extract.en.subject_kinds import head_of, kind_of
from dragoman.extract.en.subjects import MAIN, Subject, subject_of
from dragoman.extract.en.words import BE, DET, FINITE, GERUND, MODAL, PAST, PREPOSITION, PRONOUN, SIGN
from dragoman.model import Kind

THERE_REACH = 6
"""Tokens from "there is" or "we see" to the noun of a case: "there is a strong and growing case for"."""
CLEFT_REACH = 12
"""Tokens of "what we are asking Parliament to do" before its "is"."""
TENTATIVE = frozenset({"would", "could", "might", "may"})
SEEING = frozenset({"see", "sees", "saw", "find", "finds", "found"})


def case(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "there is a strong case for pooling ships", "we see merit in a joint exercise"."""
    back = range(cue.first - 1, max(cue.first - THERE_REACH, -1), -1)
    verb = next((at for at in back if tokens.is_(at, BE) or tokens.lower[at] in SEEING), -1)
    if verb < 0 or (tokens.is_(verb, BE) and tokens.word(verb - 1) != "there"):
        return None
    if any(tokens.lower[at] in {"no", "little", "not"} for at in range(verb, cue.first)):
        return None
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    if subject is not None and subject.kind in ADDRESSABLE:
        return cue.find(act, "present", verb=verb, trigger=(verb, cue.end), subject=subject, notes=("asked",))
    return unasked(tokens, cue, skip_adverbs(tokens, cue.end), verb)


def unasked(tokens: Tokens, cue: Cue, act: int, verb: int) -> Find | None:
    """Return advice to nobody in particular, None where nothing follows."""
    if act >= len(tokens) or tokens.is_(act, SIGN):
        return None
    nobody = Subject(cue.first, cue.first, "none")
    return cue.find(act, "present", verb=verb, trigger=(verb, cue.end), passive=True, subject=nobody)


def way(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "a first step would be to", "the way forward is for X to", "the answer lies in"."""
    subject = subject_of(tokens, cue.first)
    if subject.clause != MAIN or not is_way(tokens, subject):
        return None
    force = EXPLORATORY if tokens.word(cue.first) in TENTATIVE else INTENDED
    last = tokens.word(cue.end - 1)
    if last == "that":
        act, whom = that_clause(tokens, cue.end)
    elif last == "for":
        act = infinitive_of(tokens, cue.end)
        whom = addressee(tokens, cue.end, act) if act >= 0 else None
    else:
        act, whom = act_after(tokens, cue.end), None
    return advised(tokens, cue._replace(attributes={**cue.attributes, "force": force}), act, whom)


def way_to(tokens: Tokens, cue: Cue, to: int) -> Find | None:
    """Read "a sensible starting point is to write times into licences" in a text of advice, behind "is"."""
    if cue.voice is not Voice.ADVICE or not is_way(tokens, subject_of(tokens, cue.first)):
        return None
    fields = {"rule": "advice-way", "kind": Kind.RECOMMENDATION, "force": INTENDED, "trigger": (cue.first, to + 1)}
    nobody = Subject(cue.first, cue.first, "none")
    return cue.find(act_after(tokens, to + 1), "present", passive=True, subject=nobody, **fields)


def advised(tokens: Tokens, cue: Cue, act: int, whom: Subject | None) -> Find | None:
    """Return what a way, a step or a recommendation consists in, whose it is where it says so."""
    if not 0 <= act < len(tokens):
        return None
    if whom is not None and whom.kind in ADDRESSABLE:
        return cue.find(act, "present", subject=whom, notes=("asked",))
    verbal = is_act(tokens, act) or is_unknown(tokens, act)
    if whom is None and not verbal:
        return None
    return cue.find(act, "present", passive=True, subject=Subject(cue.first, cue.first, "none"))


def is_way(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is a step, a way or a point of advice: "a sensible first step", "its fifth"."""
    if subject.end <= subject.first:
        return False
    head = head_of(tokens, subject.first, subject.end)
    if tokens.in_class(head, "advised_ways") or tokens.in_class(subject.end - 1, "advised_ways"):
        return "of" not in tokens.lower[subject.first : subject.end]
    return tokens.in_class(head, "ordinal") and tokens.is_(head - 1, DET)


def falls_to(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it falls to X to act", "it is time for X to act", "it is for X to decide": a law obliges X by it."""
    act = infinitive_of(tokens, cue.end)
    whom = addressee(tokens, cue.end, act) if act >= 0 else None
    if whom is None or whom.kind not in ADDRESSABLE:
        return high_time(tokens, cue)
    if cue.voice is Voice.ORDER:
        return cue.find(act, "present", kind=Kind.OBLIGATION, force=BINDING, subject=whom, notes=("asked",))
    return cue.find(act, "present", subject=whom, notes=("asked",))


def high_time(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "it is high time that the allies agreed": advice in the past tense."""
    if tokens.word(cue.end - 1) not in {"that", "time"}:
        return None
    for at in range(cue.end + 1, len(tokens)):
        if tokens.is_(at, SIGN | FINITE | PREPOSITION):
            return None
        if tokens.is_(at, PAST):
            whom = Subject(cue.end, at, kind_of(tokens, cue.end, at))
            return cue.find(at, "present", subject=whom, notes=("asked",)) if whom.kind in ADDRESSABLE else None
    return None


def needed(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "what is needed is a common form": advice to nobody in particular."""
    return unasked(tokens, cue, skip_adverbs(tokens, cue.end), cue.first)


def warranted(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "a waiver is warranted", "a review is long overdue": advice to nobody in particular."""
    subject = subject_of(tokens, cue.first)
    if subject.clause != MAIN or tokens.word(subject.first) in {"no", "none", "nothing"}:
        return None
    return cue.find(cue.end - 1, "present", passive=True)


def cleft(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "what we are doing is opening a fund", "what I am asking Parliament to do is pass the bill"."""
    ahead = range(cue.end, min(cue.end + CLEFT_REACH, len(tokens)))
    copula = next((at for at in ahead if tokens.is_(at, BE)), -1)
    act = skip_adverbs(tokens, copula + 1) if copula >= 0 else len(tokens)
    act += tokens.word(act) == "to"
    if not is_act(tokens, act):
        return None
    if tokens.verb(cue.end - 1) == "do":
        speaker = Subject(cue.first + 1, cue.first + 2, "we")
        return cue.find(act, "present", trigger=(cue.first, copula + 1), verb=act, subject=speaker)
    to = next((at for at in ahead if tokens.lower[at] == "to"), -1)
    whom = Subject(cue.end, to, kind_of(tokens, cue.end, to)) if to > cue.end else None
    if whom is None or whom.kind not in ADDRESSABLE:
        return None
    fields = {"kind": Kind.RECOMMENDATION, "force": INTENDED, "subject": whom, "notes": ("asked",)}
    return cue.find(act, "present", trigger=(cue.end - 1, cue.end), verb=act, **fields)


def lacking(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "the government needs a comprehensive industrial policy": advice to have a thing of governance."""
    subject = subject_of(tokens, cue.first)
    if subject.clause != MAIN or subject.kind not in ADDRESSABLE or not tokens.is_(cue.end, DET):
        return None
    for at in range(cue.end + 1, len(tokens)):
        if tokens.is_(at, SIGN | PREPOSITION | MODAL | PRONOUN | GERUND) or tokens.lower[at] == "that":
            return None
        if tokens.in_class(at, "governance"):
            return cue.find(cue.first, "present")
    return None
