"""How sure the grammar is that a candidate is a provision of its kind."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate

KEPT_FROM = 0.5
"""Candidates below this confidence are not provisions."""


def confidence_of(candidate: Candidate) -> float:  # noqa: ARG001 - first step
    """Return the calibrated probability that a reader would mark this candidate, 0-1."""
    return 1.0
