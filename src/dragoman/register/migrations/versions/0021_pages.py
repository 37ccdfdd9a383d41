"""Pages of large registers: values in the order of the text, counts of pairs of values, the library's own rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROWS = 1000
BETWEEN = "\x1f"
COLUMNS = ("kinds", "forces", "reviews", "coders")
BY_COLUMN = "SELECT kind, force, state, coder, count(*) FROM entries GROUP BY kind, force, state, coder"
BY_VALUE = """SELECT e.kind, e.force, e.state, e.coder, v.field, v.value, count(*) FROM entries e
    JOIN entry_values v ON v.entry = e.id GROUP BY e.kind, e.force, e.state, e.coder, v.field, v.value"""
BY_VALUES = """SELECT a.field, a.value, b.field, b.value, count(*) FROM entry_values a
    JOIN entry_values b ON b.entry = a.entry WHERE (a.field, a.value) < (b.field, b.value)
    GROUP BY a.field, a.value, b.field, b.value"""
SHELF = """SELECT d.id, d.slug, v.about, v.date, v.read_at, t.kinds, t.reviewed, p.number FROM documents d
    JOIN versions v ON v.id = d.current LEFT JOIN tallies t ON t.document = d.id LEFT JOIN
    (SELECT document, count(*) AS number FROM problems GROUP BY document) p ON p.document = d.id ORDER BY d.id"""
ORDERS = ("title", "day", "kind", "provisions", "reviewed", "problems", "read_at")


def upgrade() -> None:
    """Create the tables and fill them with what is there."""
    connection = op.get_bind()
    _values_in_order()
    op.drop_index("entries_by_due", "entries")
    op.create_index("entries_by_due", "entries", ["due", "kind"])
    op.drop_index("tallies_by_lines", "tallies")
    op.create_index("tallies_by_lines", "tallies", ["lines", "document"])
    paired = op.create_table(
        "paired",
        sa.Column("field", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("by", sa.String(16), primary_key=True),
        sa.Column("other", sa.Text, primary_key=True),
        sa.Column("lines", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    _insert(connection, paired, _pairs(connection))
    op.create_index("paired_by_other", "paired", ["by", "other"])
    shelf = op.create_table(
        "shelf",
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("title", ORDERED, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("kind", ORDERED, nullable=False),
        sa.Column("provisions", sa.Integer, nullable=False),
        sa.Column("reviewed", sa.Integer, nullable=False),
        sa.Column("problems", sa.Integer, nullable=False),
        sa.Column("read_at", sa.String(40), nullable=False),
    )
    _insert(connection, shelf, (_shelved(row) for row in connection.execute(sa.text(SHELF)).all()))
    for name in ORDERS:
        op.create_index(f"shelf_by_{name.partition('_')[0]}", "shelf", [name, "document"])


def _values_in_order() -> None:
    """Make the table of values anew, in the order of the text."""
    op.create_table(
        "ordered_values", *_value_columns(), *_place_columns(), _entry_column(), sqlite_with_rowid=False
    )
    op.execute(
        "INSERT INTO ordered_values (field, value, position, trigger_start, entry) SELECT v.field, v.value, "
        "e.position, e.trigger_start, v.entry FROM entry_values v JOIN entries e ON e.id = v.entry "
        "ORDER BY v.field, v.value, e.position, e.trigger_start, v.entry"
    )
    _take_the_place("ordered_values")


def _value_columns() -> tuple[sa.Column[Any], ...]:
    return sa.Column("field", sa.String(16), primary_key=True), sa.Column("value", sa.Text, primary_key=True)


def _place_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("trigger_start", sa.Integer, primary_key=True, autoincrement=False),
    )


def _entry_column() -> sa.Column[Any]:
    return sa.Column("entry", SERIAL, sa.ForeignKey("entries.id"), primary_key=True)


def _take_the_place(name: str) -> None:
    """Let a table take the place of the table of values."""
    op.drop_table("entry_values")
    op.rename_table(name, "entry_values")
    op.create_index("entry_values_by_entry", "entry_values", ["entry", "field", "value"])


def _pairs(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Yield the rows of pairs; each pair once, what sorts first before."""
    found: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for *values, number in connection.execute(sa.text(BY_COLUMN)):
        for one, other in combinations(_places(values), 2):
            found[min(one, other), max(one, other)] += number
    for row in connection.execute(sa.text(BY_VALUE)):
        *values, field, value, number = row
        for one in _places(values):
            found[min(one, (field, value)), max(one, (field, value))] += number
    for first, second, third, fourth, number in connection.execute(sa.text(BY_VALUES)):
        found[(first, second), (third, fourth)] += number
    for ((first, second), (third, fourth)), number in sorted(found.items()):
        yield {"field": first, "value": second, "by": third, "other": fourth, "lines": number}


def _places(values: Iterable[object]) -> list[tuple[str, str]]:
    return [(field, str(value)) for field, value in zip(COLUMNS, values, strict=True)]


def _shelved(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of a question
    about = json.loads(row.about)
    day = date.fromisoformat(row.date) if isinstance(row.date, str) else row.date
    parts = (row.slug, about["title"], about["kind"], *about["parties"])
    return {
        "document": row.id,
        "words": BETWEEN.join(("", *map(_folded, parts), "")),
        "title": _folded(about["title"]),
        "day": day.toordinal() if day else 0,
        "kind": _folded(about["kind"]),
        "provisions": sum(json.loads(row.kinds or "{}").values()),
        "reviewed": row.reviewed or 0,
        "problems": row.number or 0,
        "read_at": row.read_at,
    }


def _folded(text: str) -> str:
    return text.casefold().encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS:
            connection.execute(sa.insert(table), batch)
            batch = []
    if batch:
        connection.execute(sa.insert(table), batch)


def downgrade() -> None:
    """Take the tables away, and the order from the values."""
    op.drop_table("shelf")
    op.drop_table("paired")
    op.drop_index("tallies_by_lines", "tallies")
    op.create_index("tallies_by_lines", "tallies", ["lines"])
    op.drop_index("entries_by_due", "entries")
    op.create_index("entries_by_due", "entries", ["due"])
    op.create_table("plain_values", *_value_columns(), _entry_column(), sqlite_with_rowid=False)
    op.execute("INSERT INTO plain_values (field, value, entry) SELECT field, value, entry FROM entry_values")
    _take_the_place("plain_values")
