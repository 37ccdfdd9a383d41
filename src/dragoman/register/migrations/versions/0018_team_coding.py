"""What is done in team coding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "coding_steps",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("doc", sa.Text, nullable=False, index=True),
        sa.Column("coder", sa.Text, nullable=False),
        sa.Column("unit", sa.BigInteger, nullable=False),
        sa.Column("line", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("coding_steps")
