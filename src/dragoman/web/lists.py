"""The lists of parties in the browser: which are in use, importing one, what it changed."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.model import UsageError
from dragoman.screening import FORMS, publishers
from dragoman.web.access import Store, workspace_of
from dragoman.web.docket import person_of
from dragoman.web.render import render
from dragoman.web.screening import kept_file, screener_of, text_of

router = APIRouter(include_in_schema=False)

SHOWN = 200
"""Entries of each part of a difference that are shown."""


class NoListFileError(UsageError):
    """A form without a file."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("No file was chosen.", "Choose the publisher's file and send it again.")


def _page(request: Request, extra: Mapping[str, object] | None = None, status: int = 200) -> Response:
    screener = screener_of(request)
    context = {"lists": screener.lists(), "forms": FORMS, "publishers": publishers(), "outcome": None}
    return render(request, "lists.html", {**context, "changes": None, **(extra or {})}, status=status)


@router.get("/lists")
def lists(request: Request) -> Response:
    """Show the lists in use."""
    return _page(request)


@router.post("/lists")
async def import_list(request: Request) -> Response:
    """Import an uploaded list; a faulty file changes nothing."""
    async with request.form() as form:
        return await run_in_threadpool(_imported, request, form)


def _imported(request: Request, form: FormData) -> Response:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise NoListFileError
    with kept_file(file) as path:
        outcome = screener_of(request).import_list(
            path,
            text_of(form, "form") or None,
            text_of(form, "name") or None,
            accept=bool(text_of(form, "accept")),
            source=file.filename,
        )
    if outcome.taken:
        workspace_of(request).jobs(person_of(request)).queue_screening()
    return _page(request, {"outcome": outcome}, 200 if outcome.taken else 422)


@router.post("/lists/monitor")
def monitor(request: Request) -> Response:
    """Screen the known parties again and show only what changed."""
    return _page(request, {"changes": screener_of(request).monitor()})


@router.get("/lists/{name}")
def difference(request: Request, workspace: Store, name: str) -> Response:
    """Show what the version in use of a list changed."""
    screener = workspace.screener()
    context = {"found": screener.difference(name), "versions": screener.versions(name), "most": SHOWN}
    return render(request, "list.html", context)


@router.post("/lists/{name}/remove")
def remove(request: Request, name: str) -> Response:
    """Take a list out of use."""
    screener_of(request).remove_list(name)
    return RedirectResponse("/lists", 303)
