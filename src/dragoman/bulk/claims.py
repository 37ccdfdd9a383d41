"""One run at a time on an output of a store, which has no locks: each run lays down a claim and looks for others.

A claim is a small file with owner and time, written before the others are listed: of two runs that begin together
at least one sees the other, so that never both go on; who sees a claim that is still being made withdraws and
tries again. A claim is renewed while its run lives. One that has not been for `LEASE` seconds, by the store's own
clock, is of a run that was killed, and is taken away; should that run wake up, it finds its claim gone and ends.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from dragoman.bulk.errors import AnotherRunError, ClaimLostError
from dragoman.bulk.output import CLAIMS, owner_of_this
from dragoman.bulk.store_folder import StoreFolder
from dragoman.model import DragomanError

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo

LEASE = 120.0
"""Seconds after which a claim that is not renewed is of a dead run."""
RENEWALS = 6
"""Renewals within a lease."""
TRIES = 5
"""Times that a run tries again where another one is just beginning."""
PAUSE = 0.5
"""Longest pause between two tries, in seconds."""
WANTED, HELD = "wanted", "held"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on an output.

    Attributes:
        name: of its file.
        owner: host and process.
        since: when its run began, ISO 8601.
        state: `WANTED` while it looks for others, `HELD` from then on.
    """

    name: str
    owner: str
    since: str
    state: str = WANTED

    def written(self, state: str) -> str:
        """Return the claim as a file."""
        return json.dumps({"owner": self.owner, "since": self.since, "state": state}) + "\n"


@contextmanager
def claimed(folder: StoreFolder, lease: float | None = None) -> Iterator[Callable[[], None]]:
    """Hold an output of a store; gives what raises ClaimLostError once it was taken over.

    Args:
        folder: of the store.
        lease: seconds after which a claim that is not renewed is taken away; `LEASE`.

    Raises:
        AnotherRunError: another run holds it.
        StoreError: the store cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    own = Claim(f"{uuid4().hex}.json", owner_of_this(), now)
    seconds = LEASE if lease is None else lease
    _take(folder, own, seconds)
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(folder, own, ended, seconds / RENEWALS), daemon=True)
    renewing.start()
    try:
        yield lambda: _check(folder, own)
    finally:
        ended.set()
        renewing.join()
        folder.remove(f"{CLAIMS}/{own.name}")


def _take(folder: StoreFolder, own: Claim, lease: float) -> None:
    """Lay down a claim and hold the output where there is no other. Raises AnotherRunError."""
    for left in reversed(range(TRIES)):
        folder.write(f"{CLAIMS}/{own.name}", own.written(WANTED))
        other = _other(folder, own, lease)
        if other is None:
            folder.write(f"{CLAIMS}/{own.name}", own.written(HELD))
            return
        folder.remove(f"{CLAIMS}/{own.name}")
        if other.state == HELD or not left:
            raise AnotherRunError(folder.name, other.owner, other.since, round(lease))
        time.sleep(random.uniform(PAUSE / 10, PAUSE))  # noqa: S311 - so that two do not keep in step


def _other(folder: StoreFolder, own: Claim, lease: float) -> Claim | None:
    """Return a claim of a run that lives, None where there is none; those of dead runs are taken away."""
    there = {info.base_name: info for info in folder.infos(CLAIMS)}
    mine = there.get(own.name)
    for name, info in sorted(there.items()):
        if name == own.name or not name.endswith(".json"):
            continue
        found = _read(folder, name)
        if found is not None and (mine is None or _age(mine, info) <= timedelta(seconds=lease)):
            return found  # a claim is taken away only where its age is known
        folder.remove(f"{CLAIMS}/{name}")
    return None


def _age(mine: FileInfo, other: FileInfo) -> timedelta:
    """Return by how much a claim is older than one that was just written, by the store's clock."""
    return timedelta() if mine.mtime is None or other.mtime is None else mine.mtime - other.mtime


def _read(folder: StoreFolder, name: str) -> Claim | None:
    text = folder.read(f"{CLAIMS}/{name}")
    return Claim(name, **json.loads(text)) if text else None


def _check(folder: StoreFolder, own: Claim) -> None:
    """Raise ClaimLostError where a claim is gone, or stands beside another that is held.

    The latter is a claim that its run wrote anew in the very moment it was taken away.
    """
    names = [info.base_name for info in folder.infos(CLAIMS)]
    others = (_read(folder, name) for name in names if name != own.name and name.endswith(".json"))
    if _read(folder, own.name) is None or any(one is not None and one.state == HELD for one in others):
        raise ClaimLostError(folder.name)


def _renew(folder: StoreFolder, own: Claim, ended: threading.Event, pause: float) -> None:
    """Write a claim anew until its run ends, or it was taken away."""
    while not ended.wait(pause):
        try:
            if _read(folder, own.name) is None:
                return
            folder.write(f"{CLAIMS}/{own.name}", own.written(HELD))
        except DragomanError:
            continue  # the next renewal may reach the store; before anything is marked the claim is looked for
