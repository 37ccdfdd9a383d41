"""Opening a database and its transactions: the few places where the two engines differ."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from dragoman.model import UsageError
from dragoman.register.faults import MovedOnError, faults_named
from dragoman.register.pool_log import log_in_lines

BUSY_SECONDS = 60
"""How long a writer waits for another."""
WAL_TRIES = 50
"""Tries to switch a new file to WAL, 0.1 s apart: the switch itself does not wait for others."""
CACHE_KIB = 32_000
MIGRATING = "migrate"
"""What a writer locks that changes the form; in PostgreSQL it waits for all others, and they for it."""
GUARDING = "guard"
"""What every writer locks beside others, and one with a guard alone: it waits for all others, and they for it."""
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
_BESIDE = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:lock, 0))")


SNAPSHOT = "REPEATABLE READ"
"""The level at which PostgreSQL shows one state to all questions of a transaction, as SQLite always does."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold at the moment of a change.

    Attributes:
        thing: what is to be changed, for people.
        check: raises where it does not hold.
    """

    thing: str
    check: Callable[[], None]


class Held(threading.local):
    """What the calls of one thread share.

    Attributes:
        connection: whose transaction they see; None while each has its own.
        writes: whether that transaction writes.
        guard: what must hold when this thread next changes something.
    """

    connection: Connection | None = None
    writes: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """An open database.

    Attributes:
        engine: SQLAlchemy's engine.
        place: what to call it in messages, without a password.
        form: the form its tables must have when something is written; None where they have none of ours.
        held: what the calls of a thread share.
    """

    engine: Engine
    place: str
    form: str | None = None
    held: Held = field(default_factory=Held, repr=False, compare=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the register. Raises StoreError."""
        with faults_named(self.place):
            if self.held.connection is not None:
                yield self.held.connection
                return
            with self.engine.connect() as connection:
                yield connection if self.is_sqlite else connection.execution_options(isolation_level=SNAPSHOT)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let all that this thread reads meanwhile be one state of the register. Raises StoreError."""
        with self.reading() as connection, self._holding(connection, writes=self.held.writes):
            yield

    @contextmanager
    def expecting(self, guard: Guard) -> Iterator[None]:
        """Let this thread's next change be written only where a guard holds in the transaction that writes it."""
        before, self.held.guard = self.held.guard, guard
        try:
            yield
        finally:
            self.held.guard = before

    @contextmanager
    def writing(self, lock: str, *, told: bool = True) -> Iterator[Connection]:
        """Give a connection whose writes are kept whole at the end, or not at all. Raises StoreError.

        Args:
            lock: what is written; PostgreSQL lets others write elsewhere, SQLite has one writer.
            told: whether anything that is shown changes by it; else no guard is asked.
        """
        with faults_named(self.place):
            if self.held.connection is not None and self.held.writes:
                yield self.held.connection  # what a guard asks may keep something on the way
                return
            with self.engine.connect() as plain:
                connection = plain.execution_options(dragoman_write=True)
                with connection.begin():
                    if not self.is_sqlite:
                        _wait_for_others(connection, lock, told=told, guarded=self.held.guard is not None)
                    self._expect_form(connection)
                    if told:
                        self._ask_guard(connection)
                    yield connection

    @contextmanager
    def _holding(self, connection: Connection, *, writes: bool) -> Iterator[None]:
        before = self.held.connection, self.held.writes
        self.held.connection, self.held.writes = connection, writes
        try:
            yield
        finally:
            self.held.connection, self.held.writes = before

    def _ask_guard(self, connection: Connection) -> None:
        """Let a guard look at what stands; no other change is on its way, see `_wait_for_others`."""
        guard, self.held.guard = self.held.guard, None
        if guard is None:
            return
        with self._holding(connection, writes=True):
            guard.check()

    def _expect_form(self, connection: Connection) -> None:
        """Refuse to write tables that another version has rebuilt since they were opened. Raises MovedOnError."""
        if self.form is None:
            return
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found != self.form:
            raise MovedOnError(self.place, str(found), self.form)


def _wait_for_others(connection: Connection, lock: str, *, told: bool, guarded: bool) -> None:
    """Wait for those who write the same in PostgreSQL; whoever migrates waits for all, and all for it.

    So does, among those whose changes are shown, one with a guard: what it looks at may be written under any lock.
    Everybody takes the locks in this order, so that none waits for another in a circle.
    """
    if lock == MIGRATING:
        connection.execute(_ALONE, {"lock": lock})
        return
    connection.execute(_BESIDE, {"lock": MIGRATING})
    if told:
        connection.execute(_ALONE if guarded else _BESIDE, {"lock": GUARDING})
    connection.execute(_ALONE, {"lock": lock})


def store_at(place: str | Path) -> Store:
    """Return the store at a path or PostgreSQL address; nothing is opened yet. Raises UsageError."""
    if isinstance(place, Path) or "://" not in place:
        return _sqlite_store(Path(place))
    return _postgres_store(place)


def _sqlite_store(path: Path) -> Store:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
    )
    log_in_lines(engine)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Store(engine, str(path))


def _postgres_store(address: str) -> Store:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise _BadAddressError(address) from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise _BadAddressError(url.render_as_string(hide_password=True))
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as fault:
        raise _NoDriverError from fault
    log_in_lines(engine)
    return Store(engine, url.render_as_string(hide_password=True))


class _BadAddressError(UsageError):
    """The address of a database cannot be used."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"`{address}` is not the address of a PostgreSQL database.",
            "Write DRAGOMAN_DATABASE_URL as postgresql://user@host/name, or leave it unset for SQLite.",
        )


class _NoDriverError(UsageError):
    """The package that talks to PostgreSQL is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL is asked for, but its driver is not installed.",
            'Install it with: pip install "dragoman[postgres]".',
        )


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    """Prepare a new connection: our own transactions, WAL, waiting for other writers."""
    connection.isolation_level = None
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged outlives a loss of power, too
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA journal_size_limit = 67108864")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or not left:
                raise
            time.sleep(0.1)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write, so that it never fails half-way."""
    writes = connection.get_execution_options().get("dragoman_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
