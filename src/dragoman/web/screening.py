"""Screening in the browser: parties, hits side by side with the reason for each, decisions, exports.

The parties travel in the page itself; what is kept of them is their last screening, as on the command line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.model import (
    ConflictError,
    DragomanError,
    NotFoundError,
    Party,
    PartyKind,
    UsageError,
    Verdict,
)
from dragoman.model.listing import sha256_of_entry
from dragoman.model.screen_format import party_to_row
from dragoman.report import FORMATS as REPORTS
from dragoman.report import write
from dragoman.report.screening import screening_report
from dragoman.screening import (
    FILE_FORMATS,
    NoListsError,
    PartyRow,
    ScreenedRow,
    Screener,
    key_of,
    made_party,
    named_lines,
    parties_of_json,
    read_parties,
    write_screenings,
)
from dragoman.web.access import Store, workspace_of
from dragoman.web.language import language_of
from dragoman.web.render import remember_reviewer, remembered_reviewer, render

router = APIRouter(include_in_schema=False)

ScreenFormat = Literal["jsonl", "csv", "xlsx", "docx", "html"]
FIELDS = {
    "name": "name",
    "alias": "other_names",
    "country": "country",
    "kind": "kind",
    "born": "born",
    "owners": "owners",
    "id": "reference",
}
"""Columns of a party by the fields of the form."""
CARRIED = "parties"
SHOWN = 100
"""Parties shown on one page."""
MOST_CARRIED = 2_000
"""Parties that travel in a page; more are screened on the command line."""


class BrokenPartiesError(UsageError):
    """The parties that the page carried are not readable."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("The parties in this page cannot be read.", "Enter them again.")


class TooManyPartiesError(UsageError):
    """More parties than a page holds."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__(
            f"These are more than {MOST_CARRIED:,} parties.",
            "Screen them with `dragoman screen --file FILE --format xlsx --output hits.xlsx`.",
        )


class BrokenDecisionError(UsageError):
    """A decision that the page did not send whole."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("The decision in this form cannot be read.", "Screen the party again and decide then.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A hit that can be decided on: its number on the page, and what the form sends of it."""

    number: int
    sent: str


def screener_of(request: Request) -> Screener:
    """Return what screens parties."""
    return workspace_of(request).screener()


def text_of(form: FormData, name: str) -> str:
    """Return a field of a form as text."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


@contextmanager
def kept_file(upload: UploadFile) -> Iterator[Path]:
    """Give an uploaded file as a file of its own name, for as long as it is read."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / (Path(upload.filename or "upload").name[-100:] or "upload")
        with path.open("wb") as file:
            while piece := upload.file.read(1 << 20):
                file.write(piece)
        yield path


def rows_of(form: FormData) -> tuple[PartyRow, ...]:
    """Return the parties that a form holds: those carried, one in fields, lines of names, a file.

    Raises:
        BrokenPartiesError: what was carried is not readable.
        TooManyPartiesError: there are more than a page holds.
    """
    rows: list[PartyRow] = []
    for row in _rows(form):
        rows.append(row)
        if len(rows) > MOST_CARRIED:
            raise TooManyPartiesError
    return tuple(rows)


def _rows(form: FormData) -> Iterator[PartyRow]:
    carried = text_of(form, CARRIED)
    if carried:
        yield from _carried(carried)
        return
    if text_of(form, "name"):
        yield made_party(lambda column: [word] if (word := text_of(form, FIELDS.get(column, ""))) else [])
    yield from named_lines(io.StringIO(text_of(form, "names")))
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        with kept_file(file) as path:
            yield from read_parties(path)


def _carried(text: str) -> Iterator[PartyRow]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise BrokenPartiesError from fault
    if not isinstance(found, list):
        raise BrokenPartiesError
    yield from parties_of_json(found)


def as_carried(rows: Iterable[PartyRow]) -> str:
    """Return parties as the page carries them."""
    return json.dumps([party_to_row(row.party) for row in rows if row.party], ensure_ascii=False)


def choices_of(screened: Sequence[ScreenedRow]) -> dict[tuple[str, str, str], Choice]:
    """Return what the form sends for each hit, by party, list and entry."""
    found: dict[tuple[str, str, str], Choice] = {}
    for row in screened:
        if row.screening:
            key = key_of(row.screening.party)
            for hit in row.screening.hits:
                sent = [key, hit.entry.list, hit.entry.id, sha256_of_entry(hit.entry)]
                found[key, hit.entry.list, hit.entry.id] = Choice(len(found), json.dumps(sent, ensure_ascii=False))
    return found


def page(
    request: Request,
    rows: Sequence[PartyRow],
    screened: Sequence[ScreenedRow],
    *,
    asked: Party | None = None,
    failure: DragomanError | None = None,
    reviewer: str = "",
) -> Response:
    """Return the page of a screening."""
    screener = screener_of(request)
    lists = screener.lists()
    shown = screened[:SHOWN]
    context = {
        "lists": lists,
        "used": named((one.list.name, one.list.version) for one in lists),
        "kinds_of_party": tuple(PartyKind),
        "asked": asked,
        "screened": shown,
        "total": len(screened),
        "with_hits": sum(bool(row.screening and row.screening.hits) for row in screened),
        "carried": as_carried(rows),
        "choices": choices_of(shown),
        "key_of": key_of,
        "formats": (*FILE_FORMATS, "docx", "html"),
        "failure": failure,
        "day": screener.today(),
        "reviewer": reviewer or remembered_reviewer(request),
    }
    status = failure.http_status if failure else 200
    return render(request, "screen.html", context, status=status)


def named(lists: Iterable[tuple[str, int]]) -> str:
    """Return lists with their versions in words."""
    return ", ".join(f"{name} {version}" for name, version in lists)


def screened_rows(screener: Screener, rows: Sequence[PartyRow], *, keep: bool) -> tuple[ScreenedRow, ...]:
    """Return parties screened, those with hits first; () where no list was imported."""
    if not rows or not screener.lists():
        return ()
    found = tuple(screener.screen_rows(rows, keep=keep))
    return tuple(sorted(found, key=lambda row: not (row.screening and row.screening.hits)))


@router.get("/screen")
def start(request: Request, name: str = "", country: str = "") -> Response:
    """Show the form, or the screening of the name in the address; that one is not kept."""
    if not name.strip():
        return page(request, (), ())
    given = {"name": [name], "country": [country] if country else []}
    row = made_party(lambda column: given.get(column, []))
    found = screened_rows(screener_of(request), (row,), keep=False)
    return page(request, (row,), found, asked=row.party)


@router.post("/screen")
async def screen(request: Request) -> Response:
    """Screen what a form holds, and record a decision if it was sent with it."""
    async with request.form() as form:
        return await run_in_threadpool(_screened, request, form)


def _screened(request: Request, form: FormData) -> Response:
    screener = screener_of(request)
    rows = rows_of(form)
    failure = _decided(screener, form)
    asked = rows[0].party if len(rows) == 1 else None
    found = screened_rows(screener, rows, keep=CARRIED not in form)
    reviewer = text_of(form, "reviewer")
    response = page(request, rows, found, asked=asked, failure=failure, reviewer=reviewer)
    if reviewer:
        remember_reviewer(response, reviewer)
    return response


def _decided(screener: Screener, form: FormData) -> DragomanError | None:
    """Record the decision of a form, if there is one; return why it was refused."""
    chosen = text_of(form, "decide")
    if not chosen:
        return None
    verdict, _, number = chosen.partition(" ")
    try:
        _record(screener, form, verdict, number)
    except (UsageError, NotFoundError, ConflictError) as refused:
        return refused
    return None


def _record(screener: Screener, form: FormData, verdict: str, number: str) -> None:
    try:
        sent = json.loads(text_of(form, f"hit-{number}"))
        party, name, entry, seen = map(str, sent)
        said = Verdict(verdict)
        last = text_of(form, f"until-{number}")
        until = date.fromisoformat(last) if last else None
    except (ValueError, TypeError) as fault:
        raise BrokenDecisionError from fault
    screener.decide(
        party,
        (name, entry),
        said,
        reviewer=text_of(form, "reviewer"),
        reason=text_of(form, f"reason-{number}"),
        until=until,
        seen=seen,
    )


@router.post("/screen/export/{file_format}")
async def export(request: Request, file_format: ScreenFormat) -> Response:
    """Download the screening of the parties in the page."""
    async with request.form() as form:
        return await run_in_threadpool(_exported, request, form, file_format)


def _exported(request: Request, form: FormData, file_format: ScreenFormat) -> Response:
    return exported(request, rows_of(form), file_format)


def exported(request: Request, rows: Sequence[PartyRow], file_format: ScreenFormat) -> Response:
    """Return the screening of parties as a file. Raises NoListsError."""
    screener = screener_of(request)
    lists = screener.lists()
    if not lists:
        raise NoListsError
    found = tuple(screener.screen_rows(rows, keep=False))
    headers = {"content-disposition": f'attachment; filename="screening.{file_format}"'}
    if file_format in {"docx", "html"}:
        used = named((one.list.name, one.list.version) for one in lists)
        screenings = [row.screening for row in found if row.screening]
        report = screening_report(screenings, language_of(request), screener.today(), used)
        kind: Any = file_format
        return Response(write(report, kind), media_type=REPORTS[kind], headers=headers)
    form_of: Any = file_format
    data = b"".join(write_screenings(found, form_of))
    return Response(data, media_type=FILE_FORMATS[file_format], headers=headers)


@router.get("/screen/history")
def history(request: Request, workspace: Store, party: Annotated[str, "key of the party"] = "") -> Response:
    """Show what is known of a party: decisions and what monitoring found."""
    found = workspace.screener().history(party) if party.strip() else None
    used = named(found.screened.lists) if found and found.screened else ""
    return render(request, "screen_history.html", {"party": party, "found": found, "used": used})
