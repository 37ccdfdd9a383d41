"""Counts kept with the lines: of each document, and of each value in the whole register."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ROWS = 1000
BY_COLUMN = """SELECT document, kind, force, state, coder, count(*) AS number FROM entries
    GROUP BY document, kind, force, state, coder ORDER BY document"""
BY_VALUE = """SELECT e.document, v.field, v.value, count(*) AS number FROM entries e
    JOIN entry_values v ON v.entry = e.id GROUP BY e.document, v.field, v.value ORDER BY e.document"""


def upgrade() -> None:
    """Create the tables and count what is there."""
    tallies = op.create_table(
        "tallies",
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), primary_key=True, autoincrement=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("reviewed", sa.Integer, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )
    counted = op.create_table(
        "counted",
        sa.Column("field", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("lines", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tallies_by_lines", "tallies", ["lines"])
    _count(op.get_bind(), tallies, counted)


def _count(connection: sa.Connection, tallies: sa.Table, counted: sa.Table) -> None:
    whole: Counter[tuple[str, str]] = Counter()
    rows = []
    for row, counts in _tallies(connection):
        whole.update(counts)
        rows.append(row)
        if len(rows) == ROWS:
            connection.execute(sa.insert(tallies), rows)
            rows = []
    if rows:
        connection.execute(sa.insert(tallies), rows)
    if whole:
        values = [{"field": field, "value": value, "lines": n} for (field, value), n in sorted(whole.items())]
        connection.execute(sa.insert(counted), values)


def _tallies(connection: sa.Connection) -> Iterator[tuple[dict[str, Any], Mapping[tuple[str, str], int]]]:
    """Yield the row of each document that has lines, and its counts by field and value."""
    by_value = groupby(connection.execute(sa.text(BY_VALUE)), key=lambda row: row.document)
    ahead = next(by_value, None)
    columns = connection.execute(sa.text(BY_COLUMN)).all()
    for document, own in groupby(columns, key=lambda row: row.document):
        counts: Counter[tuple[str, str]] = Counter()
        kinds: Counter[str] = Counter()
        reviewed = 0
        for row in own:
            places = (
                ("kinds", row.kind),
                ("forces", str(row.force)),
                ("reviews", row.state),
                ("coders", row.coder),
            )
            counts.update(dict.fromkeys(places, row.number))
            kinds[row.kind] += row.number if row.state != "rejected" else 0
            reviewed += row.number if row.state != "candidate" else 0
        if ahead is not None and ahead[0] == document:
            counts.update({(row.field, row.value): row.number for row in ahead[1]})
            ahead = next(by_value, None)
        yield _row(document, counts, kinds, reviewed), counts


def _row(
    document: int, counts: Mapping[tuple[str, str], int], kinds: Mapping[str, int], reviewed: int
) -> dict[str, Any]:
    by_field: dict[str, dict[str, int]] = defaultdict(dict)
    for (field, value), number in sorted(counts.items()):
        by_field[field][value] = number
    return {
        "document": document,
        "lines": sum(by_field["kinds"].values()),
        "kinds": json.dumps({kind: number for kind, number in kinds.items() if number}),
        "reviewed": reviewed,
        "counts": json.dumps(by_field, ensure_ascii=False, separators=(",", ":")),
    }


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("counted")
    op.drop_table("tallies")
