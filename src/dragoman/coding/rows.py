"""Files of coded lines: CSV and JSON Lines, one line a row, each pinned by offsets or by its words."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.coding.remarks import remark, short
from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place
from dragoman.model import Document, Problem

LIMITS = "coding/files.yaml"
VALUES = (
    "kind", "force", "actors", "counterparties", "aim", "object", "technologies", "instruments", "deadline",
    "conditions",
)  # fmt: skip
"""Fields that a coder sets, under their names of the interchange format."""
PLACES = ("doc", "start", "end", "quote", "trigger", "trigger_start", "reason", "labels")
"""What a row tells besides."""
DERIVED = frozenset({
    "id", "section", "coder", "review", "language", "amounts", "legalization", "confidence", "prefix", "suffix",
    "quote_sha256", "unit",
})  # fmt: skip
"""Fields of the interchange format that follow from the text, and are not read."""
MOST_PLACES = 5
"""Places of an ambiguous quote that a message names."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file.

    Attributes:
        line: of the file, from 1; 0 where it has none.
        doc: slug, "" where the file does not say.
        start, end: offsets, None where it does not say.
        quote: the words, "" where it does not say.
        values: fields of `VALUES` that it has.
        trigger, trigger_start: the words that carry the kind, and their offset where it is told.
        reason: the coder's.
        labels: codes without a field.
    """

    line: int
    doc: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    trigger: str = ""
    trigger_start: int | None = None
    reason: str = ""
    labels: tuple[str, ...] = ()


def read_rows(data: bytes, name: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a file of coded lines, and what is wrong with it.

    Args:
        data: its bytes; UTF-8, with or without byte order mark.
        name: its name; one that ends in .csv is a table with a head, any other is JSON Lines.
    """
    place = Place(source=name)
    most = int(load_pack(LIMITS)["most_bytes"])
    if len(data) > most:
        return [], [remark("coding-too-large", place, most=most)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        why = f"byte {fault.start} is no UTF-8"
        return [], [remark("coding-not-readable", place, what="text", why=why)]
    read = _from_csv if name.lower().endswith(".csv") else _from_json
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, found in read(text, name):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            _take(rows, problems, found, Place(source=name, line=line))
    unknown = {key for _, found in read(text, name) if not isinstance(found, Problem) for key in found}
    left = unknown - {*VALUES, *PLACES, *DERIVED}
    problems += [remark("coding-unknown-column", place, column=column) for column in sorted(left)]
    return rows, problems


def _from_csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        for row in reader:
            line = reader.line_num
            yield line, {key.strip(): value for key, value in row.items() if key and isinstance(value, str)}
    except csv.Error as fault:
        place = Place(source=name, line=reader.line_num)
        yield reader.line_num, remark("coding-not-readable", place, what="CSV", why=fault)


def _from_json(text: str, name: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(source=name, line=number)
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as fault:
            yield number, remark("coding-not-readable", place, what="JSON Lines", why=short(str(fault)))
            continue
        if isinstance(found, dict):
            yield number, found
        else:
            yield number, remark("coding-not-readable", place, what="JSON Lines", why="a line is no object")


def _take(rows: list[Row], problems: list[Problem], found: Mapping[str, Any], place: Place) -> None:
    """Add the row of an object, or what is wrong with it."""
    try:
        rows.append(_row_of(found, place.line or 0))
    except ValueError as fault:
        problems.append(remark("coding-bad-value", place, why=fault, what="Write whole numbers, from 0."))


def _row_of(found: Mapping[str, Any], line: int) -> Row:
    """Return the row of an object. Raises ValueError for an offset that is no whole number."""
    values = {name: _cell(name, found[name]) for name in VALUES if found.get(name) not in (None, "")}
    return Row(
        line=line,
        doc=str(found.get("doc") or "").strip(),
        start=_offset("start", found.get("start")),
        end=_offset("end", found.get("end")),
        quote=str(found.get("quote") or ""),
        values=values,
        trigger=str(found.get("trigger") or ""),
        trigger_start=_offset("trigger_start", found.get("trigger_start")),
        reason=str(found.get("reason") or "").strip(),
        labels=_labels(found.get("labels")),
    )


def _labels(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else str(value or "").split(";")
    return tuple(dict.fromkeys(str(one).strip() for one in given if str(one).strip()))


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON is any
    """Return a value; a deadline in a cell may be the JSON object that an export writes."""
    if name == "deadline" and isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _offset(name: str, value: object) -> int | None:
    """Return an offset, None for none. Raises ValueError."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    text = str(value).strip()
    if not (text.isascii() and text.lstrip("-").isdigit()) or len(text) > len("1000000000"):
        message = f"`{name}` cannot be {short(text)!r}."
        raise ValueError(message)
    return int(text)


def place_in(document: Document, row: Row, source: str) -> tuple[int, int] | Problem:
    """Return the stretch of a document that a row is about, or what is wrong with it."""
    place = Place(source=source, doc=document.slug, line=row.line or None)
    if row.start is not None and row.end is not None:
        return _stretch(document, row, place)
    if not row.quote.strip():
        return remark("coding-no-place", place)
    found = occurrences(document.text, row.quote)
    shown = short(row.quote)
    if not found:
        return remark("coding-quote-missing", place, quote=shown)
    if len(found) > 1:
        places = ", ".join(str(start) for start, _ in found[:MOST_PLACES])
        return remark("coding-quote-twice", place, quote=shown, count=len(found), places=places)
    return found[0]


def _stretch(document: Document, row: Row, place: Place) -> tuple[int, int] | Problem:
    start, end = row.start or 0, row.end or 0
    if not 0 <= start < end <= len(document.text):
        return remark("coding-outside", place, begin=start, until=end, size=len(document.text))
    if row.quote and plain(row.quote)[0] != plain(document.text[start:end])[0]:
        return remark("coding-quote-differs", place, begin=start, until=end, quote=short(row.quote))
    return start, end


def occurrences(text: str, quote: str) -> Sequence[tuple[int, int]]:
    """Return where some words stand in a text: exactly, else with blanks and widths of characters set aside."""
    wanted = quote.strip()
    exact = list(_all(text, wanted))
    if exact:
        return [(start, start + len(wanted)) for start in exact]
    flat, offsets = plain(text)
    sought = plain(wanted)[0]
    return [(offsets[at], offsets[at + len(sought) - 1] + 1) for at in _all(flat, sought)] if sought else []


def _all(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def plain(text: str) -> tuple[str, list[int]]:
    """Return a text without white space and in compatible forms (NFKC), and where each character of it stood."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        for one in unicodedata.normalize("NFKC", letter):
            if not one.isspace():
                letters.append(one)
                offsets.append(at)
    return "".join(letters), offsets
