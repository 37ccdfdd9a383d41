"""The library: the documents of the workspace, and reading more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from dragoman.model import DocumentSummary, Kind, ReadOutcome, UsageError
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
    page: int = Field(default=1, ge=1)


def total(document: DocumentSummary) -> int:
    """Return the number of provisions of a document."""
    return sum(document.provisions.values())


_KEYS: dict[str, Callable[[DocumentSummary], Any]] = {
    "title": lambda document: document.title.casefold(),
    "date": lambda document: document.date or date.min,
    "kind": lambda document: document.kind.casefold(),
    "provisions": total,
    "reviewed": lambda document: document.reviewed,
    "problems": lambda document: document.problems,
    "read": lambda document: document.read_at,
}


def _holds(document: DocumentSummary, words: Iterable[str], names: Mapping[str, str]) -> bool:
    shown = (names.get(party, "") for party in document.parties)
    text = " ".join((document.slug, document.title, document.kind, *document.parties, *shown)).casefold()
    return all(word in text for word in words)


def shelve(documents: Iterable[DocumentSummary], shelf: Shelf, names: Mapping[str, str]) -> list[DocumentSummary]:
    """Return the documents that hold the words of a shelf, in its order.

    Args:
        documents: all of them.
        shelf: words and order.
        names: of parties in the language of the interface, where they have one.
    """
    words = shelf.q.casefold().split()
    found = [document for document in documents if _holds(document, words, names)]
    return sorted(found, key=_KEYS[shelf.sort], reverse=shelf.desc)


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
    documents, names = workspace.documents(), names_for(request, workspace)
    found = shelve(documents, shelf, names)
    size = options.page_size
    start = (shelf.page - 1) * size
    return {
        "shelf": shelf,
        "names": names,
        "documents": found[start : start + size],
        "found": len(found),
        "in_all": len(documents),
        "pages": max(1, -(-len(found) // size)),
        "provisions": sum(total(document) for document in found),
        "largest": max((total(document) for document in found), default=0),
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
