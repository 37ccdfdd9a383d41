"""The JSON API of the register: documents, lines, sentences, decisions. See docs/web.md."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Query, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import Field

from dragoman.exchange import FORMATS, Format
from dragoman.model import Facets, LibraryQuery, NotFoundError
from dragoman.web import rows
from dragoman.web.access import Store, entries_of, names_for
from dragoman.web.endpoint import CHANGED, MISSING, REFUSED, Seen, endpoints
from dragoman.web.export import begun, download_headers
from dragoman.web.filtering import MAX_PAGE, Filter
from dragoman.web.library import Sort, read_address, read_file
from dragoman.web.paging import Paged, link_next, page_of, unpacked

router = endpoints("register")


class NoSentenceError(NotFoundError):
    """No sentence stands at a place."""

    def __init__(self, slug: str, at: int) -> None:
        super().__init__(
            f"No sentence of `{slug}` stands at {at}.", "Offsets count characters of the document's text, from 0."
        )


class ShelfQuery(Paged):
    """Parameters of the library."""

    q: str = Field(default="", max_length=500, description="words in title, slug, kind and parties")
    sort: Sort = Field(default="date", description="column to sort by")
    desc: bool = Field(default=False, description="whether the largest comes first")


class LineQuery(Filter):
    """Parameters of the lines of the register."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")


class FacetQuery(Filter):
    """Parameters of the counts."""

    documents: int = Field(default=300, ge=0, le=1000, description="documents to name, those with most lines")


class SearchQuery(Paged):
    """Parameters of a search."""

    q: str = Field(min_length=1, max_length=500, description="words", examples=["ship"])
    offset: int = Field(default=0, ge=0, description="hits to leave out at the start; `cursor` is better")
    limit: int = Field(default=20, ge=1, le=MAX_PAGE, description="how many are returned")


class ProblemQuery(Paged):
    """Parameters of the problems."""

    document: str | None = Field(default=None, description="slug of a document; all")
    severity: str = Field(default="", max_length=20, description="error, warning or note; all")


@router.get("/documents")
def list_documents(
    request: Request, response: Response, workspace: Store, asked: Annotated[ShelfQuery, Query()]
) -> list[rows.DocumentRow]:
    """Return the library."""
    behind, before = unpacked(asked.cursor) if asked.cursor else ("", 0)
    query = LibraryQuery(asked.q, asked.sort, asked.desc, 0, asked.limit, behind)
    page = workspace.library(query, names_for(request, workspace))
    end = before + len(page.documents)
    if page.documents and end < page.found:
        link_next(request, response, page.documents[-1].slug, end)
    return [rows.document_row(document) for document in page.documents]


@router.post("/documents", responses=REFUSED)
def upload_document(workspace: Store, file: Annotated[UploadFile, File()]) -> list[rows.OutcomeRow]:
    """Read a file into the register; its name gives slug and type."""
    return [rows.outcome_row(outcome) for outcome in read_file(workspace, file)]


@router.post("/read", responses=REFUSED)
def read_web_address(workspace: Store, body: rows.AddressBody) -> list[rows.OutcomeRow]:
    """Fetch a web address and read it into the register."""
    return [rows.outcome_row(outcome) for outcome in read_address(workspace, body.address)]


@router.get("/documents/{slug:path}/versions", responses=MISSING)
def list_versions(workspace: Store, slug: str) -> list[rows.VersionRow]:
    """Return the versions of a document, oldest first."""
    return [rows.version_row(one) for one in workspace.versions(slug)]


@router.get("/documents/{slug:path}", responses=MISSING)
def get_document(workspace: Store, slug: str, version: int | None = None) -> rows.DocumentText:
    """Return a document with its text and structure, by default its current version."""
    return rows.document_text(workspace.document(slug, version))


@router.get("/sentences", responses=MISSING)
def get_sentence(
    workspace: Store,
    document: Annotated[str, Query(description="slug", examples=["sample-order-2025"])],
    at: Annotated[int, Query(ge=0, le=2**31 - 1, description="offset of one of its characters")] = 0,
) -> rows.SentenceLines:
    """Return the sentence at a place of a document, with its words and the lines that were read from it."""
    found = workspace.document(document)
    sentence = next((one for one in found.sentences if one.start <= at < one.end), None)
    if sentence is None:
        raise NoSentenceError(document, at)
    lines = [one for one in entries_of(workspace, found) if one.provision.start <= at < one.provision.end]
    return rows.sentence_lines(found, sentence, lines)


@router.get("/provisions", responses=MISSING)
def list_provisions(
    request: Request, response: Response, workspace: Store, chosen: Annotated[LineQuery, Query()]
) -> rows.Lines:
    """Return the lines of the register that a filter leaves."""
    behind, before = unpacked(chosen.cursor) if chosen.cursor else ("", chosen.offset)
    query = chosen.query(after=behind, offset=0 if behind else chosen.offset)
    page = workspace.provisions(query)
    end = before + len(page.entries)
    if page.entries and (end < page.total or not (page.exact or len(page.entries) < chosen.limit)):
        link_next(request, response, page.entries[-1].provision.id, end)
    return rows.lines(page, before)


@router.get("/facets")
def count_values(workspace: Store, chosen: Annotated[FacetQuery, Query()]) -> Facets:
    """Return the values that occur among the lines that a filter leaves, with counts.

    Where all lines are too many to count, `looked_at` is how many of the first were counted.
    """
    return workspace.facets(chosen.query(), chosen.documents)


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


@router.post("/provisions/{identifier:path}/review", responses={**MISSING, **REFUSED, **CHANGED})
def review_provision(workspace: Store, identifier: str, body: rows.DecisionBody, seen: Seen) -> rows.Line:
    """Record a decision; nothing is overwritten. `If-Match` holds the ETag of the line as you saw it."""
    with seen.kept(workspace, f"line {identifier}", lambda: get_provision(workspace, identifier)):
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
    request: Request, response: Response, workspace: Store, asked: Annotated[SearchQuery, Query()]
) -> rows.Hits:
    """Return the sentences that hold some words, whether or not they carry a provision."""
    start = unpacked(asked.cursor)[1] if asked.cursor else asked.offset
    page = workspace.search(asked.q, offset=start, limit=asked.limit)
    end = start + len(page.hits)
    if page.hits and end < page.total:
        link_next(request, response, f"{page.hits[-1].doc}:{page.hits[-1].start}", end)
    return rows.hits(page)


@router.get("/problems", responses=MISSING)
def list_problems(
    request: Request, response: Response, workspace: Store, asked: Annotated[ProblemQuery, Query()]
) -> list[rows.ProblemRow]:
    """Return what was wrong or assumed while reading, errors first."""
    found = [one for one in workspace.problems(asked.document) if asked.severity in {"", one.severity.value}]
    shown = page_of((request, response), found, lambda one: (one.code, one.doc, one.start, one.message), asked)
    return [rows.problem_row(problem) for problem in shown]
