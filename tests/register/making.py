"""Small documents and lines for tests: one sentence a line of text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dragoman.model import (
    Block,
    BlockKind,
    Document,
    Kind,
    Language,
    Provision,
    Run,
    Sentence,
    quote_at,
)
from dragoman.model.identity import provision_id, sha256_of_text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODER = "grammar/1"


def document(text: str, slug: str = "memo", day: date | None = date(2025, 5, 1), **fields: Any) -> Document:  # noqa: ANN401
    """Return a document; a line that starts with "~" is furniture, one that starts with "#" a heading."""
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        kind = {"~": BlockKind.FURNITURE, "#": BlockKind.HEADING}.get(line[:1], BlockKind.PARAGRAPH)
        if line.strip():
            own = (start, start + len(line))
            language = Language.EN if line.isascii() else Language.ZH
            sentences.append(Sentence(len(sentences), *own, language, len(blocks), kind))
            blocks.append(Block(*own, kind))
        start += len(line) + 1
    return Document(
        slug=slug,
        title=fields.pop("title", f"About {slug}"),
        date=day,
        kind="memo",
        parties=("Freedonia", "Sylvania"),
        languages=(Language.EN,),
        source=fields.pop("source", f"{slug}.txt"),
        sha256=sha256_of_text(text),
        text_sha256=sha256_of_text(text),
        text=text,
        runs=(Run(0, len(text), Language.EN),),
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        guessed=frozenset({"title"}),
        **fields,
    )


def provision(doc: Document, sentence: int, trigger: str = "will", **fields: Any) -> Provision:  # noqa: ANN401
    """Return a line pinned to a sentence of a document, by its index."""
    start, end = doc.sentences[sentence].start, doc.sentences[sentence].end
    quote = quote_at(doc.text, start, end)
    values: dict[str, Any] = {
        "id": provision_id(doc.slug, quote.exact, trigger, 0),
        "doc": doc.slug,
        "start": start,
        "end": end,
        "trigger": trigger,
        "trigger_start": doc.text.find(trigger, start),
        "kind": Kind.COMMITMENT,
        "force": 3,
        "quote": quote,
        "language": doc.sentences[sentence].language,
        "actors": ("Freedonia",),
        "confidence": 0.8,
        "coder": CODER,
    }
    return Provision(**(values | fields))
