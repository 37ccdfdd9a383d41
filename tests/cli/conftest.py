"""A folder with two short texts, and the command run inside this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer import testing
from typer.testing import CliRunner

from dragoman.cli.app import app

BUILDS = "_get_command"
setattr(testing, BUILDS, cache(getattr(testing, BUILDS)))  # making all commands anew takes longer than running one

ENGLISH = """Statement of the Lakeside Meeting

The United States and Japan will establish a joint quantum research programme by 31 March 2027.

Japan shall not export advanced chips without a licence.

The weather was good.
"""
CHINESE = """湖畔会议声明

双方将于2026年底前建立人工智能对话机制。
"""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]
PLAIN = {"DRAGOMAN_DATABASE_URL": None, "DRAGOMAN_WORKSPACE": None, "COLUMNS": "120"}
"""No setting of whoever runs the tests counts."""


def write_texts(folder: Path) -> Path:
    """Make a folder with a text in each language and their sidecars."""
    folder.mkdir()
    (folder / "lakeside.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "hupan.txt").write_text(CHINESE, encoding="utf-8")
    sidecar = {
        "title": "湖畔会议声明",
        "date": "2026-04-03",
        "kind": "joint statement",
        "parties": ["China", "Japan"],
    }
    (folder / "lakeside.json").write_text('{"date": "2026-03-03"}', encoding="utf-8")
    (folder / "hupan.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return folder


def running(workspace: Path) -> Run:
    """Return what runs the command on a workspace."""

    def command(*words: str, stdin: str | None = None) -> Ran:
        arguments = ["--workspace", str(workspace), *words]
        result = CliRunner().invoke(app, arguments, input=stdin, env=PLAIN, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return command


def made_by(folder: Path, *commands: tuple[str, ...], code: int = 0) -> Path:
    """Make a workspace in a folder by commands, each of which ends with an exit code; return it, to be copied."""
    run = running(folder / "w")
    for words in commands:
        ran = run(*words)
        assert ran.code == code, ran.err
    return folder / "w"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "texts")


@pytest.fixture
def bare(tmp_path: Path) -> Run:
    """Run the command where there is no workspace yet."""
    return running(tmp_path / "w")


@pytest.fixture
def run(bare: Run, workspace_folder: Path) -> Run:
    """Run the command on an empty workspace of its own."""
    return bare


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the texts read, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    return made_by(folder, ("read", str(write_texts(folder / "texts"))))


@pytest.fixture
def filled(bare: Run, whole: Path, tmp_path: Path) -> Run:
    """Run the command on a workspace of its own with the texts read."""
    shutil.copytree(whole, tmp_path / "w")
    return bare
