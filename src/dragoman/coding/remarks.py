"""Problems of files of coded lines, in the words of `data/coding/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

PACK = "coding/problems.yaml"
LONGEST = 80
"""Characters of a quote in a message."""


def remark(code: str, place: Place, **values: object) -> Problem:
    """Return a problem; `values` fill its message and remedy."""
    return worded(PACK, code, place, values)


def short(text: str) -> str:
    """Return a text for a message, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
