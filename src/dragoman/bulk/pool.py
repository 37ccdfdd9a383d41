"""Processes that read parts, watched: one that dies or hangs costs a document, never the run.

A document during which a process dies is tried once more, since the cause may lie outside it; when the process
dies again, or the time is over, the document is a failure and the rest of its part is read.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from dragoman.bulk.errors import WorkersDoNotStartError
from dragoman.bulk.worker import Done, Job, Message, serve
from dragoman.read import ReadSettings

TRIES = 2
"""Times a document may end a process."""
STARTS = 3
"""Times in a row that processes may end before they read anything."""
GRACE = 5.0
"""Seconds beyond the time of a document after which a process that does not answer is ended."""
WAIT = 0.5
"""Seconds between two looks at the clock."""

Told = Callable[[str], None]
"""Called with what is read at this moment."""


@dataclass(slots=True)
class Slot:
    """A process and what it is doing.

    Attributes:
        process: the process.
        connection: to it.
        job: the part it reads, or None.
        place: item it is at, or None between two.
        since: when it began that item, by the monotonic clock.
    """

    process: BaseProcess
    connection: Connection
    job: Job | None = None
    place: int | None = None
    since: float = 0.0

    def give(self, job: Job) -> None:
        """Let it read a part; a process that has just died is noticed when it is listened to."""
        self.job, self.place = job, None
        try:
            self.connection.send(job)
        except (BrokenPipeError, ConnectionResetError):
            return

    def end(self) -> int | None:
        """End it; return its exit code."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


@dataclass(slots=True)
class Pool:
    """So many processes, begun as they are needed.

    Attributes:
        workers: how many.
        limits: of reading.
        seconds: for one document.
        told: called with the source of each document that is begun.
    """

    workers: int
    limits: ReadSettings
    seconds: float
    told: Told | None = None
    _slots: list[Slot] = field(default_factory=list)
    _deaths: Counter[tuple[int, int]] = field(default_factory=Counter)
    _idle_deaths: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for slot in self._slots:
            slot.end()
        self._slots.clear()

    def run(self, jobs: Iterator[Job]) -> Iterator[Done]:
        """Yield parts as they are done, in no order; no more are taken from `jobs` than there are processes."""
        open_jobs = True
        while True:
            if open_jobs:
                open_jobs = self._fill(jobs)
            busy = [slot for slot in self._slots if slot.job is not None]
            if not busy and not open_jobs:
                return
            yield from self._listen(busy)

    def _fill(self, jobs: Iterator[Job]) -> bool:
        """Give every free process a part; return whether there may be more parts."""
        for number in range(self.workers):
            if number < len(self._slots) and self._slots[number].job is not None:
                continue
            job = next(jobs, None)
            if job is None:
                return False
            if number == len(self._slots):
                self._slots.append(self._start())
            self._slots[number].give(job)
        return True

    def _start(self) -> Slot:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self.limits, self.seconds), daemon=True)
        process.start()
        theirs.close()
        return Slot(process, ours)

    def _listen(self, busy: Sequence[Slot]) -> Iterator[Done]:
        """Take what the processes say; see to those that died or hang."""
        heard = wait([slot.connection for slot in busy], timeout=WAIT)
        for slot in (slot for slot in busy if slot.connection in heard):
            try:
                message: Message = slot.connection.recv()
            except (EOFError, OSError):
                self._revive(slot, self._after_death(slot))
                continue
            if isinstance(message, Done):
                slot.job, slot.place, self._idle_deaths = None, None, 0
                yield message
            else:
                self._note(slot, message)
        for slot in busy:
            if self._hangs(slot):
                self._revive(slot, "bulk-timeout")

    def _note(self, slot: Slot, place: int | None) -> None:
        """Note which item a process begins."""
        if place is None or slot.job is None:
            return
        slot.place = place if place < len(slot.job.items) else None
        slot.since = time.monotonic()
        if self.told and slot.place is not None:
            self.told(slot.job.items[place].source)

    def _hangs(self, slot: Slot) -> bool:
        busy = slot.job is not None and slot.place is not None
        return busy and time.monotonic() - slot.since > self.seconds + GRACE

    def _after_death(self, slot: Slot) -> str:
        """Return the code of the failure of the item a process died at, "" to try it again."""
        if slot.job is None or slot.place is None:
            self._idle_deaths += 1
            if self._idle_deaths >= STARTS:
                slot.process.join(GRACE)
                raise WorkersDoNotStartError(slot.process.exitcode)
            return ""
        at = slot.job.number, slot.place
        self._deaths[at] += 1
        return "bulk-worker-died" if self._deaths[at] >= TRIES else ""

    def _revive(self, slot: Slot, code: str) -> None:
        """Put a new process in the place of one, with the same part; the item it was at fails by a code."""
        job, place = slot.job, slot.place
        slot.end()
        fresh = self._start()
        self._slots[self._slots.index(slot)] = fresh
        if job is None:
            return
        if code and place is not None:
            job.failed[place] = code
        fresh.give(job)
