"""The instructions for a server, typed as they stand in the manual; and the files for containers that go with them."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from dragoman.cli.app import app
from tests.register.server import Server

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "server.md").read_text("utf-8")
UNITS = ROOT / "docs" / "examples" / "server"
BLOCKS = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PASSWORD = "the tide comes twice a day"  # noqa: S105 - of the test
PATIENCE = 300
"""Seconds until something that must happen has not."""


class Typist:
    """Types commands of the manual against a server of the test.

    Args:
        server: a server of PostgreSQL.
        folder: where files go.
    """

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.runner = CliRunner()

    def address(self, database: str) -> str:
        return self.server.address(database)

    def typed(self, line: str) -> str:
        """Type one command and return what it prints."""
        words = shlex.split(line)
        database = "dragoman_restored" if words[0].startswith("DRAGOMAN_DATABASE_URL") else "dragoman"
        words = words[words.index("dragoman") + 1 :]
        piped = ["--password-stdin"] if words[:2] == ["account", "add"] else []
        folder = [] if words[0] == "--workspace" else ["--workspace", "workspace"]
        env = {"DRAGOMAN_DATABASE_URL": self.address(database)}
        result = self.runner.invoke(app, [*folder, *words, *piped], input=f"{PASSWORD}\n", env=env)
        assert result.exit_code == 0, (line, result.output)
        return result.output

    @contextmanager
    def running(self, line: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Run a command until the block ends, on a port that is free; its log goes to a file."""
        words = [word if word != "8765" else "0" for word in shlex.split(line)[1:]]
        env = {**os.environ, "DRAGOMAN_DATABASE_URL": self.address("dragoman"), "PYTHONUNBUFFERED": "1"}
        with log.open("wb") as stream:
            one = subprocess.Popen(
                [sys.executable, "-m", "dragoman", "--workspace", "workspace", *words],
                env=env,
                stdout=stream,
                stderr=stream,
            )
        try:
            yield one
        finally:
            one.send_signal(signal.SIGINT)
            one.wait(PATIENCE)


def wait_until(answer: Any, what: Path) -> Any:  # noqa: ANN401 - whatever the question gives
    """Return what a question gives once it gives anything."""
    for _ in range(PATIENCE * 10):
        if found := answer():
            return found
        time.sleep(0.1)
    raise AssertionError(what.read_text())


def asked(address: str, token: str = "") -> tuple[int, str]:
    headers = {"Host": "dragoman.example.org", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - of this machine
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


@pytest.mark.postgres
def test_the_instructions_lead_to_a_server(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    typist = Typist(server, tmp_path)
    for name in ("dragoman", "dragoman_restored"):
        server.create(name)
    lines = [line for block in BLOCKS.findall(PAGE) for line in block.splitlines()]
    first, (serve, work), (token, backup, *restore) = lines[:4], lines[4:6], lines[6:]
    said = [typist.typed(line) for line in first]
    assert "ready" in said[-1]
    web, worker = tmp_path / "web.log", tmp_path / "worker.log"
    with typist.running(serve, web), typist.running(work, worker):
        base = wait_until(lambda: re.search(r"http://[\d.:]+", web.read_text()), web)[0]
        wait_until(lambda: asked_quietly(f"{base}/health/ready") == 200, web)
        bearer = re.findall(r"dgm\.\S+", typist.typed(token))[0]
        assert asked(f"{base}/metrics")[0] == 401
        handed_in(typist)
        wait_until(lambda: 'dragoman_jobs{state="done"} 2' in asked(f"{base}/metrics", bearer)[1], worker)
        assert asked(f"{base}/health")[0] == 200
    requests = [json.loads(line) for line in web.read_text().splitlines() if line.startswith("{")]
    assert {"/health/ready", "/metrics"} <= {row["route"] for row in requests}
    assert "alma" in {row["account"] for row in requests}
    jobs = [json.loads(line) for line in worker.read_text().splitlines() if line.startswith("{")]
    assert [row["state"] for row in jobs] == ["done", "done"]
    assert bearer not in web.read_text() + worker.read_text()
    typist.typed(backup)
    restored = [typist.typed(line) for line in restore]
    assert "restored from backup.zip" in restored[0]
    assert "whole" in restored[1]


def handed_in(typist: Typist) -> None:
    """Hand in an example with two documents."""
    folder = ROOT / "docs" / "examples" / "docket" / "harbour-lantern"
    env = {"DRAGOMAN_DATABASE_URL": typist.address("dragoman")}
    words = ["--workspace", "workspace", "docket", "submit", "ai-exports-program", str(folder)]
    result = typist.runner.invoke(app, words, env=env)
    assert result.exit_code == 0, result.output


def asked_quietly(address: str) -> int:
    try:
        return asked(address)[0]
    except OSError:
        return 0


def test_every_command_of_the_instructions_is_one_that_the_test_types() -> None:
    lines = [line for block in BLOCKS.findall(PAGE) for line in block.splitlines()]
    assert len(lines) == 10
    assert all(re.match(r"(DRAGOMAN_DATABASE_URL=\S+ )?dragoman ", line) for line in lines)


def executed(name: str) -> list[str]:
    """The commands of dragoman in a unit of systemd, without its path."""
    lines = re.findall(r"^ExecStart(?:Pre)?=(.+)$", (UNITS / name).read_text("utf-8"), re.MULTILINE)
    return [line.replace("/opt/dragoman/venv/bin/", "") for line in lines]


def test_units_run_the_commands_of_the_manual() -> None:
    lines = [line for block in BLOCKS.findall(PAGE) for line in block.splitlines()]
    assert executed("dragoman-web.service") == [lines[0], lines[4]]
    assert executed("dragoman-worker.service") == [lines[5]]
    assert "dragoman backup " in executed("dragoman-backup.service")[0]
    assert all(path.name in PAGE or path.stem in PAGE for path in UNITS.iterdir())


@pytest.fixture
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return loaded


def test_containers_run_the_same_commands(compose: dict[str, Any]) -> None:
    lines = [shlex.split(line)[1:] for block in BLOCKS.findall(PAGE) for line in block.splitlines()]
    services = compose["services"]
    assert set(services) == {"database", "migrate", "web", "worker"}
    assert services["migrate"]["command"] == lines[0]
    assert services["worker"]["command"] == lines[5]
    web = services["web"]["command"]
    assert [word for word in web if not word.startswith("$") and word != "0.0.0.0"] == [  # noqa: S104 - compared
        word for word in lines[4] if word not in {"127.0.0.1", "dragoman.example.org"}
    ]


def test_what_a_container_needs_is_named_and_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    used = {secret for one in services.values() for secret in one.get("secrets", ())}
    mounts = [mount.partition(":") for one in services.values() for mount in one.get("volumes", ())]
    assert used == set(compose["secrets"])
    assert {name for name, _, _ in mounts} == set(compose["volumes"])
    assert all(one in services for service in services.values() for one in service.get("depends_on", ()))
    assert services["web"]["ports"] == ["127.0.0.1:8765:8765"]
    assert "ports" not in services["database"]
    images = {one["image"] for one in services.values()}
    assert images == {"postgres:17", "dragoman:local"}
    for one in services.values():
        assert not any("PASSWORD" in key and not key.endswith("_FILE") for key in one.get("environment", {}))


SERVICE = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "ports", "read_only",
    "restart", "secrets", "security_opt", "stop_grace_period", "stop_signal", "tmpfs", "volumes",
}  # fmt: skip
"""Keys of a service that are used, all of the Compose Specification."""
OTHERS = {
    "PGPASSFILE": "libpq", "FORWARDED_ALLOW_IPS": "uvicorn", "POSTGRES_USER": "postgres", "POSTGRES_DB": "postgres",
    "POSTGRES_PASSWORD_FILE": "postgres",
}  # fmt: skip
"""Variables that others than dragoman read."""
READY = {"database": "service_healthy", "migrate": "service_completed_successfully"}


def test_the_compose_file_has_the_form_of_the_specification(compose: dict[str, Any]) -> None:
    assert set(compose) == {"name", "x-dragoman", "services", "secrets", "volumes"}
    for name, one in compose["services"].items():
        assert set(one) <= SERVICE, name
        assert one["restart"] in {"no", "unless-stopped"}
        waits = {other: how["condition"] for other, how in one.get("depends_on", {}).items()}
        assert waits == {other: READY[other] for other in waits}
        for mount in one.get("volumes", ()):
            assert re.fullmatch(r"[a-z]+:/[a-z/]+", mount)
    check = compose["services"]["database"]["healthcheck"]
    assert (check["test"][:4], set(check)) == (
        ["CMD", "pg_isready", "-h", "127.0.0.1"],  # on the socket, a database answers that is only being laid out
        {"test", "interval", "timeout", "retries"},
    )
    assert compose["services"]["worker"]["stop_signal"] == "SIGINT"
    assert all(re.fullmatch(r"\d+s", check[name]) for name in ("interval", "timeout"))
    asked = re.findall(r"\$\{(\w+)(?::[-?][^}]*)\}", (ROOT / "compose.yaml").read_text("utf-8"))
    stated = re.findall(r"^(\w+)=", (UNITS / "env").read_text("utf-8"), re.MULTILINE)
    assert set(asked) == set(stated)


def test_every_variable_of_a_container_is_one_that_is_read(compose: dict[str, Any]) -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "dragoman").glob("**/*.py"))
    recipe = (ROOT / "Dockerfile").read_text("utf-8")
    of_image = [
        one for line in re.findall(r"^ENV (.+)$", recipe, re.MULTILINE) for one in re.findall(r"(\w+)=", line)
    ]
    names = {name for one in compose["services"].values() for name in one.get("environment", {})} | set(of_image)
    own = {name for name in names if name.startswith("DRAGOMAN_")}
    assert own == {"DRAGOMAN_DATABASE_URL", "DRAGOMAN_WORKSPACE"}
    assert all(f'"{name}"' in code for name in own)
    assert {name for name in names - own if not name.startswith(("PIP_", "PYTHON"))} == {*OTHERS, "PATH"}
    written = {path.partition(":")[2] for path in compose["services"]["web"]["volumes"]}
    assert written == {"/var/lib/dragoman", "/var/backups/dragoman"}
    assert re.search(r"DRAGOMAN_WORKSPACE=/var/lib/dragoman/", recipe), "the rest of the image is read-only"


def test_the_image_is_built_by_the_commands_of_the_plain_way() -> None:
    recipe = (ROOT / "Dockerfile").read_text("utf-8")
    plain = re.findall(r"/opt/dragoman/venv/bin/(pip install .+)$", PAGE, re.MULTILINE)
    assert len(plain) == 3
    assert all(f"venv/bin/{one}" in recipe for one in plain)
    assert re.findall(r"^FROM (\S+)$", recipe, re.MULTILINE) == ["python:3.12-slim"]
    copied = re.findall(r"^COPY (.+) \S+$", recipe, re.MULTILINE)
    needed = {one for line in copied for one in line.split()}
    assert all((ROOT / one).exists() for one in needed)
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    assert needed == let_in
    assert re.search(r"^USER dragoman$", recipe, re.MULTILINE)
    assert yaml.safe_load(re.findall(r"^CMD (.+)$", recipe, re.MULTILINE)[0])[0] == "serve"
