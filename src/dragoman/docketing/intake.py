"""What is handed in: a case file and the documents beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.docketing.errors import TooLargeFileError
from dragoman.model import NotFoundError, UsageError

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
"""Of one document."""
MOST_FILES = 200
CASE_NAMES = ("case.yaml", "case.yml", "case.json")


class NoIntakeError(NotFoundError):
    """Neither a case file nor a folder with one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is neither a case file nor a folder that holds {CASE_NAMES[0]}.",
            "`dragoman case new KIND --output case.yaml` writes a case file to fill in.",
        )


class NoDocumentError(NotFoundError):
    """A document that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}.", "Check the path.")


class TooManyFilesError(UsageError):
    """A folder with more documents than one case may have."""

    def __init__(self, path: Path, count: int) -> None:
        super().__init__(
            f"{path} holds {count} documents; a case takes {MOST_FILES}.", "Pack them, or hand in fewer."
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """A case file with its documents.

    Attributes:
        name: of the case file; it ends in .json for JSON.
        content: its bytes.
        files: name and bytes of each document.
    """

    name: str
    content: bytes
    files: tuple[tuple[str, bytes], ...] = ()


def read_intake(path: Path) -> Intake:
    """Return what a case file, or a folder with `case.yaml` and documents, hands in.

    Files of inner folders keep their path as name; hidden files and links are left out, since a link may lead
    out of the folder.

    Raises:
        NotFoundError: there is no case file.
        UsageError: a document is too large, or there are too many.
    """
    if path.is_file():
        return Intake(path.name, _bytes(path, path.name))
    case = next((path / name for name in CASE_NAMES if (path / name).is_file()), None)
    if case is None:
        raise NoIntakeError(path)
    documents = [one for one in _files(path) if one != case]
    if len(documents) > MOST_FILES:
        raise TooManyFilesError(path, len(documents))
    named = ((one.relative_to(path).as_posix(), one) for one in documents)
    return Intake(case.name, _bytes(case, case.name), tuple((name, _bytes(one, name)) for name, one in named))


def read_document(path: Path) -> tuple[str, bytes]:
    """Return name and bytes of a document. Raises NotFoundError, UsageError."""
    if not path.is_file():
        raise NoDocumentError(path)
    return path.name, _bytes(path, path.name)


def _files(folder: Path) -> Iterator[Path]:
    for one in sorted(folder.iterdir()):
        if one.name.startswith(".") or one.is_symlink():
            continue
        if one.is_dir():
            yield from _files(one)
        elif one.is_file():
            yield one


def _bytes(path: Path, name: str) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise TooLargeFileError(name, MOST_BYTES)
    return path.read_bytes()
