"""What a database can refuse, as sentences with a remedy.

StoreError
├── CannotOpenError    the file or folder is not there, not writable, or is something else
├── NotARegisterError  the file is no database, or is damaged
├── NewerRegisterError the register was written by a newer dragoman
├── MovedOnError       another version changed its form while it was open here
├── GoneError          the database server went away
├── DiskFullError      no room is left
├── ReadOnlyError      the register cannot be written
├── BusyError          another process holds the register
└── DatabaseError      anything else the engine says
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError

from dragoman.model import StoreError


class CannotOpenError(StoreError):
    """The register cannot be opened."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            f"The register {place} cannot be opened ({cause}).",
            "Check that the folder exists and is writable, or that the database server is running.",
        )


class NotARegisterError(StoreError):
    """The file is no database, or is damaged."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            f"The register {place} is damaged or is not a register ({cause}).",
            "Restore it from a copy, or move the file away and read the documents again.",
        )


class NewerRegisterError(StoreError):
    """The register was written by a newer dragoman."""

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"The register {place} has the form {revision}, which this version of dragoman does not know.",
            "Install the newer dragoman that wrote it.",
        )


class MovedOnError(StoreError):
    """Another version of dragoman changed the register's form while this one had it open."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(
            f"Another version of dragoman brought the register {place} from the form {known} to {found} "
            "while it was open here; nothing was written.",
            "Start this program again, in the version that the register now needs.",
        )


class GoneError(StoreError):
    """The database server went away, or is starting."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            f"The database server of {place} went away ({cause.splitlines()[0]}); "
            "what was being written was not kept.",
            "Try again when the server answers; dragoman connects anew by itself.",
        )


class DiskFullError(StoreError):
    """No room is left."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"No room is left for the register {place}; the last document was not kept, the others were.",
            "Make room on the disk and read again: documents already in the register are not read twice.",
        )


class ReadOnlyError(StoreError):
    """The register cannot be written."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The register {place} cannot be written.",
            "Give yourself the right to write the folder and its files, or choose another --workspace.",
        )


class BusyError(StoreError):
    """Another process holds the register."""

    http_status = 503

    def __init__(self, place: str) -> None:
        super().__init__(
            f"Another process has held the register {place} for too long.",
            "Wait until it has finished and try again.",
        )


class DiskFaultError(StoreError):
    """The disk under the register failed."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            f"The disk failed under the register {place} ({cause}).",
            "Check that the disk has room and is in order, then read again.",
        )


class DatabaseError(StoreError):
    """Anything else the engine says."""

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(f"The register {place} failed: {cause}.", "Please report this message.")


PASSING = (BusyError, CannotOpenError, DiskFullError, GoneError)
"""What ends by itself or by somebody's help while a program runs: who has time tries again."""

_SIGNS = (
    (("disk is full", "No space left", "could not extend"), lambda place, _: DiskFullError(place)),
    (("disk I/O error",), DiskFaultError),
    (("readonly database", "read-only transaction"), lambda place, _: ReadOnlyError(place)),
    (("not a database", "malformed", "file is encrypted", "decode to UTF-8"), NotARegisterError),
    (("database is locked", "table is locked"), lambda place, _: BusyError(place)),
    (
        (
            "server closed the connection",
            "terminating connection",
            "connection is closed",
            "connection is lost",
            "the database system is",
            "consuming input failed",
        ),
        GoneError,
    ),
    (
        (
            "unable to open",
            "connection failed",
            "Connection refused",
            "connection is bad",
            "connection timeout",
            "failed to resolve host",
        ),
        CannotOpenError,
    ),
)
"""What the engines' messages hold, and what it means; the messages are part of both engines' interface."""


_DAMAGE = (UnicodeDecodeError, JSONDecodeError, zlib.error)
"""What reading bytes raises that nobody wrote so: within a transaction, all bytes are the register's own."""


def fault_of(place: str, fault: DBAPIError) -> StoreError:
    """Return the error that says what an engine's fault means for the register at `place`."""
    cause = str(fault.orig).strip().rstrip(".")
    for signs, error in _SIGNS:
        if any(sign in cause for sign in signs):
            return error(place, cause)
    return DatabaseError(place, cause)


@contextmanager
def faults_named(place: str) -> Iterator[None]:
    """Turn the engine's exceptions into ours. Raises StoreError."""
    try:
        yield
    except DBAPIError as fault:
        raise fault_of(place, fault) from fault
    except _DAMAGE as fault:
        raise NotARegisterError(place, f"{type(fault).__name__}: {fault}") from fault
