"""The folder that a bulk reading writes: tables in parts, a marker for each finished part, a manifest.

    manifest.json            what was read by what, how far it is, and at the end the rows of each part
    inputs.jsonl             every input with size and hash
    documents/part=00000/    a part of each table, as Parquet
    provisions/part=00000/
    failures/part=00000/
    _commits/00000.json      this part is whole: nothing counts without its marker
    _work/                   parts that are being written

A part gets its marker in one step when its files lie under their names; a run that is killed before writes them
again. So each input's rows are there exactly once, whatever happens.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from socket import gethostname
from typing import Any, NamedTuple, Protocol, TextIO

from dragoman.bulk.columns import SERIOUS, TABLES
from dragoman.bulk.errors import (
    AnotherRunError,
    CannotWriteError,
    ForeignFolderError,
    NoOutputError,
    SettingsChangedError,
)
from dragoman.bulk.listing import Listed, compare, from_json, to_json

MANIFEST = "manifest.json"
INPUTS = "inputs.jsonl"
COMMITS = "_commits"
CLAIMS = "_claims"
WORK = "_work"
DATA = "data.parquet"
RUNNING, COMPLETE = "running", "complete"


class Folder(Protocol):
    """Where small files of an output are kept: on this machine, or where Spark writes."""

    name: str

    def read(self, name: str) -> str | None:
        """Return a file, None where there is none."""

    def write(self, name: str, text: str) -> None:
        """Write a file: it appears under its name whole. Raises StoreError."""

    def list(self, name: str = "") -> Sequence[str]:
        """Return the names in a folder of the output, sorted; none where it is not there."""


class LocalFolder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def read(self, name: str) -> str | None:
        """See `Folder`."""
        path = self.path / name
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def write(self, name: str, text: str) -> None:
        """See `Folder`."""
        path = self.path / name
        partial = path.with_name(f".{path.name}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(path)
        except OSError as fault:
            raise CannotWriteError(self.name, fault) from fault

    def list(self, name: str = "") -> Sequence[str]:
        """See `Folder`."""
        folder = self.path / name
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


class Part(NamedTuple):
    """A finished part: its number, and the rows of each table."""

    number: int
    rows: Mapping[str, int]


class Output:
    """An output while it is written or read."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._parts: dict[int, Part] = {}

    def manifest(self) -> dict[str, Any]:
        """Return the manifest. Raises NoOutputError."""
        text = self.folder.read(MANIFEST)
        if text is None:
            raise NoOutputError(self.folder.name)
        found: dict[str, Any] = json.loads(text)
        return found

    def listing(self) -> list[Listed]:
        """Return the inputs the output was begun with; none where it was not."""
        return [from_json(line) for line in (self.folder.read(INPUTS) or "").splitlines()]

    def begin(self, identity: Mapping[str, Any], listing: Sequence[Listed]) -> bool:
        """Begin an output, or go on with one; return whether it is complete already.

        Raises:
            ConflictError: it was begun otherwise, or the folder holds something else.
        """
        text = self.folder.read(MANIFEST)
        if text is None:
            self._create(identity, listing)
            return False
        manifest = json.loads(text)
        changed = list(_changes(manifest, identity))
        if changed:
            raise SettingsChangedError(self.folder.name, changed)
        compare(self.folder.name, self.listing(), listing)
        self._parts = {part.number: part for part in self._marked()}
        return bool(manifest["state"] == COMPLETE)

    def _create(self, identity: Mapping[str, Any], listing: Sequence[Listed]) -> None:
        """Write what an output is made from; the manifest last."""
        own = {INPUTS, WORK, ".lock", CLAIMS}
        if not own.issuperset(self.folder.list()):
            raise ForeignFolderError(self.folder.name)
        lines = "".join(f"{to_json(one)}\n" for one in listing)
        self.folder.write(INPUTS, lines)
        inputs = {
            "number": len(listing),
            "bytes": sum(one.bytes for one in listing),
            "sha256": sha256(lines.encode("utf-8", "surrogatepass")).hexdigest(),
        }
        self._write_manifest({"state": RUNNING, **identity, "inputs": inputs})

    def parts(self) -> tuple[Part, ...]:
        """Return the finished parts, in order."""
        return tuple(self._parts[number] for number in sorted(self._parts))

    def _marked(self) -> Iterator[Part]:
        for name in self.folder.list(COMMITS):
            text = self.folder.read(f"{COMMITS}/{name}") if name.endswith(".json") and name[0] != "." else None
            if text is not None:
                row = json.loads(text)
                yield Part(row["part"], row["rows"])

    def is_done(self, number: int) -> bool:
        """Whether a part is finished."""
        return number in self._parts

    def commit(self, part: Part) -> None:
        """Mark a part as finished; its files lie under their names."""
        self.folder.write(
            f"{COMMITS}/{part.number:05d}.json", json.dumps({"part": part.number, "rows": part.rows})
        )
        self._parts[part.number] = part

    def finish(self) -> None:
        """Mark the output as complete."""
        parts = [{"part": part.number, **part.rows} for part in self.parts()]
        totals = {name: sum(part.rows[name] for part in self.parts()) for name in (*TABLES, SERIOUS)}
        self._write_manifest({**self.manifest(), "state": COMPLETE, "rows": totals, "parts": parts})

    def _write_manifest(self, manifest: Mapping[str, Any]) -> None:
        self.folder.write(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")

    def reopened(self) -> dict[str, Any]:
        """Return the manifest of an output that is to be read, its parts known. Raises NoOutputError."""
        manifest = self.manifest()
        self._parts = {part.number: part for part in self._marked()}
        return manifest


def _changes(manifest: Mapping[str, Any], identity: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is not as it was when an output was begun."""
    for name, value in identity.items():
        if name != "settings" and manifest.get(name) != value:
            yield f"{name} ({manifest.get(name)})"
    before = manifest.get("settings", {})
    for name, value in identity["settings"].items():
        if before.get(name) != value:
            yield f"{name} ({before.get(name)})"


def place_of(table: str, number: int) -> str:
    """Return the folder of a part of a table, within the output."""
    return f"{table}/part={number:05d}"


def adopt(output: Path, work: Path, number: int) -> None:
    """Give the files of a part their names. Raises StoreError."""
    try:
        for table in TABLES:
            target = output / place_of(table, number)
            target.mkdir(parents=True, exist_ok=True)
            (work / f"{table}-{number:05d}.parquet").replace(target / DATA)
    except OSError as fault:
        raise CannotWriteError(output, fault) from fault


@contextmanager
def alone(output: Path) -> Iterator[Path]:
    """Give a fresh folder for parts that are being written, to one run at a time.

    Raises:
        ConflictError: another run is writing the output.
        StoreError: the folder cannot be written.
    """
    work = output / WORK
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / ".lock").open("a+")
    except OSError as fault:
        raise CannotWriteError(output, fault) from fault
    with lock:
        _take(lock, output)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        yield work
        shutil.rmtree(work, ignore_errors=True)


def _take(lock: TextIO, output: Path) -> None:
    """Take the lock of an output where the system has such locks, until the process ends; it says whose it is."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    try:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        lock.seek(0)
        owner, _, since = lock.read().strip().partition(" since ")
        raise AnotherRunError(str(output), owner, since) from fault
    lock.truncate(0)
    lock.write(f"{owner_of_this()} since {datetime.now(UTC).isoformat(timespec='seconds')}\n")
    lock.flush()


def owner_of_this() -> str:
    """Return host and process by which a person finds this run."""
    return f"process {os.getpid()} on {gethostname()}"
