"""Jobs on the register's own database: taken by one `UPDATE ... RETURNING`, held by a lease with a heartbeat.

A job is done once: what a worker hands in counts only while the job is its own, that is, while nobody took it over
after the lease ran out and nobody cancelled it. Time is passed in; workers on several machines need clocks that
agree to within a lease.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from dragoman.model import ConflictError, NotFoundError
from dragoman.model.job import Job, JobKind, JobState, NewJob
from dragoman.register.audit import LOCK, note
from dragoman.register.engine import Store
from dragoman.register.job_schema import jobs
from dragoman.register.rows import column_text, json_of
from dragoman.register.texts import AnyRow, stamp

QUEUE = "jobs"
"""What is locked while a job is taken."""
LOST = "The worker that had it gave no sign of life."
ACTS = "job."
"""What acts on jobs are called by in the audit log, before their name."""


class NoSuchJobError(NotFoundError):
    """No job has the number."""

    def __init__(self, identifier: int) -> None:
        super().__init__(f"There is no job {identifier}.", "`dragoman jobs list` lists them.")


class JobOverError(ConflictError):
    """A job that cannot be cancelled or tried again as it stands."""

    def __init__(self, identifier: int, state: str) -> None:
        super().__init__(
            f"Job {identifier} is {state}.", "What waits or runs can be cancelled; what failed or was, retried."
        )


class JobRegister:
    """Jobs; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, new: Sequence[NewJob], account: str, at: datetime) -> int:
        """Add jobs, but none that waits already with the same kind and content; return how many were added."""
        waiting = select(jobs.c.kind, jobs.c.case, jobs.c.payload).where(jobs.c.state == JobState.WAITING.value)
        with self._store.writing(QUEUE) as connection:
            known = {tuple(row) for row in connection.execute(waiting)}
            fresh = [one for one in new if (one.kind.value, one.case, json_of(dict(one.payload))) not in known]
            if fresh:
                connection.execute(insert(jobs), [_new_row(job, account, at) for job in fresh])
        return len(fresh)

    def take(self, holder: str, at: datetime, until: datetime, most_tries: int) -> Job | None:
        """Return a job that is the holder's until a moment, None where nothing is due.

        Args:
            holder: name of the worker.
            at: now.
            until: end of the lease.
            most_tries: a job that was taken so often and lost has failed.
        """
        ready = _ready(at)
        with self._store.reading() as connection:
            if connection.execute(select(jobs.c.id).where(ready).limit(1)).first() is None:
                return None
        first = select(jobs.c.id).where(ready).order_by(jobs.c.due, jobs.c.id).limit(1).scalar_subquery()
        taken: dict[str, Any] = {
            "state": JobState.RUNNING.value,
            "holder": column_text(holder),
            "lease": stamp(until),
            "tries": jobs.c.tries + 1,
            "changed": stamp(at),
        }
        with self._store.writing(QUEUE) as connection:
            self._give_up(connection, at, most_tries)
            row = connection.execute(
                update(jobs).where(jobs.c.id == first, ready).values(taken).returning(jobs)
            ).first()
        return _job_of(row) if row else None

    def beat(self, job: Job, until: datetime) -> bool:
        """Hold a job on until a moment; return whether it still is the holder's."""
        return self._own(job, {"lease": stamp(until)})

    def finish(self, job: Job, result: Mapping[str, Any], at: datetime) -> bool:
        """Keep what came out; return whether the job still was the holder's, else nothing is kept."""
        values = {"state": JobState.DONE.value, "result": column_text(json_of(dict(result))), "error": ""}
        return self._own(job, {**values, "lease": None, "changed": stamp(at)})

    def fail(self, job: Job, error: str, at: datetime, again: datetime | None) -> bool:
        """Note that a try failed; return whether the job still was the holder's.

        Args:
            job: as it was taken.
            error: why, in words.
            at: now.
            again: when it is tried again; None for never.
        """
        state = JobState.WAITING if again else JobState.FAILED
        values = {"state": state.value, "error": column_text(error), "due": stamp(again or at)}
        return self._own(job, {**values, "lease": None, "changed": stamp(at)})

    def cancel(self, identifier: int, account: str, at: datetime) -> Job:
        """Cancel a job that waits or runs. Raises NoSuchJobError, JobOverError."""
        values = {"state": JobState.CANCELLED.value, "lease": None}
        return self._ordered(identifier, (JobState.WAITING, JobState.RUNNING), values, account, at)

    def retry(self, identifier: int, account: str, at: datetime) -> Job:
        """Let a job that failed or was cancelled wait again. Raises NoSuchJobError, JobOverError."""
        values = {"state": JobState.WAITING.value, "tries": 0, "due": stamp(at)}
        return self._ordered(identifier, (JobState.FAILED, JobState.CANCELLED), values, account, at)

    def jobs(
        self,
        *,
        states: Sequence[JobState] = (),
        case: str = "",
        before: int | None = None,
        limit: int | None = None,
    ) -> tuple[Job, ...]:
        """Return jobs, the newest first: in some states, of a case, before a number."""
        question = select(jobs).where(*_conditions(states, case, before)).order_by(jobs.c.id.desc())
        if limit is not None:
            question = question.limit(limit)
        with self._store.reading() as connection:
            return tuple(_job_of(row) for row in connection.execute(question))

    def counts(self) -> dict[JobState, int]:
        """Return how many jobs stand where."""
        question = select(jobs.c.state, func.count()).group_by(jobs.c.state)
        with self._store.reading() as connection:
            return {JobState(state): number for state, number in connection.execute(question)}

    def clear(self, before: datetime, account: str, at: datetime) -> int:
        """Take out jobs that were over before a moment, with a line in the audit log; return how many.

        What was read of documents stays: it is shown with its case.
        """
        over = (JobState.DONE.value, JobState.FAILED.value, JobState.CANCELLED.value)
        reading = and_(jobs.c.kind == JobKind.READ_ATTACHMENT.value, jobs.c.state == JobState.DONE.value)
        old = (jobs.c.state.in_(over), jobs.c.changed < stamp(before), ~reading)
        with self._store.writing(LOCK) as connection:
            cleared = len(connection.execute(delete(jobs).where(*old).returning(jobs.c.id)).all())
            if cleared:
                note(connection, at, account, ACTS + "cleared", "", {"jobs": cleared, "before": stamp(before)})
        return cleared

    def _own(self, job: Job, values: Mapping[str, Any]) -> bool:
        """Change a job that still is its holder's; return whether it was."""
        own = (
            jobs.c.id == job.id,
            jobs.c.holder == job.holder,
            jobs.c.tries == job.tries,
            jobs.c.state == JobState.RUNNING.value,
        )
        with self._store.writing(QUEUE) as connection:
            return (
                connection.execute(update(jobs).where(*own).values(values).returning(jobs.c.id)).first()
                is not None
            )

    def _ordered(
        self, identifier: int, states: Sequence[JobState], values: Mapping[str, Any], account: str, at: datetime
    ) -> Job:
        """Do to a job what somebody orders, with a line in the audit log."""
        found = (jobs.c.id == identifier, jobs.c.state.in_([one.value for one in states]))
        with self._store.writing(LOCK) as connection:
            row = connection.execute(
                update(jobs).where(*found).values({**values, "changed": stamp(at)}).returning(jobs)
            ).first()
            if row is None:
                raise _refusal(connection, identifier)
            act = ACTS + ("retried" if values["state"] == JobState.WAITING.value else "cancelled")
            note(connection, at, account, act, row.case, {"job": identifier, "kind": row.kind})
        return _job_of(row)

    def _give_up(self, connection: Connection, at: datetime, most_tries: int) -> None:
        """Let jobs fail whose worker was lost once too often: the document may be what kills it."""
        lost = (jobs.c.state == JobState.RUNNING.value, jobs.c.lease < stamp(at), jobs.c.tries >= most_tries)
        values = {"state": JobState.FAILED.value, "error": LOST, "lease": None, "changed": stamp(at)}
        connection.execute(update(jobs).where(*lost).values(values))


def add_job(connection: Connection, job: NewJob, account: str, at: datetime) -> None:
    """Add a job in somebody else's transaction, so that neither stands without the other."""
    connection.execute(insert(jobs), _new_row(job, account, at))


def _new_row(job: NewJob, account: str, at: datetime) -> dict[str, Any]:
    return {
        "kind": job.kind.value,
        "case": column_text(job.case),
        "payload": column_text(json_of(dict(job.payload))),
        "state": JobState.WAITING.value,
        "account": column_text(account),
        "created": stamp(at),
        "changed": stamp(at),
        "due": stamp(at),
        "tries": 0,
        "holder": "",
        "lease": None,
        "error": "",
        "result": "{}",
    }


def readings_of(connection: Connection, number: str) -> dict[str, Job]:
    """Return the last reading of each document of a case, by its SHA-256."""
    question = select(jobs).where(jobs.c.case == number, jobs.c.kind == JobKind.READ_ATTACHMENT.value)
    found = (_job_of(row) for row in connection.execute(question.order_by(jobs.c.id)))
    return {job.payload["sha256"]: job for job in found}


def _ready(at: datetime) -> ColumnElement[bool]:
    """Return what a job must be to be taken: it waits and is due, or its worker is lost."""
    return or_(
        and_(jobs.c.state == JobState.WAITING.value, jobs.c.due <= stamp(at)),
        and_(jobs.c.state == JobState.RUNNING.value, jobs.c.lease < stamp(at)),
    )


def _conditions(states: Sequence[JobState], case: str, before: int | None) -> Iterator[ColumnElement[bool]]:
    if states:
        yield jobs.c.state.in_([one.value for one in states])
    if case:
        yield jobs.c.case == case
    if before is not None:
        yield jobs.c.id < before


def _refusal(connection: Connection, identifier: int) -> NoSuchJobError | JobOverError:
    state = connection.execute(select(jobs.c.state).where(jobs.c.id == identifier)).scalar()
    return JobOverError(identifier, state) if state else NoSuchJobError(identifier)


def _job_of(row: AnyRow) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        case=row.case,
        payload=json.loads(row.payload),
        state=JobState(row.state),
        account=row.account,
        created=datetime.fromisoformat(row.created),
        changed=datetime.fromisoformat(row.changed),
        due=datetime.fromisoformat(row.due),
        tries=row.tries,
        holder=row.holder,
        lease=datetime.fromisoformat(row.lease) if row.lease else None,
        error=row.error,
        result=json.loads(row.result),
    )
