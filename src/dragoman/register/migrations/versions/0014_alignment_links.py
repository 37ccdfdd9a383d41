"""What persons say of links between language versions; rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "link_corrections",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("english", sa.Text, nullable=False),
        sa.Column("chinese", sa.Text, nullable=False),
        sa.Column("english_sha256", sa.String(64), nullable=False),
        sa.Column("chinese_sha256", sa.String(64), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("link_corrections_by_texts", "link_corrections", ["english", "chinese"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("link_corrections")
