"""Rows that are inserted, or changed where they are there already; both engines have their own word for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Rows = Sequence[Mapping[str, Any]]


def replaced_by(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows; one that is there takes their values."""
    _upsert(connection, table, rows, add=False)


def changed_by(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows; where one is there, their numbers are added to its own."""
    _upsert(connection, table, rows, add=True)


def left_as_they_are(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows; one that is there, by whatever makes it one of a kind, stays."""
    if rows:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def _upsert(connection: Connection, table: Table, rows: Rows, *, add: bool) -> None:
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    values = {
        column.name: column + statement.excluded[column.name] if add else statement.excluded[column.name]
        for column in table.c
        if column.name not in keys
    }
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), list(rows))
