"""The grammar of Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.extract.zh.amounts import amounts_in
from dragoman.extract.zh.conditions import condition_in
from dragoman.extract.zh.deadlines import deadline_in
from dragoman.extract.zh.propose import propose, read_ahead
from dragoman.model import Amount, Deadline


class Chinese:
    """See `dragoman.extract.grammar.Grammar`."""

    def read_ahead(self, views: Sequence[View], context: Context) -> None:
        """Read what `propose` is going to ask for of some sentences."""
        read_ahead(views, context)

    def propose(self, view: View, context: Context) -> Sequence[Candidate]:
        """Return the candidates of a sentence, in text order."""
        return propose(view, context)

    def deadline(self, view: View, candidate: Candidate, context: Context) -> Deadline | None:
        """Return when the act is due."""
        return deadline_in(view, candidate, context)

    def conditions(self, view: View, candidate: Candidate) -> Span | None:
        """Return where a condition is stated, or None."""
        return condition_in(view, candidate)

    def amounts(self, view: View, candidate: Candidate) -> tuple[Amount, ...]:
        """Return the sums of money in the clause."""
        return amounts_in(view, candidate)
