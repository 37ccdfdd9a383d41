"""A folder with two short texts, and the command run inside this process."""

from __future__ import annotations

import json
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


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a text in each language and their sidecars."""
    folder = tmp_path / "texts"
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


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a workspace of its own."""
    monkeypatch.delenv("DRAGOMAN_DATABASE_URL", raising=False)
    monkeypatch.delenv("DRAGOMAN_WORKSPACE", raising=False)
    monkeypatch.setenv("COLUMNS", "120")

    def command(*words: str, stdin: str | None = None) -> Ran:
        arguments = ["--workspace", str(tmp_path / "w"), *words]
        result = CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return command


@pytest.fixture
def filled(run: Run, texts: Path) -> Run:
    """The same, with the texts read."""
    assert run("read", str(texts)).code == 0
    return run
