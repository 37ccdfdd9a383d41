"""Copies of a register and its corpus as SQLite files, and back: consistent while others write.

A file is copied by SQLite's online backup; a PostgreSQL database is read table by table in one snapshot, without
any program of its own. The index of the sentences is made anew, as each engine keeps it in its own form.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from dragoman.model import ConflictError
from dragoman.model.docket import AuditVerdict
from dragoman.register.audit import AuditLog
from dragoman.register.corpus_schema import corpus
from dragoman.register.engine import Store, store_at
from dragoman.register.faults import NotARegisterError, faults_named
from dragoman.register.index import Indexed, add_sentences
from dragoman.register.keys import version_of
from dragoman.register.migrate import bring_up_to_date
from dragoman.register.schema import metadata, sentences, versions
from dragoman.register.texts import TextReader, holder_of

ROWS = 500
"""Rows copied at a time."""
LOCK = "restore"


class HoldsSomethingError(ConflictError):
    """A database that is to be restored into is not empty."""

    def __init__(self, place: str, table: str) -> None:
        super().__init__(
            f"The database {place} is not empty: it has rows in `{table}`.",
            "Restore into a new database; nothing is ever overwritten.",
        )


@contextmanager
def _opened(place: str | Path) -> Iterator[Store]:
    store = store_at(place)
    try:
        yield store
    finally:
        store.engine.dispose()


def copy_of_register(store: Store, path: Path) -> None:
    """Write a register as a SQLite file. Raises StoreError."""
    _copy(store, path, metadata)


def copy_of_corpus(place: str | Path, path: Path) -> bool:
    """Write a corpus as a SQLite file; return whether there is one. Raises StoreError."""
    if isinstance(place, Path) and not place.exists():
        return False
    with _opened(place) as store:
        with store.reading() as connection:
            there = inspect(connection).has_table("corpus_about")
        if there:
            _copy(store, path, corpus)
    return there


def _copy(store: Store, path: Path, tables: MetaData) -> None:
    if store.is_sqlite:
        copy_of_file(Path(store.engine.url.database or ""), path)
        return
    with _opened(path) as target, faults_named(store.place), store.engine.connect() as plain:
        _make(target, tables)
        snapshot = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with snapshot.begin(), target.writing(LOCK) as writing:
            _copy_tables(snapshot, writing, tables)
    _settle(path)


def copy_of_file(source: Path, path: Path) -> None:
    """Copy a SQLite file as it stands at one moment, while others write. Raises StoreError."""
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(path)) as made:
            live.backup(made)
    except sqlite3.DatabaseError as fault:
        raise NotARegisterError(str(source), str(fault)) from fault
    _settle(path)


def _settle(path: Path) -> None:
    """Leave one file: nothing beside it that a copy would miss."""
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = DELETE")


def restore_into(place: str, register: Path, evidence: Path | None) -> None:
    """Fill an empty PostgreSQL database from copies, in one transaction.

    Raises:
        HoldsSomethingError: it is not empty.
        StoreError: it cannot be written.
    """
    with _opened(place) as target:
        bring_up_to_date(target)
        with target.writing(LOCK) as writing:
            _check_empty(target, writing)
            _fill(writing, register, metadata)
            if evidence is not None:
                corpus.create_all(writing)
                _fill(writing, evidence, corpus)


def _fill(writing: Connection, path: Path, tables: MetaData) -> None:
    with _opened(path) as source, source.reading() as reading:
        _copy_tables(reading, writing, tables)
    for table in tables.sorted_tables:
        _count_on(writing, table)


def _check_empty(target: Store, connection: Connection) -> None:
    for table, count in _counts(connection, metadata).items():
        if count:
            raise HoldsSomethingError(target.place, table)


def _make(target: Store, tables: MetaData) -> None:
    if tables is metadata:
        bring_up_to_date(target)
    else:
        corpus.create_all(target.engine)


def _copy_tables(source: Connection, target: Connection, tables: MetaData) -> None:
    for table in tables.sorted_tables:
        if table is not sentences:
            _copy_rows(source, target, table)
    if sentences in tables.sorted_tables:
        _copy_sentences(source, target)


def _copy_rows(source: Connection, target: Connection, table: Table) -> None:
    stream = source.execution_options(yield_per=ROWS).execute(select(table).order_by(*table.primary_key))
    for rows in stream.mappings().partitions():
        target.execute(insert(table), [dict(row) for row in rows])


def _copy_sentences(source: Connection, target: Connection) -> None:
    """Copy the sentences of the current versions and index their words anew."""
    homes = {row.id: row for row in source.execute(select(versions.c.id, versions.c.text))}
    stream = source.execution_options(yield_per=ROWS).execute(
        select(sentences.c.key, sentences.c.start, sentences.c.end).order_by(sentences.c.key)
    )
    for rows in stream.partitions():
        for version, members in groupby(rows, key=lambda row: version_of(row.key)):
            add_sentences(target, _indexed(source, holder_of(homes[version]), list(members)))


def _indexed(source: Connection, holder: int, rows: Sequence[Any]) -> list[Indexed]:
    reader = TextReader(source)
    reader.fetch((holder, row.start, row.end) for row in rows)
    return [Indexed(row.key, row.start, row.end, reader.slice(holder, row.start, row.end)) for row in rows]


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL's counters go on behind the numbers that were copied."""
    for column in table.primary_key:
        found = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        ).scalar()
        last = connection.execute(select(func.max(column))).scalar() if found else None
        if last is not None:
            connection.execute(text("SELECT setval(:name, :last)"), {"name": found, "last": last})


def _counts(connection: Connection, tables: MetaData) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.sorted_tables
    }


def state_of_register(path: Path) -> tuple[Mapping[str, int], AuditVerdict]:
    """Return what a copy holds: rows by table, and whether its log is whole. Raises StoreError."""
    with _opened(path) as store:
        bring_up_to_date(store)
        with store.reading() as connection:
            _check_whole(store, connection)
            counts = _counts(connection, metadata)
        return counts, AuditLog(store).verify()


def state_of_corpus(path: Path) -> Mapping[str, int]:
    """Return rows by table of a copy of a corpus. Raises StoreError."""
    with _opened(path) as store, store.reading() as connection:
        _check_whole(store, connection)
        return _counts(connection, corpus)


def _check_whole(store: Store, connection: Connection) -> None:
    verdict = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    if verdict != "ok":
        raise NotARegisterError(store.place, verdict)
