"""The JSON API: what the pages show and do, for programs. Described by /api/openapi.json and docs/web.md."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import StreamingResponse

from dragoman.exchange import FORMATS, Format
from dragoman.model import Facets
from dragoman.web import rows, screening_api
from dragoman.web.access import Store
from dragoman.web.export import begun, download_headers
from dragoman.web.filtering import MAX_PAGE, Filter
from dragoman.web.library import read_address, read_file

_ERROR: dict[str, Any] = {"model": rows.ProblemDocument}
MISSING: dict[int | str, dict[str, Any]] = {404: {**_ERROR, "description": "there is no such thing"}}
REFUSED: dict[int | str, dict[str, Any]] = {
    403: {**_ERROR, "description": "another site's page asks"},
    413: {**_ERROR, "description": "the body is too large"},
}

WRONG: dict[int | str, dict[str, Any]] = {
    400: {**_ERROR, "description": "the call makes no sense"},
    421: {**_ERROR, "description": "asked for under a foreign host name"},
    422: {**_ERROR, "description": "a parameter or body is wrong"},
}

router = APIRouter(prefix="/api", tags=["register"], responses=WRONG)


@router.get("/documents")
def list_documents(workspace: Store) -> list[rows.DocumentRow]:
    """Return the library."""
    return [rows.document_row(document) for document in workspace.documents()]


@router.post("/documents", responses=REFUSED)
def upload_document(workspace: Store, file: Annotated[UploadFile, File()]) -> list[rows.OutcomeRow]:
    """Read a file into the register; its name gives slug and type."""
    return [rows.outcome_row(outcome) for outcome in read_file(workspace, file)]


@router.post("/read", responses=REFUSED)
def read_web_address(workspace: Store, body: rows.AddressBody) -> list[rows.OutcomeRow]:
    """Fetch a web address and read it into the register."""
    return [rows.outcome_row(outcome) for outcome in read_address(workspace, body.address)]


@router.get("/documents/{slug:path}", responses=MISSING)
def get_document(workspace: Store, slug: str, version: int | None = None) -> rows.DocumentText:
    """Return a document with its text and structure, by default its current version."""
    return rows.document_text(workspace.document(slug, version))


@router.get("/provisions")
def list_provisions(workspace: Store, chosen: Annotated[Filter, Query()]) -> rows.Lines:
    """Return the lines of the register that a filter leaves."""
    return rows.lines(workspace.provisions(chosen.query()))


@router.get("/facets")
def count_values(workspace: Store, chosen: Annotated[Filter, Query()]) -> Facets:
    """Return the values that occur among the lines that a filter leaves, with counts."""
    return workspace.facets(chosen.query())


@router.get("/export/{form}", response_class=StreamingResponse)
def export_provisions(workspace: Store, form: Format, chosen: Annotated[Filter, Query()]) -> StreamingResponse:
    """Return all lines that a filter leaves as a file: jsonl, csv or xlsx. `offset` and `limit` do not count."""
    pieces = begun(workspace.export_bytes(chosen.query(), form))
    return StreamingResponse(pieces, media_type=FORMATS[form], headers=download_headers(form))


@router.get("/provisions/{identifier:path}/history", responses=MISSING)
def get_history(workspace: Store, identifier: str) -> rows.History:
    """Return every coder's line and every decision for an id, oldest first."""
    lines, reviews = workspace.history(identifier)
    return rows.History(
        lines=[rows.line(entry) for entry in lines], reviews=[rows.review_row(review) for review in reviews]
    )


@router.post(
    "/provisions/{identifier:path}/review",
    responses={**MISSING, **REFUSED, 409: {**_ERROR, "description": "it has been decided on meanwhile"}},
)
def review_provision(workspace: Store, identifier: str, body: rows.DecisionBody) -> rows.Line:
    """Record a decision; nothing is overwritten."""
    entry = workspace.review(
        identifier,
        body.state,
        reviewer=body.reviewer,
        reason=body.reason,
        changes=body.changes,
        expected=body.expected,
    )
    return rows.line(entry)


@router.get("/provisions/{identifier:path}", responses=MISSING)
def get_provision(workspace: Store, identifier: str) -> rows.Line:
    """Return one line of the register."""
    return rows.line(workspace.provision(identifier))


@router.get("/search")
def search_sentences(
    workspace: Store,
    q: Annotated[str, Query(min_length=1, max_length=500)],
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> rows.Hits:
    """Return the sentences that hold some words, whether or not they carry a provision."""
    return rows.hits(workspace.search(q, offset=offset, limit=limit))


@router.get("/problems")
def list_problems(workspace: Store, document: str | None = None) -> list[rows.ProblemRow]:
    """Return what was wrong or assumed while reading, errors first."""
    return [rows.problem_row(problem) for problem in workspace.problems(document)]


router.include_router(screening_api.router)
