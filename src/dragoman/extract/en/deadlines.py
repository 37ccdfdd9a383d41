"""When an act is due."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.model import Deadline


def deadline_in(view: View, candidate: Candidate, context: Context) -> Deadline | None:  # noqa: ARG001 - first step
    """Return when the candidate's act is due, or None."""
    return None
