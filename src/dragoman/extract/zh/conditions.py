"""Stated conditions."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.view import View


def condition_in(view: View, candidate: Candidate) -> Span | None:  # noqa: ARG001 - first step
    """Return where a condition is stated in the candidate's clause, or None."""
    return None
