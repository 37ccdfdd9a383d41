"""Rows of a list in CSV, by the names of their columns, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TextIO

from dragoman.screen.importers.faults import Faults, UnreadableList, limit, unreadable, words_of
from dragoman.screen.importers.source import Source

SHOWN_COLUMNS = 12
MOST_BEFORE = 8
"""Cells before a header among which it is looked for."""


def plain_header(text: str) -> str:
    """Return the name of a column without case, signs and spaces."""
    return "".join(char for char in text.casefold() if char.isalnum())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: where it begins.
        cells: as they stand.
        columns: numbers of the columns of each field.
    """

    line: int
    cells: Sequence[str]
    columns: Mapping[str, tuple[int, ...]]

    def get(self, field: str) -> str:
        """Return the first filled cell of a field, "" where there is none."""
        return next(iter(self.all(field)), "")

    def all(self, field: str) -> list[str]:
        """Return the filled cells of a field: it may have several columns."""
        numbers = (number for number in self.columns.get(field, ()) if number < len(self.cells))
        return [text for number in numbers if (text := self.cells[number].strip())]

    def many(self, field: str, separator: str = ";") -> tuple[str, ...]:
        """Return the parts of a field's cells."""
        return tuple(
            part for cell in self.all(field) for piece in cell.split(separator) if (part := piece.strip())
        )


@dataclass(slots=True)
class Cells:
    """Reads the cells of a CSV file and tells where it is cut or broken.

    Attributes:
        source, faults: the file and what is wrong with it.
        separator: between cells.
    """

    source: Source
    faults: Faults
    separator: str = ","

    def rows(self, file: TextIO) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) of the rows that are not empty. Raises UnreadableList."""
        reader = csv.reader(file, delimiter=self.separator, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as fault:
                raise self._broken(fault, line, reader.line_num) from fault
            if cells is None:
                return
            self._refuse_large(cells, line)
            if any(cells) and cells != ["\x1a"]:
                yield line, cells
            line = reader.line_num + 1

    def _broken(self, fault: csv.Error, line: int, last: int) -> UnreadableList:
        said = str(fault)
        if "field larger" in said:
            return unreadable(self.faults, "list-cell-too-large", line, limit=csv.field_size_limit())
        if "unexpected end" in said:
            return unreadable(self.faults, "list-cut", line, reason="a quotation mark is not closed")
        return unreadable(self.faults, "list-broken-row", line if line == last else last, reason=said)

    def _refuse_large(self, cells: Sequence[str], line: int) -> None:
        most = int(limit("cell"))
        if any(len(cell) > most for cell in cells):
            raise unreadable(self.faults, "list-cell-too-large", line, limit=most)


def table_rows(
    source: Source, faults: Faults, form: str, *, separator: str = ",", preamble: list[str] | None = None
) -> Iterator[Row]:
    """Yield the rows of a table with a header.

    Args:
        source: the file.
        faults: takes what is wrong with single rows.
        form: its columns stand in the pack of forms.
        separator: between cells.
        preamble: takes the cells of rows before the header; None where the header must be the first row.

    Raises:
        UnreadableList: columns are missing, or the file is cut or broken.
    """
    with source.text() as file:
        rows = Cells(source, faults, separator).rows(file)
        line, header, columns = _header(rows, form, preamble)
        _require(header, columns, form, faults, line)
        for number, cells in whole_rows(rows, len(header), source, faults):
            yield Row(number, cells, columns)


def _header(
    rows: Iterator[tuple[int, list[str]]], form: str, preamble: list[str] | None
) -> tuple[int, list[str], dict[str, tuple[int, ...]]]:
    """Return the line, the cells and the columns of the header; what stands before it goes into the preamble."""
    line, header = next(rows, (1, [""]))
    columns = columns_of(header, form)
    first = (line, header, columns)
    while preamble is not None and _missing(columns, form) and len(preamble) < MOST_BEFORE:
        preamble.extend(filter(None, header))
        line, header = next(rows, (0, [""]))
        if not line:
            return first
        columns = columns_of(header, form)
    return line, header, columns


def whole_rows(
    rows: Iterable[tuple[int, list[str]]], wanted: int, source: Source, faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows; say which have too few or too many cells. Raises UnreadableList where the last one is cut."""
    previous: tuple[int, list[str]] | None = None
    for row in chain(rows, [None]):
        if previous is not None:
            _judge(previous, wanted, source, faults, last=row is None)
            yield previous
        previous = row


def _judge(row: tuple[int, list[str]], wanted: int, source: Source, faults: Faults, *, last: bool) -> None:
    line, cells = row
    cut = last and not source.ended
    if cut and len(cells) < wanted:
        raise unreadable(faults, "list-cut", line, reason=f"the last row has {len(cells)} of {wanted} cells")
    if cut:
        faults.add("list-no-last-line-end", line)
    if len(cells) < wanted or any(cells[wanted:]):
        faults.add("list-ragged-row", line, given=len(cells), wanted=wanted)


def columns_of(header: Sequence[str], form: str) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the columns of each field of a form: by the order of the names in the pack."""
    places: dict[str, list[int]] = {}
    for number, name in enumerate(header):
        places.setdefault(plain_header(name), []).append(number)
    fields = words_of("columns")[form]["fields"]
    return {
        field: tuple(number for name in names for number in places.get(plain_header(name), ()))
        for field, names in fields.items()
    }


def _missing(columns: Mapping[str, tuple[int, ...]], form: str) -> list[str]:
    """Return the names of columns that must be there and are not."""
    pack = words_of("columns")[form]
    missing = [pack["fields"][field][0] for field in pack["required"] if not columns[field]]
    any_of = pack.get("any_of", ())
    if any_of and not any(columns[field] for field in any_of):
        missing.append(" or ".join(pack["fields"][field][0] for field in any_of))
    return missing


def _require(
    header: Sequence[str], columns: Mapping[str, tuple[int, ...]], form: str, faults: Faults, line: int
) -> None:
    if missing := _missing(columns, form):
        names = ", ".join(missing)
        raise unreadable(faults, "list-wrong-columns", line, missing=names, found=shown_columns(header))


def shown_columns(header: Sequence[str]) -> str:
    """Return the names of columns for a message."""
    names = [name.strip()[:40] or '""' for name in header]
    return ", ".join(names[:SHOWN_COLUMNS]) + (", ..." if len(names) > SHOWN_COLUMNS else "")
