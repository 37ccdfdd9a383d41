"""The index over the lists in use: built once in a process for each set of versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock

from dragoman.model import ListEntry, PartyList
from dragoman.register import PartyRegister
from dragoman.screen.index import NameIndex

Progress = Callable[[int, int | None, str], None]
"""Called with (done, in all or None while unknown, what is being worked on)."""
Versions = tuple[tuple[str, int, str], ...]
"""Name, version and hash of each list."""
KEPT = 2
TOLD_EVERY = 2_000

_indexes: dict[Versions, NameIndex] = {}
_lock = Lock()


def versions_of(lists: tuple[PartyList, ...]) -> Versions:
    """Return what an index over lists is known by."""
    return tuple(sorted((one.name, one.version, one.sha256) for one in lists))


def index_over(
    register: PartyRegister, lists: tuple[PartyList, ...], progress: Progress | None = None
) -> NameIndex:
    """Return the index over the lists in use; the last two that were built are kept.

    Args:
        register: gives the entries.
        lists: those in use.
        progress: told the entries read, while an index is built.
    """
    key = versions_of(lists)
    with _lock:
        if key not in _indexes:
            while len(_indexes) >= KEPT:
                del _indexes[next(iter(_indexes))]
            _indexes[key] = NameIndex(_told(register.entries(), sum(one.entries for one in lists), progress))
        return _indexes[key]


def _told(entries: Iterator[ListEntry], total: int, progress: Progress | None) -> Iterator[ListEntry]:
    for number, entry in enumerate(entries, start=1):
        if progress and number % TOLD_EVERY == 0:
            progress(number, total, "reading the lists")
        yield entry
