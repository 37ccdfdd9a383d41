"""What monitoring found, as the register keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dragoman.model.watching import ChangeKind, PartyChange
from dragoman.register.rows import column_text
from dragoman.register.schema import party_changes
from dragoman.register.texts import stamp


def store_changes(connection: Connection, changes: Iterable[PartyChange]) -> None:
    """Add changes; nothing is overwritten."""
    rows = [
        {
            "party": column_text(one.party),
            "kind": one.kind.value,
            "list": one.list,
            "entry": one.entry,
            "name": column_text(one.name),
            "score": one.score,
            "detail": column_text(one.detail),
            "at": stamp(one.at),
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(party_changes), rows)


def changes_of(connection: Connection, party: str | None) -> tuple[PartyChange, ...]:
    """Return what was found for a party, or for all, oldest first."""
    question = select(party_changes).order_by(party_changes.c.id)
    if party is not None:
        question = question.where(party_changes.c.party == party)
    return tuple(
        PartyChange(
            row.party,
            ChangeKind(row.kind),
            row.list,
            row.entry,
            row.name,
            row.score,
            row.detail,
            datetime.fromisoformat(row.at),
        )
        for row in connection.execute(question)
    )
