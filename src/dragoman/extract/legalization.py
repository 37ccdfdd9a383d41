"""The legalization profile: obligation, precision, delegation (Abbott et al. 2000), each with its reason."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.model import Deadline, Legalization


def profile_of(candidate: Candidate, actors: tuple[str, ...], deadline: Deadline | None) -> Legalization:
    """Return the profile on 0-4 anchors; the rules are documented in docs/provisions.md."""
    precision = 1 + bool(actors) + bool(candidate.object) + bool(deadline)
    return Legalization(candidate.force, precision, 0, (candidate.rule, "", ""))
