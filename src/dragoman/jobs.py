"""Work of the docket that is done in the background: documents are read, parties are screened.

with Workspace.open("workspace") as workspace:
    jobs = workspace.jobs()
    jobs.queue_screening()
    jobs.work(once=True)
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from itertools import count
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any

from dragoman.docketing import LOCAL, Docketing
from dragoman.lexicon import load_pack
from dragoman.model import Document, DragomanError, Provision, Severity, UsageError
from dragoman.model.docket import Person
from dragoman.model.job import Job, JobKind, JobState, NewJob
from dragoman.model.procedure import Role
from dragoman.register import PASSING, JobRegister, count_sentences

if TYPE_CHECKING:
    from dragoman.read import ReadResult

__all__ = ["JobNotAllowedError", "JobSettings", "Jobs", "load_job_settings"]

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Told = Callable[[Job, str], None]
"""Told of a job that was taken, and what became of it: "" where it was just taken."""
WORKERS = count(1)
SEES, ACTS = frozenset({Role.DESK, Role.AUDITOR}), frozenset({Role.DESK})
ACCOUNT = "worker/"
"""Under which name a worker acts on cases, before the kind of job; no account may have such a name."""
BEATS = 4
"""Signs of life within a lease."""


class JobNotAllowedError(UsageError):
    """The person may not look at jobs, or act on them."""

    http_status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            "Jobs are the desk's: it cancels and retries them, and the auditor looks at them.",
            "Ask somebody whose role allows it; nothing was kept.",
        )


@dataclass(frozen=True, slots=True)
class JobSettings:
    """How jobs are held and tried again.

    Attributes:
        lease: how long a worker holds a job without a sign of life.
        pauses: before the second, third ... try.
        idle: seconds between two looks at an empty queue.
        problems: how many problems of a document are kept with its reading.
    """

    lease: timedelta
    pauses: tuple[timedelta, ...]
    idle: float
    problems: int

    @property
    def most_tries(self) -> int:
        """How often a job is tried."""
        return len(self.pauses) + 1


@cache
def load_job_settings() -> JobSettings:
    """Return the settings of `data/docket/jobs.yaml`."""
    pack = load_pack("docket/jobs.yaml")
    pauses = tuple(timedelta(seconds=one) for one in pack["pauses_seconds"])
    return JobSettings(timedelta(seconds=pack["lease_seconds"]), pauses, pack["idle_seconds"], pack["problems"])


class Jobs:
    """Jobs as one person sees them, and the loop of a worker.

    Args:
        register: where jobs are kept.
        docketing: gives the docket as a person sees it.
        extract: gives the provisions of a document.
        clock: gives the time.
        person: who looks and acts.
        settings: see `JobSettings`.
    """

    def __init__(
        self,
        register: JobRegister,
        docketing: Callable[[Person | None], Docketing],
        extract: Callable[[Document], Sequence[Provision]],
        clock: Clock,
        person: Person = LOCAL,
        settings: JobSettings | None = None,
    ) -> None:
        self._register = register
        self._docketing = docketing
        self._extract = extract
        self._clock = clock
        self.person = person
        self._settings = settings or load_job_settings()

    def jobs(
        self, states: Sequence[JobState] = (), case: str = "", before: int | None = None, limit: int | None = None
    ) -> tuple[Job, ...]:
        """Return jobs, the newest first: in some states, of a case, before a number. Raises JobNotAllowedError."""
        self._allow(SEES)
        return self._register.jobs(states=states, case=case, before=before, limit=limit)

    def counts(self) -> dict[JobState, int]:
        """Return how many jobs stand where. Raises JobNotAllowedError."""
        self._allow(SEES)
        return self._register.counts()

    def readings(self, number: str) -> dict[str, Job]:
        """Return the last reading of each document of a case, by SHA-256, for whoever sees the case.

        Raises:
            NotFoundError: no such case, or not for this person.
        """
        return dict(self._docketing(self.person).view(number).readings)

    def cancel(self, identifier: int) -> Job:
        """Cancel a job that waits or runs; its result is not kept. Raises NotFoundError, ConflictError."""
        self._allow(ACTS)
        return self._register.cancel(identifier, self.person.account, self._clock())

    def retry(self, identifier: int) -> Job:
        """Let a job that failed or was cancelled wait again. Raises NotFoundError, ConflictError."""
        self._allow(ACTS)
        return self._register.retry(identifier, self.person.account, self._clock())

    def queue_screening(self) -> int:
        """Let all cases that are not closed be screened anew; return how many that adds."""
        numbers = self._docketing(None).open_numbers()
        jobs = [NewJob(JobKind.SCREEN_CASE, number, {}) for number in numbers]
        return self._register.put(jobs, self.person.account, self._clock())

    def clear(self, before: datetime) -> int:
        """Take out jobs that were over before a moment; return how many. Raises JobNotAllowedError.

        What was read of documents stays: it is shown with its case.
        """
        self._allow(ACTS)
        return self._register.clear(before, self.person.account, self._clock())

    def work(self, *, once: bool = False, stop: Event | None = None, told: Told = lambda _job, _word: None) -> int:
        """Take jobs and do them; return how many were taken.

        Args:
            once: end when nothing is due; else wait for more, also while the register cannot be reached.
            stop: end after the job in hand when it is set.
            told: told of each job when it is taken and when it is over.

        Raises:
            StoreError: of the register; of those that pass only where `once` is asked for.
        """
        stop, holder, taken, away = stop or Event(), _holder(), 0, False
        while not stop.is_set():
            try:
                busy = self.work_one(holder, told)
            except PASSING as fault:
                if once:
                    raise
                if not away:
                    log.warning("jobs wait until the register can be reached again: %s", fault)
                busy, away = False, True
            else:
                away = False
            taken += busy
            if once and not busy:
                break
            if not busy:
                stop.wait(self._settings.idle)
        return taken

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let a worker work beside what is done meanwhile; the job in hand is done at the end."""
        stop = Event()
        worker = Thread(target=self.work, kwargs={"stop": stop}, name="jobs", daemon=True)
        worker.start()
        try:
            yield
        finally:
            stop.set()
            worker.join(self._settings.lease.total_seconds())

    def work_one(self, holder: str, told: Told = lambda _job, _word: None) -> bool:
        """Take a job and do it; return whether there was one."""
        at = self._clock()
        job = self._register.take(holder, at, at + self._settings.lease, self._settings.most_tries)
        if job is None:
            return False
        told(job, "")
        begun = perf_counter()
        with self._heart(job):
            became = self._done(job)
            told(job, became)
        said = {"job": job.id, "kind": job.kind.value, "case": job.case, "state": became.partition(":")[0]}
        log.info("job", extra={**said, "milliseconds": round((perf_counter() - begun) * 1000, 1)})
        return True

    def _done(self, job: Job) -> str:
        """Do a job and return what became of it."""
        try:
            result = self._result(job)
        except DragomanError as fault:
            return self._failed(job, str(fault))
        except Exception as fault:  # a defect of ours costs this job alone: it is logged, shown, tried again
            log.exception("job %s broke", job.id)
            return self._failed(job, f"{type(fault).__name__}: {fault}")
        kept = self._register.finish(job, result, self._clock())
        return JobState.DONE.value if kept else LOST

    def _failed(self, job: Job, words: str) -> str:
        at = self._clock()
        pauses = self._settings.pauses
        again = at + pauses[job.tries - 1] if job.tries <= len(pauses) else None
        if not self._register.fail(job, words, at, again):
            return LOST
        return f"{TO_BE_TRIED if again else JobState.FAILED.value}: {words}"

    def _result(self, job: Job) -> Mapping[str, Any]:
        docketing = self._docketing(Person(ACCOUNT + job.kind.value, frozenset({Role.DESK})))
        if job.kind is JobKind.SCREEN_CASE:
            changed = docketing.screen_anew(job.case)
            return {"changed": changed is not None, "open": list(changed.open_hits) if changed else []}
        name, data = docketing.file(job.case, job.payload["sha256"])
        return self._read(data, name.rpartition("/")[2])

    def _read(self, data: bytes, name: str) -> Mapping[str, Any]:
        """Return what the reading room and the grammar find in a document; nothing of it enters the register."""
        from dragoman.read import ReadSettings, read_bytes  # noqa: PLC0415 - slow to load

        results = list(read_bytes(data, name, ReadSettings()))
        documents = [one.document for one in results if one.document is not None]
        kinds = Counter(line.kind.value for document in documents for line in self._extract(document))
        return {
            "languages": sorted({language.value for one in documents for language in one.languages}),
            "sentences": sum(count_sentences(one) for one in documents),
            "provisions": dict(sorted(kinds.items())),
            "problems": self._problems(results),
        }

    def _problems(self, results: Sequence[ReadResult]) -> list[dict[str, Any]]:
        found = (one for result in results for one in result.problems if one.severity is not Severity.NOTE)
        rows = [
            {
                "code": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "remedy": one.remedy,
                "values": dict(one.values),
            }
            for one in found
        ]
        return rows[: self._settings.problems]

    @contextmanager
    def _heart(self, job: Job) -> Iterator[None]:
        """Give signs of life while a job is done, until it is no longer ours."""
        still = Event()
        pause = self._settings.lease.total_seconds() / BEATS
        beating = Thread(target=self._beat, args=(job, still, pause), name=f"job {job.id}", daemon=True)
        beating.start()
        try:
            yield
        finally:
            still.set()
            beating.join()

    def _beat(self, job: Job, still: Event, pause: float) -> None:
        while not still.wait(pause):
            try:
                ours = self._register.beat(job, self._clock() + self._settings.lease)
            except DragomanError as fault:  # the next may come through; if none does, another takes over
                log.warning("job %s: no sign of life could be given (%s)", job.id, fault)
                continue
            if not ours:
                return

    def _allow(self, roles: frozenset[Role]) -> None:
        if not self.person.roles & roles:
            raise JobNotAllowedError


LOST = "no longer ours; nothing kept"
TO_BE_TRIED = "to be tried again"


def _holder() -> str:
    """Return a name for a worker that no other has."""
    return f"{socket.gethostname()}/{os.getpid()}/{next(WORKERS)}"
