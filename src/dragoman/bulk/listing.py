"""The inputs of a collection, one by one, with size and hash: what an output is made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.bulk.errors import InputsChangedError, NoStandardInputError
from dragoman.model import Problem, Severity
from dragoman.read import (
    ReadSettings,
    Source,
    UnreadableError,
    expand,
    file_holds_lines,
    has_known_ending,
    is_lines,
)
from dragoman.read.faults import problem

PARQUET = ".parquet"


class Kind(StrEnum):
    """What an input is."""

    FILE = "file"
    LINES = "lines"
    PARQUET = "parquet"
    PROBLEM = "problem"


class Listed(NamedTuple):
    """One input.

    Attributes:
        input: its number, from 0.
        name: path or address.
        kind: what it is.
        bytes: size.
        changed: when it was last changed, nanoseconds since 1970; 0 where that is not known.
        sha256: of its bytes, "" where they are too far away to be hashed beforehand.
        problem: what is wrong with it, as JSON; else "".
    """

    input: int
    name: str
    kind: Kind
    bytes: int = 0
    changed: int = 0
    sha256: str = ""
    problem: str = ""

    def same_as(self, other: Listed) -> bool:
        """Whether it is the same input with the same bytes, as far as size and time or hash tell."""
        same = self[:4] == other[:4] and self.problem == other.problem and self.sha256 == other.sha256
        return same and (bool(self.sha256) or self.changed == other.changed)


def list_inputs(
    inputs: Sequence[str], limits: ReadSettings, known: Mapping[str, Listed] | None = None
) -> Iterator[Listed]:
    """Yield the inputs in the order given, folders and globs sorted by path.

    Args:
        inputs: files, folders, globs.
        limits: of reading.
        known: inputs of an earlier run, by name: one of the same size and time is not hashed again.

    Raises:
        UsageError: standard input.
    """
    number = 0
    for name in inputs:
        if name == "-":
            raise NoStandardInputError
        for source in tables_too(expand([name], limits)):
            yield _listed(number, source, limits, (known or {}).get(source.name))
            number += 1


def tables_too(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield sources, tables among them: to a single reading they are files of a foreign kind."""
    found = False
    for source in sources:
        code = source.problem.code if source.problem else ""
        if code == "skipped-extension" and source.name.lower().endswith(PARQUET):
            found = True
            yield Source(source.name, "file")
        elif not (code == "empty-folder" and found):
            yield source


def _listed(number: int, source: Source, limits: ReadSettings, known: Listed | None) -> Listed:
    if source.problem is not None:
        return Listed(number, source.name, Kind.PROBLEM, problem=problem_json(source.problem))
    try:
        path = Path(source.name)
        status = path.stat()
        kind = _kind_of(path, limits)
        old = known and (known.bytes, known.changed) == (status.st_size, status.st_mtime_ns)
        digest = known.sha256 if known and old else hash_of(path) if path.is_file() else ""
        return Listed(number, source.name, kind, status.st_size, status.st_mtime_ns, digest)
    except UnreadableError as fault:
        found = fault.problem
    except OSError as fault:
        found = problem("not-readable", source.name, reason=fault.strerror or type(fault).__name__)
    return Listed(number, source.name, Kind.PROBLEM, problem=problem_json(found))


def far_input(address: str, size: int, changed: int) -> Listed:
    """Return an input of an object store; what it is, its name tells."""
    if address.lower().endswith(PARQUET):
        return Listed(0, address, Kind.PARQUET, size, changed)
    if is_lines(address):
        return Listed(0, address, Kind.LINES, size, changed)
    if has_known_ending(address):
        return Listed(0, address, Kind.FILE, size, changed)
    return Listed(0, address, Kind.PROBLEM, problem=problem_json(problem("skipped-extension", address)))


def _kind_of(path: Path, limits: ReadSettings) -> Kind:
    if path.name.lower().endswith(PARQUET):
        return _checked_table(path)
    if is_lines(path.name) or (path.is_file() and file_holds_lines(path, limits)):
        return Kind.LINES
    return Kind.FILE


def _checked_table(path: Path) -> Kind:
    """Return that it is a table. Raises UnreadableError where it is none, or has no texts."""
    from pyarrow import ArrowException  # noqa: PLC0415 - slow to load
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415

    try:
        with ParquetFile(path) as table:
            lacking = "text" not in table.schema_arrow.names
    except ArrowException as fault:
        raise UnreadableError(problem("not-text", str(path), reason=f"it is no Parquet file ({fault})")) from fault
    if lacking:
        raise UnreadableError(problem("not-text", str(path), reason="the table has no column `text`"))
    return Kind.PARQUET


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def problem_json(problem: Problem) -> str:
    """Return what is wrong with an input as JSON."""
    row: dict[str, Any] = {"code": problem.code, "severity": problem.severity.value, "message": problem.message}
    row |= {"remedy": problem.remedy, "source": problem.source}
    return json.dumps({**row, "values": dict(problem.values)}, ensure_ascii=False)


def problem_of(text: str) -> Problem:
    """Return the problem of an input that cannot be read, from its JSON."""
    row: dict[str, Any] = json.loads(text)
    return Problem(**{**row, "severity": Severity(row["severity"])})


def to_json(one: Listed) -> str:
    """Return an input as a line of the listing."""
    return json.dumps(one._asdict(), ensure_ascii=False)


def from_json(line: str) -> Listed:
    """Return an input of a line of the listing."""
    row = json.loads(line)
    return Listed(**{**row, "kind": Kind(row["kind"])})


def compare(output: str, before: Sequence[Listed], now: Sequence[Listed]) -> None:
    """Hold the inputs of a run against those the output was begun with. Raises InputsChangedError."""
    for old, new in zip(before, now, strict=False):
        if not old.same_as(new):
            raise InputsChangedError(output, new.name)
    if len(before) != len(now):
        longer = before if len(before) > len(now) else now
        raise InputsChangedError(output, longer[min(len(before), len(now))].name)
