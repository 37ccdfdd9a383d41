"""From a file, address or text to a `Document`.

Contract (the register, the workspace and the tests rely on it):

    read_inputs(inputs, settings, standard_input=..., metadata=...) -> Iterator[ReadResult]
        inputs: paths, folders, globs, "-", addresses, .jsonl(.gz) files. One result per document found; an
        input that cannot be read gives a result without a document and with a Problem of severity error.
        A generator: one document in memory at a time.
    read_bytes(data, name, settings, metadata) -> Iterator[ReadResult]
        an uploaded file.
    read_text(text, slug=..., metadata=...) -> Document
        the structure stage alone, for tests and for other rooms.
    count_inputs(inputs, settings) -> int | None
        how many results `read_inputs` will give, where that can be known without reading.

For reading in many processes (`dragoman.bulk`), the steps one by one: `expand` names the sources, `lines_of` the
lines of a file, `name_of_line` and `stem_of` the name that each asks for, `read_line` reads one, a `Reader`
other sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.model import Document
from dragoman.read.draft import Draft
from dragoman.read.faults import UnreadableError
from dragoman.read.inputs import Reader, count_inputs, file_holds_lines, read_bytes, read_inputs
from dragoman.read.jsonlines import NumberedLine, lines_of, name_of_line, read_line
from dragoman.read.settings import ReadResult, ReadSettings
from dragoman.read.slugs import Slugs, slugify, stem_of
from dragoman.read.sources import Source, expand, has_known_ending, is_lines
from dragoman.read.structure import Origin, build_document

__all__ = [
    "NumberedLine",
    "ReadResult",
    "ReadSettings",
    "Reader",
    "Slugs",
    "Source",
    "UnreadableError",
    "count_inputs",
    "expand",
    "file_holds_lines",
    "has_known_ending",
    "is_lines",
    "lines_of",
    "name_of_line",
    "read_bytes",
    "read_inputs",
    "read_line",
    "read_text",
    "slugify",
    "stem_of",
]


def read_text(text: str, *, slug: str, metadata: Mapping[str, Any] | None = None, source: str = "") -> Document:
    """Return the document of a plain string; its offsets are those of the string.

    Args:
        text: the whole text.
        slug: name of the document.
        metadata: what is stated about it: title, date, kind, parties, languages, work.
        source: path or address it came from.
    """
    return build_document(Draft(text), Origin(slug, source), metadata)
