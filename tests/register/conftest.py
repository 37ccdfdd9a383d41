"""Registers on both engines: SQLite in a folder, PostgreSQL by a server of our own on a socket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from dragoman.register import Register
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
    """Name of a database with an empty register, to be copied: that is twenty times faster than making it."""
    Register.open(server.create("migrated")).close()
    return "migrated"


@pytest.fixture
def emptied(server: Server, migrated: str) -> Iterator[str]:
    """Address of a database of its own with an empty register."""
    name = f"register_{next(NUMBERS)}"
    yield server.create(name, template=migrated)
    server.drop(name)


ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=ENGINES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no register yet: who comes first makes it."""
    if request.param == "sqlite":
        return str(tmp_path / "new.sqlite")
    address: str = request.getfixturevalue("postgres_place")
    return address


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, empty_register: Path, tmp_path: Path) -> str:
    """Where an empty register is, on each engine."""
    if request.param == "sqlite":
        return shutil.copy(empty_register, str(tmp_path / "register.sqlite"))
    address: str = request.getfixturevalue("emptied")
    return address


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    """An empty register on each engine."""
    opened = Register.open(place)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=ENGINES)
def kept(
    request: pytest.FixtureRequest, empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    """A register on each engine that a module fills once, for questions that change nothing."""
    if request.param == "sqlite":
        place = shutil.copy(empty_register, str(tmp_path_factory.mktemp("kept") / "register.sqlite"))
    else:
        server: Server = request.getfixturevalue("server")
        place = server.create(f"kept_{next(NUMBERS)}", template=request.getfixturevalue("migrated"))
    opened = Register.open(place)
    yield opened
    opened.close()
