"""Registers on both engines: SQLite in a folder, PostgreSQL by a server of our own on a socket."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dragoman.register import Register
from dragoman.register.corpus_schema import corpus as corpus_metadata
from dragoman.register.schema import metadata
from tests.register.server import NoServerError, Server, running_server

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; skipped where none is installed."""
    try:
        with running_server() as running:
            yield running
    except NoServerError:
        pytest.skip("no PostgreSQL server is installed (make optional installs it)")


@pytest.fixture
def postgres_place(server: Server) -> str:
    """Address of an empty database."""
    return server.create(f"register_{next(NUMBERS)}")


@pytest.fixture(scope="session")
def migrated(server: Server) -> str:
    """Address of a database whose register is made once: emptying it is ten times faster than making it."""
    place = server.create("migrated")
    Register.open(place).close()
    return place


@pytest.fixture
def emptied(migrated: str) -> str:
    """Address of a database with an empty register, and without the corpus that an earlier test began."""
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    corpus = ", ".join(table.name for table in corpus_metadata.sorted_tables)
    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
        connection.execute(f"DROP TABLE IF EXISTS {corpus}".encode())
    return migrated


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register can be opened, on each engine."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite")
    address: str = request.getfixturevalue("emptied")
    return address


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    """An empty register on each engine."""
    opened = Register.open(place)
    yield opened
    opened.close()
