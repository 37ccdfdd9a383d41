"""The JSON API of comparing: lineage, coordination and profile, in the rows that the command line prints."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, UploadFile
from pydantic import BaseModel, Field

from dragoman.comparing import about
from dragoman.model.coordination import Coordination
from dragoman.model.coordination_format import coordination_to_row
from dragoman.model.lineage_format import lineage_to_row
from dragoman.model.profile import profile_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.api import MISSING, REFUSED
from dragoman.web.comparing import the_lineage
from dragoman.web.coordination import (
    CoordinationFilter,
    CoordinationQuery,
    TableGoneError,
    coordination_for,
    kept,
    tables_of,
)
from dragoman.web.filtering import Names
from dragoman.web.profile import By, NoDocumentsError, ProfileFilter, profile_for

router = APIRouter(
    prefix="/api",
    tags=["comparing"],
    responses={
        400: {"model": rows.ProblemDocument, "description": "the call makes no sense"},
        421: {"model": rows.ProblemDocument, "description": "asked for under a foreign host name"},
        422: {"model": rows.ProblemDocument, "description": "a parameter or body is wrong"},
        **MISSING,
    },
)


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


@router.get("/lineage")
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


@router.get("/coordination")
def get_coordination(
    request: Request, workspace: Store, chosen: Annotated[CoordinationQuery, Query()]
) -> dict[str, Any]:
    """Return whether two parties moved together, as `dragoman coordination --format json` prints it."""
    return _row(coordination_for(request, workspace, _filter(chosen)))


@router.post("/coordination", responses=REFUSED)
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


@router.get("/profile")
def get_profile(request: Request, workspace: Store, chosen: Annotated[ProfileQuery, Query()]) -> dict[str, Any]:
    """Return the profile of documents over time, as `dragoman profile --format json` prints it."""
    asked = ProfileFilter(document=chosen.document, by=chosen.by)
    found = profile_for(request, workspace, asked) if asked.document else None
    if found is None:
        raise NoDocumentsError
    return profile_to_row(found)
