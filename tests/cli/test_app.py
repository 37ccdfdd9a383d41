"""The command as a process: exit codes, streams, pipes, start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

import dragoman
from dragoman.cli.app import COMMANDS
from dragoman.cli.serving import is_loopback
from dragoman.cli.session import EXIT_ERROR, EXIT_OK, EXIT_PROBLEMS
from tests.cli.conftest import Run

pytestmark = pytest.mark.long

COMMAND = [sys.executable, "-m", "dragoman"]


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [*COMMAND, *words], capture_output=True, encoding="utf-8", env=variables, check=False, timeout=120
    )


def test_exit_codes() -> None:
    assert (EXIT_OK, EXIT_PROBLEMS, EXIT_ERROR) == (0, 1, 2)


def test_version() -> None:
    ran = process("--version")
    assert (ran.returncode, ran.stdout) == (0, f"dragoman {dragoman.__version__}\n")


def modules_after(script: str) -> set[str]:
    """The modules that Python has loaded after a script."""
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; {script}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


def test_a_command_loads_none_of_the_others() -> None:
    loaded = modules_after("from dragoman.cli.app import COMMANDS, Commands; Commands().commands['health']")
    others = {f"dragoman.cli.{place.partition('.')[0]}" for place in COMMANDS.values()}
    assert loaded & others == {"dragoman.cli.operating"}


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after("from dragoman.cli.app import Commands; [*Commands().commands.values()]")
    assert "typer" in loaded
    heavy = {
        "sqlalchemy",
        "alembic",
        "trafilatura",
        "pypdfium2",
        "docx",
        "openpyxl",
        "fastapi",
        "uvicorn",
        "httpx",
    }
    assert heavy.isdisjoint(loaded)


def test_an_unknown_command_is_a_usage_error() -> None:
    ran = process("raed")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "raed" in ran.stderr


def test_the_workspace_comes_from_the_environment(tmp_path: Path) -> None:
    ran = process("--json", "documents", DRAGOMAN_WORKSPACE=str(tmp_path / "other"))
    assert (ran.returncode, ran.stdout) == (0, "")
    assert (tmp_path / "other" / "register.sqlite").exists()


def test_a_bad_database_address_is_named(tmp_path: Path) -> None:
    ran = process("documents", DRAGOMAN_WORKSPACE=str(tmp_path), DRAGOMAN_DATABASE_URL="mysql://localhost/x")
    assert ran.returncode == 2
    assert "postgresql://user@host/name" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_damaged_register_is_named(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_text("no database " * 100)
    ran = process("documents", DRAGOMAN_WORKSPACE=str(tmp_path))
    assert ran.returncode == 2
    assert "damaged or is not a register" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_closed_pipe_is_no_error(filled: Run, tmp_path: Path) -> None:
    command = " ".join(COMMAND)
    for words in ("documents", "--json provisions", "export provisions", "export provisions --format csv"):
        shell = f"{command} --workspace {tmp_path / 'w'} {words} | true; echo ${{PIPESTATUS[0]}}"
        ran = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
        assert (ran.stdout, "Traceback" in ran.stderr, "BrokenPipe" in ran.stderr) == ("0\n", False, False)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],  # noqa: S104
)
def test_loopback(host: str, own: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is own


def test_serving_to_others_is_refused(run: Run) -> None:
    ran = run("serve", "--host", "0.0.0.0")  # noqa: S104 - what must be refused
    assert ran.code == 2
    assert "There are no accounts" in ran.err


def test_a_taken_port_is_named(run: Run) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ran = run("serve", "--port", str(listener.getsockname()[1]))
    assert ran.code == 2
    assert "Choose another --port" in ran.err


def test_serving_says_the_address_and_answers(tmp_path: Path) -> None:
    command = [*COMMAND, "--workspace", str(tmp_path / "w"), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split(" on ")[1].split()[0]
            assert address.startswith("http://127.0.0.1:")
            assert answer(address) == 200
        finally:
            server.terminate()


def answer(address: str) -> int:
    """Return the status of a page; the address takes calls from the moment it is said."""
    with urlopen(address, timeout=60) as page:  # noqa: S310 - our own address
        return int(page.status)
