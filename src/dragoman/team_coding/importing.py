"""Projects of other programs as a coder's lines, and lines as projects for them."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman import __version__
from dragoman.coding.remarks import remark, short
from dragoman.coding.rows import Row, plain
from dragoman.exchange import csv_of
from dragoman.lexicon import Lexicon
from dragoman.lexicon.problems import Place
from dragoman.model import Document, Entry, Problem
from dragoman.model.identity import sha256_of_text
from dragoman.qda import CodeMap, Passage, SourceText, codebook_bytes, ig_rows, project_bytes, read_project
from dragoman.qda.codes import values_of
from dragoman.qda.project import ORIGIN
from dragoman.register import Register

QDA_FORMS: Mapping[str, str] = {
    "qdpx": "application/vnd.qdpx+zip",
    "qdc": "application/xml",
    "ig": "text/plain; charset=utf-8",
    "ig-csv": "text/csv; charset=utf-8",
    "ig-jsonl": "application/x-ndjson",
}
"""Formats for programs of qualitative analysis, with their media types."""


def qda_bytes(entries: Iterable[Entry], form: str, register: Register, lexicon: Lexicon) -> Iterator[bytes]:
    """Yield lines in one of `QDA_FORMS`."""
    if form == "qdpx":
        lines = list(entries)
        keys = dict.fromkeys((one.provision.doc, one.version) for one in lines)
        documents = {key: register.document(*key) for key in keys}
        yield project_bytes(lines, documents, lexicon, ORIGIN, f"{ORIGIN} {__version__}")
    elif form == "qdc":
        yield codebook_bytes(lexicon, [one.provision for one in entries], f"{ORIGIN} {__version__}")
    elif form == "ig-csv":
        yield from csv_of(ig_rows(entries))
    else:
        for row in ig_rows(entries):
            plain_text = f"{row['id']}\t{row['statement']}\t{' '.join(row['original'].split())}"
            line = json.dumps(row, ensure_ascii=False) if form == "ig-jsonl" else plain_text
            yield (line + "\n").encode("utf-8", "replace")


@dataclass(slots=True)
class Taking:
    """What a project gives: rows for the submitter, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)


class Importer:
    """Turns the passages of a project into rows of coded lines."""

    def __init__(
        self, register: Register, codes: CodeMap, sources: Mapping[str, str], found: Mapping[str, Document]
    ) -> None:
        self._register = register
        self._codes = codes
        self._sources = sources
        self._coded = found
        self._hashes: dict[str, str] | None = None

    def rows_of(self, data: bytes, name: str, user: str = "") -> Taking:
        """Return the rows of a project.

        Args:
            data: its bytes (.qdpx or .qde).
            name: of its file.
            user: whose passages are taken, by name; "" for all, where one person coded.
        """
        project = read_project(data, name)
        taken = Taking(problems=list(project.problems))
        coders = {one.user for source in project.sources for one in source.passages if one.user}
        if not user and len(coders) > 1:
            place = Place(source=name)
            taken.problems.append(remark("qda-many-users", place, names=", ".join(sorted(coders))))
        ours = project.origin.startswith(ORIGIN)
        for source in project.sources:
            own = [one for one in source.passages if not user or one.user == user]
            if own:
                self._source(taken, source, own, Place(source=name, line=source.line), ours=ours)
        for label, count in sorted(taken.unknown.items()):
            place = Place(source=name)
            taken.problems.append(remark("coding-unknown-code", place, label=short(label), count=count))
        return taken

    def _source(
        self, taken: Taking, source: SourceText, passages: Sequence[Passage], place: Place, *, ours: bool
    ) -> None:
        document = self._document(source)
        if document is None:
            taken.problems.append(remark("qda-unknown-source", place, source_name=short(source.name)))
            return
        if source.text is None:
            taken.problems.append(
                remark("qda-no-text", place, source_name=short(source.name), doc_name=document.slug)
            )
        moved = _Places(document.text, source.text)
        if moved.differs is not None:
            values = {"source_name": short(source.name), "begin": moved.differs}
            place = Place(source=place.source, doc=document.slug, line=place.line)
            taken.problems.append(remark("qda-other-text", place, **values))
            return
        for one in passages:
            self._passage(taken, document, one, moved, ours=ours, source=place.source)

    def _document(self, source: SourceText) -> Document | None:
        """Return the document that a source is: as the caller says, by its name, else by its text."""
        said = self._sources.get(source.name)
        known = set(self._register.slugs())
        stem = source.name.rpartition(".")[0] or source.name
        slug = next((one for one in (said, source.name, stem) if one in known), None)
        if slug is None and source.text is not None and said is None:
            if self._hashes is None:
                self._hashes = {sha256_of_text(plain(self._get(one).text)[0]): one for one in sorted(known)}
            slug = self._hashes.get(sha256_of_text(plain(source.text)[0]))
        return None if slug is None else self._get(slug)

    def _get(self, slug: str) -> Document:
        return self._coded.get(slug) or self._register.document(slug)

    def _passage(
        self, taken: Taking, document: Document, one: Passage, moved: _Places, *, ours: bool, source: str
    ) -> None:
        stretch = moved.stretch(one.start, one.end)
        place = Place(source=source, doc=document.slug, line=one.line)
        if stretch is None:
            size = len(moved.source)
            taken.problems.append(remark("coding-outside", place, begin=one.start, until=one.end, size=size))
            return
        found, unknown = values_of(one.codes, self._codes)
        taken.unknown.update(unknown)
        if not found[0].get("kind"):
            codes = "; ".join("/".join(path) for path in one.codes) or "none"
            values = {"begin": stretch[0], "until": stretch[1], "codes": short(codes)}
            taken.problems.append(remark("coding-selection-without-kind", place, **values))
            return
        told, reason = _told(one.note) if ours else ({}, one.note)
        for values in found:
            taken.rows.append(_row(document.slug, stretch, one.line, {**values, **told}, reason, unknown))


def _told(note: str) -> tuple[dict[str, Any], str]:
    """Return what our own description of a passage says, and the rest of its notes."""
    first, _, rest = note.partition("\n")
    try:
        found = json.loads(first)
    except ValueError:
        return {}, note
    return (found, rest) if isinstance(found, dict) else ({}, note)


def _row(
    doc: str,
    stretch: tuple[int, int],
    line: int,
    values: dict[str, Any],
    reason: str,
    labels: Sequence[str],
) -> Row:
    trigger, at = str(values.pop("trigger", "")), values.pop("trigger_start", None)
    return Row(
        line,
        doc,
        *stretch,
        values=values,
        trigger=trigger,
        trigger_start=at if isinstance(at, int) else None,
        reason=reason,
        labels=tuple(labels),
    )


class _Places:
    """Positions of a source's text as offsets of the document, where only white space and widths differ."""

    def __init__(self, text: str, source: str | None) -> None:
        self._text = text
        self.source = text if source is None else source
        self.differs: int | None = None
        self._same = self.source == text
        if self._same:
            return
        flat, self._from = plain(self.source)
        own, self._to = plain(text)
        if flat != own:
            at = next((n for n, (one, other) in enumerate(zip(flat, own, strict=False)) if one != other), None)
            at = min(len(flat), len(own)) if at is None else at
            self.differs = self._from[at] if at < len(self._from) else len(self.source)

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a stretch of the document, without white space at its ends; None where it is outside or empty."""
        if not 0 <= start < end <= len(self.source):
            return None
        words = self.source[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            return None
        if self._same:
            return start, end

        first, last = bisect_left(self._from, start), bisect_left(self._from, end) - 1
        return self._to[first], self._to[last] + 1
