"""The documents of a collection, each where it can be read from: a file, or a line of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from dragoman.bulk.listing import Kind, Listed, problem_json
from dragoman.bulk.stores import opened, table_in
from dragoman.read import NumberedLine, ReadResult, ReadSettings, lines_of, name_of_line, slugify, stem_of

MOST_ITEMS = 1000
"""Documents of a part: one that is given up costs no more than these."""
_ROWS = 256
"""Rows of a Parquet file taken at a time."""
COLUMNS = ("id", "title", "date", "url", "text", "kind", "parties", "language", "languages", "work")
"""Columns of a Parquet file that are looked at."""


class Way(StrEnum):
    """How an item is read."""

    FILE = "file"
    """By the path."""
    BYTES = "bytes"
    """From the bytes that come along."""
    LINE = "line"
    """From the JSON object that comes along."""
    PROBLEM = "problem"
    """Not at all; the problem comes along."""


class Item(NamedTuple):
    """One document to read.

    Attributes:
        input: number of the input in the listing.
        row: line or row in it, from 1; 0 for a whole file.
        way: how it is read.
        name: path or address of the input.
        data: bytes, line, or problem as JSON.
        size: bytes, for the measure of a part.
        taken: the name it asks for, where an earlier document has it; else "".
    """

    input: int
    row: int
    way: Way
    name: str
    data: bytes = b""
    size: int = 0
    taken: str = ""

    @property
    def source(self) -> str:
        """What the item is called in messages and in the register."""
        return f"{self.name}#{self.row}" if self.row else self.name

    def asks_for(self) -> str | None:
        """Return the name it asks for, None where it is no document."""
        if self.way is Way.PROBLEM:
            return None
        if self.way is not Way.LINE:
            return slugify(stem_of(self.name))
        name = name_of_line(NumberedLine(self.row, self.data), stem_of(self.name))
        return None if name is None else slugify(name)


def items_of(listing: Iterable[Listed], limits: ReadSettings) -> Iterator[Item]:
    """Yield the documents of a collection in order, without regard to names that two of them ask for."""
    for one in listing:
        if one.kind is Kind.PROBLEM:
            yield Item(one.input, 0, Way.PROBLEM, one.name, one.problem.encode())
        elif one.kind is Kind.LINES:
            yield from _lines(one, limits)
        elif one.kind is Kind.PARQUET:
            yield from _rows(one)
        else:
            yield Item(one.input, 0, Way.FILE, one.name, size=one.bytes)


def _lines(one: Listed, limits: ReadSettings) -> Iterator[Item]:
    with opened(one.name) as stream:
        for found in lines_of(stream, one.name, limits):
            if isinstance(found, ReadResult):
                yield Item(one.input, 0, Way.PROBLEM, one.name, problem_json(found.problems[0]).encode())
            else:
                yield Item(one.input, found.number, Way.LINE, one.name, found.line, len(found.line))


def _rows(one: Listed) -> Iterator[Item]:
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - slow to load

    with ParquetFile(table_in(one.name)) as table:
        columns = [name for name in COLUMNS if name in table.schema_arrow.names]
        row = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            for found in batch.to_pylist():
                row += 1
                line = line_of(found)
                yield Item(one.input, row, Way.LINE, one.name, line, len(line))


def line_of(row: Mapping[str, Any]) -> bytes:
    """Return a row of a table as a line of JSON lines."""
    stated = {name: value for name, value in row.items() if value is not None}
    return json.dumps(stated, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def parts_of(items: Iterable[Item], part_bytes: int) -> Iterator[list[Item]]:
    """Yield items in parts: each is full when it has so many bytes, or `MOST_ITEMS` documents."""
    part: list[Item] = []
    size = 0
    for item in items:
        part.append(item)
        size += item.size
        if size >= part_bytes or len(part) >= MOST_ITEMS:
            yield part
            part, size = [], 0
    if part:
        yield part
