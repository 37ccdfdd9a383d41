"""The tables of what sentences say of ties, counted: see `tie_counts.py`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from dragoman.register.schema import Serial, metadata

tie_kinds = Table(  # what a sentence says of ties, whatever its place and day
    "tie_kinds",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),  # hash of the content
    Column("content", Text, nullable=False),  # JSON; what is in it is the affair of who reads it
)

tie_days = Table(  # sentences of the whole register by what they say and their day
    "tie_days",
    metadata,
    Column("kind", Serial, ForeignKey("tie_kinds.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # proleptic ordinal, 0 where unknown
    Column("sentences", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

tie_places = Table(  # the same of one version, that ties of it are counted from
    "tie_places",
    metadata,
    Column("version", Serial, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("kind", Serial, ForeignKey("tie_kinds.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("sentences", Integer, nullable=False),
    Index("tie_places_by_kind", "kind", "day", "version"),
    sqlite_with_rowid=False,
)

ties_due = Table(  # documents that have changed since their ties were counted
    "ties_due",
    metadata,
    Column("document", Serial, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    Column("mark", BigInteger, nullable=False),  # another one with each change
)

ties_read = Table(  # what the ties of all documents, but those that are due, were read by
    "ties_read",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=False),
    Column("read_by", Text, nullable=False),
)
