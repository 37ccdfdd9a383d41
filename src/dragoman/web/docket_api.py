"""The docket for programs: cases, what is done to them, their documents, procedures, the public register."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Annotated, Any

from fastapi import File, Form, Query, Request, Response, UploadFile
from pydantic import Field

from dragoman.docketing import Intake, procedure_named
from dragoman.model.docket import DocketQuery, Position
from dragoman.model.docket_format import board_to_row, line_to_row
from dragoman.web.access import Store
from dragoman.web.bodies import FormBody, Name, Words, example
from dragoman.web.docket import ACTS, PAGE, Docket, DocketFilter, NoSuchFormError
from dragoman.web.endpoint import CHANGED, CONFLICT, MISSING, REFUSED, Seen, endpoints
from dragoman.web.filtering import MAX_PAGE
from dragoman.web.paging import CursorError, Paged, link_next, unpacked

router = endpoints("docket", "/docket")
FILES = frozenset({"revise", "attach"})
"""What is done with files: sent as a form."""
Number = Annotated[str, Field(max_length=60)]


class CaseQuery(DocketFilter):
    """Parameters of the list of cases."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")
    limit: int = Field(default=PAGE, ge=1, le=MAX_PAGE, description="how many are returned")

    def page(self) -> DocketQuery:
        """Return the question, for one more than are returned. Raises CursorError."""
        before = row_of(self.cursor) if self.cursor else self.before
        return replace(self.query(), before=before, limit=self.limit + 1)


class ActBody(FormBody):
    """What is done to a case; each act needs some of the fields, as its form on the page of the case does."""

    model_config = example({"text": "The annex names no end user."})

    move: Name | None = Field(default=None, description="for `move`: name of the move")
    reason: Words | None = None
    citations: Words | None = Field(default=None, description="one a line")
    scope: Words | None = None
    conditions: Words | None = Field(default=None, description="one a line")
    expires: date | None = None
    position: Position | None = Field(default=None, description="for `position`")
    seat: Name | None = None
    text: Words | None = Field(default=None, description="for `comment`, `ask`, `answer`, `condition`, `report`")
    office: bool | None = Field(default=None, description="for `comment`: whether only the office sees it")
    act: Annotated[int, Field(ge=0, le=999_999)] | None = Field(
        default=None, description="number of the request, condition or item that is meant"
    )
    due: date | None = None
    every: Name | None = None
    kept: bool | None = Field(default=None, description="for `report`: whether the condition was kept")
    day: date | None = None


def row_of(cursor: str) -> int:
    """Return the number of a row that a cursor names. Raises CursorError."""
    last, _ = unpacked(cursor)
    if not last.isascii() or not last.isdigit() or len(last) > len("999999999"):
        raise CursorError
    return int(last)


@router.get("")
def list_cases(
    request: Request, response: Response, docketing: Docket, chosen: Annotated[CaseQuery, Query()]
) -> list[dict[str, Any]]:
    """Return the cases that a filter leaves, the one handed in last first."""
    found = docketing.lines(chosen.page())
    if len(found) > chosen.limit:
        link_next(request, response, str(found[chosen.limit - 1].row))
    return [{"row": line.row, **line_to_row(line)} for line in found[: chosen.limit]]


@router.post("", responses={**REFUSED, **CONFLICT, **MISSING})
def submit_case(
    docketing: Docket,
    procedure: Annotated[str, Form(max_length=200)],
    case: Annotated[UploadFile, File(description="a case file, YAML or JSON")],
    documents: Annotated[list[UploadFile], File(description="documents beside it")] = [],  # noqa: B006 - FastAPI copies it
    organisation: Annotated[str, Form(max_length=200)] = "",
) -> dict[str, Any]:
    """Hand in a case with its documents."""
    made = docketing.submit(procedure, _intake(case, documents), organisation=organisation)
    return docketing.row(made.number)


def _intake(case: UploadFile, documents: list[UploadFile]) -> Intake:
    files = tuple((one.filename or "document", one.file.read()) for one in documents)
    return Intake(case.filename or "case.yaml", case.file.read(), files)


@router.get("/procedures")
def list_procedures(docketing: Docket) -> list[dict[str, Any]]:
    """Return the procedures through which cases move."""
    return [asdict(one) for one in docketing.procedures()]


@router.get("/procedures/{name}", responses=MISSING)
def get_procedure(name: str) -> dict[str, Any]:
    """Return a procedure: states, moves, who may take them, what must hold, what is unsettled."""
    return asdict(procedure_named(name))


@router.get("/public")
def list_public(
    request: Request, response: Response, workspace: Store, asked: Annotated[Paged, Query()]
) -> list[dict[str, Any]]:
    """Return what may be published of approved cases, those handed in last first."""
    before = row_of(asked.cursor) if asked.cursor else None
    found = workspace.docketing().public(before, asked.limit + 1)
    if len(found) > asked.limit:
        link_next(request, response, str(found[asked.limit - 1].row))
    return [asdict(one) for one in found[: asked.limit]]


@router.get("/board")
def board(docketing: Docket, chosen: Annotated[DocketFilter, Query()]) -> dict[str, Any]:
    """Return how many of the cases that a filter leaves stand where: by state, country, what is due, tool."""
    return board_to_row(docketing.board(chosen.query()))


@router.get("/{number}", responses=MISSING)
def get_case(docketing: Docket, number: str) -> dict[str, Any]:
    """Return a case with its acts, clocks and the moves that lead on."""
    return docketing.row(number)


ACTED = {**MISSING, **REFUSED, **CHANGED}


@router.post("/{number}/revise", responses=ACTED)
def revise_case(
    workspace: Store,
    docketing: Docket,
    number: str,
    seen: Seen,
    case: Annotated[UploadFile, File(description="the case file as it is now")],
    documents: Annotated[list[UploadFile], File(description="documents beside it")] = [],  # noqa: B006
) -> dict[str, Any]:
    """Hand in a case again."""
    with seen.kept(workspace, f"case {number}", lambda: docketing.row(number)):
        docketing.revise(number, _intake(case, documents))
    return docketing.row(number)


@router.post("/{number}/attach", responses=ACTED)
def attach_document(
    workspace: Store, docketing: Docket, number: str, seen: Seen, file: Annotated[UploadFile, File()]
) -> dict[str, Any]:
    """Put a document beside a case."""
    with seen.kept(workspace, f"case {number}", lambda: docketing.row(number)):
        docketing.attach(number, file.filename or "document", file.file.read())
    return docketing.row(number)


@router.post("/{number}/{act}", responses=ACTED)
def act_on_case(
    workspace: Store, docketing: Docket, number: str, act: str, seen: Seen, body: ActBody
) -> dict[str, Any]:
    """Do something to a case: move, position, report, check, comment, ask, answer, condition, settle."""
    if act not in ACTS or act in FILES:
        raise NoSuchFormError(act)
    with seen.kept(workspace, f"case {number}", lambda: docketing.row(number)):
        ACTS[act](docketing, number, body.form())
    return docketing.row(number)
