"""What monitoring finds: how what is known of a party and the lists has changed since it was screened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What has changed for a party."""

    NEW = "new hit"
    GONE = "hit gone"
    ENTRY = "entry changed"
    """A hit is still one, and its entry says something else."""
    REOPENED = "reopened"
    """A decision holds no longer: its entry changed, or its last day has passed."""


@dataclass(frozen=True, slots=True)
class PartyChange:
    """One change for a party that was screened before.

    Attributes:
        party: its key.
        kind: see `ChangeKind`.
        list, entry: of the hit.
        name: of the entry, "" where it is gone.
        score: of the hit now, 0 to 1; None where it is none.
        detail: what changed, in words.
        at: when it was found.
    """

    party: str
    kind: ChangeKind
    list: str
    entry: str
    name: str
    score: float | None
    detail: str
    at: datetime
