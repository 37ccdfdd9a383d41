"""Registers on both engines: SQLite in a folder, PostgreSQL by a server of our own on a socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dragoman.register import Register
from dragoman.register.corpus_schema import corpus as corpus_metadata
from dragoman.register.schema import metadata

BINARIES = Path("/usr/lib/postgresql")
NUMBERS = count()


def find_binary(name: str) -> str | None:
    """Return the newest PostgreSQL program of a name, None where there is none."""
    packaged = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    return str(packaged[0]) if packaged else shutil.which(name)


def as_postgres(*command: str) -> list[str]:
    """Return a command as a user that PostgreSQL accepts: it refuses root."""
    if os.geteuid() != 0:
        return list(command)
    runuser = shutil.which("runuser") or "/usr/sbin/runuser"  # not on the path of every root shell
    return [runuser, "-u", "postgres", "--", *command]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a PostgreSQL server without a database name; skipped where no server is installed."""
    initdb, postgres = find_binary("initdb"), find_binary("postgres")
    if initdb is None or postgres is None:
        pytest.skip("no PostgreSQL server is installed (make optional installs it)")
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    folder.chmod(0o777)
    data = str(folder / "data")
    options = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
    subprocess.run(as_postgres(initdb, "-D", data, *options), check=True, capture_output=True)
    settings = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            as_postgres(postgres, "-D", data, "-k", str(folder), *settings), stdout=log, stderr=log
        )
    try:
        wait_for(folder, process)
        yield f"postgresql://postgres@/{{name}}?host={folder}"
    finally:
        stop = find_binary("pg_ctl") or "pg_ctl"
        subprocess.run(as_postgres(stop, "-D", data, "-m", "immediate", "stop"), check=True, capture_output=True)
        process.wait(30)
        shutil.rmtree(folder)


def wait_for(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers. Raises RuntimeError with its log."""
    for _ in range(300):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError((folder / "log").read_text())


@pytest.fixture
def postgres_place(server: str) -> str:
    """Address of an empty database."""
    name = f"register_{next(NUMBERS)}"
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name=name)


@pytest.fixture(scope="session")
def migrated(server: str) -> str:
    """Address of a database whose register is made once: emptying it is ten times faster than making it."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    Register.open(server.format(name="migrated")).close()
    return server.format(name="migrated")


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
