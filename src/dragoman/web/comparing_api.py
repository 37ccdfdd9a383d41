"""The JSON API of comparing: lineage, coordination and profile, in the rows that the command line prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import File, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from dragoman.comparing import about
from dragoman.model.coordination import Coordination
from dragoman.model.coordination_format import coordination_to_row
from dragoman.model.lineage_format import correction_to_row, lineage_to_row
from dragoman.model.profile import profile_to_row
from dragoman.model.tracing import tracing_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.bodies import Name, Words, example, who
from dragoman.web.comparing import LineFilter, the_lineage
from dragoman.web.coordination import (
    CoordinationFilter,
    CoordinationQuery,
    TableGoneError,
    coordination_for,
    kept,
    tables_of,
)
from dragoman.web.endpoint import CHANGED, CONFLICT, MISSING, REFUSED, Seen, endpoints
from dragoman.web.filtering import Names
from dragoman.web.paging import Paged, page_of
from dragoman.web.profile import By, NoDocumentsError, ProfileFilter, profile_for
from dragoman.web.redline import link_of
from dragoman.web.tracing import MOST_BYTES, book_in, books_of
from dragoman.workspace import Workspace

router = endpoints("comparing")


class LineageQuery(BaseModel):
    """Parameters of a lineage."""

    document: Names = Field(default=[], description="slugs of the series")
    topic: Names = Field(
        default=[], description="tags of technologies or instruments; threads without are left out"
    )
    first: bool = Field(default=False, description="whether the lines of the first text are given too")


class TextRow(BaseModel):
    """A text of a series."""

    doc: str
    ordinal: int | None = Field(description="which meeting it is of")
    summary: bool = Field(description="whether it only sums up, so that nothing counts as dropped in it")


class GapRow(BaseModel):
    """Members of a series that are missing between two texts."""

    ordinals: list[int]
    after: str
    before: str


class LineageRows(BaseModel):
    """A lineage; `lines` as `dragoman compare --format jsonl` prints them, see docs/comparing.md."""

    texts: list[TextRow] = Field(description="in the order in which they were compared")
    gaps: list[GapRow]
    lines: list[dict[str, Any]]
    problems: list[rows.ProblemRow]


@router.get("/lineage", responses=MISSING)
def get_lineage(request: Request, workspace: Store, chosen: Annotated[LineageQuery, Query()]) -> LineageRows:
    """Return the lineage of a series of documents."""
    lineage = about(the_lineage(request, workspace, chosen.document), chosen.topic)
    return LineageRows(
        texts=[TextRow(doc=one.document.slug, ordinal=one.ordinal, summary=one.summary) for one in lineage.texts],
        gaps=[GapRow(ordinals=list(one.ordinals), after=one.after, before=one.before) for one in lineage.gaps],
        lines=[lineage_to_row(one) for one in lineage.lines if chosen.first or one.dropped_in or not one.first],
        problems=[rows.problem_row(one) for one in lineage.problems],
    )


def _row(found: Coordination | None) -> dict[str, Any]:
    if found is None:
        raise TableGoneError
    return coordination_to_row(found)


@router.get("/coordination", responses={**MISSING, **CONFLICT})
def get_coordination(
    request: Request, workspace: Store, chosen: Annotated[CoordinationQuery, Query()]
) -> dict[str, Any]:
    """Return whether two parties moved together, as `dragoman coordination --format json` prints it."""
    return _row(coordination_for(request, workspace, _filter(chosen)))


@router.post("/coordination", responses={**MISSING, **REFUSED, **CONFLICT})
def post_coordination(
    request: Request,
    workspace: Store,
    chosen: Annotated[CoordinationQuery, Query()],
    events: Annotated[list[UploadFile], File(description="tables of events, CSV")],
) -> dict[str, Any]:
    """Return the same with tables of events."""
    keys = [kept(tables_of(request), upload) for upload in events]
    return _row(coordination_for(request, workspace, _filter(chosen, keys)))


def _filter(chosen: CoordinationQuery, keys: list[str] | None = None) -> CoordinationFilter:
    return CoordinationFilter(**chosen.model_dump(), events=keys or [])


class ProfileQuery(BaseModel):
    """Parameters of a profile."""

    document: Names = Field(default=[], description="slugs")
    by: By = Field(default="instrument", description="what the values are")


@router.get("/profile", responses=MISSING)
def get_profile(request: Request, workspace: Store, chosen: Annotated[ProfileQuery, Query()]) -> dict[str, Any]:
    """Return the profile of documents over time, as `dragoman profile --format json` prints it."""
    asked = ProfileFilter(document=chosen.document, by=chosen.by)
    found = profile_for(request, workspace, asked) if asked.document else None
    if found is None:
        raise NoDocumentsError
    return profile_to_row(found)


class LinkBody(BaseModel):
    """What a person says of a line and its predecessors."""

    model_config = example({"label": "repeated", "by": "Mara", "note": "the same promise in other words"})

    label: str = Field(max_length=40, description="the label it should have")
    by: Name = ""
    ancestors: list[Name] | None = Field(
        default=None, max_length=50, description="ids of its predecessors; those computed where it is left out"
    )
    note: Words = ""


@router.get("/lineage/lines/{identifier:path}", responses=MISSING)
def get_line(
    request: Request, workspace: Store, identifier: str, chosen: Annotated[LineFilter, Query()]
) -> dict[str, Any]:
    """Return a line beside its predecessor: words inserted and deleted, fields compared, what people set right."""
    return link_row(request, workspace, identifier, chosen)


def link_row(request: Request, workspace: Workspace, identifier: str, chosen: LineFilter) -> dict[str, Any]:
    """Return a line beside its predecessor as JSON. Raises NotFoundError."""
    lineage = the_lineage(request, workspace, chosen.document)
    link = link_of(workspace.comparing, lineage, identifier, chosen.origin, chosen.find)
    return {
        "line": lineage_to_row(link.line),
        "predecessor": link.ancestor.provision.id if link.ancestor else None,
        "pieces": [asdict(one) for one in link.pieces],
        "fields": [asdict(one) for one in link.fields],
        "dropped": lineage_to_row(link.dropped) if link.dropped else None,
        "found": [{"id": one.id, "quote": one.quote.exact} for one in link.found],
        "corrections": [correction_to_row(one) for one in link.history],
    }


@router.post("/lineage/lines/{identifier:path}", responses={**MISSING, **REFUSED, **CHANGED})
def correct_line(
    request: Request,
    workspace: Store,
    identifier: str,
    chosen: Annotated[LineFilter, Query()],
    body: LinkBody,
    seen: Seen,
) -> dict[str, Any]:
    """Keep what a person says of a line; nothing is overwritten."""
    with seen.kept(workspace, f"line {identifier}", lambda: link_row(request, workspace, identifier, chosen)):
        workspace.comparing.correct(
            identifier, body.label, person=who(request, body.by), ancestors=body.ancestors, note=body.note
        )
    return link_row(request, workspace, identifier, chosen)


class WorkbookBody(BaseModel):
    """A workbook of process tracing."""

    model_config = example({"text": "title: Who moved first\nhypotheses: []\n"})

    text: str = Field(max_length=MOST_BYTES, description="the YAML of the workbook")
    name: Name = "workbook.yaml"


@router.get("/tracing")
def list_workbooks(
    request: Request, response: Response, workspace: Store, asked: Annotated[Paged, Query()]
) -> list[str]:
    """Return the names of the workbooks in the folder of the workspace."""
    return list(page_of((request, response), tuple(books_of(workspace)), str, asked))


@router.get("/tracing/blank")
def blank_workbook(workspace: Store, title: Annotated[str, Query(min_length=1, max_length=200)]) -> WorkbookBody:
    """Return a workbook to fill in."""
    return WorkbookBody(text=workspace.process_tracing.blank(title))


@router.get("/tracing/books/{name}", responses=MISSING)
def get_workbook(workspace: Store, name: str) -> WorkbookBody:
    """Return a workbook in the folder of the workspace."""
    return WorkbookBody(text=book_in(books_of(workspace), name).text, name=name)


@router.post("/tracing", responses=REFUSED)
def weigh_workbook(workspace: Store, body: WorkbookBody) -> dict[str, Any]:
    """Weigh a workbook; it is not kept."""
    return tracing_to_row(workspace.process_tracing.check_bytes(body.text.encode("utf-8", "replace"), body.name))
