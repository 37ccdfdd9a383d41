"""How firmly a Chinese provision binds: 4 binding, 3 firm, 2 intended, 1 exploratory (annotation guide)."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.zh.triggers import Find
from dragoman.model import Kind

ADVICE = {"allow": 1, "exempt": 1, "worth": 1}
"""Force of advice by the class of its trigger; the rest is 2."""

INTENDED, EXPLORATORY, FIRM, BINDING = 2, 1, 3, 4


def is_weak(found: Find) -> bool:
    """Return whether the main verb only explores (探索, 考虑, 鼓励): a weaker verb decides."""
    return found.verb is not None and found.verb.data["class"] == "weak"


def force_of(found: Find, kind: Kind, voice: Voice, *, legal: bool) -> int:
    """Return the force of a find.

    Args:
        found: the predicate.
        kind: its kind.
        voice: how the document speaks; in a law or order a duty binds whatever its verb.
        legal: for a measure: whether it is a legal act.
    """
    if kind is Kind.MEASURE:
        return BINDING if legal else FIRM
    if found.kind_of == "indicative" and is_weak(found):
        return EXPLORATORY
    if kind in {Kind.OBLIGATION, Kind.PERMISSION, Kind.PROHIBITION}:
        return BINDING
    if kind is Kind.RECOMMENDATION:
        return EXPLORATORY if is_weak(found) else ADVICE.get(found.kind_of, INTENDED)
    if is_weak(found):
        return EXPLORATORY
    if found.kind_of == "need":
        return FIRM
    return int(found.token.data.get("force", FIRM)) if voice else FIRM
