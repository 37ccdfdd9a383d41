"""Work in the background, in the browser: which job waits, runs or failed; the desk cancels and retries."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.jobs import Jobs
from dragoman.model import DragomanError, NotFoundError
from dragoman.model.job import JobState
from dragoman.model.procedure import Role
from dragoman.web.access import Store
from dragoman.web.docket import person_of
from dragoman.web.render import render

router = APIRouter(include_in_schema=False)

PAGE = 50
"""Jobs on one page."""


class NoSuchFormError(NotFoundError):
    """A form is sent to an address that does nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is done to a job.", "Use the forms of the page.")


def jobs_of(request: Request, workspace: Store) -> Jobs:
    """Return the jobs as who is signed in sees them."""
    return workspace.jobs(person_of(request))


def _page(
    request: Request,
    jobs: Jobs,
    state: JobState | None = None,
    before: int | None = None,
    refusal: DragomanError | None = None,
) -> Response:
    found = jobs.jobs((state,) if state else (), before=before, limit=PAGE + 1)
    context = {
        "jobs": found[:PAGE],
        "next": found[PAGE - 1].id if len(found) > PAGE else None,
        "counts": jobs.counts(),
        "states": tuple(JobState),
        "chosen": state,
        "acts": Role.DESK in jobs.person.roles,
        "refusal": refusal,
    }
    return render(request, "jobs.html", context, status=refusal.http_status if refusal else 200)


Queue = Depends(jobs_of)


@router.get("/jobs")
def jobs_page(
    request: Request, state: JobState | None = None, before: int | None = None, jobs: Jobs = Queue
) -> Response:
    """Show jobs, the newest first."""
    return _page(request, jobs, state, before)


@router.post("/jobs/{identifier}/{what}")
def act(request: Request, identifier: int, what: str, jobs: Jobs = Queue) -> Response:
    """Cancel a job or let it wait again; what is refused is said on the page."""
    if what not in {"cancel", "retry"}:
        raise NoSuchFormError(what)
    try:
        jobs.cancel(identifier) if what == "cancel" else jobs.retry(identifier)
    except DragomanError as refusal:
        if isinstance(refusal, NotFoundError):
            raise
        return _page(request, jobs, refusal=refusal)
    return RedirectResponse("/jobs", 303)
