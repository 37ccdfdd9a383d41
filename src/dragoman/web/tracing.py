"""Process tracing in the browser: a workbook is read, weighed and shown; the workbook travels in the page itself.

Nothing is written here: likelihoods that people change are put into the text of the workbook, to be downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.model import NotFoundError, UsageError
from dragoman.model.tracing import LN10, EvidenceItem, Swing, Tracing, TracingReading, Weighed
from dragoman.process_tracing import ProcessTracing
from dragoman.report import FORMATS
from dragoman.report.comparison_words import words_of
from dragoman.web.access import Store, workspace_of
from dragoman.web.language import language_of
from dragoman.web.offering import Titles
from dragoman.web.render import render
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

TracingFormat = Literal["yaml", "html", "docx", "md", "json"]
TRACING_FORMATS: dict[TracingFormat, str] = {
    "yaml": "application/yaml; charset=utf-8",
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
    "md": FORMATS["md"],
    "json": "application/json",
}
"""Downloads of a workbook with their media types."""
MOST_BYTES = 2_000_000
"""Of a workbook, as of `dragoman tracing`."""
MOST_FIELDS = 20_000
"""Fields of a form: likelihoods of a large workbook."""
MOST_BOOKS = 200
"""Workbooks of the folder that are listed."""
ENDINGS = frozenset({".yaml", ".yml"})
LIKELIHOOD = re.compile(r"l:(?P<item>\d+):(?P<hypothesis>\d+)")
HALF = 50.0
"""Units of one side of a drawn weight."""
FULL = 13.0
"""Decibels that fill a side."""
_HEAD = re.compile(rb"^hypotheses\s*:", re.MULTILINE)


class WorkbookTooLargeError(UsageError):
    """A workbook that is too large."""

    http_status = 413

    def __init__(self) -> None:
        super().__init__(f"The workbook is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")


class NoWorkbookError(UsageError):
    """A form without a workbook."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("No workbook was chosen.", "Choose a YAML file, or begin a new workbook.")


class NoSuchBookError(NotFoundError):
    """A workbook that is not in the folder of the workspace."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The folder of the workspace has no workbook `{name}`.", "Choose one of the list.")


def books_of(workspace: Workspace) -> dict[str, Path]:
    """Return the workbooks that lie in the folder of the workspace itself, by name."""
    found: dict[str, Path] = {}
    for path in sorted(workspace.folder.iterdir()):
        if len(found) < MOST_BOOKS and path.suffix.lower() in ENDINGS and _is_book(path):
            found[path.name] = path
    return found


def _is_book(path: Path) -> bool:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return False
    return _HEAD.search(path.read_bytes()) is not None


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it travels in the page."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """Return its bytes."""
        return self.text.encode("utf-8", "replace")


def book_in(folder: Mapping[str, Path], name: str) -> Book:
    """Return a workbook of the folder by its name. Raises NoSuchBookError."""
    if name not in folder:
        raise NoSuchBookError(name)
    return Book(name, folder[name].read_bytes().decode("utf-8-sig", "replace"))


def book_of(form: FormData, part: ProcessTracing) -> Book:
    """Return the workbook that a form sends: a file, a new one, or its text with changed likelihoods.

    Raises:
        NoWorkbookError: none of these.
        WorkbookTooLargeError: more than `MOST_BYTES`.
    """
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        return Book(_plain(upload.filename), _text(upload.file.read(MOST_BYTES + 1)))
    if title := str(form.get("begin", "")).strip():
        return Book("workbook.yaml", part.blank(title))
    text = form.get("text")
    if not isinstance(text, str) or not text.strip():
        raise NoWorkbookError
    book = Book(_plain(str(form.get("name", ""))), _text(text.replace("\r\n", "\n").encode("utf-8", "replace")))
    return _changed(book, form, part)


def _plain(name: str) -> str:
    """Return the last part of a file's name, without signs that mean something elsewhere."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.\- ]", "_", last)[-100:] or "workbook.yaml"


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise WorkbookTooLargeError
    return data.decode("utf-8-sig", "replace")


def _changed(book: Book, form: FormData, part: ProcessTracing) -> Book:
    """Return a workbook with the likelihoods of the form that differ from its own."""
    reading = part.check_bytes(book.data, book.name)
    if reading.tracing is None:
        return book
    changes = dict(_differing(reading.tracing, form))
    return Book(book.name, part.revised(book.data, changes).decode()) if changes else book


def _differing(found: Tracing, form: FormData) -> Iterator[tuple[tuple[str, str], str]]:
    items, hypotheses = found.workbook.items, found.workbook.hypotheses
    for name, value in form.multi_items():
        match = LIKELIHOOD.fullmatch(name)
        if not match or not isinstance(value, str) or not value.strip():
            continue
        at, which = int(match["item"]), int(match["hypothesis"])
        if at < len(items) and which < len(hypotheses):
            item, hypothesis = items[at], hypotheses[which].id
            if value.strip() != likelihood_text(item, hypothesis):
                yield (item.id, hypothesis), value.strip()


def likelihood_text(item: EvidenceItem, hypothesis: str) -> str:
    """Return a likelihood as the page shows it."""
    return f"{item.likelihoods[hypothesis]:.4g}"


@router.get("/tracing")
def tracing_page(request: Request, workspace: Store, book: str = "") -> Response:
    """Show a workbook of the folder, or the choice of one."""
    return _page(request, workspace, book_in(books_of(workspace), book) if book else None)


@router.post("/tracing")
async def weigh(request: Request, workspace: Store) -> Response:
    """Weigh a workbook that is sent, with the likelihoods that were changed."""
    async with request.form(max_fields=MOST_FIELDS, max_part_size=2 * MOST_BYTES) as form:
        return await run_in_threadpool(_weighed, request, workspace, form)


def _weighed(request: Request, workspace: Workspace, form: FormData) -> Response:
    return _page(request, workspace, book_of(form, workspace.process_tracing))


@router.post("/tracing/export/{form}")
async def export_tracing(request: Request, form: TracingFormat) -> Response:
    """Return the workbook as it was changed, or its report."""
    async with request.form(max_fields=MOST_FIELDS, max_part_size=2 * MOST_BYTES) as sent:
        return await run_in_threadpool(_exported, request, form, sent)


def _exported(request: Request, form: TracingFormat, sent: FormData) -> Response:
    part = workspace_of(request).process_tracing
    book = book_of(sent, part)
    if form == "yaml":
        data = book.data
    else:
        reading = part.check_bytes(book.data, book.name)
        again = f"dragoman tracing report {book.name} --format {form}"
        data = part.written(reading, form, language_of(request), again)
    headers = {"content-disposition": f'attachment; filename="workbook.{form}"'}
    return Response(data, media_type=TRACING_FORMATS[form], headers=headers)


def _page(request: Request, workspace: Workspace, book: Book | None) -> Response:
    part = workspace.process_tracing
    reading = part.check_bytes(book.data, book.name) if book else None
    words = words_of(language_of(request), {})
    context: dict[str, Any] = {
        "shared": "",
        "book": book,
        "books": tuple(books_of(workspace)),
        "reading": reading,
        "found": reading.tracing if reading else None,
        "lines": _lines(book.text, reading) if book and reading else {},
        "known": Titles(workspace),
        "scale": part.scale(),
        "formats": tuple(TRACING_FORMATS),
        "w": words.own,
        "likelihood_text": likelihood_text,
        "decibels": decibels,
        "drawn": drawn,
        "swing": swing_of,
    }
    refused = reading is not None and reading.tracing is None
    return render(request, "tracing.html", context, status=422 if refused else 200)


def _lines(text: str, reading: TracingReading) -> dict[int, str]:
    """Return the lines of the workbook that problems name."""
    lines = text.splitlines()
    named = {one.line for one in reading.problems if one.line}
    return {number: lines[number - 1].strip() for number in named if number <= len(lines)}


def decibels(one: Weighed, hypothesis: str) -> float:
    """Return what an item weighs for a hypothesis against the mean of all, in decibels."""
    return 10 * one.ratios[hypothesis] / LN10


def drawn(weight: float) -> float:
    """Return the length of a weight as it is drawn, in units."""
    return round(min(abs(weight) / FULL, 1.0) * HALF, 1)


def swing_of(swing: Swing) -> tuple[float, float]:
    """Return the ends of a swing as they are drawn, in units of 100."""
    return round(100 * min(swing.low, swing.high), 1), round(100 * max(swing.low, swing.high), 1)
