"""The table of jobs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from dragoman.register.schema import Serial, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("case", Text, nullable=False, index=True),  # number of the case
    Column("payload", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("account", Text, nullable=False),
    Column("created", String(40), nullable=False),
    Column("changed", String(40), nullable=False),
    Column("due", String(40), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("lease", String(40)),
    Column("error", Text, nullable=False),
    Column("result", Text, nullable=False),
    Index("ix_jobs_state_due", "state", "due"),
)
