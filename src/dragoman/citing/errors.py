"""What is wrong in a call for a snapshot."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from dragoman.model import ConflictError, NotFoundError, StoreError, UsageError


class SnapshotThereError(ConflictError):
    """A snapshot would overwrite something."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already.", "Choose another name; a snapshot overwrites nothing.")


class NoSnapshotError(NotFoundError):
    """A path that holds no snapshot."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} holds no snapshot ({why}).", "Name a folder or ZIP file of `dragoman snapshot`.")


class LaterChangesError(UsageError):
    """The register holds what came after the day of a snapshot."""

    def __init__(self, as_of: date, last: datetime) -> None:
        super().__init__(
            f"The register was changed at {last:%Y-%m-%d %H:%M} UTC, after {as_of}.",
            "A snapshot is of the register as it stands: name that day or a later one.",
        )


class CannotWriteSnapshotError(StoreError):
    """The snapshot cannot be written."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"{path} cannot be written ({fault.strerror or fault}).", "Choose another place.")
