"""What sentences say of ties, counted: the tables. The ties that are kept are counted when next asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables; every document is due, so that its ties, read long since, are counted without reading."""
    op.create_table(
        "tie_kinds",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "tie_days",
        sa.Column("kind", SERIAL, sa.ForeignKey("tie_kinds.id"), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sentences", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tie_places",
        sa.Column("version", SERIAL, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("kind", SERIAL, sa.ForeignKey("tie_kinds.id"), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tie_places_by_kind", "tie_places", ["kind", "day", "version"])
    op.create_table(
        "ties_due",
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), primary_key=True, autoincrement=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "ties_read",
        sa.Column("id", SERIAL, primary_key=True, autoincrement=False),
        sa.Column("read_by", sa.Text, nullable=False),
    )
    op.execute("INSERT INTO ties_due (document, mark) SELECT id, 1 FROM documents WHERE current IS NOT NULL")


def downgrade() -> None:
    """Take them away."""
    for name in ("ties_read", "ties_due", "tie_places", "tie_days", "tie_kinds"):
        op.drop_table(name)
