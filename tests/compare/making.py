"""Series of invented statements for tests of lineage, read and extracted as the facade does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from dragoman.compare import lineage_of
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.model.lineage import Lineage, LineageLine
from dragoman.read import ReadSettings, read_bytes

PARTIES = ("Japan", "Canada")
Text = tuple[Document, tuple[Provision, ...]]


@cache
def extractor() -> Extractor:
    return Extractor(load_lexicon())


def statement(slug: str, body: str, day: date | None = None, **fields: Any) -> Text:  # noqa: ANN401
    """Return a text with its lines; a date is worked out from the number in the slug where none is given."""
    result = next(iter(read_bytes(body.encode(), f"{slug}.txt", ReadSettings())))
    assert result.document is not None
    number = int("".join(filter(str.isdigit, slug)) or 1)
    stated: dict[str, Any] = {
        "slug": slug,
        "date": day or date(2020 + number, 6, 1),
        "parties": PARTIES,
        "kind": "joint statement",
    }
    document = replace(result.document, **(stated | fields))
    return document, extractor().extract(document)


def series(*bodies: str) -> list[Text]:
    """Return statements a year apart."""
    return [statement(f"meeting{number}", body) for number, body in enumerate(bodies, start=1)]


def lineage(texts: Sequence[Text], **options: Any) -> Lineage:  # noqa: ANN401
    return lineage_of(texts, load_lexicon(), **options)


def line_with(found: Lineage, words: str, slug: str = "meeting2") -> LineageLine:
    """Return the one line of a text that holds some words."""
    lines = [line for line in found.lines if line.provision.doc == slug and not line.dropped_in]
    (line,) = [line for line in lines if words in line.provision.quote.exact]
    return line
