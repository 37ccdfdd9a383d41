"""What every language's grammar provides. `en/` and `zh/` have the same file names.

propose.py      candidates of a sentence: trigger, kind, force, clause, subject
deadlines.py    when
conditions.py   stated conditions
amounts.py      sums of money
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.model import Amount, Deadline


class Grammar(Protocol):
    """The grammar of one language; every method is pure but for the memory of what was read before."""

    def read_ahead(self, views: Sequence[View], context: Context) -> None:
        """Read into the memory what `propose` will ask for of some sentences, each step for all of them."""

    def propose(self, view: View, context: Context) -> Sequence[Candidate]:
        """Return the candidates of a sentence, in text order."""

    def deadline(self, view: View, candidate: Candidate, context: Context) -> Deadline | None:
        """Return when the act is due; of several dates in the clause, the nearest."""

    def conditions(self, view: View, candidate: Candidate) -> Span | None:
        """Return where a condition is stated, or None."""

    def amounts(self, view: View, candidate: Candidate) -> tuple[Amount, ...]:
        """Return the sums of money in the clause."""
