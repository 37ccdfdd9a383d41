"""How firm a clause is: the weaker verb decides; a measure binds where it is an act of law."""

from __future__ import annotations

from dragoman.extract.en.aims import chain_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.words import PREPOSITION

EXPLORATORY, INTENDED, FIRM, BINDING = 1, 2, 3, 4
DUTIES = frozenset({"explore", "seek", "encourage"})
"""Verbs that weaken even "shall"; to consider is a duty in full."""
PRESIDENTIAL = ("presidential", "memorandum")
"""The memorandum that directs agencies, and not the one of understanding."""
OBJECT_REACH = 18
"""Tokens after a verb among which its object's noun is looked for."""


def weakened(tokens: Tokens, act: int, force: int) -> tuple[int, str]:
    """Return the force of a clause whose trigger has `force`, and the verb that lowered it or "".

    Where a strong modal meets a weaker verb the weaker decides ("will explore" is exploratory).
    """
    verbs = tokens.words.verbs
    lowest, by = force, ""
    for at in chain_of(tokens, act):
        verb = tokens.verb(at)
        looks = verb == "look" and tokens.word(at + 1) in {"into", "at", "to"}
        if (verb in verbs["exploratory"] or looks) and lowest > EXPLORATORY:
            lowest, by = EXPLORATORY, verb
        elif verb in verbs["intended"] and lowest > INTENDED:
            lowest, by = INTENDED, verb
    return lowest, by


def measure_force(tokens: Tokens, act: int, end: int) -> int:
    """Return the force of a measure: binding where a legal act is enacted or changed, or a list of control."""
    stop = min(end, act + OBJECT_REACH, len(tokens))
    if tokens.verb_in(act, "listing") and any(tokens.lower[at] == "list" for at in range(act + 1, stop)):
        return BINDING
    return BINDING if tokens.verb_in(act, "enacting") and legal_object(tokens, act + 1, stop) else FIRM


def legal_object(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether a legal act is named in a stretch, as a noun of its own or in a name; "into law" will do."""
    if tokens.lower[first : first + 2] == ("into", "law"):
        return True
    for at in range(first, min(end, len(tokens))):
        if tokens.is_(at, PREPOSITION) and tokens.lower[at] != "of":
            return False
        if tokens.in_class(at, "legal") or tokens.lower[at - 1 : at + 1] == PRESIDENTIAL:
            return True
    return False
