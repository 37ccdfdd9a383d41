"""Work in the background: jobs with leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "jobs",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("case", sa.Text, nullable=False, index=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("changed", sa.String(40), nullable=False),
        sa.Column("due", sa.String(40), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("lease", sa.String(40)),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
    )
    op.create_index("ix_jobs_state_due", "jobs", ["state", "due"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("jobs")
