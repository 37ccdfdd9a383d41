"""The evidence corpus: pages and the index they are ranked by, in a file or schema of its own tables.

corpus = Corpus.open(folder / "corpus.sqlite")
corpus.add([IndexedPage(page, terms, words)])
corpus.postings(["quantum", "@United Kingdom"])
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, delete, func, insert, inspect, select

from dragoman.model import StoreError
from dragoman.model.corpus import REGISTER, CorpusPage, CorpusSource
from dragoman.register.corpus_schema import FORM, MOST_PAGES, about, corpus, pages, postings, segments
from dragoman.register.engine import Store, store_at

LOCK = "corpus"
"""What a writer locks: numbers of pages are given out one transaction after the other."""
MOST_COUNT = 255
AT_ONCE = 400
"""Values of one question to the database."""
ROWS = 2_000
LEVEL = 3
"""Of compression: texts of the archive take 2.6 times less room, at 60 MB a second."""


class CorpusFormError(StoreError):
    """A corpus that another version of dragoman wrote."""

    def __init__(self, place: str, form: int) -> None:
        super().__init__(
            f"The corpus in {place} has form {form}; this version reads form {FORM}.",
            "Remove it and add its files again: dragoman corpus add FILE.",
        )


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page and what it is found by.

    Attributes:
        page: the page.
        terms: its terms, with how often each stands in it.
        words: its length in terms.
    """

    page: CorpusPage
    terms: Mapping[str, int]
    words: int


@dataclass(frozen=True, slots=True, eq=False)
class TermPages:
    """The pages a term stands in, by ascending number, and how often."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CorpusOutline:
    """All pages: numbers, lengths in terms, date of the newest, pages by source."""

    numbers: NDArray[np.int64]
    words: NDArray[np.int64]
    newest: date | None
    sources: tuple[tuple[str, int], ...]


class Corpus:
    """Pages that are evidence only. Safe to use from several threads and processes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, place: str | Path) -> Self:
        """Open or create a corpus.

        Args:
            place: path of a SQLite file, or "postgresql://..." (its tables then stand beside the register's).

        Raises:
            StoreError: it cannot be opened or created, or another version wrote it.
            UsageError: the address is not one of PostgreSQL.
        """
        store = store_at(place)
        with store.reading() as connection:
            known = inspect(connection).has_table(about.name)
        if not known:
            with store.writing(LOCK) as connection:
                corpus.create_all(connection)
                if connection.execute(select(about.c.form)).first() is None:
                    connection.execute(insert(about), {"form": FORM})
        with store.reading() as connection:
            form = connection.execute(select(about.c.form)).scalar_one()
        if form != FORM:
            raise CorpusFormError(store.place, form)
        return cls(store)

    def close(self) -> None:
        """Close all connections."""
        self._store.engine.dispose()

    def register_hashes(self) -> dict[str, str]:
        """Return the hashes of the documents of the register that are there, by slug."""
        with self._store.reading() as connection:
            rows = connection.execute(select(pages.c.id, pages.c.sha256).where(pages.c.kind == REGISTER))
            return {row.id: row.sha256 for row in rows}

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes of those of some pages that are there already, by id."""
        found: dict[str, str] = {}
        with self._store.reading() as connection:
            for part in _parts(ids):
                own = pages.c.id.in_(part), pages.c.kind != REGISTER
                rows = connection.execute(select(pages.c.id, pages.c.sha256).where(*own))
                found.update((row.id, row.sha256) for row in rows)
        return found

    def add(self, added: Sequence[IndexedPage]) -> None:
        """Add pages in one transaction; one with an id that is there replaces it. Raises StoreError."""
        for start in range(0, len(added), MOST_PAGES):
            with self._store.writing(LOCK) as connection:
                _add(connection, added[start : start + MOST_PAGES])

    def remove(self, name: str) -> int:
        """Remove a source with all its pages, or the page of an id; return how many pages went."""
        with self._store.writing(LOCK) as connection:
            own = (pages.c.kind == _kind(of_register=False), (pages.c.source == name) | (pages.c.id == name))
            gone: int = connection.execute(delete(pages).where(*own)).rowcount
            _forget_empty_segments(connection)
        return gone

    def forget(self, ids: Sequence[str]) -> None:
        """Remove pages that are documents of the register, by slug."""
        with self._store.writing(LOCK) as connection:
            for part in _parts(ids):
                connection.execute(delete(pages).where(pages.c.id.in_(part), pages.c.kind == REGISTER))

    def sources(self) -> tuple[CorpusSource, ...]:
        """Return what is there, by source, without the documents of the register."""
        question = (
            select(
                pages.c.source,
                func.count(),
                func.sum(pages.c.characters),
                func.min(pages.c.day),
                func.max(pages.c.day),
            )
            .where(pages.c.kind != REGISTER)
            .group_by(pages.c.source)
            .order_by(pages.c.source)
        )
        with self._store.reading() as connection:
            return tuple(CorpusSource(*row) for row in connection.execute(question))

    def outline(self) -> CorpusOutline:
        """Return all pages in outline."""
        with self._store.reading() as connection:
            rows = connection.execute(select(pages.c.number, pages.c.words).order_by(pages.c.number)).all()
            newest = connection.execute(select(func.max(pages.c.day))).scalar()
            by_source = select(pages.c.source, func.count()).group_by(pages.c.source).order_by(pages.c.source)
            sources = tuple((source, number) for source, number in connection.execute(by_source))
        table = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 2)
        return CorpusOutline(table[:, 0].copy(), table[:, 1].copy(), newest, sources)

    def postings(self, terms: Sequence[str]) -> dict[str, TermPages]:
        """Return the postings of some terms, of removed pages too; terms that stand nowhere are left out."""
        found: dict[str, list[tuple[int, bytes, bytes]]] = {}
        with self._store.reading() as connection:
            rows = connection.execute(select(segments.c.segment, segments.c.first))
            firsts: dict[int, int] = {row.segment: row.first for row in rows}
            for part in _parts(terms):
                held = connection.execute(_POSTINGS.where(postings.c.term.in_(part)))
                for term, segment, places, counts in held:
                    found.setdefault(term, []).append((firsts[segment], places, counts))
        return {term: _joined(rows) for term, rows in found.items()}

    def pages(self, numbers: Sequence[int]) -> dict[int, CorpusPage]:
        """Return pages by number; those that are gone are left out."""
        found = {}
        with self._store.reading() as connection:
            for part in _parts(numbers):
                for row in connection.execute(select(pages).where(pages.c.number.in_(part))):
                    found[row.number] = _page(row)
        return found

    def page(self, identifier: str) -> CorpusPage | None:
        """Return a page of the corpus by its id, None where there is none."""
        own = pages.c.id == identifier, pages.c.kind != REGISTER
        with self._store.reading() as connection:
            row = connection.execute(select(pages).where(*own)).first()
        return _page(row) if row else None


_POSTINGS = select(postings.c.term, postings.c.segment, postings.c.places, postings.c.counts)


def _kind(*, of_register: bool) -> str:
    return REGISTER if of_register else "corpus"


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _page(row: Row[Any]) -> CorpusPage:
    text = zlib.decompress(row.text).decode("utf-8")
    return CorpusPage(row.id, text, row.title, row.day, row.address, row.source, row.sha256)


def _joined(rows: list[tuple[int, bytes, bytes]]) -> TermPages:
    """Return the postings of a term from its segments."""
    rows.sort(key=lambda row: row[0])
    numbers = [np.frombuffer(places, dtype="<u2").astype(np.int64) + first for first, places, _ in rows]
    counts = [np.frombuffer(counts, dtype=np.uint8).astype(np.int64) for _, _, counts in rows]
    return TermPages(np.concatenate(numbers), np.concatenate(counts))


def _add(connection: Connection, added: Sequence[IndexedPage]) -> None:
    """Write a segment: its pages and the postings of its terms."""
    segment = (connection.execute(select(func.max(segments.c.segment))).scalar() or 0) + 1
    first = connection.execute(select(func.max(segments.c.first + segments.c.pages))).scalar() or 1
    for kind in ("corpus", REGISTER):
        ids = [one.page.id for one in added if _kind(of_register=one.page.source == REGISTER) == kind]
        for part in _parts(ids):
            connection.execute(delete(pages).where(pages.c.kind == kind, pages.c.id.in_(part)))
    connection.execute(insert(segments), {"segment": segment, "first": first, "pages": len(added)})
    for start in range(0, len(added), ROWS):
        part = added[start : start + ROWS]
        connection.execute(insert(pages), [_row(one, first + start + at, segment) for at, one in enumerate(part)])
    rows = list(_postings_of(added, segment))
    for start in range(0, len(rows), ROWS):
        connection.execute(insert(postings), rows[start : start + ROWS])


def _row(one: IndexedPage, number: int, segment: int) -> dict[str, Any]:
    page = one.page
    return {
        "number": number,
        "id": page.id,
        "kind": _kind(of_register=page.source == REGISTER),
        "source": page.source,
        "sha256": page.sha256,
        "title": page.title,
        "day": page.day,
        "address": page.address,
        "characters": len(page.text),
        "words": one.words,
        "segment": segment,
        "text": zlib.compress(page.text.encode("utf-8"), LEVEL),
    }


def _postings_of(added: Sequence[IndexedPage], segment: int) -> Iterator[dict[str, Any]]:
    """Yield the postings of a segment's terms, in alphabetical order, so that the index grows at its end."""
    found: dict[str, array[int]] = {}
    for place, one in enumerate(added):
        for term, count in one.terms.items():
            known = found.get(term)
            if known is None:
                known = found[term] = array("I")
            known.append(place << 8 | (min(MOST_COUNT, count)))
    for term in sorted(found):
        packed = np.array(found[term], dtype=np.uint32)
        places, counts = (packed >> 8).astype("<u2"), (packed & MOST_COUNT).astype(np.uint8)
        yield {"term": term, "segment": segment, "places": places.tobytes(), "counts": counts.tobytes()}


def _forget_empty_segments(connection: Connection) -> None:
    """Drop the postings of segments without a page."""
    held = select(pages.c.segment).distinct()
    connection.execute(delete(postings).where(postings.c.segment.not_in(held)))
