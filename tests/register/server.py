"""A PostgreSQL server of our own on a socket: Debian's programs, a new folder, removed at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

BINARIES = Path("/usr/lib/postgresql")
MAKING = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
SETTINGS = ("listen_addresses=", "max_connections=50")
UNSAFE = ("fsync=off", "full_page_writes=off")

TRIES = 1200
"""To reach a starting server, 0.1 s apart: after a crash it first looks through all its files."""


class NoServerError(Exception):
    """The programs of PostgreSQL are not installed."""


def find_binary(name: str) -> str:
    """Return the newest PostgreSQL program of a name. Raises NoServerError."""
    packaged = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    found = str(packaged[0]) if packaged else shutil.which(name)
    if found is None:
        raise NoServerError(name)
    return found


def as_postgres(*command: str) -> list[str]:
    """Return a command as a user that PostgreSQL accepts: it refuses root."""
    if os.geteuid() != 0:
        return list(command)
    runuser = shutil.which("runuser") or "/usr/sbin/runuser"  # not on the path of every root shell
    return [runuser, "-u", "postgres", "--", *command]


class Server:
    """A server that can be stopped and started again; `address("name")` is a database of it."""

    def __init__(self, folder: Path, *, safe: bool) -> None:
        """Make the files of a new server in a folder; `safe` keeps what was acknowledged through a crash."""
        self.folder = folder
        self._data = str(folder / "data")
        self._settings = [*SETTINGS, *([] if safe else UNSAFE)]
        folder.chmod(0o777)
        subprocess.run(
            as_postgres(find_binary("initdb"), "-D", self._data, *MAKING), check=True, capture_output=True
        )
        self.start()

    def start(self) -> None:
        """Start it and return when it answers. Raises RuntimeError with its log."""
        settings = [word for setting in self._settings for word in ("-c", setting)]
        command = as_postgres(find_binary("postgres"), "-D", self._data, "-k", str(self.folder), *settings)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(TRIES):
            if self._answers():
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop it at once, as a crash of it would."""
        command = (find_binary("pg_ctl"), "-D", self._data, "-m", "immediate", "stop")
        subprocess.run(as_postgres(*command), check=True, capture_output=True)
        self._process.wait(30)

    def address(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database, empty or a copy of one that nobody is connected to, and return its address."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def running_server(*, safe: bool = False) -> Iterator[Server]:
    """Give a running server, removed afterwards. Raises NoServerError, RuntimeError."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    try:
        server = Server(folder, safe=safe)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
