"""Review of provisions: people accept, edit or reject what a coder proposed; nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dragoman.model.provision import Provision


class ReviewState(StrEnum):
    """Where a line of the register stands."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """One decision on one line.

    Attributes:
        provision: id of the line.
        state: the decision.
        reviewer: who decided.
        at: when, with time zone.
        reason: why, in the reviewer's words.
    """

    provision: str
    state: ReviewState
    reviewer: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: the provision that counts, and where its review stands.

    Attributes:
        provision: the accepted or edited line where there is one, else the latest coder's.
        state: review state.
        version: number of the document's version it stands in, from 1.
        review: the latest decision, or None.
    """

    provision: Provision
    state: ReviewState = ReviewState.CANDIDATE
    version: int = 1
    review: Review | None = None
