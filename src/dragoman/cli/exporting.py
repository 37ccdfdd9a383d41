"""`dragoman export`: the register as files for other tools."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import filters
from dragoman.cli.filters import Choice, UnknownValueError, query_of
from dragoman.cli.session import say, session_of
from dragoman.model import Entry, UsageError
from dragoman.model.interchange import entry_to_row

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

app = typer.Typer(
    no_args_is_help=True, help="Write the register to a file for other tools.", rich_markup_mode=None
)


class CannotWriteError(UsageError):
    """The file cannot be written."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"{path} cannot be written ({fault.strerror or fault}).", "Choose another --output.")


class NeedsFileError(UsageError):
    """A format that is not for the screen."""

    def __init__(self) -> None:
        super().__init__("An Excel file is not for the screen.", "Add --output provisions.xlsx.")


@app.callback()
def export() -> None:
    """Write the register to a file for other tools."""


@app.command("provisions")
def provisions(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or xlsx.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    document: filters.Documents = None,
    kind: filters.Kinds = None,
    actor: filters.Actors = None,
    counterparty: filters.Counterparties = None,
    technology: filters.Technologies = None,
    instrument: filters.Instruments = None,
    force: filters.Forces = None,
    review: filters.Reviews = None,
    language: filters.Languages = None,
    due_from: filters.DueFrom = None,
    due_to: filters.DueTo = None,
    text: filters.Text = "",
    order: filters.Order = "text",
) -> None:
    """Write lines of the register, one a row, with the fields of the interchange format."""
    if form not in WRITERS:
        raise UnknownValueError("format", form, WRITERS)  # noqa: EM101 - the option's name
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise NeedsFileError
    choice = Choice(
        document, kind, actor, counterparty, technology, instrument, force, review, language,
        due_from, due_to, text, order,
    )  # fmt: skip
    with session_of(ctx).open() as workspace, target(output) as stream:
        tally = Tally(workspace.export(query_of(choice, workspace)))
        WRITERS[form](tally, stream)
    if output is not None:
        say(f"{tally.number:,} lines written to {output}")


class Tally:
    """Counts what passes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.number = 0
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.number += 1
            yield entry


@contextmanager
def target(output: Path | None) -> Iterator[IO[bytes]]:
    """Give the stream to write to; a file appears only when it is whole. Raises CannotWriteError."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as stream:
            partial = Path(stream.name)
        try:
            with partial.open("wb") as whole:
                yield whole
            partial.chmod(0o644)
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as fault:
        raise CannotWriteError(output, fault) from fault


def write_jsonl(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    """Write one JSON object a line."""
    for entry in entries:
        stream.write((json.dumps(entry_to_row(entry), ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def write_csv(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    """Write a table in UTF-8 without byte order mark."""
    text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="")
    csv.writer(text).writerows(cell_rows(entries))
    text.flush()
    text.detach()


def write_xlsx(entries: Iterable[Entry], stream: IO[bytes]) -> None:
    """Write a workbook with one sheet."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet("provisions")
    sheet.freeze_panes = "A2"
    for cells in cell_rows(entries):
        sheet.append([as_text(sheet, cell) if isinstance(cell, str) else cell for cell in cells])
    book.save(stream)


def as_text(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    """Return a cell that stays text even where it starts like a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - slow to load
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    cell: Cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    cell.data_type = "s"
    return cell


def cell_rows(entries: Iterable[Entry]) -> Iterator[list[Any]]:
    """Yield the names of the fields, then a row of cells for each line."""
    for number, row in enumerate(map(entry_to_row, entries)):
        if number == 0:
            yield list(row)
        yield [cell_of(value) for value in row.values()]


def cell_of(value: object) -> str | int | float | None:
    """Return a field as a cell: lists joined by "; ", objects as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if value else ""


WRITERS: Mapping[str, Callable[[Iterable[Entry], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
}
