"""From an output to a register: the documents, lines and problems that reading the inputs would have given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from dragoman.bulk.columns import document_from_row, problem_from_row, provision_from_row
from dragoman.bulk.errors import DamagedPartError, UnfinishedError
from dragoman.bulk.output import COMPLETE, LocalFolder, Output, Part, place_of
from dragoman.bulk.report import Progress
from dragoman.register import Register

_TASK = re.compile(r"part-(\d+)-")
"""Names that Spark gives: files of the same task hold the same documents."""
_PLACE = itemgetter("input", "row")
_ROWS = 100
"""Rows of a table that are taken at a time."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the documents of an output.

    Attributes:
        statuses: how many are "new", "version", "recoded", "unchanged".
        provisions: lines in them.
        failures: inputs that gave no document; their problems are in the register.
    """

    statuses: Mapping[str, int]
    provisions: int
    failures: int


class BulkLoader:
    """Loads outputs into one register."""

    def __init__(self, register: Register, clock: Callable[[], datetime]) -> None:
        self._register = register
        self._clock = clock

    def load(self, output: str | Path, progress: Progress | None = None) -> LoadReport:
        """Load an output, one transaction a document. A load that was killed goes on when it is called again.

        Args:
            output: folder that `read_bulk` has written.
            progress: told the documents done, those in all, and the last one.

        Raises:
            NotFoundError: it is no output.
            ConflictError: its reading has not ended.
            StoreError: a part is damaged, or the register cannot be written; what was loaded is kept.
        """
        folder = Path(output)
        source = Output(LocalFolder(folder))
        state, parts = source.reopened()["state"], source.parts()
        if state != COMPLETE:
            raise UnfinishedError(str(folder), len(parts))
        statuses: Counter[str] = Counter()
        lines = done = 0
        total = sum(part.rows["documents"] for part in parts)
        for part in parts:
            for document, provisions in documents_of(folder, part):
                statuses[self._keep(document, provisions)] += 1
                lines += len(provisions)
                done += 1
                if progress:
                    progress(done, total, document["doc"])
            self._keep_failures(folder, part)
        return LoadReport(dict(statuses), lines, sum(part.rows["failures"] for part in parts))

    def _keep(self, row: Row, provisions: Sequence[Row]) -> str:
        document, problems = document_from_row(row), tuple(map(problem_from_row, row["problems"]))
        if self._register.holds(document, row["coder"]):
            return self._register.as_it_stands(document.slug, row["source"], problems)[0].status
        lines = tuple(map(provision_from_row, provisions))
        saved, _ = self._register.save(
            document, lines, coder=row["coder"], at=self._clock(), source=row["source"], problems=problems
        )
        return saved.status

    def _keep_failures(self, folder: Path, part: Part) -> None:
        for path in _files(folder, "failures", part.number).values():
            for (_, source), rows in groupby(_rows(path), key=lambda row: (_PLACE(row), row["source"])):
                found = tuple(problem_from_row(row | {"source": row["named"]}) for row in rows)
                self._register.keep_problems(source, None, found)


def documents_of(folder: Path, part: Part) -> Iterator[tuple[Row, list[Row]]]:
    """Yield the documents of a part with their lines, both as rows. Raises DamagedPartError."""
    provisions = _files(folder, "provisions", part.number)
    found = lines = 0
    for task, path in _files(folder, "documents", part.number).items():
        own = groupby(_rows(provisions[task]) if task in provisions else iter(()), key=_PLACE)
        ahead = next(own, None)
        for document in _rows(path):
            rows: list[Row] = []
            if ahead is not None and ahead[0] == _PLACE(document):
                rows = list(ahead[1])
                ahead = next(own, None)
            if len(rows) != document["provisions"]:
                raise DamagedPartError(str(path), f"{document['doc']} lacks lines")
            found, lines = found + 1, lines + len(rows)
            yield document, rows
    if (found, lines) != (part.rows["documents"], part.rows["provisions"]):
        raise DamagedPartError(str(folder / place_of("documents", part.number)), "it has not all its rows")


def _files(folder: Path, table: str, number: int) -> dict[str, Path]:
    """Return the files of a part of a table by the task that wrote them, in order."""
    paths = sorted((folder / place_of(table, number)).glob("*.parquet"))
    return {found.group(1) if (found := _TASK.match(path.name)) else path.stem: path for path in paths}


def _rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file. Raises DamagedPartError."""
    try:
        with ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as fault:
        raise DamagedPartError(str(path), str(fault)) from fault
