"""How firmly a Chinese provision binds: 4 binding, 3 firm, 2 intended, 1 exploratory (annotation guide)."""

from __future__ import annotations

from dragoman.extract.zh.triggers import Find
from dragoman.model import Kind

EXPLORATORY, INTENDED, FIRM, BINDING = 1, 2, 3, 4

ADVICE = {"allow": EXPLORATORY, "exempt": EXPLORATORY, "worth": EXPLORATORY}
"""Force of advice by the class of its trigger; the rest is intended."""


def is_weak(found: Find) -> bool:
    """Return whether the main verb only explores (探索, 考虑, 鼓励): a weaker verb decides."""
    return found.verb is not None and found.verb.data["class"] == "weak"


def force_of(found: Find, kind: Kind, *, legal: bool) -> int:
    """Return the force of a find.

    Args:
        found: the predicate.
        kind: its kind; a duty binds whatever its verb, but a law's 鼓励 without a modal does not.
        legal: for a measure: whether it is a legal act.
    """
    if kind is Kind.MEASURE:
        return BINDING if legal else FIRM
    if kind is Kind.RECOMMENDATION:
        return EXPLORATORY if is_weak(found) else ADVICE.get(found.kind_of, INTENDED)
    if is_weak(found) and (kind is Kind.COMMITMENT or found.kind_of == "indicative"):
        return EXPLORATORY
    if kind is Kind.COMMITMENT:
        return FIRM if found.kind_of in {"need", "charge"} else int(found.token.data.get("force", FIRM))
    return BINDING
