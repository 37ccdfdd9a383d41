"""Reads and writes concepts as tables (CSV, TSV, Excel).

Written is one row for each term, definition and source of a concept, with `part` saying which; what is said of
the concept as a whole stands in each of its rows, and the first one counts. Read are these tables, and plain lists
with a column for English and one for Chinese terms, several terms of a cell parted by ";".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from dragoman.model import Language
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Definition,
    Term,
    TermSource,
    TermType,
    TermUse,
)
from dragoman.terms.tbx_form import PARTS_OF_SPEECH
from dragoman.terms.term_faults import Gate, language_of
from dragoman.terms.termbase import columns

COLUMNS = (
    "concept",
    "status",
    "kind",
    "subjects",
    "tags",
    "accepted",
    "contested",
    "concept_note",
    "part",
    "text",
    "language",
    "use",
    "party",
    "type",
    "part_of_speech",
    "note",
    "source",
    "doc",
    "start",
    "end",
)
LISTS = ("subjects", "tags", "accepted", "contested")
PARTED = re.compile("[;；]")
TYPES = frozenset(one.value for one in TermType)
Row = Mapping[str, str]
Line = tuple[int, Row]
"""Line or row of the file from 1, and its cells by the name of their column."""


def rows_of(concepts: Iterable[Concept]) -> Iterator[dict[str, Any]]:
    """Yield concepts as rows of a table with `COLUMNS`."""
    for concept in concepts:
        shared = {
            "concept": concept.id,
            "status": concept.status.value,
            "kind": concept.kind.value,
            **{name: joined(getattr(concept, name)) for name in LISTS},
            "concept_note": concept.note,
        }
        parts: list[Term | Definition | TermSource] = [*concept.terms, *concept.definitions, *concept.sources]
        for part in parts:
            row = {**shared, **_part_row(part)}
            yield {name: row.get(name, "") for name in COLUMNS}


def _part_row(part: Term | Definition | TermSource) -> dict[str, Any]:
    if isinstance(part, TermSource):
        place = {"doc": part.doc, "start": part.start, "end": part.end} if part.doc else {}
        words = {"part": "source", "text": part.quote, "source": part.citation}
        return {**words, "language": part.language.value, **place}
    if isinstance(part, Definition):
        words = {"part": "definition", "text": part.text, "source": part.source}
        return {**words, "language": part.language.value, "party": part.party}
    return {
        "part": "term",
        "text": part.text,
        "language": part.language.value,
        "use": part.use.value,
        "party": part.party,
        "type": part.type.value if part.type else "",
        "part_of_speech": part.part_of_speech,
        "note": part.note,
        "source": part.source,
    }


def joined(values: Sequence[str]) -> str:
    """Return values in one cell, as JSON where one of them holds what parts them."""
    if any(PARTED.search(value) or value.startswith("[") for value in values):
        return json.dumps(list(values), ensure_ascii=False)
    return "; ".join(values)


def parted(cell: str) -> tuple[str, ...]:
    """Return the values of a cell."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except ValueError:
            found = None
        if isinstance(found, list):
            return tuple(map(str, found))
    return tuple(value.strip() for value in PARTED.split(cell) if value.strip())


def lines_of_text(stream: BinaryIO, delimiter: str, encoding: str) -> Iterator[Line]:
    """Yield the rows of a table in text. Raises UnicodeDecodeError, csv.Error: it cannot be read."""
    with io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        names = [name.strip().lower() for name in next(reader, [])]
        for cells in reader:
            yield reader.line_num, dict(zip(names, cells, strict=False))


def lines_of_sheet(stream: BinaryIO) -> Iterator[Line]:
    """Yield the rows of the first sheet of a workbook. Raises what openpyxl raises for what is no workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load

    book = load_workbook(stream, read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    names = [str(name or "").strip().lower() for name in next(rows, ())]
    for number, cells in enumerate(rows, start=2):
        yield number, {name: _cell(cell) for name, cell in zip(names, cells, strict=False)}
    book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_table(lines: Iterator[Line], gate: Gate) -> Iterator[Concept]:
    """Yield the concepts of a table, of either kind."""
    first = next(lines, None)
    if first is None:
        return
    if {"concept", "part", "text", "language"} <= set(first[1]):
        yield from _parted_rows(_with(first, lines), gate)
        return
    known = known_columns(first[1])
    if not {"en", "zh"} & set(known):
        gate.faults.add("table-without-columns", 1)
        return
    yield from _plain_rows(_with(first, lines), known, gate)


def _with(first: Line, rest: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from rest


def known_columns(names: Iterable[str]) -> dict[str, str]:
    """Return the columns of a file by what they hold."""
    given = list(names)
    found = {}
    for meaning, words in columns().items():
        hit = next((name for name in given if name in words), None)
        if hit is not None:
            found[meaning] = hit
    return found


@dataclass(slots=True)
class _Growing:
    """A concept of which more rows may come."""

    line: int
    row: Row
    parts: list[Term | Definition | TermSource]


def _parted_rows(lines: Iterator[Line], gate: Gate) -> Iterator[Concept]:
    """Yield the concepts of a table with one row for each part; rows of a concept follow one another."""
    growing: _Growing | None = None
    for line, row in lines:
        if growing is None or row.get("concept") != growing.row.get("concept"):
            if growing:
                yield from gate.through(_grown(growing, gate), growing.line)
            growing = _Growing(line, row, [])
        part = _part_of(row, gate, line)
        if part:
            growing.parts.append(part)
    if growing:
        yield from gate.through(_grown(growing, gate), growing.line)


def _grown(growing: _Growing, gate: Gate) -> Concept:
    row, line = growing.row, growing.line
    return Concept(
        id=row.get("concept", ""),
        terms=tuple(part for part in growing.parts if isinstance(part, Term)),
        definitions=tuple(part for part in growing.parts if isinstance(part, Definition)),
        sources=tuple(part for part in growing.parts if isinstance(part, TermSource)),
        note=row.get("concept_note", ""),
        kind=gate.value(ConceptKind, row.get("kind", ""), ConceptKind.GENERAL, line),
        status=gate.value(ConceptStatus, row.get("status", ""), ConceptStatus.PROPOSED, line),
        **{name: parted(row.get(name, "")) for name in LISTS},
    )


def _part_of(row: Row, gate: Gate, line: int) -> Term | Definition | TermSource | None:
    language = language_of(row.get("language", ""), gate.faults, line)
    if language is None:
        return None
    makers: Mapping[str, Callable[[Row, Language], Definition | TermSource]] = {
        "definition": _definition_of,
        "source": _source_of,
    }
    maker = makers.get(row.get("part", "").strip())
    return maker(row, language) if maker else _term_of(row, language, gate, line)


def _definition_of(row: Row, language: Language) -> Definition:
    return Definition(row.get("text", ""), language, row.get("party", ""), row.get("source", ""))


def _source_of(row: Row, language: Language) -> TermSource:
    doc = row.get("doc", "")
    places = [row.get(name, "") for name in ("start", "end")]
    start, end = (int(place) if place.isascii() and place.isdigit() else -1 for place in places)
    return TermSource(row.get("text", ""), language, doc, start, end, row.get("source", ""))


def _term_of(row: Row, language: Language, gate: Gate, line: int) -> Term:
    form, speech = row.get("type", "").strip(), row.get("part_of_speech", "").strip()
    return Term(
        text=row.get("text", ""),
        language=language,
        use=gate.value(TermUse, row.get("use", ""), TermUse.PREFERRED, line),
        party=row.get("party", ""),
        type=TermType(form) if form in TYPES else None,
        part_of_speech=speech if speech in PARTS_OF_SPEECH else "",
        note=row.get("note", ""),
        source=row.get("source", ""),
    )


def _plain_rows(lines: Iterator[Line], known: Mapping[str, str], gate: Gate) -> Iterator[Concept]:
    for line, row in lines:
        cells = {meaning: row.get(name, "").strip() for meaning, name in known.items()}
        if not any(cells.get(name) for name in ("en", "zh")):
            gate.faults.add("table-short-row", line)
            continue
        if is_scored(cells.get("score", ""), gate.least):
            yield from gate.through(_plain_concept(cells, gate, line), line)


def is_scored(written: str, least: float) -> bool:
    """Return whether a score reaches what is asked for; what has no score does."""
    try:
        return float(written) >= least
    except ValueError:
        return True


def _plain_concept(cells: Mapping[str, str], gate: Gate, line: int) -> Concept:
    terms = [
        Term(word, language, TermUse.ADMITTED if number else TermUse.PREFERRED)
        for language in Language
        for number, word in enumerate(parted(cells.get(language.value, "")))
    ]
    definitions = [
        Definition(text, language, source=cells.get("source", ""))
        for language in Language
        if (text := cells.get(f"definition_{language.value}", ""))
    ]
    return Concept(
        id=cells.get("id", ""),
        terms=tuple(terms),
        definitions=tuple(definitions),
        note=cells.get("note", ""),
        subjects=parted(cells.get("subjects", "")),
        tags=parted(cells.get("tags", "")),
        kind=gate.value(ConceptKind, cells.get("kind", ""), ConceptKind.GENERAL, line),
        status=gate.value(ConceptStatus, cells.get("status", ""), ConceptStatus.PROPOSED, line),
    )
