"""Files of concepts: which form one has, and its concepts one by one with what is wrong."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.model.term import Concept
from dragoman.terms.skos import read_jsonld, read_rdf
from dragoman.terms.tbx_read import ROOTS as TBX_ROOTS
from dragoman.terms.tbx_read import read_tbx
from dragoman.terms.term_faults import Faults, Gate
from dragoman.terms.term_table import lines_of_sheet, lines_of_text, read_table
from dragoman.terms.termbase import limits
from dragoman.terms.xml_entries import BrokenXmlError, EntityDeclaredError, entries_of

ENDINGS = {
    ".tbx": "xml",
    ".xml": "xml",
    ".rdf": "xml",
    ".skos": "xml",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
}
"""Forms of files by their ending; of XML the root tells which kind."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""In which a table in text is read, tried in this order; UTF-16 where it begins with its mark."""
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
PROBE = 1 << 22


def concepts_of(path: Path, known_tags: frozenset[str], faults: Faults, least: float = 0.0) -> Iterator[Concept]:
    """Yield the concepts of a file; with a serious fault they may not be taken.

    Args:
        path: of the file.
        known_tags: tags that concepts may have.
        faults: what is wrong is noted there.
        least: score below which a row of a table is left out, where it has one.
    """
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        faults.add("termbase-unknown-form", None)
        return
    gate = Gate(faults, known_tags, least)
    try:
        with path.open("rb") as stream:
            yield from READERS[form](stream, gate)
    except EntityDeclaredError as fault:
        faults.add("termbase-entities", fault.line)
    except BrokenXmlError as fault:
        faults.add("termbase-broken-xml", fault.line, why=fault.why)
    except (*DAMAGED_ARCHIVE, OSError, csv.Error) as fault:
        faults.add("termbase-unreadable", None, why=_why(fault))
    if not gate.ids and not faults.found:
        faults.add("termbase-empty-file", None)


def _why(fault: Exception) -> str:
    """Return a fault in a few words."""
    text = " ".join(str(fault).split())
    return text[:200] or type(fault).__name__


def _xml(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
    root = next(entries_of(stream, frozenset()), None)
    stream.seek(0)
    if root is None or (root.name not in TBX_ROOTS and root.name != "RDF"):
        gate.faults.add("termbase-unknown-form", root.line if root else 1)
        return
    yield from (read_tbx if root.name in TBX_ROOTS else read_rdf)(stream, gate)


def _jsonld(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
    data = stream.read(limits().bytes + 1)
    if len(data) > limits().bytes:
        gate.faults.add("termbase-unreadable", None, why=f"more than {limits().bytes:,} bytes")
        return
    yield from read_jsonld(data, gate)


def _text(delimiter: str) -> Callable[[BinaryIO, Gate], Iterator[Concept]]:
    def read(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
        encoding = _encoding(stream)
        yield from read_table(lines_of_text(stream, delimiter, encoding), gate)

    return read


def _encoding(stream: BinaryIO) -> str:
    """Return the encoding of a table in text, told by its beginning."""
    head = stream.read(PROBE)
    stream.seek(0)
    if head.startswith(UTF16_MARKS):
        return "utf-16"
    whole = head if len(head) < PROBE else head[: head.rfind(b"\n") + 1]
    for encoding in ENCODINGS:
        try:
            whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ENCODINGS[0]


def _sheet(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
    with zipfile.ZipFile(stream) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > limits().bytes:
        gate.faults.add("termbase-unreadable", None, why=f"more than {limits().bytes:,} bytes unpacked")
        return
    stream.seek(0)
    yield from read_table(lines_of_sheet(stream), gate)


READERS: dict[str, Callable[[BinaryIO, Gate], Iterator[Concept]]] = {
    "xml": _xml,
    "jsonld": _jsonld,
    "csv": _text(","),
    "tsv": _text("\t"),
    "xlsx": _sheet,
}
