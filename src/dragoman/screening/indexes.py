"""The index over the lists in use: built once for each set of versions, and kept in the workspace."""

from __future__ import annotations

import gc
import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import overload

from dragoman.model import ListEntry, PartyList
from dragoman.register import PartyRegister
from dragoman.screen.index import NameIndex
from dragoman.screening.keeping import code_version, load, save

Progress = Callable[[int, int | None, str], None]
"""Called with (done, in all or None while unknown, what is being worked on)."""
Versions = tuple[tuple[str, int, str], ...]
"""Name, version and hash of each list."""
KEPT = 2
TOLD_EVERY = 2_000
ENTRIES = "entries"
MANY = 200
"""Entries read one by one before all are read."""

_indexes: dict[Versions, NameIndex] = {}
_lock = Lock()


def versions_of(lists: tuple[PartyList, ...]) -> Versions:
    """Return what an index over lists is known by."""
    return tuple(sorted((one.name, one.version, one.sha256) for one in lists))


def index_over(
    register: PartyRegister,
    lists: tuple[PartyList, ...],
    progress: Progress | None = None,
    folder: Path | None = None,
) -> NameIndex:
    """Return the index over the lists in use; the last two that were built are kept.

    Args:
        register: gives the entries.
        lists: those in use.
        progress: told the entries read, while an index is built.
        folder: where the index is kept for the next process; None for nowhere.
    """
    versions = versions_of(lists)
    with _lock:
        if versions not in _indexes:
            while len(_indexes) >= KEPT:
                del _indexes[next(iter(_indexes))]
            total = sum(one.entries for one in lists)
            _indexes[versions] = (
                _kept_index(register, versions, total, progress, folder)
                if folder
                else NameIndex(_told(register.entries(), total, progress))
            )
            gc.freeze()  # else the collector looks through the whole index again and again: a fifth of the time
        return _indexes[versions]


def _kept_index(
    register: PartyRegister, versions: Versions, total: int, progress: Progress | None, folder: Path
) -> NameIndex:
    """Return the index as the folder has it, else a new one, which is put there."""
    key = json.dumps([versions, code_version()])
    kept = load(folder, key)
    if kept is not None:
        places = kept.part(ENTRIES)
        lists = [name for name, _, _ in versions]
        entries = Entries(
            register,
            dict(versions_by_name(versions)),
            [
                (lists[number], identifier)
                for number, identifier in zip(places["lists"], places["ids"], strict=True)
            ],
        )
        return NameIndex.__new__(NameIndex).restore(kept.part, entries)
    index = NameIndex(_told(register.entries(), total, progress))
    numbers = {name: number for number, (name, _, _) in enumerate(versions)}
    places = {
        "lists": array("i", [numbers[entry.list] for entry in index.entries]),
        "ids": [entry.id for entry in index.entries],
    }
    save(folder, key, {**index.kept(), ENTRIES: places})
    return index


def versions_by_name(versions: Versions) -> Iterator[tuple[str, int]]:
    """Yield the names of lists with their versions."""
    return ((name, version) for name, version, _ in versions)


class Entries(Sequence[ListEntry]):
    """The entries of an index that was kept, read from the register when one is a hit; after many, all at once.

    Args:
        register: gives the entries.
        versions: of the lists, by name.
        places: list and id of each entry.
    """

    def __init__(
        self, register: PartyRegister, versions: Mapping[str, int], places: Sequence[tuple[str, str]]
    ) -> None:
        self._register = register
        self._versions = versions
        self._places = places
        self._read: dict[tuple[str, str], ListEntry] = {}
        self._asked = 0

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> ListEntry: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[ListEntry]: ...
    def __getitem__(self, number: int | slice) -> ListEntry | Sequence[ListEntry]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        place = self._places[number]
        if place not in self._read:
            self._asked += 1
            if self._asked == MANY:
                self._read_all()
            if place not in self._read:
                self._read[place] = self._register.entry(*place, self._versions[place[0]])
        return self._read[place]

    def _read_all(self) -> None:
        now = {one.name: one.version for one in self._register.lists()}
        same = [name for name, version in self._versions.items() if now.get(name) == version]
        if same:
            self._read |= {(entry.list, entry.id): entry for entry in self._register.entries(same)}


def _told(entries: Iterator[ListEntry], total: int, progress: Progress | None) -> Iterator[ListEntry]:
    for number, entry in enumerate(entries, start=1):
        if progress and number % TOLD_EVERY == 0:
            progress(number, total, "reading the lists")
        yield entry
