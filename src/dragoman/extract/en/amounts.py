"""Sums of money with currency and bound."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.view import View
from dragoman.model import Amount


def amounts_in(view: View, candidate: Candidate) -> tuple[Amount, ...]:  # noqa: ARG001 - first step
    """Return the sums of money in the candidate's clause."""
    return ()
