"""The rows of a batch, one case each: CSV, JSON lines or Parquet, read as they come, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from dragoman.check.located import (
    Entry,
    Fields,
    Items,
    Located,
    NotReadableError,
    Scalar,
    TooMuchError,
    parse_json,
)
from dragoman.model import NotFoundError, UsageError

ENDINGS = (".csv", ".jsonl", ".parquet")
LONGEST_CELL = 1_000_000
PARQUET_ROWS = 1_000
"""Rows of a Parquet file held at once."""


class UnknownBatchError(UsageError):
    """A batch in a form that is not read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a batch that can be read.", f"Name it {', '.join(ENDINGS)}.")


class BatchNotReadableError(NotFoundError):
    """A batch file that cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The batch {path} cannot be read ({reason}).", "Check the path and the file.")


class NoParquetError(UsageError):
    """Parquet without pyarrow."""

    def __init__(self) -> None:
        super().__init__(
            "Parquet needs pyarrow, which is not installed.",
            'Install it with `pip install "dragoman[bulk]"`, or give the batch as CSV or JSON lines.',
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: in the file, from 1; number of the row in a Parquet file.
        fields: None where the row cannot be read.
        is_flat: whether facts stand in columns; else it has the form of a case file.
        fault: why it cannot be read.
    """

    line: int
    fields: Fields | None
    is_flat: bool = False
    fault: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a batch.

    Raises:
        UnknownBatchError: another ending than `ENDINGS`.
        BatchNotReadableError: the file cannot be opened, or is not of its form.
        NoParquetError: pyarrow is missing.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise UnknownBatchError(path)
    if ending == ".parquet":
        yield from parquet_rows(path)
        return
    try:
        with path.open(encoding="utf-8-sig", newline="" if ending == ".csv" else None) as stream:
            yield from csv_rows(stream) if ending == ".csv" else jsonl_rows(stream)
    except OSError as fault:
        raise BatchNotReadableError(path, fault.strerror or str(fault)) from fault
    except UnicodeDecodeError as fault:
        raise BatchNotReadableError(path, f"it is not UTF-8 at byte {fault.start} of a block") from fault
    except csv.Error as fault:
        raise BatchNotReadableError(path, str(fault)) from fault


def csv_rows(stream: IO[str]) -> Iterator[Row]:
    """Yield the rows of a table whose first line names the columns."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(stream, strict=True)
    header = [name.strip() for name in next(reader, [])]
    for cells in reader:
        line = reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Row(line, None, fault=f"it has {len(cells)} cells, the first line has {len(header)}")
            continue
        pairs = zip(header, cells, strict=True)
        yield Row(
            line, Fields(tuple(Entry(n, Scalar(c.strip(), line), line) for n, c in pairs), line), is_flat=True
        )


def jsonl_rows(stream: IO[str]) -> Iterator[Row]:
    """Yield the objects of JSON lines; each has the form of a case file."""
    for line, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        try:
            node = parse_json(text)
        except (NotReadableError, TooMuchError) as fault:
            yield Row(line, None, fault=f"it is not JSON: {fault.reason}")
            continue
        yield Row(line, node) if isinstance(node, Fields) else Row(line, None, fault="it is not a JSON object")


def parquet_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a Parquet file, some thousand held at once."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional, slow to load
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as fault:
        raise NoParquetError from fault
    try:
        with pq.ParquetFile(path) as file:
            line = 0
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                for row in batch.to_pylist():
                    line += 1
                    entries = tuple(Entry(str(name), located(value, line), line) for name, value in row.items())
                    yield Row(line, Fields(entries, line), is_flat=True)
    except (OSError, pa.ArrowException) as fault:
        raise BatchNotReadableError(path, str(fault).split("\n", maxsplit=1)[0]) from fault


def located(value: Any, line: int) -> Located:  # noqa: ANN401 - any value of a Parquet cell
    """Return a cell as a value with its line."""
    if isinstance(value, dict):
        return Fields(tuple(Entry(str(name), located(inner, line), line) for name, inner in value.items()), line)
    if isinstance(value, list | tuple):
        return Items(tuple(located(inner, line) for inner in value), line)
    if value is None:
        return Scalar("", line)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", line)
    if isinstance(value, date):
        return Scalar(value.isoformat()[: len("2026-03-31")], line)
    return Scalar(str(value), line, plain=not isinstance(value, str))
