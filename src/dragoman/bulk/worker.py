"""A process that reads one part after another; it ends when nobody talks to it any more."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.bulk.columns import SERIOUS, Rows, rows_of, tables_of
from dragoman.bulk.items import Item
from dragoman.bulk.reading import ItemReader, Read, given_up
from dragoman.read import ReadSettings

ROW_GROUP = 1000
"""Rows that a reader of the tables has in memory at least."""


@dataclass(slots=True)
class Job:
    """A part to read.

    Attributes:
        number: of the part.
        items: its documents.
        work: folder to write the part to; None to send the tables back.
        failed: code of the failure of items that are not tried again, by their place.
    """

    number: int
    items: list[Item]
    work: Path | None = None
    failed: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A part that was read: rows of each table, and the tables as Arrow streams where they were asked for."""

    number: int
    rows: Mapping[str, int]
    streams: Mapping[str, bytes] = field(default_factory=dict)


Message = int | Done | None
"""What a worker says: the place of the item it begins, a part that is done, or None once it is ready."""


def serve(connection: Connection, limits: ReadSettings, seconds: float) -> None:
    """Read the parts that come, until the other side is gone."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    reader = ItemReader(limits, seconds)
    try:
        reader.load()
        connection.send(None)
        while True:
            job: Job = connection.recv()
            connection.send(_done(job, rows_of(_read(job, reader, connection, seconds))))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return


def _read(job: Job, reader: ItemReader, connection: Connection, seconds: float) -> Iterator[tuple[Item, Read]]:
    for place, item in enumerate(job.items):
        connection.send(place)
        if place in job.failed:
            yield item, given_up(item, job.failed[place], seconds=seconds)
            continue
        for read in reader.read(item):
            yield item, read
    connection.send(len(job.items))


def _done(job: Job, rows: Rows) -> Done:
    """Return what is told of a part, its tables written or along with it."""
    tables = tables_of(rows)
    counts = {name: table.num_rows for name, table in tables.items()}
    counts[SERIOUS] = sum(row["severity"] != "note" for row in rows["failures"])
    if job.work is None:
        return Done(job.number, counts, {name: _stream(table) for name, table in tables.items()})
    for name, table in tables.items():
        path = job.work / f"{name}-{job.number:05d}.parquet"
        pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
    return Done(job.number, counts)


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    found: bytes = sink.getvalue().to_pybytes()
    return found
