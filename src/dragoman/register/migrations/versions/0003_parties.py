"""Lists of parties with their versions, decisions on hits, and the parties that were screened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    create_lists()
    create_decisions()


def create_lists() -> None:
    """Versions of lists and their entries."""
    op.create_table(
        "party_lists",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("names", sa.Integer, nullable=False),
        sa.Column("imported", sa.String(40), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("current", sa.Integer, nullable=False),
        sa.UniqueConstraint("name", "version"),
    )
    op.create_table(
        "party_entries",
        sa.Column("list", SERIAL, sa.ForeignKey("party_lists.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("list", "entry"),
    )


def create_decisions() -> None:
    """Decisions, of which rows are only ever added, and the last screening of each party."""
    op.create_table(
        "party_decisions",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided", sa.String(40), nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("entry_sha256", sa.String(64), nullable=False),
    )
    op.create_index("party_decisions_by_party", "party_decisions", ["party", "list", "entry", "id"])
    op.create_index("party_decisions_by_entry", "party_decisions", ["list", "entry"])
    op.create_table(
        "screened_parties",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("party", sa.Text, nullable=False, unique=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("lists", sa.Text, nullable=False),
        sa.Column("hits", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take the tables away."""
    for table in ("screened_parties", "party_decisions", "party_entries", "party_lists"):
        op.drop_table(table)
