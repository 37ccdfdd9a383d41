"""Work that is done in the background, a job at a time, by whichever worker takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dragoman.model.problem import Problem, Severity


class JobKind(StrEnum):
    """What is to be done."""

    READ_ATTACHMENT = "read-attachment"
    """A document of a case is read: language, sentences, provisions, problems."""
    SCREEN_CASE = "screen-case"
    """The parties of a case are screened by the lists of the day."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that nobody has taken yet.

    Attributes:
        kind: what is to be done.
        case: number of the case; "" where it gets its number with the job.
        payload: what it needs, as JSON can hold it.
    """

    kind: JobKind
    case: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands.

    Attributes:
        id: its number.
        kind, case, payload: as in `NewJob`.
        state: where it stands.
        account: who caused it.
        created, changed: when.
        due: not to be taken before.
        tries: how often it was taken.
        holder: worker that has it, or had it last; "" for none.
        lease: until when it is the holder's, unless its heart beats on; None where nobody holds it.
        error: why the last try failed, in words.
        result: what came out, as JSON can hold it; empty before it is done.
    """

    id: int
    kind: JobKind
    case: str
    payload: Mapping[str, Any]
    state: JobState
    account: str
    created: datetime
    changed: datetime
    due: datetime
    tries: int
    holder: str
    lease: datetime | None
    error: str
    result: Mapping[str, Any]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the document that was read; those of older jobs come without what fills them."""
        return tuple(
            Problem(
                one["code"], Severity(one["severity"]), one["message"], one["remedy"], values=one.get("values", {})
            )
            for one in self.result.get("problems", ())
        )


def result_to_row(job: Job) -> dict[str, Any]:
    """Return what came out of a job, its problems in English sentences."""
    found = dict(job.result)
    if "problems" in found:
        found["problems"] = [
            {key: value for key, value in one.items() if key != "values"} for one in found["problems"]
        ]
    return found


def job_to_row(job: Job) -> dict[str, Any]:
    """Return a job as JSON can hold it."""
    return {
        "id": job.id,
        "kind": job.kind.value,
        "case": job.case,
        "payload": dict(job.payload),
        "state": job.state.value,
        "account": job.account,
        "created": job.created.isoformat(),
        "changed": job.changed.isoformat(),
        "due": job.due.isoformat(),
        "tries": job.tries,
        "holder": job.holder,
        "lease": job.lease.isoformat() if job.lease else None,
        "error": job.error,
        "result": result_to_row(job),
    }
