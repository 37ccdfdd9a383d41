"""What persons say of the lineage of lines; rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "lineage_corrections",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("provision", sa.Text, nullable=False, index=True),
        sa.Column("label", sa.String(16), nullable=False),
        sa.Column("ancestors", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("lineage_corrections")
