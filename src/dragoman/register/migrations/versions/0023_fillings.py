"""What fills the sentences of a problem, so that it can be said in the reader's language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; problems kept before have none and are shown in English until their source is read again."""
    op.add_column("problems", sa.Column("filled", sa.Text))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("problems", "filled")
