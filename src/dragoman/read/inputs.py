"""Reads inputs of every kind into documents, one at a time."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.model import Problem
from dragoman.model.identity import sha256_of_bytes
from dragoman.read.faults import UnreadableError, broke, problem, unreadable
from dragoman.read.formats import draft_of
from dragoman.read.jsonlines import read_lines
from dragoman.read.languages import weights
from dragoman.read.metadata import merge, work_of
from dragoman.read.settings import ReadResult, ReadSettings
from dragoman.read.sidecars import Sidecars
from dragoman.read.slugs import Slugs, stem_of
from dragoman.read.sources import Source, expand, is_lines
from dragoman.read.structure import Origin, build_document

_GZIP = b"\x1f\x8b"
_PEEK = 65_536
_FEW_WORDS = 5.0


def read_inputs(
    inputs: Sequence[str],
    settings: ReadSettings | None = None,
    *,
    standard_input: BinaryIO | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Iterator[ReadResult]:
    """Yield the documents of inputs, one at a time; what cannot be read is a result with a problem.

    Args:
        inputs: paths, folders, globs, "-" for standard input, http(s) addresses.
        settings: limits.
        standard_input: bytes of "-".
        metadata: title, date, kind, parties, languages, work; wins over sidecars and the text.
    """
    reader = Reader(settings or ReadSettings(), dict(metadata or {}), standard_input)
    for source in expand(inputs, reader.settings):
        yield from reader.read(source)


def read_bytes(
    data: bytes, name: str, settings: ReadSettings | None = None, metadata: Mapping[str, Any] | None = None
) -> Iterator[ReadResult]:
    """Yield the documents of a file in memory.

    Args:
        data: the bytes.
        name: file name; gives slug and type.
        settings: limits.
        metadata: as for `read_inputs`.
    """
    reader = Reader(settings or ReadSettings(), dict(metadata or {}))
    yield from reader.guarded(Source(name, "bytes"), data)


def count_inputs(inputs: Sequence[str], settings: ReadSettings | None = None) -> int | None:
    """Return how many results `read_inputs` will give, or None where only reading can tell.

    JSON lines and standard input hold an unknown number of documents.
    """
    count = 0
    for source in expand(inputs, settings or ReadSettings()):
        if source.kind == "input" or is_lines(source.name):
            return None
        count += 1
    return count


@dataclass(slots=True)
class Reader:
    """Reads sources with one set of names and limits.

    Attributes:
        settings: limits.
        stated: metadata, as for `read_inputs`.
        standard_input: bytes of "-", or None.
        slugs: names that are taken.
        sidecars: metadata beside the files.
    """

    settings: ReadSettings
    stated: Mapping[str, Any]
    standard_input: BinaryIO | None = None
    slugs: Slugs = field(default_factory=Slugs)
    sidecars: Sidecars = field(init=False)

    def __post_init__(self) -> None:
        self.sidecars = Sidecars(self.stated)

    def read(self, source: Source) -> Iterator[ReadResult]:
        """Yield the documents of a source."""
        if source.problem is not None:
            yield ReadResult(source.name, problems=(source.problem,))
        elif source.kind == "file" and is_lines(source.name):
            yield from self._file_of_lines(source)
        else:
            yield from self.guarded(source)

    def guarded(self, source: Source, data: bytes | None = None) -> Iterator[ReadResult]:
        """Yield the documents of a source; what makes it unreadable becomes a problem."""
        try:
            yield from self._whole(source, data)
        except UnreadableError as fault:
            yield ReadResult(source.name, problems=(fault.problem,))
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            yield ReadResult(source.name, problems=(problem("not-readable", source.name, reason=reason),))
        except Exception as fault:  # noqa: BLE001 - logged and shown as this input's problem
            yield ReadResult(source.name, problems=(broke(source.name, fault),))

    def _file_of_lines(self, source: Source) -> Iterator[ReadResult]:
        try:
            with Path(source.name).open("rb") as stream:
                yield from self._lines(stream, source.name)
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            yield ReadResult(source.name, problems=(problem("not-readable", source.name, reason=reason),))

    def _lines(self, stream: BinaryIO, name: str) -> Iterator[ReadResult]:
        yield from read_lines(stream, name, stem_of(name), self.slugs, self.settings, self.stated)

    def _whole(self, source: Source, data: bytes | None) -> Iterator[ReadResult]:
        """Yield the documents of a source that is read as a whole."""
        name, media_type, kept = source.name, "", None
        if source.kind == "address":
            from dragoman.read.fetch import fetch  # noqa: PLC0415 - the client takes long to load

            answer = fetch(name, self.settings)
            data, media_type, kept = answer.data, answer.media_type, answer.data
        elif source.kind == "input":
            data = self._standard_input(name)
        elif data is None:
            data = _bounded(Path(name), self.settings)
        data = unpacked(data, name, self.settings)
        if is_lines(name) or media_type in {"application/jsonl", "application/x-ndjson"} or _holds_lines(data):
            yield from self._lines(io.BytesIO(data), name)
            return
        metadata, problems = self._metadata(source)
        if _is_object(name, data):
            data, metadata = _from_object(name, data, metadata)
        yield self._document(source, data, media_type, metadata, problems, kept)

    def _document(
        self,
        source: Source,
        data: bytes,
        media_type: str,
        metadata: Mapping[str, Any],
        problems: list[Problem],
        kept: bytes | None,
    ) -> ReadResult:
        slug, notes = self._slug(source)
        draft = draft_of(data, source.name, self.settings, media_type)
        if len(draft.text) > self.settings.max_characters:
            limit = self.settings.max_characters
            raise unreadable(source.name, "too-large", limit=limit, unit="characters")
        origin = Origin(slug, source.name, sha256_of_bytes(data))
        document = build_document(draft, origin, metadata)
        found = [*problems, *draft.problems, *notes, *_language_problems(draft.text, source.name)]
        return ReadResult(source.name, document, kept, tuple(replace(one, doc=slug) for one in found))

    def _slug(self, source: Source) -> tuple[str, tuple[Problem, ...]]:
        """Take the name of a source, whether or not it can be read: the names of others do not hang on that."""
        stem = "standard-input" if source.kind == "input" else stem_of(source.name)
        return self.slugs.take(stem, source.name)

    def _metadata(self, source: Source) -> tuple[dict[str, Any], list[Problem]]:
        if source.kind == "file":
            return self.sidecars.of(Path(source.name))
        work = work_of(stem_of(source.name))
        return merge({"work": work} if work else None, self.stated), []

    def _standard_input(self, name: str) -> bytes:
        if self.standard_input is None:
            raise unreadable(name, "not-readable", reason="there is none")
        data = self.standard_input.read(self.settings.max_bytes + 1)
        if len(data) > self.settings.max_bytes:
            raise unreadable(name, "too-large", limit=self.settings.max_bytes, unit="bytes")
        return data


def _bounded(path: Path, settings: ReadSettings) -> bytes:
    if path.is_file() and path.stat().st_size > settings.max_bytes:
        raise unreadable(str(path), "too-large", limit=settings.max_bytes, unit="bytes")
    if path.exists() and not path.is_file():
        raise unreadable(str(path), "not-readable", reason="it is neither a file nor a folder")
    return path.read_bytes()


def unpacked(data: bytes, name: str, settings: ReadSettings) -> bytes:
    """Return what a gzip file holds, other bytes as they are. Raises UnreadableError."""
    if not data.startswith(_GZIP):
        return data
    allowed = settings.expansion(len(data))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            inner = stream.read(allowed + 1)
    except (EOFError, OSError, zlib.error) as fault:
        raise unreadable(name, "interrupted", reason=str(fault)) from fault
    if len(inner) > allowed:
        raise unreadable(name, "expands-too-far", limit=f"{allowed} bytes")
    return inner


def file_holds_lines(path: Path, settings: ReadSettings) -> bool:
    """Whether a file is read line by line although its name does not say so. Raises UnreadableError, OSError."""
    with path.open("rb") as stream:
        head = stream.read(_PEEK)
    if not head.startswith(_GZIP) and not head.lstrip().startswith(b"{"):
        return False
    return _holds_lines(unpacked(_bounded(path, settings), str(path), settings))


def _holds_lines(data: bytes) -> bool:
    """Whether bytes are JSON lines although their name does not say so: two objects with text on two lines."""
    head = data[:_PEEK].lstrip()
    if not head.startswith(b"{"):
        return False
    first, _, rest = data.lstrip().partition(b"\n")
    return rest.lstrip().startswith(b"{") and "text" in _json_object(first)


def _json_object(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_object(name: str, data: bytes) -> bool:
    return name.lower().endswith(".json") or (data[:1] == b"{" and bool(_json_object(data).get("text")))


def _from_object(name: str, data: bytes, metadata: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """Return text and metadata of a JSON object with a text. Raises UnreadableError."""
    row = _json_object(data)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise unreadable(name, "json-no-text")
    return text.encode("utf-8", "replace"), merge(row, metadata)


def _language_problems(text: str, source: str) -> list[Problem]:
    sample = text[:20_000]
    english, chinese = weights(sample)
    letters = sum(char.isalpha() for char in sample)
    if english + chinese < _FEW_WORDS <= letters / 10:
        return [problem("language-not-read", source)]
    return []
