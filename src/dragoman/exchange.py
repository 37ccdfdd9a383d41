"""The lines of the register as files: JSON Lines, CSV, Excel; the same bytes for the page and the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from dragoman.model import Entry
from dragoman.model.interchange import entry_to_row

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Format = Literal["jsonl", "csv", "xlsx"]

FORMATS: Mapping[Format, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats with their media types."""

Cell = str | int | float | None


def cell_of(value: object) -> Cell:
    """Return a field as a cell: lists of names joined by "; ", objects as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if value else ""


def rows_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Cell]]:
    """Yield the names of the fields, then a row of cells for each object; nothing for no object."""
    for number, row in enumerate(rows):
        if number == 0:
            yield list(row)
        yield [cell_of(value) for value in row.values()]


def as_jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield one JSON object a line."""
    for entry in entries:
        yield (json.dumps(entry_to_row(entry), ensure_ascii=False) + "\n").encode("utf-8", "replace")


def as_csv(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield lines of the register as a table in UTF-8 without byte order mark."""
    yield from csv_of(map(entry_to_row, entries))


def as_xlsx(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a workbook with the lines of the register on its one sheet, whole."""
    yield from xlsx_of(map(entry_to_row, entries), "provisions")


def csv_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield objects with the same fields as a table in UTF-8 without byte order mark."""
    for row in rows_of(rows):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode("utf-8", "replace")


def spreadsheet_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Mapping[str, Any]], title: str) -> Iterator[bytes]:
    """Yield a workbook with objects of the same fields on one sheet of a title, whole."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows_of(rows):
        sheet.append([as_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    yield target.getvalue()


def as_text(sheet: WriteOnlyWorksheet, value: str) -> SheetCell:
    """Return a cell that stays text even where it starts like a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - slow to load
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    cell: SheetCell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value))
    cell.data_type = "s"
    return cell


WRITERS: Mapping[Format, Callable[[Iterable[Entry]], Iterator[bytes]]] = {
    "jsonl": as_jsonl,
    "csv": as_csv,
    "xlsx": as_xlsx,
}
