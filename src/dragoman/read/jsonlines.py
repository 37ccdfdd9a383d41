"""Reads JSON lines - one object with id, title, date, url and text a line - in a stream, packed or not."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from dragoman.read.draft import Draft
from dragoman.read.faults import UnreadableError, broke, problem, unreadable
from dragoman.read.metadata import merge
from dragoman.read.settings import ReadResult, ReadSettings
from dragoman.read.slugs import Slugs
from dragoman.read.structure import Origin, build_document

_CHUNK = 1 << 20


class NumberedLine(NamedTuple):
    """A line and its number in the file, from 1; in a table, a row and its."""

    number: int
    line: bytes


def read_lines(
    stream: BinaryIO, name: str, stem: str, slugs: Slugs, settings: ReadSettings, stated: Mapping[str, Any]
) -> Iterator[ReadResult]:
    """Yield the documents of JSON lines, one at a time.

    Args:
        stream: the bytes; gzip is recognised by its first bytes.
        name: path, for messages.
        stem: stem of the file, for lines without an id.
        slugs: names taken so far.
        settings: limits.
        stated: metadata from options.
    """
    for found in lines_of(stream, name, settings):
        if isinstance(found, ReadResult):
            yield found
        else:
            yield read_line(found, name, stem, slugs, stated)


def lines_of(stream: BinaryIO, name: str, settings: ReadSettings) -> Iterator[NumberedLine | ReadResult]:
    """Yield the lines that are not blank, and a result with a problem where a packed stream ends too early."""
    lines = _numbered(stream, settings)
    while True:
        try:
            number, line = next(lines)
        except StopIteration:
            return
        except (EOFError, OSError, zlib.error) as fault:
            yield ReadResult(name, problems=(problem("interrupted", name, reason=str(fault)),))
            return
        if line.strip():
            yield NumberedLine(number, line)


def _numbered(stream: BinaryIO, settings: ReadSettings) -> Iterator[tuple[int, bytes]]:
    head = stream.peek(2)[:2] if hasattr(stream, "peek") else b""
    source: BinaryIO = gzip.GzipFile(fileobj=stream) if head == b"\x1f\x8b" else stream  # type: ignore[assignment]
    number = 0
    while line := source.readline(settings.max_line):
        number += 1
        if len(line) == settings.max_line and not line.endswith(b"\n"):
            _skip_line(source)
            line = b'{"too":"long"}'
        yield number, line


def _skip_line(source: BinaryIO) -> None:
    while (rest := source.readline(_CHUNK)) and not rest.endswith(b"\n"):
        continue


def read_line(
    found: NumberedLine, name: str, stem: str, slugs: Slugs, stated: Mapping[str, Any] | None = None
) -> ReadResult:
    """Return the document of one line, or what is wrong with it; arguments as for `read_lines`."""
    source = f"{name}#{found.number}"
    try:
        row = _row(found.line, name, found.number)
    except UnreadableError as fault:
        return ReadResult(source, problems=(replace(fault.problem, source=source),))
    slug, notes = slugs.take(_name_of(row, stem, found.number), source)
    text = str(row["text"]).replace("\0", "\ufffd")
    address = str(row.get("url") or "")
    origin = Origin(slug, address or source)
    try:
        document = build_document(Draft(text), origin, merge(row, stated or {}))
    except Exception as fault:  # noqa: BLE001 - logged and shown as this line's problem
        return ReadResult(source, problems=(broke(source, fault),))
    return ReadResult(source, document, problems=tuple(replace(one, doc=slug) for one in notes))


def name_of_line(found: NumberedLine, stem: str) -> str | None:
    """Return the name that a line asks for, None where it is no document."""
    try:
        row = _row(found.line, stem, found.number)
    except UnreadableError:
        return None
    return _name_of(row, stem, found.number)


def _name_of(row: Mapping[str, Any], stem: str, number: int) -> str:
    return str(row.get("id") or f"{stem}-{number}")


def _row(line: bytes, name: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        reason = "it is no JSON" if not isinstance(fault, UnicodeDecodeError) else "it is not UTF-8"
        raise unreadable(name, "json-line", line=number, reason=reason) from fault
    if not isinstance(row, dict):
        raise unreadable(name, "json-line", line=number, reason="it is no JSON object")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise unreadable(name, "json-line", line=number, reason="it has no text")
    return row
