"""Work in the background, the audit log and one's own account, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from dragoman.jobs import Jobs
from dragoman.model.access import Entry
from dragoman.model.docket_format import audit_to_row
from dragoman.model.job import JobState, job_to_row
from dragoman.model.procedure import Role
from dragoman.web.access import Store
from dragoman.web.docket import person_of
from dragoman.web.docket_api import row_of
from dragoman.web.endpoint import CONFLICT, MISSING, REFUSED, endpoints
from dragoman.web.jobs import Queue
from dragoman.web.paging import Paged, link_next

router = endpoints("office")


class JobQuery(Paged):
    """Parameters of the jobs."""

    state: JobState | None = None


class AuditQuery(Paged):
    """Parameters of the audit log."""

    subject: str = Field(default="", max_length=200, description="number of a case or name of an account; all")


class AccountRow(BaseModel):
    """Who asks; without accounts, nobody."""

    account: str | None
    roles: list[Role]
    seat: str
    organisation: str
    scopes: list[str] = Field(description="of the token that was sent")


class VerdictRow(BaseModel):
    """Whether the audit log is whole."""

    lines: int
    last: str = Field(description="hash of the last line, to be noted elsewhere")
    broken: list[int]
    missing: list[str]
    checked: datetime


@router.get("/jobs")
def list_jobs(
    request: Request, response: Response, asked: Annotated[JobQuery, Query()], jobs: Jobs = Queue
) -> list[dict[str, Any]]:
    """Return jobs, the newest first."""
    before = row_of(asked.cursor) if asked.cursor else None
    found = jobs.jobs((asked.state,) if asked.state else (), before=before, limit=asked.limit + 1)
    if len(found) > asked.limit:
        link_next(request, response, str(found[asked.limit - 1].id))
    return [job_to_row(one) for one in found[: asked.limit]]


@router.post("/jobs/{identifier}/{what}", responses={**MISSING, **REFUSED, **CONFLICT})
def act_on_job(identifier: int, what: Literal["cancel", "retry"], jobs: Jobs = Queue) -> dict[str, Any]:
    """Cancel a job, or let it wait again."""
    return job_to_row(jobs.cancel(identifier) if what == "cancel" else jobs.retry(identifier))


@router.get("/audit")
def list_audit(
    request: Request, response: Response, workspace: Store, asked: Annotated[AuditQuery, Query()]
) -> list[dict[str, Any]]:
    """Return the lines of the audit log, oldest first."""
    after = row_of(asked.cursor) if asked.cursor else 0
    found = list(workspace.audit.lines(asked.subject, after, asked.limit + 1))
    if len(found) > asked.limit:
        link_next(request, response, str(found[asked.limit - 1].id))
    return [audit_to_row(one) for one in found[: asked.limit]]


@router.get("/audit/verify")
def verify_audit(request: Request, workspace: Store) -> VerdictRow:
    """Check every hash and link of the audit log, and that each act of a case has its line."""
    found = workspace.audit.verify()
    return VerdictRow(
        lines=found.lines,
        last=found.last,
        broken=list(found.broken),
        missing=list(found.missing),
        checked=request.app.state.clock(),
    )


@router.get("/account")
def get_account(request: Request) -> AccountRow:
    """Return who asks, and what the token reaches."""
    person, entry = person_of(request), getattr(request.state, "entry", None)
    scopes = sorted(one.value for one in entry.scopes) if isinstance(entry, Entry) else []
    return AccountRow(
        account=person.account if person else None,
        roles=sorted(person.roles) if person else [],
        seat=person.seat if person else "",
        organisation=person.organisation if person else "",
        scopes=scopes,
    )
