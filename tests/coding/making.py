"""Small coded lines for tests, and a text to code."""

from __future__ import annotations

from typing import Any

from dragoman.model import Document, Kind, Language, Provision, quote_at
from dragoman.model.coding import CodedLine
from dragoman.model.identity import provision_id
from tests.register.making import document

TEXT = """# Harbours
Alba will light the harbour by 2027.
Boria shall not close the strait.
Both sides may meet in spring.
The keeper should report each month."""


def text(body: str = TEXT, slug: str = "harbour") -> Document:
    return document(body, slug)


def line(doc: Document, sentence: int, coder: str = "Ana", **fields: Any) -> Provision:  # noqa: ANN401
    """A line on a sentence, or on a part of it (`span`: offsets within it)."""
    place = doc.sentences[sentence]
    first, last = fields.pop("span", (0, place.end - place.start))
    start, end = place.start + first, place.start + last
    quote = quote_at(doc.text, start, end)
    return Provision(
        id=provision_id(doc.slug, quote.exact, "", 0),
        doc=doc.slug,
        start=start,
        end=end,
        trigger="",
        trigger_start=start,
        kind=fields.pop("kind", Kind.COMMITMENT),
        force=fields.pop("force", 3),
        quote=quote,
        language=Language.EN,
        coder=f"person/{coder}",
        **fields,
    )


def coded(doc: Document, *sentences: int, first: int = 1, **fields: Any) -> tuple[CodedLine, ...]:  # noqa: ANN401
    """A coder's lines on some sentences, numbered from `first`."""
    return tuple(CodedLine(first + n, line(doc, one, **fields)) for n, one in enumerate(sentences))
