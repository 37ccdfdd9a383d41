"""The register: documents and their versions, lines of coders, decisions, what counts, search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.model import StoreError

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables and the index over sentences."""
    create_documents()
    create_lines()
    create_entries()
    create_problems()
    create_search()


def create_documents() -> None:
    """Documents, their versions and texts."""
    op.create_table(
        "documents",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("current", SERIAL),
    )
    op.create_table(
        "versions",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("text", SERIAL),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("coder", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("structure", sa.LargeBinary, nullable=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sa.Column("read_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("document", "number"),
    )
    op.create_table(
        "texts",
        sa.Column("key", SERIAL, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def create_lines() -> None:
    """Lines of coders and decisions on them; rows are only ever added."""
    op.create_table(
        "lines",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("provision", sa.Text, nullable=False, index=True),
        sa.Column("version", SERIAL, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("coder", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "reviews",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("provision", sa.Text, nullable=False, index=True),
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), nullable=False, index=True),
        sa.Column("line", SERIAL, sa.ForeignKey("lines.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def create_entries() -> None:
    """What counts, with the columns that filters and orders run on."""
    op.create_table(
        "entries",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("provision", sa.Text, nullable=False, unique=True),
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("version", SERIAL, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("line", SERIAL, sa.ForeignKey("lines.id"), nullable=False),
        sa.Column("review", SERIAL, sa.ForeignKey("reviews.id")),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("trigger_start", sa.Integer, nullable=False),
        sa.Column("sentence", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("force", sa.Integer, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("due", sa.Date),
    )
    op.create_index("entries_by_position", "entries", ["position", "trigger_start"])
    op.create_index("entries_by_confidence", "entries", ["confidence", "position"])
    op.create_index("entries_by_document", "entries", ["document", "kind", "state", "position"])
    op.create_index("entries_by_kind", "entries", ["kind", "position"])
    op.create_index("entries_by_force", "entries", ["force", "position"])
    op.create_index("entries_by_state", "entries", ["state", "confidence", "position"])
    op.create_index("entries_by_due", "entries", ["due"])
    op.create_index("entries_by_sentence", "entries", ["sentence"])
    op.create_table(
        "entry_values",
        sa.Column("field", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("entry", SERIAL, sa.ForeignKey("entries.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("entry_values_by_entry", "entry_values", ["entry", "field", "value"])


def create_problems() -> None:
    """What was wrong or assumed, by the latest reading of each source."""
    op.create_table(
        "problems",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("document", SERIAL, sa.ForeignKey("documents.id"), index=True),
        sa.Column("source", sa.Text, nullable=False, index=True),
        sa.Column("doc", sa.Text),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("page", sa.Integer),
    )


def create_search() -> None:
    """Sentences and the index over their words."""
    op.create_table(
        "sentences",
        sa.Column("key", SERIAL, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE sentence_index USING fts5"
            "(search_text, content='', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute("ALTER TABLE sentences ADD COLUMN search_text tsvector")
        op.execute("CREATE INDEX sentence_index ON sentences USING gin (search_text)")


def downgrade() -> None:
    """There is nothing before this step. Raises StoreError."""
    message = "The first step of the register cannot be taken back."
    raise StoreError(message, "Restore a copy of the register instead.")
