"""The tables of the evidence corpus. What they hold can be read again from its files, so they have no migrations.

A term's postings are kept by segment, the pages added in one transaction, as two runs of numbers: places
within the segment (16 bits) and counts (8 bits). Both engines take the same bytes, so what is found is equal.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

from dragoman.register.schema import Serial

FORM = 1
"""Of the tables and of the terms in them; a corpus of another form is added anew."""
MOST_PAGES = 60_000
"""Pages of a segment: their places fit 16 bits."""

corpus = MetaData()

about = Table("corpus_about", corpus, Column("form", Integer, primary_key=True))

pages = Table(
    "corpus_pages",
    corpus,
    Column("number", Serial, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("kind", String(8), nullable=False),  # "corpus", or "register" for a document of the register
    Column("source", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date),
    Column("address", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("segment", Serial, nullable=False, index=True),
    Column("text", LargeBinary, nullable=False),
    UniqueConstraint("kind", "id"),
)

segments = Table(
    "corpus_segments",
    corpus,
    Column("segment", Serial, primary_key=True, autoincrement=False),
    Column("first", Serial, nullable=False),  # number of its first page
    Column("pages", Integer, nullable=False),  # numbers it took, of removed pages too
)

postings = Table(
    "corpus_postings",
    corpus,
    Column("id", Serial, primary_key=True),
    Column("term", Text, nullable=False),
    Column("segment", Serial, nullable=False),
    Column("places", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
    Index("corpus_postings_by_term", "term", "segment"),
    Index("corpus_postings_by_segment", "segment"),
)
