"""The lines of the register as files: JSON Lines, CSV, Excel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Literal

from openpyxl import Workbook

from dragoman.model import Entry
from dragoman.model.interchange import entry_to_row

Format = Literal["jsonl", "csv", "xlsx"]

FORMATS: Mapping[Format, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats with their media types."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""Signs at the start of a cell that make a spreadsheet compute it."""


def _cell(value: object) -> str | int | float | None:
    """Return a value as a cell: lists of names with "; ", other structures as JSON, formulas defused."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _cell("; ".join(value))
    return json.dumps(value, ensure_ascii=False)


def _rows(entries: Iterable[Entry]) -> Iterator[list[str | int | float | None]]:
    for number, row in enumerate(map(entry_to_row, entries)):
        if number == 0:
            yield list(row)
        yield [_cell(value) for value in row.values()]


def as_jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield one JSON object a line."""
    for entry in entries:
        yield (json.dumps(entry_to_row(entry), ensure_ascii=False) + "\n").encode()


def as_csv(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a table in UTF-8 with a byte order mark, so that Excel recognises it."""
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
    for row in _rows(entries):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()


def as_xlsx(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("provisions")
    for row in _rows(entries):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    yield target.getvalue()


WRITERS: Mapping[Format, Callable[[Iterable[Entry]], Iterator[bytes]]] = {
    "jsonl": as_jsonl,
    "csv": as_csv,
    "xlsx": as_xlsx,
}


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return the same pieces with the first one made, so that an error comes before the answer's head."""
    return chain([next(pieces, b"")], pieces)


def download_headers(form: str) -> dict[str, Any]:
    """Return the headers of a download."""
    return {"content-disposition": f'attachment; filename="provisions.{form}"'}
