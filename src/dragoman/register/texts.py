"""Versions and their stored texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select

from dragoman.register.rows import PIECE, text_of_piece
from dragoman.register.schema import VERSION, documents, texts, versions

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


class TextReader:
    """Reads stretches of stored texts; each piece is fetched and unpacked once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pieces: dict[tuple[str, int], str] = {}

    def fetch(self, stretches: Iterable[tuple[str, int, int]]) -> None:
        """Fetch at once what is needed for some stretches: hash of the text, start, end."""
        wanted = {(sha256, piece) for sha256, start, end in stretches for piece in _pieces_for(start, end)}
        rows = self._connection.execute(
            _PIECES, {"hashes": [key for key, _ in wanted], "pieces": [n for _, n in wanted]}
        )
        for sha256, piece, content in rows:
            if (sha256, piece) in wanted:
                self._pieces[sha256, piece] = text_of_piece(content)

    def slice(self, sha256: str, start: int, end: int) -> str:
        """Return characters start to end of a text; touches only the pieces they stand in."""
        numbers = _pieces_for(start, end)
        if any((sha256, number) not in self._pieces for number in numbers):
            self._pieces.clear()
            self.fetch([(sha256, start, end)])
        joined = "".join(self._pieces.get((sha256, number), "") for number in numbers)
        return joined[start - numbers[0] * PIECE : end - numbers[0] * PIECE]

    def whole(self, sha256: str) -> str:
        """Return a whole text."""
        pieces = self._connection.execute(
            select(texts.c.content).where(texts.c.sha256 == sha256).order_by(texts.c.piece)
        )
        return "".join(text_of_piece(piece) for piece in pieces.scalars())


_PIECES = select(texts.c.sha256, texts.c.piece, texts.c.content).where(
    texts.c.sha256.in_(bindparam("hashes", expanding=True)),
    texts.c.piece.in_(bindparam("pieces", expanding=True)),
)


def _pieces_for(start: int, end: int) -> range:
    """Return the numbers of the pieces that characters start to end stand in."""
    return range(start // PIECE, max(start, end - 1) // PIECE + 1)
