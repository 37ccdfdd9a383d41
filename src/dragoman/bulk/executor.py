"""What runs on the executors of Spark: Arrow in, Arrow out, the reading itself in a watched process of its own.

So a document that ends a process or takes too long is a failure row here as on one machine, and Spark's own
retries are left for machines that fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from dragoman.bulk.columns import TABLES
from dragoman.bulk.items import Item, Way, line_of, parts_of
from dragoman.bulk.names import Census
from dragoman.bulk.pool import Pool
from dragoman.bulk.worker import Done, Job
from dragoman.read import ReadSettings

ITEMS = pa.schema(
    [
        ("input", pa.int32()),
        ("row", pa.int64()),
        ("way", pa.string()),
        ("name", pa.string()),
        ("data", pa.binary()),
        ("size", pa.int64()),
        ("taken", pa.string()),
    ]
)
NAMES = pa.schema([("name", pa.string()), ("input", pa.int32()), ("row", pa.int64())])
RESULTS = pa.schema([(name, pa.struct(list(schema))) for name, schema in TABLES.items()])
"""One column a table; a row has one of them."""
CHUNK = 1 << 22
"""Bytes that are handed to the reading process at a time."""
_NUMBERS = count()

Batches = Iterator[pa.RecordBatch]
Known = Mapping[str, tuple[int, str]]
"""Number and name of each input by the path that Spark gives."""
Mapped = Callable[[Batches], Batches]


def plain(path: str) -> str:
    """Return a path or address as Spark gives it, without what differs from one reader to the next."""
    bare = unquote(path)
    return f"/{bare.removeprefix('file:').lstrip('/')}" if bare.startswith("file:") else bare


def items_from_lines(known: Known) -> Mapped:
    """Return what makes items of lines: columns `path` and `value`, a file in one stretch."""

    def make(batches: Batches) -> Batches:
        numbers: dict[str, int] = {}
        for batch in batches:
            items = []
            for path, line in zip(batch["path"].to_pylist(), batch["value"].to_pylist(), strict=True):
                numbers[path] = row = numbers.get(path, 0) + 1
                number, name = known[plain(path)]
                if line.strip():
                    items.append(Item(number, row, Way.LINE, name, line, len(line)))
            yield batch_of(items)

    return make


def items_from_rows(known: Known) -> Mapped:
    """Return what makes items of rows of tables: columns `path`, `place` and those of the documents."""

    def make(batches: Batches) -> Batches:
        for batch in batches:
            items = []
            for found in batch.to_pylist():
                number, name = known[plain(found.pop("path"))]
                row = found.pop("place") + 1
                line = line_of(found)
                items.append(Item(number, row, Way.LINE, name, line, len(line)))
            yield batch_of(items)

    return make


def items_from_files(known: Known) -> Mapped:
    """Return what makes items of whole files: columns `path` and `content`."""

    def make(batches: Batches) -> Batches:
        for batch in batches:
            rows = zip(batch["path"].to_pylist(), batch["content"].to_pylist(), strict=True)
            yield batch_of(Item(*known_as(known, path), data, len(data)) for path, data in rows)

    return make


def known_as(known: Known, path: str) -> tuple[int, int, Way, str]:
    """Return the first fields of the item of a whole file."""
    number, name = known[plain(path)]
    return number, 0, Way.BYTES, name


def batch_of(items: Any) -> pa.RecordBatch:  # noqa: ANN401 - any iterable of items
    """Return items as a batch."""
    return pa.RecordBatch.from_pylist([item._asdict() for item in items], schema=ITEMS)


def items_in(batch: pa.RecordBatch) -> Iterator[Item]:
    """Yield the items of a batch."""
    for row in batch.to_pylist():
        yield Item(**{**row, "way": Way(row["way"])})


def names_asked(batches: Batches) -> Batches:
    """Yield the name that each item asks for, with its place."""
    for batch in batches:
        rows = [{"name": item.asks_for(), "input": item.input, "row": item.row} for item in items_in(batch)]
        yield pa.RecordBatch.from_pylist(rows, schema=NAMES)


def read_items(limits: ReadSettings, seconds: float, counted: Census) -> Mapped:
    """Return what reads items into rows of the tables."""

    def read(batches: Batches) -> Batches:
        for done in pool_of(limits, seconds).run(_jobs(batches, counted)):
            yield from results_of(done)

    return read


def _jobs(batches: Batches, counted: Census) -> Iterator[Job]:
    for batch in batches:
        for part in parts_of(map(counted.placed, items_in(batch)), CHUNK):
            yield Job(next(_NUMBERS), part)


@cache
def pool_of(limits: ReadSettings, seconds: float) -> Pool:
    """Return the one process that reads for this executor's; it lives from task to task and ends with it."""
    return Pool(1, limits, seconds)


def results_of(done: Done) -> Batches:
    """Yield what was read: a batch a table, in which the columns of the others are empty."""
    for name, stream in done.streams.items():
        table = pa.ipc.open_stream(stream).read_all()
        for batch in table.to_batches():
            own = pa.StructArray.from_arrays(batch.columns, fields=list(batch.schema))
            columns = [own if field.name == name else pa.nulls(len(own), field.type) for field in RESULTS]
            yield pa.RecordBatch.from_arrays(columns, schema=RESULTS)
