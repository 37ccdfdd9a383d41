"""Deadlines and financing tools of cases, by which dashboards count; since when a case is in its state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables; they are filled when a dashboard is first asked for."""
    op.add_column("docket_cases", sa.Column("since", sa.String(40), nullable=False, server_default=""))
    op.add_column("docket_cases", sa.Column("noted", sa.Integer, nullable=False, server_default="0"))
    op.execute(_entered())
    op.create_table(
        "docket_deadlines",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("case", SERIAL, sa.ForeignKey("docket_cases.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("started", sa.Date, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("rests", sa.Integer, nullable=False),
    )
    op.create_table(
        "docket_tools",
        sa.Column("case", SERIAL, sa.ForeignKey("docket_cases.id"), primary_key=True),
        sa.Column("tool", sa.Text, primary_key=True),
        sa.Column("result", sa.String(16), nullable=False),
    )


def _entered() -> sa.Update:
    """Return what sets `since` to the last move of a case, or to the day it was handed in."""
    cases = sa.table("docket_cases", *map(sa.column, ("id", "opened", "since")))
    acts = sa.table("docket_acts", *map(sa.column, ("case", "kind", "at")))
    moved = (
        sa.select(sa.func.max(acts.c.at))
        .where(acts.c.case == cases.c.id, acts.c.kind == "moved")
        .scalar_subquery()
    )
    return sa.update(cases).values(since=sa.func.coalesce(moved, cases.c.opened))


def downgrade() -> None:
    """Take them away."""
    op.drop_table("docket_tools")
    op.drop_table("docket_deadlines")
    op.drop_column("docket_cases", "noted")
    op.drop_column("docket_cases", "since")
