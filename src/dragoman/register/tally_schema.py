"""The tables of counts that are kept with the lines, see `tallies.py`, `pairs.py` and `shelves.py`."""

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
    Index("tallies_by_lines", "lines", "document"),
)

counted = Table(  # lines by field and value in the whole register
    "counted",
    metadata,
    Column("field", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("lines", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

paired = Table(  # lines that have two values, in the whole register; each pair once, see pairs.py
    "paired",
    metadata,
    Column("field", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("by", String(16), primary_key=True),
    Column("other", Text, primary_key=True),
    Column("lines", BigInteger, nullable=False),
    Index("paired_by_other", "by", "other"),
    sqlite_with_rowid=False,
)

_Ordered = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that every engine sorts by its code points."""

shelf = Table(  # the library as it is looked through and sorted, see shelves.py
    "shelf",
    metadata,
    Column("document", Serial, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),  # slug, title, kind and parties, folded
    Column("title", _Ordered, nullable=False),  # folded, as are the kinds
    Column("day", Integer, nullable=False),  # proleptic ordinal, 0 where unknown
    Column("kind", _Ordered, nullable=False),
    Column("provisions", Integer, nullable=False),  # without rejected ones
    Column("reviewed", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("read_at", String(40), nullable=False),
    Index("shelf_by_title", "title", "document"),
    Index("shelf_by_day", "day", "document"),
    Index("shelf_by_kind", "kind", "document"),
    Index("shelf_by_provisions", "provisions", "document"),
    Index("shelf_by_reviewed", "reviewed", "document"),
    Index("shelf_by_problems", "problems", "document"),
    Index("shelf_by_read", "read_at", "document"),
)
