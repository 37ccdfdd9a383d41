"""Expands what the user names - files, folders, globs, "-", addresses - into single sources."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Problem
from dragoman.read.faults import problem
from dragoman.read.settings import ReadSettings

TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", ".pdf", ".docx", ".html", ".htm", ".xhtml")
LINE_ENDINGS = (".jsonl", ".ndjson")
_PACKED = ".gz"
_METADATA = (".json", ".yaml", ".yml")
"""Endings of files that accompany documents: their metadata, cases and rules to check them by."""
STANDARD_INPUT = "-"
INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read, or a problem in its place.

    Attributes:
        name: path or address as it is shown.
        kind: "file", "address", "input" or "" where there is only a problem.
        problem: why nothing can be read there.
    """

    name: str
    kind: str
    problem: Problem | None = None


def expand(inputs: Sequence[str], settings: ReadSettings) -> Iterator[Source]:
    """Yield the sources of the inputs, in the order given, folders and globs sorted by path.

    Args:
        inputs: paths, folders, globs, "-", addresses.
        settings: limits.
    """
    for name in inputs:
        if name == STANDARD_INPUT:
            yield Source("standard input", "input")
        elif "://" in name:
            yield Source(name, "address")
        else:
            yield from _expand_path(name, settings)


def _expand_path(name: str, settings: ReadSettings) -> Iterator[Source]:
    path = Path(name).expanduser()
    if path.is_dir():
        yield from _expand_folder(path, settings)
    elif path.exists() or path.is_symlink():
        yield Source(str(path), "file")
    elif glob.has_magic(name):
        yield from _expand_glob(name, settings)
    else:
        yield Source(name, "", problem("no-such-path", name))


def _expand_glob(name: str, settings: ReadSettings) -> Iterator[Source]:
    matches = sorted(glob.glob(os.path.expanduser(name), recursive=True))  # noqa: PTH111, PTH207 - patterns may be absolute
    files = [match for match in matches if not _is_metadata(match)]
    if not files:
        yield Source(name, "", problem("no-such-path", name))
    for match in files:
        if Path(match).is_dir():
            yield from _expand_folder(Path(match), settings)
        else:
            yield Source(match, "file")


def _is_metadata(name: str) -> bool:
    return name.lower().endswith(_METADATA)


def _expand_folder(folder: Path, settings: ReadSettings) -> Iterator[Source]:
    found = False
    for source in _walk(folder, settings, settings.max_depth):
        found = found or source.kind == "file"
        yield source
    if not found:
        yield Source(str(folder), "", problem("empty-folder", str(folder)))


def _walk(folder: Path, settings: ReadSettings, depth: int) -> Iterator[Source]:
    if depth < 0:
        fault = problem("too-deep", str(folder), limit=settings.max_depth)
        yield Source(str(folder), "", fault)
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as fault:
        yield Source(str(folder), "", problem("not-readable", str(folder), reason=fault.strerror))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry, settings, depth - 1)
        elif has_known_ending(entry.name):
            yield Source(str(entry), "file")
        elif not _is_metadata(entry.name):
            yield Source(str(entry), "", problem("skipped-extension", str(entry)))


def has_known_ending(name: str) -> bool:
    """Whether a file name ends like a text that is read from folders."""
    low = name.lower().removesuffix(_PACKED)
    return low.endswith((*TEXT_ENDINGS, *LINE_ENDINGS))


def is_lines(name: str) -> bool:
    """Whether a file name is one of JSON lines, packed or not."""
    return name.lower().removesuffix(_PACKED).endswith(LINE_ENDINGS)
