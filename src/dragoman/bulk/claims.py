"""One run at a time on an output of a store, which has no locks: each run lays down a claim and looks for others.

A claim is a small file with owner and time, written before the others are listed: of two runs that begin together
at least one sees the other, so that never both go on; who sees a claim that is still being made withdraws and
tries again. A claim is renewed while its run lives: by another file, and the last but one is removed, so that some
file of it is there at every moment, also where none can be replaced in one step, and also for who lists them just
then: stores on disks find out one by one what was listed, and leave out what has gone meanwhile. One that has not
been for `LEASE` seconds, by the store's own clock, is of a run that was killed, and is taken away; should that run
wake up, it finds its claim gone and ends.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import uuid4

from dragoman.bulk.errors import AnotherRunError, ClaimLostError
from dragoman.bulk.output import CLAIMS, Folder, owner_of_this
from dragoman.model import DragomanError

LEASE = 120.0
"""Seconds after which a claim that is not renewed is of a dead run."""
RENEWALS = 6
"""Renewals within a lease."""
TRIES = 5
"""Times that a run tries again where another one is just beginning."""
PAUSE = 0.5
"""Longest pause between two tries, in seconds."""
WANTED, HELD = "wanted", "held"


class Found(Protocol):
    """A file as a store lists it."""

    @property
    def base_name(self) -> str:
        """Its name in the folder."""

    @property
    def mtime(self) -> datetime | None:
        """When it was written, by the store's clock; None where it does not say."""


class StoreLike(Folder, Protocol):
    """A folder of a store, whichever way it is reached."""

    def infos(self, name: str = "") -> Sequence[Found]:
        """Return what a folder of the output holds; nothing where it is not there. Raises DragomanError."""

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no fault. Raises DragomanError."""


class Said(NamedTuple):
    """What the file of a claim says.

    Attributes:
        owner: host and process.
        since: when its run began, ISO 8601.
        state: `WANTED` while it looks for others, `HELD` from then on.
    """

    owner: str
    since: str
    state: str


_IN_FLUX = Said("", "", WANTED)
"""A claim that was renewed or withdrawn between two questions, or is just being written: look again."""


class _Claim:
    """The claim of this run."""

    def __init__(self, folder: StoreLike) -> None:
        self.folder = folder
        self.key = uuid4().hex
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        self._turn = 0

    def owns(self, info: Found) -> bool:
        """Whether a file is of this claim."""
        return info.base_name.startswith(self.key) and info.base_name.endswith(".json")

    def put(self, state: str) -> None:
        """Write the claim anew, and remove the last file but one."""
        text = json.dumps(Said(owner_of_this(), self._since, state)._asdict())
        self.folder.write(self._file(self._turn + 1), f"{text}\n")
        self._turn += 1
        self.folder.remove(self._file(self._turn - 2))

    def _file(self, turn: int) -> str:
        return f"{CLAIMS}/{self.key}-{turn:06d}.json"

    def stands(self) -> bool:
        """Whether nobody has taken away what was written last."""
        return self.folder.read(self._file(self._turn)) is not None

    def withdraw(self) -> None:
        """Remove the claim."""
        for turn in (self._turn - 1, self._turn):
            self.folder.remove(self._file(turn))


@contextmanager
def claimed(folder: StoreLike, lease: float | None = None) -> Iterator[Callable[[], None]]:
    """Hold an output of a store; gives what raises ClaimLostError once it was taken over.

    Args:
        folder: of the store.
        lease: seconds after which a claim that is not renewed is taken away; `LEASE`.

    Raises:
        AnotherRunError: another run holds it.
        StoreError: the store cannot be written.
    """
    own = _Claim(folder)
    seconds = LEASE if lease is None else lease
    _take(own, seconds)
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(own, ended, seconds / RENEWALS), daemon=True)
    renewing.start()
    try:
        yield lambda: _check(own)
    finally:
        ended.set()
        renewing.join()
        with suppress(DragomanError):  # where the store has gone the claim ends by its lease
            own.withdraw()


def _take(own: _Claim, lease: float) -> None:
    """Lay down a claim and hold the output where there is no other. Raises AnotherRunError."""
    for left in reversed(range(TRIES)):
        own.put(WANTED)
        other = _other(own, lease)
        if other is None:
            own.put(HELD)
            return
        own.withdraw()
        if other.state == HELD or not left:
            raise AnotherRunError(own.folder.name, other.owner, other.since, round(lease))
        time.sleep(random.uniform(PAUSE / 10, PAUSE))  # noqa: S311 - so that two do not keep in step


def _other(own: _Claim, lease: float) -> Said | None:
    """Return the claim of a run that lives, None where there is none; those of dead runs are taken away."""
    listed = sorted(
        own.folder.infos(CLAIMS), key=lambda one: one.base_name, reverse=True
    )  # the latest of each first
    mine = next(filter(own.owns, listed), None)
    for info in _of_others(own, listed):
        if mine is None or _age(mine, info) <= timedelta(seconds=lease):
            return _read(own, info) or _IN_FLUX  # a claim is taken away only where its age is known
        own.folder.remove(f"{CLAIMS}/{info.base_name}")
    return None


def _of_others(own: _Claim, listed: Sequence[Found]) -> Iterator[Found]:
    return (info for info in listed if info.base_name.endswith(".json") and not own.owns(info))


def _age(mine: Found, other: Found) -> timedelta:
    """Return by how much a claim is older than one that was just written, by the store's clock."""
    return timedelta() if mine.mtime is None or other.mtime is None else mine.mtime - other.mtime


def _read(own: _Claim, info: Found) -> Said | None:
    """Return what a claim says; None where it was renewed or withdrawn meanwhile, or is not written to its end."""
    text = own.folder.read(f"{CLAIMS}/{info.base_name}") or ""
    return Said(**json.loads(text)) if text.endswith("\n") else None


def _check(own: _Claim) -> None:
    """Raise ClaimLostError where a claim is gone, or stands beside another that is held.

    The latter is a claim that its run wrote anew in the very moment it was taken away.
    """
    listed = own.folder.infos(CLAIMS)
    others = (_read(own, info) for info in _of_others(own, listed))
    if not any(map(own.owns, listed)) or any(one is not None and one.state == HELD for one in others):
        raise ClaimLostError(own.folder.name)


def _renew(own: _Claim, ended: threading.Event, pause: float) -> None:
    """Write a claim anew until its run ends, or it was taken away."""
    while not ended.wait(pause):
        try:
            if not own.stands():
                return
            own.put(HELD)
        except DragomanError:
            continue  # the next renewal may reach the store; before anything is marked the claim is looked for
