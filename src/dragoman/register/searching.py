"""Full-text search over the sentences of the current versions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from dragoman.model import SearchHit, SearchPage
from dragoman.register.index import count_and_keys
from dragoman.register.keys import version_of
from dragoman.register.schema import documents, entries, sentences, versions
from dragoman.register.texts import AnyRow, TextReader, holder_of
from dragoman.register.tokens import Phrase, marks_of, phrases_of


def search_sentences(connection: Connection, words: str, offset: int, limit: int) -> SearchPage:
    """Return the sentences that hold all phrases of a query, newest document first, then in text order."""
    phrases = phrases_of(words)
    if not phrases:
        return SearchPage((), 0, offset)
    total, keys = count_and_keys(connection, phrases, offset, limit)
    return SearchPage(_hits(connection, keys, phrases), total, offset)


def _hits(connection: Connection, keys: Sequence[int], phrases: Sequence[Phrase]) -> tuple[SearchHit, ...]:
    rows = connection.execute(
        select(sentences.c.key, sentences.c.start, sentences.c.end).where(sentences.c.key.in_(keys))
    )
    spans = {key: (start, end) for key, start, end in rows}
    homes = _homes(connection, {version_of(key) for key in keys})
    pinned = _provisions_at(connection, keys)
    reader = TextReader(connection)
    reader.fetch((holder_of(homes[version_of(key)]), *spans[key]) for key in keys)
    hits = []
    for key in keys:
        home, (start, end) = homes[version_of(key)], spans[key]
        words = reader.slice(holder_of(home), start, end)
        marks = marks_of(words, phrases)
        hits.append(
            SearchHit(home.slug, json.loads(home.about)["title"], start, end, words, marks, pinned.get(key, ()))
        )
    return tuple(hits)


def _homes(connection: Connection, ids: set[int]) -> Mapping[int, AnyRow]:
    """Return slug, title and text of versions, by id."""
    rows = connection.execute(
        select(versions.c.id, documents.c.slug, versions.c.about, versions.c.text)
        .join(documents, documents.c.id == versions.c.document)
        .where(versions.c.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _provisions_at(connection: Connection, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the ids of the lines pinned to sentences, in text order."""
    rows = connection.execute(
        select(entries.c.sentence, entries.c.provision)
        .where(entries.c.sentence.in_(keys))
        .order_by(entries.c.sentence, entries.c.trigger_start, entries.c.provision)
    )
    found: dict[int, tuple[str, ...]] = {}
    for key, provision in rows:
        found[key] = (*found.get(key, ()), provision)
    return found
