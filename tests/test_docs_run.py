"""The code of the manual runs: Python blocks and command lines, page by page, in an empty folder with the samples."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.long

DOCS = REPOSITORY / "docs"
BLOCK = re.compile(
    r"(?:<!-- not run: (?P<reason>[^>]+?) -->\n)?^```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
RUN = {"python", "sh", "bash", "console"}
PASSWORD = "the tide comes twice a day"  # noqa: S105 - of the test
OWN_TEST = {"docket-walkthrough.md": "tests/cli/test_docket_walkthrough.py"}
"""Pages whose commands another test types."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of a page: what it is written in, its text, and why it is not run, "" where it is."""

    language: str
    body: str
    reason: str


def blocks(page: Path) -> Iterator[Code]:
    for found in BLOCK.finditer(page.read_text("utf-8")):
        if found["language"] in RUN:
            yield Code(found["language"], found["body"], found["reason"] or "")


PAGES = {page.name: tuple(blocks(page)) for page in sorted(DOCS.glob("*.md")) if page.name not in OWN_TEST}
RUNNABLE = sorted(name for name, found in PAGES.items() if any(not one.reason for one in found))


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the samples were read: where a page reads them again, nothing is new."""
    folder = tmp_path_factory.mktemp("read") / "workspace"
    assert (
        CliRunner().invoke(app, ["--workspace", str(folder), "read", str(REPOSITORY / "samples")]).exit_code == 0
    )
    return folder


@pytest.fixture
def here(name: str, read_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with samples and examples at hand, as a reader of the manual has them.

    How-tos begin with the samples read, so that each takes less long; the tutorial and the page on Python with nothing.
    """
    if name.startswith("howto-"):
        shutil.copytree(read_once, tmp_path / "workspace")
    (tmp_path / "samples").symlink_to(REPOSITORY / "samples")
    (tmp_path / "docs").symlink_to(DOCS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_WORKSPACE", raising=False)
    monkeypatch.delenv("DRAGOMAN_REVIEWER", raising=False)
    return tmp_path


def commands(body: str) -> Iterator[tuple[str, int]]:
    """The commands of a block with their exit codes; a line may go on behind a backslash."""
    for line in body.replace("\\\n", " ").splitlines():
        words, _, code = line.removeprefix("$ ").partition(" # exit ")
        if words.strip() and not words.startswith("#"):
            yield words.strip(), int(code or 0)


def typed(line: str) -> tuple[int, str]:
    """The exit code of a command line and what it said."""
    program, *words = shlex.split(line)
    assert program == "dragoman", f"only dragoman is run: {line}"
    assert "serve" not in words, "it would not end"
    piped = ["--password-stdin"] if words[:2] == ["account", "add"] else []  # nobody types at a test
    result = CliRunner().invoke(app, [*words, *piped], input=f"{PASSWORD}\n")
    return result.exit_code, result.output


@pytest.mark.parametrize("name", RUNNABLE)
def test_the_code_of_a_page_runs(name: str, here: Path) -> None:
    assert here.is_dir()
    names: dict[str, Any] = {"__name__": name}
    for block in PAGES[name]:
        if block.reason:
            continue
        if block.language == "python":
            exec(compile(block.body, name, "exec"), names)  # noqa: S102 - our own manual
            continue
        for line, expected in commands(block.body):
            code, said = typed(line)
            assert (line, code, said if code != expected else "") == (line, expected, "")


def test_what_is_not_run_has_a_reason_and_most_is_run() -> None:
    found = [one for page in PAGES.values() for one in page]
    assert all(len(one.reason) > len("not here") for one in found if one.reason)
    assert sum(not one.reason for one in found) > sum(bool(one.reason) for one in found)
    assert {"tutorial.md", "python.md"} <= set(RUNNABLE)
    assert sum(name.startswith("howto-") for name in RUNNABLE) == len(list(DOCS.glob("howto-*.md")))
    assert all((REPOSITORY / test).is_file() for test in OWN_TEST.values())
