"""Backup of a workspace to one file and back: register, evidence corpus, fetched bytes, a manifest of hashes.

    workspace.archiving.backup(Path("memos.dragoman"))
    restore(Path("memos.dragoman"), Path("memos"))

A backup counts only after it was restored into a folder beside it and compared. The file appears under its name
when it is whole; nothing is ever overwritten.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from dragoman import __version__
from dragoman.model import ConflictError, NotFoundError, StoreError, UsageError
from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.register import Register, copy_of_corpus, restore_into, state_of_corpus, state_of_register

MANIFEST = "manifest.json"
REGISTER = "register.sqlite"
CORPUS = "corpus.sqlite"
FETCHED = "fetched"
FORM = 1
"""Of the archive."""
CHUNK = 1 << 20
LEVEL = 1
"""Of compression: most of a register is packed already."""
HEXADECIMAL = frozenset("0123456789abcdef")
HASH_LENGTH = 64


class FileThereError(ConflictError):
    """A backup would overwrite something."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already.", "Choose another name; a backup overwrites nothing.")


class FolderNotEmptyError(ConflictError):
    """A folder that is to be restored into holds something."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The folder {path} is not empty.", "Restore into a new folder: dragoman --workspace NEW restore FILE."
        )


class NoArchiveError(NotFoundError):
    """A file that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}.", "Name a file that `dragoman backup` wrote.")


class NotAnArchiveError(UsageError):
    """A file that is no backup, or of a newer form."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(
            f"{path} is not a backup of dragoman ({cause}).", "Name a file that `dragoman backup` wrote."
        )


class DamagedArchiveError(StoreError):
    """A backup whose content is not what its manifest says."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"The backup {path} is damaged: {cause}.", "Use another copy of it.")


class CannotArchiveError(StoreError):
    """A folder or file cannot be written."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(
            f"{path} cannot be written ({fault.strerror or fault}).",
            "Choose another place, or make room on the disk.",
        )


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name, length in bytes and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds.

    Attributes:
        form: of the archive.
        dragoman: version that wrote it.
        made: when, ISO 8601 with time zone.
        rows: of the register, by table.
        corpus: rows of the evidence corpus by table; {} where there is none.
        audit_lines, audit_hash: length and last hash of the audit log, "" where it is empty.
        files: every file but the manifest.
    """

    form: int
    dragoman: str
    made: str
    rows: Mapping[str, int]
    corpus: Mapping[str, int]
    audit_lines: int
    audit_hash: str
    files: tuple[Member, ...]


class Archivist:
    """Writes a workspace to one file."""

    def __init__(
        self, folder: Path, register: Register, corpus: str | Path, clock: Callable[[], datetime]
    ) -> None:
        self._folder = folder
        self._register = register
        self._corpus = corpus
        self._clock = clock

    def backup(self, path: Path) -> Manifest:
        """Write the workspace to a file, restore that beside it, compare, and only then give it its name.

        Others may read and write meanwhile: what they finish after the start may or may not be in the copy.

        Raises:
            FileThereError: the file exists.
            StoreError: it cannot be written, or what was restored is not what was copied.
        """
        if path.exists():
            raise FileThereError(path)
        with _work_beside(path) as work, _faults(path):
            partial = work / "archive"
            manifest = self._write(partial, work)
            _check(partial, work / "restored")
            if path.exists():
                raise FileThereError(path)
            partial.replace(path)
            _sync(path.parent)
        return manifest

    def _write(self, partial: Path, work: Path) -> Manifest:
        """Write the archive; the corpus and the bytes are taken after the register, which refers to them."""
        self._register.copy_to(work / REGISTER)
        corpus = copy_of_corpus(self._corpus, work / CORPUS)
        rows, verdict = state_of_register(work / REGISTER)
        with partial.open("xb") as file:
            partial.chmod(0o600)
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
                files = tuple(_put(archive, name, source) for name, source in self._sources(work, corpus=corpus))
                manifest = Manifest(
                    FORM,
                    __version__,
                    self._clock().isoformat(),
                    dict(rows),
                    dict(state_of_corpus(work / CORPUS)) if corpus else {},
                    verdict.lines,
                    verdict.last,
                    files,
                )
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        return manifest

    def _sources(self, work: Path, *, corpus: bool) -> Iterator[tuple[str, Path]]:
        yield REGISTER, work / REGISTER
        if corpus:
            yield CORPUS, work / CORPUS
        for path in sorted((self._folder / FETCHED).glob("*")):
            if _is_hash(path.name):
                yield f"{FETCHED}/{path.name}", path


def restore(path: Path, folder: Path, database_url: str | None = None) -> Manifest:
    """Bring a backup back: into a new folder, or with `database_url` into an empty PostgreSQL database too.

    Args:
        path: the backup.
        folder: of the workspace; absent or empty, with a database it may hold fetched bytes.
        database_url: "postgresql://...", or None.

    Raises:
        NotFoundError, UsageError: no such file, or no backup.
        ConflictError: the folder or the database holds something.
        StoreError: the backup is damaged, or the place cannot be written.
    """
    if not path.exists():
        raise NoArchiveError(path)
    if database_url is None and folder.exists() and any(folder.iterdir()):
        raise FolderNotEmptyError(folder)
    with _work_beside(folder) as work, _faults(folder):
        staged = work / "restored"
        manifest = _check(path, staged)
        if database_url is None:
            _settle(staged, folder)
        else:
            _merge(staged / FETCHED, folder / FETCHED)
            evidence = staged / CORPUS
            restore_into(database_url, staged / REGISTER, evidence if evidence.exists() else None)
    return manifest


def _settle(staged: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    staged.replace(folder)
    _sync(folder.parent)


def _merge(staged: Path, folder: Path) -> None:
    """Move bytes to where they belong; they are named by their hash, so that none is ever another."""
    for source in sorted(staged.glob("*")):
        folder.mkdir(parents=True, exist_ok=True)
        source.replace(folder / source.name)


def _check(path: Path, folder: Path) -> Manifest:
    """Take an archive apart into a folder and compare all with its manifest. Raises DamagedArchiveError."""
    try:
        with ZipFile(path) as archive:
            manifest = _manifest_of(path, archive)
            folder.mkdir()
            for member in manifest.files:
                _take(path, archive, member, folder)
    except DAMAGED_ARCHIVE as fault:
        raise NotAnArchiveError(path, str(fault) or "it ends too early") from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # what it says of its own places, unlike a folder that cannot be written
            raise
        raise NotAnArchiveError(path, "it points out of itself") from fault
    _compare(path, manifest, folder)
    return manifest


def _manifest_of(path: Path, archive: ZipFile) -> Manifest:
    try:
        row: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if row["form"] != FORM:
            raise NotAnArchiveError(path, f"its form is {row['form']}, this version reads {FORM}")
        files = tuple(Member(**one) for one in row.pop("files"))
        return Manifest(**row, files=files)
    except (KeyError, TypeError, ValueError) as fault:
        raise NotAnArchiveError(path, "it has no manifest that can be read") from fault


def _take(path: Path, archive: ZipFile, member: Member, folder: Path) -> None:
    """Write one file of an archive; only names that a backup gives are taken."""
    place, _, name = member.name.rpartition("/")
    if not (member.name in {REGISTER, CORPUS} or (place == FETCHED and _is_hash(name))):
        raise NotAnArchiveError(path, f"it holds `{member.name}`")
    target = folder / member.name
    target.parent.mkdir(exist_ok=True)
    try:
        with archive.open(member.name) as source, target.open("xb") as made:
            found = _pour(source.read, made.write)
            made.flush()
            os.fsync(made.fileno())
    except KeyError as fault:
        raise DamagedArchiveError(path, f"`{member.name}` is missing") from fault
    if found != (member.bytes, member.sha256):
        raise DamagedArchiveError(path, f"`{member.name}` is not what was written")


def _compare(path: Path, manifest: Manifest, folder: Path) -> None:
    """Open what was restored and compare rows and the audit log with the manifest."""
    rows, verdict = state_of_register(folder / REGISTER)
    differing = [table for table, count in manifest.rows.items() if rows.get(table) != count]
    if differing:
        raise DamagedArchiveError(path, f"the rows of `{differing[0]}` are not as many as were copied")
    if (verdict.lines, verdict.last) != (manifest.audit_lines, manifest.audit_hash):
        raise DamagedArchiveError(path, "the audit log is another than was copied")
    if manifest.corpus and dict(state_of_corpus(folder / CORPUS)) != dict(manifest.corpus):
        raise DamagedArchiveError(path, "the evidence corpus is another than was copied")


def _put(archive: ZipFile, name: str, source: Path) -> Member:
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as made:
        length, digest = _pour(file.read, made.write)
    return Member(name, length, digest)


def _pour(read: Callable[[int], bytes], write: Callable[[bytes], Any]) -> tuple[int, str]:
    """Copy bytes; return how many, and their SHA-256."""
    digest, length = hashlib.sha256(), 0
    while chunk := read(CHUNK):
        write(chunk)
        digest.update(chunk)
        length += len(chunk)
    return length, digest.hexdigest()


def _is_hash(name: str) -> bool:
    return len(name) == HASH_LENGTH and set(name) <= HEXADECIMAL


@contextmanager
def _work_beside(path: Path) -> Iterator[Path]:
    """Give a folder beside a path, on the same disk; what a killed one left there is removed first."""
    work = path.absolute().with_name(f".{path.absolute().name}.partial")
    with _faults(work):
        shutil.rmtree(work, ignore_errors=True)
        work.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise CannotArchiveError(path, fault) from fault


def _sync(folder: Path) -> None:
    """Have the disk keep a new name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
