"""The reader: a document with its provisions, and the decisions on them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.model import Entry, Kind
from dragoman.web import decision
from dragoman.web.access import Store, entries_of, excerpt_of, names_for
from dragoman.web.excerpt import FIELDS, field_values
from dragoman.web.layout import lay_out
from dragoman.web.render import permalink, remember_reviewer, remembered_reviewer, render, wants_fragment
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)


def panel(request: Request, workspace: Workspace, identifier: str, reviewer: str) -> Response:
    """Return the panel of one provision, with the name of who looks at it."""
    context = {
        "shown": excerpt_of(workspace, identifier),
        "fields": FIELDS,
        "field_values": field_values,
        "names": names_for(request, workspace),
        "reviewer": reviewer,
    }
    return render(request, "fragment/panel.html", context)


@router.get("/d/{slug:path}")
def reader(request: Request, workspace: Store, slug: str) -> Response:
    """Show a document."""
    document = workspace.document(slug)
    entries = entries_of(workspace, document)
    counts = {kind: sum(entry.provision.kind is kind for entry in entries) for kind in Kind}
    context = {
        "document": document,
        "layout": lay_out(document, entries),
        "counts": counts,
        "problems": workspace.problems(slug),
        "names": names_for(request, workspace),
    }
    return render(request, "reader.html", context)


@router.get("/p/{identifier:path}/panel")
def provision_panel(request: Request, workspace: Store, identifier: str) -> Response:
    """Show one provision, as the panel of the reader and of the register."""
    return panel(request, workspace, identifier, remembered_reviewer(request))


@router.get("/p/{identifier:path}")
def provision(workspace: Store, identifier: str) -> Response:
    """Lead from a provision's id to its place in its document."""
    return RedirectResponse(permalink(workspace.provision(identifier).provision), 302)


def _decide(workspace: Workspace, identifier: str, form: FormData, reviewer: str) -> Entry:
    state = decision.state_of(decision.word(form, "state"))
    entry = workspace.provision(identifier)
    return workspace.review(
        identifier,
        state,
        reviewer=reviewer,
        reason=decision.word(form, "reason"),
        changes=decision.changes_for(state, form, entry),
        expected=decision.expected_of(form),
    )


def _decided(request: Request, workspace: Workspace, identifier: str, form: FormData) -> Response:
    reviewer = decision.reviewer_of(form)
    entry = _decide(workspace, identifier, form, reviewer)
    if wants_fragment(request):
        response = panel(request, workspace, identifier, reviewer)
    else:
        response = RedirectResponse(permalink(entry.provision), 303)
    remember_reviewer(response, reviewer)
    return response


@router.post("/p/{identifier:path}/review")
async def review(request: Request, workspace: Store, identifier: str) -> Response:
    """Record a decision on a provision."""
    async with request.form() as form:
        return await run_in_threadpool(_decided, request, workspace, identifier, form)
