"""What is wrong in a condition, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from dragoman.model import DataPackError

_MOST = 8
"""Names listed in a remedy."""


class ConditionFault(DataPackError):  # noqa: N818 - a fault of a text, not of a call
    """A condition that is not written in the language of docs/rules.md, or does not fit its facts.

    Attributes:
        message: what is wrong, in one sentence.
        column: 1-based character of the condition where it starts.
        remedy: what to write instead.
    """

    def __init__(self, message: str, column: int, remedy: str) -> None:
        super().__init__(message, remedy)
        self.column = column

    def __str__(self) -> str:
        return f"column {self.column}: {self.message} {self.remedy}"


def nearest(name: str, names: Iterable[str], title: str) -> str:
    """Return a remedy that names the nearest of some names."""
    known = sorted(names)
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(f'`{item}`' for item in close)}?"
    more = f" and {len(known) - _MOST} more" if len(known) > _MOST else ""
    return f"{title}: {', '.join(known[:_MOST]) or 'none'}{more}."
