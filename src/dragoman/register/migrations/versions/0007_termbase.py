"""The termbase: concepts step by step, proposals with their reviews, published versions; rows are only added.

`concept_heads` and `concept_words` are an index of how the concepts stand, and follow from the steps.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "concept_steps",
    "concept_heads",
    "concept_words",
    "term_proposals",
    "proposal_reviews",
    "termbase_versions",
    "termbase_sides",
)


def upgrade() -> None:
    """Create the tables."""
    create_concepts()
    create_proposals()


def create_concepts() -> None:
    """Create the tables of concepts."""
    op.create_table(
        "concept_steps",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("concept", sa.Text, nullable=False, index=True),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("proposal", sa.String(16), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "concept_heads",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("concept", sa.Text, nullable=False, unique=True),
        sa.Column("step", SERIAL, sa.ForeignKey("concept_steps.id"), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.create_table(
        "concept_words",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("head", SERIAL, sa.ForeignKey("concept_heads.id"), nullable=False, index=True),
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
    )
    op.create_table(
        "term_proposals",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("proposal", sa.String(16), nullable=False, unique=True),
        sa.Column("concept", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("base", SERIAL, sa.ForeignKey("concept_steps.id"), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "termbase_versions",
        sa.Column("number", SERIAL, primary_key=True, autoincrement=False),
        sa.Column("step", SERIAL, sa.ForeignKey("concept_steps.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("concepts", sa.Integer, nullable=False),
        sa.Column("statuses", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_index("concept_heads_by_label", "concept_heads", ["label", "id"])
    op.create_index("concept_heads_by_status", "concept_heads", ["status", "label", "id"])
    op.create_index("concept_words_by_word", "concept_words", ["word", "field", "head"])
    op.create_index("concept_words_by_field", "concept_words", ["field", "word", "head"])


def create_proposals() -> None:
    """Create the tables of proposals, versions and sides."""
    op.create_table(
        "proposal_reviews",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("proposal", sa.String(16), nullable=False, index=True),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "termbase_sides",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("sides", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Take the tables away."""
    for table in reversed(TABLES):
        op.drop_table(table)
