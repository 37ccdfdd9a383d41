"""Snapshots of a register that can be cited: a part of the facade. See docs/snapshots.md."""

from __future__ import annotations

from dragoman.citing.errors import (
    CannotWriteSnapshotError,
    LaterChangesError,
    NoSnapshotError,
    SnapshotThereError,
)
from dragoman.citing.snapshot import Citing, Frozen
from dragoman.citing.verify import Verified, compared, verify

__all__ = [
    "CannotWriteSnapshotError",
    "Citing",
    "Frozen",
    "LaterChangesError",
    "NoSnapshotError",
    "SnapshotThereError",
    "Verified",
    "compared",
    "verify",
]
