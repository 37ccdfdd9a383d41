"""Versions and their stored texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select

from dragoman.register.rows import PIECE, text_of_piece
from dragoman.register.schema import documents, texts, versions

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
    select(versions)
    .join(documents, documents.c.current == versions.c.id)
    .where(documents.c.slug == bindparam("slug"))
)
"""Asked twice for every document read; building it anew would cost more than running it."""


def current_version(connection: Connection, slug: str) -> AnyRow | None:
    """Return the row of `versions` that counts for a document, None where there is no such document."""
    return connection.execute(_CURRENT, {"slug": slug}).first()


class TextReader:
    """Reads stretches of stored texts; keeps the last piece unpacked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: tuple[str, int, str] = ("", -1, "")

    def slice(self, sha256: str, start: int, end: int) -> str:
        """Return characters start to end of a text; touches only the pieces they stand in."""
        first, last = start // PIECE, max(start, end - 1) // PIECE
        joined = "".join(self._piece(sha256, number) for number in range(first, last + 1))
        return joined[start - first * PIECE : end - first * PIECE]

    def whole(self, sha256: str) -> str:
        """Return a whole text."""
        pieces = self._connection.execute(
            select(texts.c.content).where(texts.c.sha256 == sha256).order_by(texts.c.piece)
        )
        return "".join(text_of_piece(piece) for piece in pieces.scalars())

    def _piece(self, sha256: str, number: int) -> str:
        if self._last[:2] != (sha256, number):
            content = self._connection.execute(
                select(texts.c.content).where(texts.c.sha256 == sha256, texts.c.piece == number)
            ).scalar()
            self._last = (sha256, number, text_of_piece(content) if content else "")
        return self._last[2]
