"""Counts kept with the lines: of each document, and of each value in the whole register.

A page that shows how many lines there are, of which kind and by whom, reads these rows and counts nothing: its
cost does not grow with the register. They are made anew for a document in each transaction that changes what
counts in it, in one order of the values, so that writers who meet here never wait for each other in a circle.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.model import ReviewState
from dragoman.register.schema import VALUE_FIELDS, entries, entry_values
from dragoman.register.tally_schema import counted, tallies

COLUMNS = {
    "kinds": entries.c.kind,
    "forces": entries.c.force,
    "reviews": entries.c.state,
    "coders": entries.c.coder,
}
"""Fields of a query whose values are counted, beside those of `VALUE_FIELDS`."""

Counts = dict[tuple[str, str], int]
"""Lines by field and value."""


def tally(connection: Connection, document: int) -> None:
    """Count the lines of a document anew, and what changes by it in the whole register."""
    kept = connection.execute(select(tallies.c.counts).where(tallies.c.document == document)).scalar()
    before = _unpacked(kept)
    now, kinds, reviewed = _counts_of(connection, document)
    changes = {place: now.get(place, 0) - before.get(place, 0) for place in sorted({*before, *now})}
    row = {
        "document": document,
        "lines": sum(number for (field, _), number in now.items() if field == "kinds"),
        "kinds": json.dumps(kinds),
        "reviewed": reviewed,
        "counts": _packed(now),
    }
    _upsert(connection, tallies, [row], add=False)
    rows = [
        {"field": field, "value": value, "lines": number} for (field, value), number in changes.items() if number
    ]
    if rows:
        _upsert(connection, counted, rows, add=True)


def _counts_of(connection: Connection, document: int) -> tuple[Counts, dict[str, int], int]:
    """Return a document's lines by field and value, those not rejected by kind, and those decided on."""
    counts: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    reviewed = 0
    columns = tuple(COLUMNS.values())
    own = entries.c.document == document
    for *values, number in connection.execute(select(*columns, func.count()).where(own).group_by(*columns)):
        counts.update({(field, str(value)): number for field, value in zip(COLUMNS, values, strict=True)})
        kind, _, state, _ = values
        kinds[kind] += number if state != ReviewState.REJECTED else 0
        reviewed += number if state != ReviewState.CANDIDATE else 0
    question = select(entry_values.c.field, entry_values.c.value, func.count()).join(
        entries, entries.c.id == entry_values.c.entry
    )
    grouped = question.where(own).group_by(entry_values.c.field, entry_values.c.value)
    counts.update({(field, value): number for field, value, number in connection.execute(grouped)})
    return dict(counts), {kind: number for kind, number in kinds.items() if number}, reviewed


def _packed(counts: Counts) -> str:
    by_field: dict[str, dict[str, int]] = defaultdict(dict)
    for (field, value), number in sorted(counts.items()):
        by_field[field][value] = number
    return json.dumps(by_field, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str | None) -> Counts:
    found: Mapping[str, Mapping[str, int]] = json.loads(text or "{}")
    return {(field, value): number for field, own in found.items() for value, number in own.items()}


def _upsert(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], *, add: bool) -> None:
    """Insert rows; where one is there, add its `lines` to those, or take its values instead."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    values = {
        column.name: table.c[column.name] + statement.excluded[column.name]
        if add
        else statement.excluded[column.name]
        for column in table.c
        if column.name not in keys
    }
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), list(rows))


def all_lines(connection: Connection) -> int:
    """Return how many lines count in the whole register, rejected ones too."""
    question = select(func.coalesce(func.sum(counted.c.lines), 0)).where(counted.c.field == "kinds")
    return int(connection.execute(question).scalar_one())


def all_counts(connection: Connection) -> dict[str, list[tuple[str, int]]]:
    """Return the values that occur in the whole register, by field."""
    found: dict[str, list[tuple[str, int]]] = {field: [] for field in (*COLUMNS, *VALUE_FIELDS)}
    for field, value, number in connection.execute(select(counted).where(counted.c.lines > 0)):
        found[field].append((value, number))
    return found
