"""The docket in the browser: dashboard, cases with their forms, procedures, the public register."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import Field
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.docketing import (
    CaseView,
    Docketing,
    Intake,
    as_rss,
    procedure_named,
    sentence_of,
    write_bundle,
)
from dragoman.model import DragomanError, NotFoundError, UsageError
from dragoman.model.docket import DocketCase, DocketQuery, Person, Position
from dragoman.model.docket_board import Board, Due
from dragoman.model.docket_format import due_table
from dragoman.model.procedure import Procedure, Role, Tool
from dragoman.web.access import Store
from dragoman.web.boards import Boards
from dragoman.web.case_form import as_bytes
from dragoman.web.checking import checker_of, raw_case
from dragoman.web.decision import word
from dragoman.web.export import begun
from dragoman.web.filtering import Addressed
from dragoman.web.language import language_of
from dragoman.web.recording import MissingFieldError, choice_of, day_of
from dragoman.web.render import render
from dragoman.web.settings import MEGABYTE
from dragoman.wording import catalogue

router = APIRouter(include_in_schema=False)

PAGE = 50
"""Cases on one page."""
MOST_TARGETS = 12
"""Countries on the dashboard, those with most cases."""
FITS = ("open", "closed", "unknown", "not asked for", "not checked")
MOST_BUNDLED = 500
"""Cases in one ZIP file of the pages."""
IN_MEMORY, PART = 16 * MEGABYTE, MEGABYTE
"""Bytes of a ZIP file that are held in memory, and sent at once."""
MEMOS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
RSS = "application/rss+xml; charset=utf-8"
JSON_LINES = "application/x-ndjson"


CASE_FILE, DOCUMENT, POSITION, ACT = "case file", "document", "position", "number of an act"
"""What forms need, in words."""


class NoSuchFormError(NotFoundError):
    """A form is sent to an address that does nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is done to a case.", "Use the forms of the page.")


class TooManyCasesError(UsageError):
    """More cases than the pages put into one ZIP file."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"These are {count:,} cases; one ZIP file of the pages holds {MOST_BUNDLED}.",
            "Narrow them down, or write `dragoman docket export --format zip`.",
        )


def person_of(request: Request) -> Person | None:
    """Return who is signed in; None where one person works without accounts."""
    person = getattr(request.state, "person", None)
    return person if isinstance(person, Person) else None


def docketing_of(request: Request, workspace: Store) -> Docketing:
    """Return the docket as who is signed in sees it."""
    return workspace.docketing(person_of(request))


Docket = Annotated[Docketing, Depends(docketing_of)]


class DocketFilter(Addressed):
    """Parameters of the list of cases."""

    procedure: str = Field(default="", description="name of a procedure")
    stage: str = Field(default="", description="name of a state")
    target: str = Field(default="", max_length=2, description="country, two letters")
    text: str = Field(default="", max_length=200, description="words of title, number or organisation")
    items: bool = Field(default=False, description="only cases with something to be looked at")
    deadline: Literal["", "clock", "request", "report", "approval"] = Field(
        default="", description="only cases for which something of the kind is due"
    )
    clock: str = Field(default="", max_length=100, description="only cases for which a clock runs, by its name")
    due: Literal["", "over", "soon", "later", "open", "rests"] = Field(
        default="", description="only cases for which something stands there"
    )
    tool: str = Field(default="", max_length=100, description="name of a financing tool")
    fit: Literal["", "open", "closed", "unknown", "not asked for", "not checked"] = Field(
        default="", description="what the last check says of the tool"
    )
    before: int | None = Field(default=None, description="only cases opened before this row")

    def query(self) -> DocketQuery:
        """Return the question."""
        return DocketQuery(
            procedures=(self.procedure,) if self.procedure else (),
            stages=(self.stage,) if self.stage else (),
            target=self.target.upper(),
            text=self.text,
            open_items=self.items,
            deadline=self.deadline,
            clock=self.clock,
            due=self.due,
            tool=self.tool,
            fit=self.fit,
            before=self.before,
            limit=PAGE + 1,
        )


@router.get("/docket")
def docket_page(request: Request, docketing: Docket, chosen: Annotated[DocketFilter, Query()]) -> Response:
    """Show how many cases stand where, and the cases that a filter leaves."""
    return render(request, "docket.html", _list(request.app.state.boards, docketing, chosen))


def _list(boards: Boards, docketing: Docketing, chosen: DocketFilter) -> dict[str, Any]:
    lines = docketing.lines(chosen.query())
    procedures = docketing.procedures()
    board = boards.of(docketing)
    return {
        "chosen": chosen,
        "procedures": procedures,
        "named": {one.name: one for one in procedures},
        "lines": lines[:PAGE],
        "next": lines[PAGE - 1].row if len(lines) > PAGE else None,
        "board": board,
        "stages": {(one.procedure, *one.keys): one.cases for one in board.stages},
        "targets": sorted(board.targets, key=lambda one: -one.cases)[:MOST_TARGETS],
        "due": due_table(board),
        "standings": tuple(Due),
        "soon_days": (board.soon - board.as_of).days,
        "tools": tool_table(board, procedures),
        "fits": FITS,
        "person": docketing.person,
        "sees_jobs": bool(docketing.person.roles & {Role.DESK, Role.AUDITOR}),
        "refusal": None,
    }


def tool_table(board: Board, procedures: Sequence[Procedure]) -> list[tuple[Procedure, Tool, dict[str, int]]]:
    """Return how many cases each financing tool is open to, closed to, not known for."""
    counts = {(one.procedure, *one.keys): one.cases for one in board.tools}
    return [
        (way, tool, {fit: counts.get((way.name, tool.name, fit), 0) for fit in FITS})
        for way in procedures
        for tool in way.tools
    ]


@router.post("/docket")
async def submit(request: Request, docketing: Docket) -> Response:
    """Take in a case: a case file and documents beside it."""
    async with request.form(max_files=250) as form:
        return await run_in_threadpool(_submitted, request, docketing, form)


@router.post("/docket/form")
async def submit_form(request: Request, docketing: Docket, procedure: str = "") -> Response:
    """Take in the case that the form of a check holds."""
    async with request.form() as form:
        return await run_in_threadpool(_formed, request, docketing, procedure, form)


def _formed(request: Request, docketing: Docketing, procedure: str, form: FormData) -> Response:
    template = procedure_named(procedure).template
    raw = raw_case(form, checker_of(request).template(template), checker_of(request))
    return _taken_in(request, docketing, procedure, Intake("case.json", as_bytes(raw)), "")


def _submitted(request: Request, docketing: Docketing, form: FormData) -> Response:
    try:
        intake = _intake(form)
    except DragomanError as refusal:
        return _refused(request, docketing, refusal)
    return _taken_in(request, docketing, word(form, "procedure"), intake, word(form, "organisation"))


def _taken_in(
    request: Request, docketing: Docketing, procedure: str, intake: Intake, organisation: str
) -> Response:
    try:
        case = docketing.submit(procedure, intake, organisation=organisation)
    except DragomanError as refusal:
        return _refused(request, docketing, refusal)
    return RedirectResponse(case_path(case.number), 303)


def _refused(request: Request, docketing: Docketing, refusal: DragomanError) -> Response:
    context = {**_list(request.app.state.boards, docketing, DocketFilter()), "refusal": refusal}
    return render(request, "docket.html", context, status=refusal.http_status)


def _intake(form: FormData) -> Intake:
    """Return what a form hands in. Raises MissingFieldError."""
    case = form.get("case")
    if not isinstance(case, UploadFile) or not case.filename:
        raise MissingFieldError(CASE_FILE)
    documents = (one for one in form.getlist("documents") if isinstance(one, UploadFile) and one.filename)
    files = tuple((str(one.filename), one.file.read()) for one in documents)
    return Intake(case.filename, case.file.read(), files)


@router.get("/docket/export.jsonl")
def export(docketing: Docket, chosen: Annotated[DocketFilter, Query()]) -> Response:
    """Return the cases that a filter leaves, with all acts that are shown, one JSON object a line."""
    lines = (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in docketing.export(chosen.query()))
    headers = {"content-disposition": 'attachment; filename="docket.jsonl"'}
    return StreamingResponse(begun(lines), media_type=JSON_LINES, headers=headers)


@router.get("/docket/export.zip")
def bundle(request: Request, docketing: Docket, chosen: Annotated[DocketFilter, Query()]) -> Response:
    """Return the cases that a filter leaves as a ZIP file with documents and memos. Raises TooManyCasesError."""
    numbers = docketing.numbers(chosen.query())
    if len(numbers) > MOST_BUNDLED:
        raise TooManyCasesError(len(numbers))
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_bundle(docketing, numbers, language_of(request), file)
    file.seek(0)
    headers = {"content-disposition": 'attachment; filename="docket.zip"'}
    parts = iter(lambda: file.read(PART), b"")
    return StreamingResponse(
        parts, media_type="application/zip", headers=headers, background=BackgroundTask(file.close)
    )


@router.get("/docket/public")
def public_page(request: Request, workspace: Store, before: int | None = None) -> Response:
    """Show what may be published of approved cases, those handed in last first."""
    cases = workspace.docketing().public(before, PAGE + 1)
    more = cases[PAGE - 1].row if len(cases) > PAGE else None
    return render(request, "docket_public.html", {"cases": cases[:PAGE], "next": more})


@router.get("/docket/public.rss")
def public_feed(request: Request, workspace: Store) -> Response:
    """Return the public register as a feed."""
    home = str(request.url_for("public_page"))
    cases = workspace.docketing().public(limit=PAGE, entered=True)
    return Response(as_rss(cases, language_of(request), home), media_type=RSS)


@router.get("/docket/procedures/{name}")
def procedure_page(request: Request, name: str) -> Response:
    """Show a procedure: states, moves, who may take them, what must hold, what is unsettled."""
    return render(request, "docket_procedure.html", {"procedure": procedure_named(name)})


@router.get("/docket/{number}")
def case_page(request: Request, docketing: Docket, number: str, version: int | None = None) -> Response:
    """Show a case with its history and the forms that its reader may use; `version` shows earlier findings."""
    return render(request, "docket_case.html", _case(request, docketing, docketing.view(number), version))


def _case(request: Request, docketing: Docketing, view: CaseView, version: int | None = None) -> dict[str, Any]:
    texts = catalogue(language_of(request))
    wanted = version or view.case.checked
    shown = next((one for one in view.versions if one.number == wanted), None)
    advised = {rule for rules in view.case.advised.values() for rule in rules}
    return {
        "view": view,
        "case": view.case,
        "procedure": view.procedure,
        "shown": shown,
        "findings": [one for one in shown.findings if one["counted"]] if shown else [],
        "advised": [one for one in shown.findings if one["rule"] in advised] if shown else [],
        "say": lambda obstacle: sentence_of(obstacle, view.procedure, texts),
        "may": docketing.allowed(view.case.number),
        "positions": tuple(Position),
        "person": docketing.person,
        "memos": tuple(MEMOS),
        "refusal": None,
        "path": case_path,
        "readings": view.readings,
    }


@router.get("/docket/{number}/memo.{form}")
def memo(request: Request, docketing: Docket, number: str, form: Literal["docx", "html", "md"]) -> Response:
    """Return the memo of a case."""
    data = docketing.memo(number, language_of(request), form)
    headers = {"content-disposition": f'attachment; filename="{number}.{form}"'}
    return Response(data, media_type=MEMOS[form], headers=headers)


@router.get("/docket/{number}/documents/{digest}")
def document(docketing: Docket, number: str, digest: str) -> Response:
    """Return a document of a case, always as a download, so that no page of it runs here."""
    name, data = docketing.file(number, digest)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name.rpartition('/')[2], safe='')}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.post("/docket/{number}/{what}")
async def act(request: Request, docketing: Docket, number: str, what: str) -> Response:
    """Do something to a case; what is refused is said on its page, and nothing is kept."""
    async with request.form(max_files=250) as form:
        return await run_in_threadpool(_acted, request, docketing, number, what, form)


def _acted(request: Request, docketing: Docketing, number: str, what: str, form: FormData) -> Response:
    if what not in ACTS:
        raise NoSuchFormError(what)
    try:
        ACTS[what](docketing, number, form)
    except DragomanError as refusal:
        if isinstance(refusal, NotFoundError):
            raise
        context = {**_case(request, docketing, docketing.view(number)), "refusal": refusal}
        return render(request, "docket_case.html", context, status=refusal.http_status)
    return RedirectResponse(case_path(number), 303)


def case_path(number: str, what: str = "") -> str:
    """Return the address of a case, or of one of its forms."""
    tail = f"/{what}" if what else ""
    return f"/docket/{quote(number, safe='')}{tail}"


def lines_of(form: FormData, name: str) -> list[str]:
    """Return the lines of a field that are not blank."""
    return [line.strip() for line in word(form, name).splitlines() if line.strip()]


def act_of(form: FormData) -> int:
    """Return the number of the act that a form is about. Raises MissingFieldError."""
    value = word(form, "act")
    if not value.isdecimal() or len(value) > len("999999"):
        raise MissingFieldError(ACT)
    return int(value)


def _move(docketing: Docketing, number: str, form: FormData) -> DocketCase:
    expires = day_of(form, "expires")
    fields = {
        "reason": word(form, "reason"),
        "citations": lines_of(form, "citations"),
        "scope": word(form, "scope"),
        "conditions": lines_of(form, "conditions"),
        "expires": expires.isoformat() if expires else "",
    }
    return docketing.move(number, word(form, "move"), fields)


def _position(docketing: Docketing, number: str, form: FormData) -> DocketCase:
    position = choice_of(form, "position", Position)
    if position is None:
        raise MissingFieldError(POSITION)
    return docketing.take_position(number, position, word(form, "reason"), word(form, "seat"))


def _attach(docketing: Docketing, number: str, form: FormData) -> DocketCase:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise MissingFieldError(DOCUMENT)
    return docketing.attach(number, file.filename, file.file.read())


def _report(docketing: Docketing, number: str, form: FormData) -> DocketCase:
    kept = word(form, "kept") != "no"
    return docketing.report(number, act_of(form), word(form, "text"), kept=kept, day=day_of(form, "day"))


ACTS: Mapping[str, Callable[[Docketing, str, FormData], DocketCase]] = {
    "move": _move,
    "position": _position,
    "attach": _attach,
    "report": _report,
    "revise": lambda docketing, number, form: docketing.revise(number, _intake(form)),
    "check": lambda docketing, number, form: docketing.check(number),  # noqa: ARG005 - one shape for all
    "comment": lambda docketing, number, form: docketing.comment(
        number, word(form, "text"), office=word(form, "office") == "yes"
    ),
    "ask": lambda docketing, number, form: docketing.ask(number, word(form, "text"), day_of(form, "due")),
    "answer": lambda docketing, number, form: docketing.answer(number, act_of(form), word(form, "text")),
    "condition": lambda docketing, number, form: docketing.set_condition(
        number, word(form, "text"), day_of(form, "due"), word(form, "every")
    ),
    "settle": lambda docketing, number, form: docketing.settle(number, act_of(form), word(form, "reason")),
}
"""What the forms of a case's page do."""
