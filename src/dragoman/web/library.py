"""The library: the documents of the workspace, and reading more of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from dragoman.model import DocumentSummary, Kind, LibraryQuery, ReadOutcome, UsageError
from dragoman.web.access import Options, Store, names_for
from dragoman.web.render import render, wants_fragment
from dragoman.web.settings import Settings
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

Sort = Literal["title", "date", "kind", "provisions", "reviewed", "problems", "read"]

DESCENDING_FIRST = frozenset({"date", "provisions", "reviewed", "problems", "read"})
"""Columns of which the largest is wanted first."""


class AddressError(UsageError):
    """Something other than a web address is to be fetched."""

    http_status = 422

    def __init__(self, address: str) -> None:
        super().__init__(
            f"“{address}” is not a web address.",
            "Give an address that begins with http:// or https://, or choose a file instead.",
        )


class Shelf(BaseModel):
    """How the library is shown: words in title, slug or party, order, stretch."""

    q: str = ""
    sort: Sort = "date"
    desc: bool = True
    page: int = Field(default=1, ge=1, le=10**9)

    def query(self, size: int) -> LibraryQuery:
        """Return the question for a page of the library of a size."""
        start = (self.page - 1) * size
        return LibraryQuery(self.q, self.sort, self.desc, offset=start, limit=size)


def total(document: DocumentSummary) -> int:
    """Return the number of provisions of a document."""
    return sum(document.provisions.values())


def bar(counts: dict[Kind, int], largest: int) -> list[tuple[Kind, float, float]]:
    """Return the pieces of a document's bar: kind, start and width in per cent of the largest document's."""
    pieces, at = [], 0.0
    for kind in Kind:
        width = 100 * counts.get(kind, 0) / max(1, largest)
        if width:
            pieces.append((kind, round(at, 2), round(width, 2)))
        at += width
    return pieces


def read_file(workspace: Workspace, file: UploadFile) -> tuple[ReadOutcome, ...]:
    """Read an uploaded file into the register."""
    return tuple(workspace.read_bytes(file.file.read(), file.filename or "upload"))


def read_address(workspace: Workspace, address: str) -> tuple[ReadOutcome, ...]:
    """Read a web address into the register. Raises AddressError for anything else, local paths included."""
    address = address.strip()
    if not address.lower().startswith(("http://", "https://")):
        raise AddressError(address)
    return tuple(workspace.read([address]))


def _context(request: Request, workspace: Workspace, shelf: Shelf, options: Settings) -> dict[str, Any]:
    names, size = names_for(request, workspace), options.page_size
    found = workspace.library(shelf.query(size), names)
    return {
        "shelf": shelf,
        "names": names,
        "documents": found.documents,
        "found": found.found,
        "in_all": found.in_all,
        "pages": max(1, -(-found.found // size)),
        "provisions": found.provisions,
        "largest": found.largest,
        "total": total,
        "bar": bar,
        "descending": DESCENDING_FIRST,
        "limit": options.upload_limit,
    }


@router.get("/")
def library(request: Request, workspace: Store, options: Options, shelf: Annotated[Shelf, Query()]) -> Response:
    """Show the library."""
    return render(request, "library.html", {"outcomes": (), **_context(request, workspace, shelf, options)})


def _outcomes(
    request: Request, workspace: Workspace, options: Settings, outcomes: tuple[ReadOutcome, ...]
) -> Response:
    if wants_fragment(request):
        return render(request, "fragment/outcomes.html", {"outcomes": outcomes})
    return render(
        request, "library.html", {"outcomes": outcomes, **_context(request, workspace, Shelf(page=1), options)}
    )


@router.post("/read/files")
def read_files(
    request: Request, workspace: Store, options: Options, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Read chosen files, one after another, and show what became of each."""
    outcomes = tuple(outcome for file in files for outcome in read_file(workspace, file))
    return _outcomes(request, workspace, options, outcomes)


@router.post("/read/address")
def read_web(request: Request, workspace: Store, options: Options, address: Annotated[str, Form()]) -> Response:
    """Read a web address and show what became of it."""
    return _outcomes(request, workspace, options, read_address(workspace, address))


@router.get("/library")
def library_by_name() -> Response:
    """Lead to the library."""
    return RedirectResponse("/", 308)
