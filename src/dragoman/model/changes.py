"""What has changed between two reports on the delivery of one document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChangeOf(StrEnum):
    """What has changed for a commitment."""

    NEW = "new"
    """It was not in the last report: the text was read anew, or a line was added or accepted."""
    GONE = "gone"
    """It was, and no longer counts."""
    DELIVERED = "delivered"
    OVERDUE = "overdue"
    """It was not overdue, and is."""
    STATE = "state"
    """Another change of its state or day."""
    CLAIMED = "claimed"
    VERIFIED = "verified"
    SCORE = "score"
    """A score given, changed or taken back."""
    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_WITHDRAWN = "evidence withdrawn"
    """A piece that counted counts no more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: see `ChangeOf`.
        provision: id of the commitment.
        quote: its sentence.
        before, after: the value then and now, "" for none: a state, a stage, a score.
        due_before, due_after: the days of the two states.
        more: instances of a recurring duty that have become overdue besides the one that was.
        subject: the party whose score it is, or the id of the piece of evidence; else "".
    """

    kind: ChangeOf
    provision: str
    quote: str
    before: str = ""
    after: str = ""
    subject: str = ""
    due_before: date | None = None
    due_after: date | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes since a report.

    Attributes:
        since: day of that report.
        sha256: hash of what it rested on.
        changes: in the order of the text, what is gone last.
    """

    since: date
    sha256: str
    changes: tuple[Change, ...]
