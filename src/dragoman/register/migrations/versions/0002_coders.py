"""Entries know the coder of the line that counts, so that lines can be filtered by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, fill it from the lines, index it; and find the problems of a document without a scan."""
    op.add_column("entries", sa.Column("coder", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE entries SET coder = (SELECT lines.coder FROM lines WHERE lines.id = entries.line)")
    op.create_index("entries_by_coder", "entries", ["coder", "position"])
    op.create_index("ix_problems_doc", "problems", ["doc"])


def downgrade() -> None:
    """Take the column away."""
    op.drop_index("ix_problems_doc", "problems")
    op.drop_index("entries_by_coder", "entries")
    op.drop_column("entries", "coder")
