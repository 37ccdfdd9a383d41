"""The tables of the termbase. `concept_heads` and `concept_words` are an index, and follow from the steps."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from dragoman.register.schema import Serial, metadata

concept_steps = Table(
    "concept_steps",
    metadata,
    Column("id", Serial, primary_key=True),  # counts the steps of the whole termbase
    Column("concept", Text, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposal", String(16), nullable=False),
    Column("payload", Text, nullable=False),  # the concept as it stood after the step, as JSON
)

concept_heads = Table(
    "concept_heads",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("concept", Text, nullable=False, unique=True),
    Column("step", Serial, ForeignKey("concept_steps.id"), nullable=False),  # the last one
    Column("status", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("label", Text, nullable=False),  # first term, folded: the order of lists
    Index("concept_heads_by_label", "label", "id"),
    Index("concept_heads_by_status", "status", "label", "id"),
)

concept_words = Table(
    "concept_words",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("head", Serial, ForeignKey("concept_heads.id"), nullable=False, index=True),
    Column("field", String(8), nullable=False),  # en and zh for terms, tag for tags
    Column("word", Text, nullable=False),  # folded
    Column("party", Text, nullable=False),
    Index("concept_words_by_word", "word", "field", "head"),
    Index("concept_words_by_field", "field", "word", "head"),
)

term_proposals = Table(
    "term_proposals",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("proposal", String(16), nullable=False, unique=True),
    Column("concept", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False, index=True),  # follows from the reviews
    Column("base", Serial, ForeignKey("concept_steps.id"), nullable=False),
    Column("by", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

proposal_reviews = Table(
    "proposal_reviews",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("proposal", String(16), nullable=False, index=True),
    Column("side", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

termbase_versions = Table(
    "termbase_versions",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=False),
    Column("step", Serial, ForeignKey("concept_steps.id"), nullable=False),
    Column("at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("concepts", Integer, nullable=False),
    Column("statuses", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)

termbase_sides = Table(
    "termbase_sides",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("sides", Text, nullable=False),  # names of two, as JSON; the last row counts
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
)
