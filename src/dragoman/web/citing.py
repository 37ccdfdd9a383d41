"""Snapshots in the browser: a page that says what one holds, and its download."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from dragoman.web.access import Store
from dragoman.web.export import begun
from dragoman.web.filtering import Day, Filter
from dragoman.web.render import render
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

SnapshotFormat = Literal["zip"]
ZIP = "application/zip"
CHUNK = 1 << 20
OWN = frozenset({"as_of", "texts", "title", "order", "limit", "offset"})
"""Parameters that choose no lines."""


class SnapshotFilter(Filter):
    """Parameters of a snapshot: those of the register, and how it is cited."""

    as_of: Day = Field(default=None, description="day it is cited by; today")
    texts: bool = Field(default=False, description="whether the texts go along")
    title: str = Field(default="", max_length=300, description="of the citation")


@router.get("/snapshot")
def snapshot_page(request: Request, workspace: Store, chosen: Annotated[SnapshotFilter, Query()]) -> Response:
    """Say what a snapshot would hold, with the form to download it."""
    narrowed = [pair for pair in chosen.pairs() if pair[0] not in OWN]
    page = workspace.provisions(chosen.model_copy(update={"limit": 1, "offset": 0}).query())
    context = {"chosen": chosen, "narrowed": narrowed, "page": page, "today": workspace.tracking.today()}
    return render(request, "snapshot.html", context)


@router.get("/snapshot/{form}")
def download_snapshot(
    workspace: Store, form: SnapshotFormat, chosen: Annotated[SnapshotFilter, Query()]
) -> StreamingResponse:
    """Return a snapshot of the lines that a filter leaves as a ZIP file; `offset` and `limit` do not count."""
    headers = {"content-disposition": f'attachment; filename="snapshot.{form}"'}
    return StreamingResponse(begun(_pieces(workspace, chosen)), media_type=ZIP, headers=headers)


def _pieces(workspace: Workspace, chosen: SnapshotFilter) -> Iterator[bytes]:
    """Yield a snapshot that is written to a folder of its own and taken away afterwards."""
    folder = Path(mkdtemp(prefix="dragoman-snapshot-"))
    try:
        path = folder / "snapshot.zip"
        workspace.snapshot(path, chosen.query(), as_of=chosen.as_of, texts=chosen.texts, title=chosen.title)
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                yield piece
    finally:
        shutil.rmtree(folder, ignore_errors=True)
