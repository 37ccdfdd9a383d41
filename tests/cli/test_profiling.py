"""`dragoman profile`, run on an invented text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_cells_open_their_sentences(filled: Run) -> None:
    ran = filled("profile", "lakeside", "hupan", "--by", "technology", "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert [one["doc"] for one in found["documents"]] == ["lakeside", "hupan"]
    quantum = next(cell for cell in found["cells"] if cell["value"] == "quantum")
    assert quantum["provisions"]["value"] == len(quantum["provisions"]["sentences"]) == 1


def test_the_screen_shows_a_line_a_cell(filled: Run) -> None:
    ran = filled("profile", "lakeside", "--by", "technology")
    assert ran.code == 0
    assert "quantum" in ran.out


@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_reports(filled: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"profile.{form}"
    assert filled("profile", "lakeside", "--format", form, "--language", "zh", "--output", str(path)).code == 0
    assert path.stat().st_size > 0
    assert form != "md" or "--format md --language zh" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [(("none",), "none"), (("lakeside", "--by", "colour"), "There is no by `colour`")],
)
def test_wrong_calls(filled: Run, words: tuple[str, ...], message: str) -> None:
    ran = filled("profile", *words)
    assert ran.code == 2
    assert message in ran.err


def test_json_lines_are_one_object(filled: Run) -> None:
    (found,) = filled("--json", "profile", "lakeside").rows
    assert found["by"] == "instrument"
