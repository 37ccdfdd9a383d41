"""The tables of counts that are kept with the lines, see `tallies.py`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from dragoman.register.schema import Serial, metadata

tallies = Table(  # what counts of a document, see tallies.py
    "tallies",
    metadata,
    Column("document", Serial, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    Column("lines", Integer, nullable=False),
    Column("kinds", Text, nullable=False),  # lines that are not rejected by kind, JSON
    Column("reviewed", Integer, nullable=False),
    Column("counts", Text, nullable=False),  # lines by field and value, JSON
    Index("tallies_by_lines", "lines"),
)

counted = Table(  # lines by field and value in the whole register
    "counted",
    metadata,
    Column("field", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("lines", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
