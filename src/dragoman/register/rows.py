"""Documents and provisions as the register stores them, and back: exact round trips."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.model import (
    Amount,
    Block,
    BlockKind,
    Bound,
    Deadline,
    DeadlineKind,
    Document,
    Kind,
    Language,
    Legalization,
    Provision,
    Quote,
    Run,
    Section,
    Sentence,
    Why,
)
from dragoman.model.identity import sha256_of_bytes, sha256_of_text

PIECE = 32_768
"""Characters of a stored piece of text: a hit of a search unpacks one or two pieces, not the document."""
_UTF8 = "surrogatepass"


def json_of(value: Any) -> str:  # noqa: ANN401 - JSON is any
    """Return compact JSON that both engines can store (no NUL, no lone surrogates)."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        dumped.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return dumped


def column_text(text: str) -> str:
    """Return a text for a column: NUL and lone surrogates, which engines refuse, become U+FFFD."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def pieces_of(text: str) -> Iterator[bytes]:
    """Yield the packed pieces of a text."""
    for start in range(0, len(text), PIECE):
        yield zlib.compress(text[start : start + PIECE].encode("utf-8", _UTF8), 3)


def text_of_piece(piece: bytes) -> str:
    """Return the text of a packed piece."""
    return zlib.decompress(piece).decode("utf-8", _UTF8)


def about_of(document: Document) -> dict[str, Any]:
    """Return the metadata of a document as JSON."""
    return {
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "kind": document.kind,
        "parties": list(document.parties),
        "languages": [language.value for language in document.languages],
        "work": document.work,
        "guessed": sorted(document.guessed),
        "media_type": document.media_type,
    }


def structure_of(document: Document) -> bytes:
    """Return the packed structure of a document."""
    paths = {path: index for index, path in enumerate(dict.fromkeys(s.section for s in document.sentences))}
    columns = {
        "runs": [[run.start, run.end, run.language.value] for run in document.runs],
        "blocks": [
            [b.start, b.end, b.kind.value, b.level, b.marker, b.page, b.stem, b.role] for b in document.blocks
        ],
        "sections": [[s.start, s.end, s.title, s.number, s.level, s.path] for s in document.sections],
        "paths": list(paths),
        "sentences": [
            [s.index, s.start, s.end, s.language.value, s.block, s.kind.value, paths[s.section], s.stem, s.first]
            for s in document.sentences
        ],
    }
    return zlib.compress(json_of(columns).encode(), 3)


def fingerprint_of(document: Document, structure: bytes) -> str:
    """Return the hash of all that makes a version: bytes, text, structure, metadata (not the path)."""
    about = json_of(about_of(document))
    key = "\x1f".join((document.sha256, document.text_sha256, about, sha256_of_bytes(structure)))
    return sha256_of_text(key)


def document_of(slug: str, version: Any, text: str) -> Document:  # noqa: ANN401 - a row of `versions`
    """Return the document of a row of `versions`."""
    about = json.loads(version.about)
    columns = json.loads(zlib.decompress(version.structure))
    paths = [tuple(path) for path in columns["paths"]]
    return Document(
        slug=slug,
        title=about["title"],
        date=date.fromisoformat(about["date"]) if about["date"] else None,
        kind=about["kind"],
        parties=tuple(about["parties"]),
        languages=tuple(Language(code) for code in about["languages"]),
        source=version.source,
        sha256=version.sha256,
        text_sha256=version.text_sha256,
        text=text,
        work=about["work"],
        runs=tuple(Run(start, end, Language(code)) for start, end, code in columns["runs"]),
        blocks=tuple(_block_of(row) for row in columns["blocks"]),
        sections=tuple(
            Section(start, end, title, number, level, tuple(path))
            for start, end, title, number, level, path in columns["sections"]
        ),
        sentences=tuple(_sentence_of(row, paths) for row in columns["sentences"]),
        guessed=frozenset(about["guessed"]),
        media_type=about["media_type"],
    )


def _block_of(row: Sequence[Any]) -> Block:
    start, end, kind, *rest = row
    return Block(start, end, BlockKind(kind), *rest)


def _sentence_of(row: Sequence[Any], paths: Sequence[tuple[str, ...]]) -> Sentence:
    index, start, end, language, block, kind, path, stem, first = row
    return Sentence(index, start, end, Language(language), block, BlockKind(kind), paths[path], stem, first=first)


def payload_of(provision: Provision) -> str:
    """Return a provision as JSON, complete; absent fields have their default."""
    quote, deadline, profile = provision.quote, provision.deadline, provision.legalization
    row: dict[str, Any] = {
        "id": provision.id,
        "doc": provision.doc,
        "span": [provision.start, provision.end],
        "trigger": [provision.trigger, provision.trigger_start],
        "kind": provision.kind.value,
        "force": provision.force,
        "quote": _quote_row(quote),
        "language": provision.language.value,
        "section": provision.section,
        "actors": provision.actors,
        "counterparties": provision.counterparties,
        "aim": provision.aim,
        "object": provision.object,
        "technologies": provision.technologies,
        "instruments": provision.instruments,
        "deadline": _deadline_row(deadline),
        "conditions": provision.conditions,
        "amounts": [[a.text, a.value, a.currency, a.bound.value, a.start] for a in provision.amounts],
        "legalization": profile and [profile.obligation, profile.precision, profile.delegation, profile.reasons],
        "confidence": provision.confidence,
        "why": [[w.field, w.value, w.rule, w.start, w.end] for w in provision.why],
        "coder": provision.coder,
    }
    return json_of({name: value for name, value in row.items() if value not in (None, "", (), [])} | _kept(row))


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """Return the field whose empty value differs from its absence."""
    return {"conditions": ""} if row["conditions"] == "" else {}


def _quote_row(quote: Quote) -> list[str]:
    """Return a quote as JSON; its hash only where it is not that of its words."""
    row = [quote.exact, quote.prefix, quote.suffix]
    return row if quote.sha256 == sha256_of_text(quote.exact) else [*row, quote.sha256]


def _deadline_row(deadline: Deadline | None) -> list[Any] | None:
    if deadline is None:
        return None
    day = deadline.date.isoformat() if deadline.date else None
    return [deadline.text, deadline.kind.value, day, deadline.every, deadline.event, deadline.start]


def provision_of(payload: str) -> Provision:
    """Return the provision of a payload."""
    row = json.loads(payload)
    return Provision(
        id=row.get("id", ""),
        doc=row.get("doc", ""),
        start=row["span"][0],
        end=row["span"][1],
        trigger=row["trigger"][0],
        trigger_start=row["trigger"][1],
        kind=Kind(row["kind"]),
        force=row["force"],
        quote=_quote_of(*row["quote"]),
        language=Language(row["language"]),
        section=tuple(row.get("section", ())),
        actors=tuple(row.get("actors", ())),
        counterparties=tuple(row.get("counterparties", ())),
        aim=row.get("aim", ""),
        object=row.get("object", ""),
        technologies=tuple(row.get("technologies", ())),
        instruments=tuple(row.get("instruments", ())),
        deadline=_deadline_of(row.get("deadline")),
        conditions=row.get("conditions"),
        amounts=tuple(
            Amount(text, value, currency, Bound(bound), start)
            for text, value, currency, bound, start in row.get("amounts", ())
        ),
        legalization=_profile_of(row.get("legalization")),
        confidence=row["confidence"],
        why=tuple(Why(*why) for why in row.get("why", ())),
        coder=row.get("coder", ""),
    )


def _quote_of(exact: str, prefix: str, suffix: str, sha256: str | None = None) -> Quote:
    return Quote(exact, prefix, suffix, sha256_of_text(exact) if sha256 is None else sha256)


def _profile_of(row: Sequence[Any] | None) -> Legalization | None:
    if row is None:
        return None
    obligation, precision, delegation, reasons = row
    return Legalization(obligation, precision, delegation, tuple(reasons))


def _deadline_of(row: Sequence[Any] | None) -> Deadline | None:
    if row is None:
        return None
    text, kind, day, every, event, start = row
    return Deadline(text, DeadlineKind(kind), date.fromisoformat(day) if day else None, every, event, start)


def moved(provision: Provision, quote: Quote, delta: int) -> Provision:
    """Return a provision whose sentence stands `delta` characters further on in another version.

    Args:
        provision: the line.
        quote: the same sentence in the other version, with its own context.
        delta: shift of the sentence; what is read from its stem is taken to have moved along.
    """

    def shift(offset: int) -> int:
        return offset if offset < 0 else max(0, offset + delta)

    deadline = provision.deadline and replace(provision.deadline, start=shift(provision.deadline.start))
    return replace(
        provision,
        start=shift(provision.start),
        end=shift(provision.end),
        trigger_start=shift(provision.trigger_start),
        quote=quote,
        deadline=deadline,
        amounts=tuple(replace(amount, start=shift(amount.start)) for amount in provision.amounts),
        why=tuple(replace(why, start=shift(why.start), end=shift(why.end)) for why in provision.why),
    )
