"""Readers of how laws and agreements put duties and freedoms: is under a duty to, is liable, is exempt from."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens, act_after, is_act
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import BINDING
from dragoman.extract.en.governing import before, governed
from dragoman.extract.en.subject_kinds import head_of, kind_of
from dragoman.extract.en.subjects import MAIN, RELATIVE_CLAUSE, SHARED, Subject, subject_of
from dragoman.extract.en.words import BE, GERUND, HAVE, PAST, PREPOSITION, THIRD
from dragoman.model import Kind

TIME_REACH = 4
"""Tokens from "has" to "days to"."""
NOUN_REACH = 9
"""Tokens between "does not prevent" and the act."""


def duty(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "is under a duty to keep", "has a duty to keep"."""
    act = act_after(tokens, cue.end)
    if governed(tokens, cue.first) or not is_act(tokens, act) or subject_of(tokens, cue.first).kind == "we":
        return None
    return cue.find(act, "present")


def term_given(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "has 28 days to tell the Authority": a duty within a term."""
    act = act_after(tokens, cue.end)
    if not is_act(tokens, act):
        return None
    verb = next((at for at in range(cue.first - 1, max(cue.first - TIME_REACH, -1), -1)
                 if tokens.is_(at, HAVE)), -1)  # fmt: skip
    if verb < 0:
        return term_granted(tokens, cue, act)
    unbound = cue.voice is Voice.REPORT or governed(tokens, verb)
    return None if unbound else cue.find(act, "present", verb=verb, trigger=(verb, cue.end))


def term_granted(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read "the rule gives exporters 120 days to comply": a duty of those who are given the term."""
    back = range(cue.first - 1, max(cue.first - NOUN_REACH, -1), -1)
    verb = next((at for at in back if tokens.verb(at) == "give" and tokens.is_(at, THIRD | PAST)), -1)
    if verb < 0 or governed(tokens, verb) or verb + 1 >= cue.first - 1:
        return None
    whom = Subject(verb + 1, cue.first - 1, kind_of(tokens, verb + 1, cue.first - 1))
    if whom.kind not in {"actor", "agent"}:
        return None
    return cue.find(act, "present", verb=verb, trigger=(verb, cue.end), subject=whom, notes=("asked",))


def liable(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "is liable on conviction to a fine"; under "shall" the modal reads it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula) or not tokens.is_(cue.end, PREPOSITION):
        return None
    return cue.find(cue.first, "present", trigger=(copula, cue.end), verb=copula)


def faces(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "a firm that fails to report faces a fine": what the offender will owe."""
    subject = subject_of(tokens, cue.first)
    if governed(tokens, cue.first) or subject.clause not in {MAIN, RELATIVE_CLAUSE} or subject.kind != "agent":
        return None
    return cue.find(cue.first, "present", subject=subject._replace(clause=MAIN))


def not_prevented(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Subsection (2) does not prevent the Board (from) publishing": the Board is free to."""
    act = next((at for at in range(cue.end, min(cue.end + NOUN_REACH, len(tokens))) if tokens.is_(at, GERUND)), -1)
    end = act - 1 if tokens.word(act - 1) == "from" else act
    if act < 0 or end <= cue.end:
        return None
    return cue.find(act, "present", subject=Subject(cue.end, end, kind_of(tokens, cue.end, end)), notes=("asked",))


def offence(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "a person commits an offence if": it forbids; what says the penalty besides is read by that."""
    subject = subject_of(tokens, cue.first)
    if governed(tokens, cue.first) or "liable" in tokens.lower or subject.clause not in {MAIN, RELATIVE_CLAUSE}:
        return None
    return cue.find(cue.end - 1, "present", subject=subject._replace(clause=MAIN))


def exempt(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "is exempt from the fee": who is freed may leave it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula):
        return None
    return cue.find(cue.first, "present", trigger=(copula, cue.end), verb=copula)


def disapplied(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Subsection (1) does not apply to a lease for research": it frees from that duty."""
    subject = subject_of(tokens, cue.first)
    if subject.clause != MAIN or subject.end <= subject.first:
        return None
    if not tokens.in_class(head_of(tokens, subject.first, subject.end), "ruled"):
        return None
    nobody = Subject(subject.first, subject.first, "none")
    return cue.find(cue.end - 1, "present", passive=True, subject=nobody)


def undertaken(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Each Participant bears its own costs", "the Parties meet once a year" in an agreement."""
    subject = subject_of(tokens, cue.first)
    if governed(tokens, cue.first) or subject.clause not in {MAIN, SHARED} or subject.end <= subject.first:
        return None
    head = head_of(tokens, subject.first, subject.end)
    if not tokens.in_class(head, "contracting"):
        return None
    kind = Kind.OBLIGATION if tokens.verb(cue.first) == "bear" else cue.kind
    force = BINDING if kind is Kind.OBLIGATION else cue.force
    return cue.find(cue.first, "present", kind=kind, force=force)
