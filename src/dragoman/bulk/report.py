"""What a bulk reading tells at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dragoman.bulk.columns import SERIOUS, TABLES, problem_from_row
from dragoman.bulk.output import Output
from dragoman.model import Problem

Progress = Callable[[int, int | None, str], None]
"""Called with (documents done, documents in all or None while unknown, what is being read)."""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """Rows of an output.

    Attributes:
        output: where it is.
        parts: how many there are.
        documents, provisions, failures: rows of the tables.
        serious: failures that are more than a note.
    """

    output: str
    parts: int
    documents: int
    provisions: int
    failures: int
    serious: int


def report_of(output: Output) -> BulkReport:
    """Return the rows of an output."""
    parts = output.parts()
    rows = {name: sum(part.rows[name] for part in parts) for name in (*TABLES, SERIOUS)}
    return BulkReport(output.folder.name, len(parts), **rows)


def failures_in(output: str, most: int) -> tuple[Problem, ...]:
    """Return the first failures of an output in a folder of this machine, notes left out."""
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - slow to load

    paths = sorted(Path(output).glob("failures/part=*/*.parquet"))
    rows = (row for path in paths for row in ParquetFile(path).read().to_pylist() if row["severity"] != "note")
    return tuple(map(problem_from_row, islice(rows, most)))
