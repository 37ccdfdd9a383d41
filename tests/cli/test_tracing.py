"""`dragoman tracing`, run on an invented text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ENGLISH, Run

QUOTE = "establish a joint quantum research programme"
START = ENGLISH.index(QUOTE)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "book.yaml"
    pin = f"{{doc: lakeside, start: {START}, end: {START + len(QUOTE)}, quote: {QUOTE}}}"
    path.write_text(
        "title: Why they met\nhypotheses:\n  - {id: H1, title: Science}\n  - {id: H2, title: Trade}\n"
        f"evidence:\n  - id: E1\n    title: A programme\n    pin: {pin}\n    likelihoods: {{H1: likely, H2: unlikely}}\n",
        encoding="utf-8",
    )
    return path


def test_new_then_check(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "fresh.yaml"
    assert run("tracing", "new", str(path), "--title", "Lamps").code == 0
    ran = run("tracing", "check", str(path))
    assert ran.code == 0
    assert "H1 leads" in ran.out
    again = run("tracing", "new", str(path))
    assert again.code == 2
    assert "is there already" in again.err


def test_pinned_words_are_compared_with_the_register(filled: Run, workbook: Path) -> None:
    ran = filled("--json", "tracing", "check", str(workbook))
    (found,) = ran.rows
    assert ran.code == 0
    assert found["checked"]
    assert found["leader"] == "H1"
    workbook.write_text(
        workbook.read_text(encoding="utf-8").replace(QUOTE, "close a joint programme"), encoding="utf-8"
    )
    wrong = filled("--json", "tracing", "check", str(workbook))
    assert wrong.code == 1
    assert [one["code"] for one in wrong.rows[0]["problems"] if one["severity"] == "error"] == ["tracing-quote"]


@pytest.mark.parametrize("form", ["html", "docx", "md", "json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_reports(filled: Run, workbook: Path, tmp_path: Path, form: str, language: str) -> None:
    path = tmp_path / f"report.{form}"
    ran = filled(
        "tracing", "report", str(workbook), "--format", form, "--language", language, "--output", str(path)
    )
    assert ran.code == 0
    if form == "md":
        text = path.read_text(encoding="utf-8")
        assert QUOTE in text
        assert ("证据" in text) is (language == "zh")
    if form == "json":
        assert json.loads(path.read_text(encoding="utf-8"))["second"] == "H2"


def test_a_report_of_a_refused_workbook_shows_its_faults(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: x\n", encoding="utf-8")
    ran = filled("tracing", "report", str(path), "--format", "md")
    assert ran.code == 1
    assert "is missing in the workbook" in ran.out


def test_no_such_workbook(run: Run) -> None:
    ran = run("tracing", "check", "none.yaml")
    assert ran.code == 2
    assert "none.yaml cannot be read" in ran.err
