"""Cases of the docket with their acts and documents, and the audit log; rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_cases()
    _create_acts()


def _create_cases() -> None:
    op.create_table(
        "docket_cases",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("prefix", sa.String(8), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("procedure", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("applicant", sa.Text, nullable=False, index=True),
        sa.Column("organisation", sa.Text, nullable=False, index=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("public", sa.Integer, nullable=False),
        sa.Column("consulted", sa.Integer, nullable=False),
        sa.Column("acts", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("open_items", sa.Integer, nullable=False),
        sa.Column("open_requests", sa.Integer, nullable=False),
        sa.Column("expires", sa.Date),
        sa.Column("opened", sa.String(40), nullable=False),
        sa.Column("changed", sa.String(40), nullable=False),
        sa.UniqueConstraint("prefix", "year", "serial"),
    )
    op.create_index("docket_cases_by_stage", "docket_cases", ["procedure", "stage", "id"])
    op.create_index("docket_cases_public", "docket_cases", ["public", "id"])
    op.create_table(
        "docket_targets",
        sa.Column("case", SERIAL, sa.ForeignKey("docket_cases.id"), primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True, index=True),
    )


def _create_acts() -> None:
    op.create_table(
        "docket_acts",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("case", SERIAL, sa.ForeignKey("docket_cases.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("case", "number"),
    )
    op.create_table(
        "docket_files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("audit", "docket_files", "docket_acts", "docket_targets", "docket_cases"):
        op.drop_table(name)
