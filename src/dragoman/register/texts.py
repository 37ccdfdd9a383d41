"""Versions and their stored texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select

from dragoman.model.alliance import Place
from dragoman.register.keys import piece_key
from dragoman.register.rows import PIECE, text_of_piece
from dragoman.register.schema import VERSION, documents, texts, versions

AT_A_TIME = 500
"""Stretches looked up in one question."""

AnyRow = Row[*tuple[Any, ...]]
"""A row of some question; its columns are read by name."""


def inserted(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert a row and return its id."""
    key = connection.execute(insert(table), values).inserted_primary_key
    if key is None:  # pragma: no cover - only for a table without a key
        raise LookupError(table.name)
    return int(key[0])


def stamp(at: datetime) -> str:
    """Return a time as it is stored: UTC, sortable."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


_CURRENT = (
    select(*VERSION)
    .join(documents, documents.c.current == versions.c.id)
    .where(documents.c.slug == bindparam("slug"))
)
"""Asked twice for every document read; building it anew would cost more than running it."""


def current_version(connection: Connection, slug: str) -> AnyRow | None:
    """Return the row of `versions` that counts for a document, None where there is no such document."""
    return connection.execute(_CURRENT, {"slug": slug}).first()


def holder_of(version: AnyRow) -> int:
    """Return the id of the version that stores a version's text."""
    return int(version.text or version.id)


class TextReader:
    """Reads stretches of stored texts; each piece is fetched and unpacked once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pieces: dict[int, str] = {}

    def fetch(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        """Fetch at once what is needed for some stretches: version that stores the text, start, end."""
        keys = {key for stretch in stretches for key in _piece_keys(*stretch)}
        rows = self._connection.execute(_PIECES, {"keys": list(keys)})
        self._pieces.update((key, text_of_piece(content)) for key, content in rows)

    def slice(self, holder: int, start: int, end: int) -> str:
        """Return characters start to end of a text; touches only the pieces they stand in."""
        keys = _piece_keys(holder, start, end)
        if any(key not in self._pieces for key in keys):
            self._pieces.clear()
            self.fetch([(holder, start, end)])
        joined = "".join(self._pieces.get(key, "") for key in keys)
        first = start // PIECE * PIECE
        return joined[start - first : end - first]

    def whole(self, holder: int) -> str:
        """Return a whole text."""
        own = texts.c.key.between(piece_key(holder, 0), piece_key(holder + 1, 0) - 1)
        pieces = self._connection.execute(select(texts.c.content).where(own).order_by(texts.c.key))
        return "".join(text_of_piece(piece) for piece in pieces.scalars())


def words_at(connection: Connection, places: Sequence[Place]) -> dict[Place, str]:
    """Return the words of stretches of current versions; those of documents that are not there are left out.

    Only the pieces of the texts are opened that they stand in.
    """
    found: dict[Place, str] = {}
    for start in range(0, len(places), AT_A_TIME):
        some = places[start : start + AT_A_TIME]
        rows = connection.execute(_HOLDERS, {"slugs": list({place.doc for place in some})})
        holders = {row.slug: holder_of(row) for row in rows}
        there = [place for place in some if place.doc in holders]
        reader = TextReader(connection)
        reader.fetch((holders[place.doc], place.start, place.end) for place in there)
        found |= {place: reader.slice(holders[place.doc], place.start, place.end) for place in there}
    return found


_HOLDERS = (
    select(documents.c.slug, versions.c.id, versions.c.text)
    .join(versions, versions.c.id == documents.c.current)
    .where(documents.c.slug.in_(bindparam("slugs", expanding=True)))
)
_PIECES = select(texts.c.key, texts.c.content).where(texts.c.key.in_(bindparam("keys", expanding=True)))


def _piece_keys(holder: int, start: int, end: int) -> range:
    """Return the keys of the pieces that characters start to end of a text stand in."""
    return range(piece_key(holder, start // PIECE), piece_key(holder, max(start, end - 1) // PIECE) + 1)
