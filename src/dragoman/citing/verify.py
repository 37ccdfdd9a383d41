"""Whether a snapshot is as it was written, and in which lines a register differs from it.

A snapshot may come from anywhere: only files that the manifest names are read, each no further than it says, and
nothing is unpacked.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from dragoman.citing.errors import NoSnapshotError
from dragoman.citing.snapshot import CHUNK, LINES, MANIFEST, id_of
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Kind, Language, Problem, Query, ReviewState, Severity
from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.model.interchange import entry_to_row
from dragoman.register import Register

PROBLEMS = "citing/problems.yaml"
MOST_MANIFEST = 50_000_000
"""Bytes of a manifest."""
MOST_LINE = 50_000_000
"""Bytes of a line of a snapshot."""
MOST_DIFFERENCES = 1000
"""Differences from a register that are told one by one."""
UNREADABLE = (*DAMAGED_ARCHIVE, OSError)
"""What a file that is damaged or of another kind is refused with."""
CHANGED, ONLY_THERE, ONLY_HERE = "changed", "only in the snapshot", "only in the register"
HEAD = ("form", "dragoman", "grammar", "data", "as_of", "query", "counts", "coders")


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a snapshot since it was written.

    Attributes:
        id: as its manifest says.
        files: how many were compared.
        problems: files that are missing, added or changed; lines that differ from a register.
        differences: of lines, where a register was compared: changed, only there, only here.
    """

    id: str
    files: int
    problems: tuple[Problem, ...]
    differences: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether every file is as it was written."""
        return all(one.severity is not Severity.ERROR for one in self.problems)


class _Holder:
    """The files of a snapshot, in a folder or a ZIP file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = zipfile.ZipFile(path) if path.is_file() else None

    def close(self) -> None:
        if self._archive is not None:
            self._archive.close()

    def names(self) -> set[str]:
        """Return the names of all files."""
        if self._archive is not None:
            return {one.filename for one in self._archive.infolist() if not one.is_dir()}
        paths = (one for one in self._path.rglob("*") if one.is_file())
        return {one.relative_to(self._path).as_posix() for one in paths}

    def open(self, name: str) -> IO[bytes]:
        """Return a file. Raises OSError, KeyError, RuntimeError, BadZipFile for one that cannot be read."""
        if self._archive is not None:
            return self._archive.open(name)
        return (self._path / name).open("rb")


@contextmanager
def _held(path: Path) -> Iterator[tuple[_Holder, Mapping[str, Any]]]:
    """Give the files and the manifest of a snapshot. Raises NoSnapshotError."""
    try:
        holder = _Holder(path)
    except UNREADABLE as fault:
        raise NoSnapshotError(path, str(fault)) from fault
    try:
        yield holder, _manifest(path, holder)
    finally:
        holder.close()


def _manifest(path: Path, holder: _Holder) -> Mapping[str, Any]:
    try:
        with holder.open(MANIFEST) as stream:
            manifest = json.loads(stream.read(MOST_MANIFEST))
        rows = [*manifest["files"], *manifest["citation_files"]]
        told = {str(row["name"]): (int(row["bytes"]), str(row["sha256"])) for row in rows}
        whole = {key: manifest[key] for key in ("id", "files", "citation", *HEAD)}
    except (*UNREADABLE, TypeError) as fault:
        raise NoSnapshotError(path, f"its manifest cannot be read: {fault}") from fault
    return {**whole, "told": told}


def verify(path: Path) -> Verified:
    """Return whether a snapshot is as it was written. Raises NoSnapshotError."""
    with _held(path) as (holder, manifest):
        names = holder.names()
        problems = [
            problem
            for name, told in sorted(manifest["told"].items())
            if (problem := _file_problem(holder, path, name, told, there=name in names)) is not None
        ]
        problems += [
            _problem("snapshot-file-added", path, file=name)
            for name in sorted(names - {*manifest["told"], MANIFEST})
        ]
        found = id_of({key: manifest[key] for key in HEAD}, manifest["files"])
        if found != manifest["id"]:
            problems.append(_problem("snapshot-id", path))
        return Verified(manifest["id"], len(manifest["told"]), tuple(problems), {})


def _file_problem(holder: _Holder, path: Path, name: str, told: tuple[int, str], *, there: bool) -> Problem | None:
    """Return what is wrong with a file, None where it is as it was written."""
    if not there:
        return _problem("snapshot-file-missing", path, file=name)
    try:
        size, digest = _measured(holder, name, told[0])
    except UNREADABLE as fault:
        return _problem("snapshot-file-changed", path, file=name, what=f"cannot be read ({fault})")
    if (size, digest) != told:
        return _problem("snapshot-file-changed", path, file=name, what="is not as it was written")
    return None


def _measured(holder: _Holder, name: str, most: int) -> tuple[int, str]:
    """Return length and hash of a file, read no further than one byte beyond what it should have."""
    digest, size = hashlib.sha256(), 0
    with holder.open(name) as stream:
        while size <= most and (piece := stream.read(min(CHUNK, most + 1 - size))):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _problem(code: str, path: Path, **values: object) -> Problem:
    return worded(PROBLEMS, code, Place(str(path)), values)


def compared(path: Path, register: Register) -> Verified:
    """Return whether a snapshot is as it was written, and in which lines a register differs from it.

    Args:
        path: of the snapshot.
        register: the lines that fit the query of the snapshot are compared.

    Raises:
        NoSnapshotError: there is none, or its query or lines cannot be read.
    """
    whole = verify(path)
    if not whole.sound:
        return whole
    with _held(path) as (holder, manifest):
        try:
            query = query_of(manifest["query"])
            lines = dict(_lines(holder))
        except (*UNREADABLE, TypeError) as fault:
            raise NoSnapshotError(path, str(fault)) from fault
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    for entry in register.export(query):
        row = entry_to_row(entry)
        before = lines.pop(entry.provision.id, None)
        if before == row:
            continue
        what = ONLY_HERE if before is None else CHANGED
        fields = [] if before is None else sorted(name for name in row if row[name] != before.get(name))
        _tell(problems, counts, path, entry.provision.id, what, fields)
    for identifier in lines:
        _tell(problems, counts, path, identifier, ONLY_THERE, [])
    return replace(whole, problems=(*whole.problems, *problems), differences=dict(counts))


def _tell(
    problems: list[Problem], counts: Counter[str], path: Path, identifier: str, what: str, fields: list[str]
) -> None:
    counts[what] += 1
    if len(problems) < MOST_DIFFERENCES:
        detail = f" ({', '.join(fields)})" if fields else ""
        problems.append(_problem("snapshot-line-differs", path, line_id=identifier, what=what, fields=detail))


def _lines(holder: _Holder) -> Iterator[tuple[str, dict[str, Any]]]:
    with holder.open(LINES) as stream:
        while line := stream.readline(MOST_LINE):
            row = json.loads(line)
            yield row["id"], row


def query_of(row: Mapping[str, Any]) -> Query:
    """Return the query of a manifest. Raises ValueError for one that is none."""
    kinds = {"kinds": Kind, "languages": Language, "reviews": ReviewState}
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in {"due_from", "due_to"}:
            values[name] = date.fromisoformat(value)
        elif isinstance(value, list):
            values[name] = tuple(kinds.get(name, lambda one: one)(one) for one in value)
        else:
            values[name] = value
    try:
        return Query(**{**values, "limit": None})
    except TypeError as fault:
        raise ValueError(str(fault)) from fault
