"""The delivery of lines: events, evidence, searches, verdicts and saved reports. Rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "events",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("event", sa.String(16), nullable=False, index=True),
        sa.Column("document", sa.Text, nullable=False, index=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "evidence",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("evidence", sa.String(16), nullable=False, index=True),
        *about_a_line(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "searches",
        sa.Column("id", SERIAL, primary_key=True),
        *about_a_line(),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "assessments",
        sa.Column("id", SERIAL, primary_key=True),
        *about_a_line(),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("document", sa.Text, nullable=False, index=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )


def about_a_line() -> tuple[sa.Column[str], sa.Column[str]]:
    """Return the columns that say which line of which document a row is about."""
    return (
        sa.Column("document", sa.Text, nullable=False, index=True),
        sa.Column("provision", sa.Text, nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("snapshots", "assessments", "searches", "evidence", "events"):
        op.drop_table(table)
