from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Run

REPORT = ("track", "report", "--document", "lakeside", "--as-of", "2027-05-01")


@pytest.mark.parametrize(
    ("form", "language"), [("html", "en"), ("docx", "zh"), ("md", "zh"), ("ics", "en"), ("ics", "zh")]
)
def test_the_same_command_gives_the_same_bytes(filled: Run, tmp_path: Path, form: str, language: str) -> None:
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    for path in (first, second):
        ran = filled(*REPORT, "--format", form, "--language", language, "--output", str(path))
        assert ran.code in {0, 1}, ran.err
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 300


def test_what_is_overdue_is_told_and_the_command_that_makes_it_again(filled: Run) -> None:
    out = filled(*REPORT, "--format", "md").out
    assert "1 line is overdue." in out
    assert "joint quantum research programme by 31 March 2027" in out.replace("**", "")
    command = "dragoman track report --document lakeside --as-of 2027-05-01 --language en --format md"
    assert f"`{command}`" in out


def test_a_saved_report_lets_the_next_say_what_changed(filled: Run) -> None:
    early = ("track", "report", "--document", "lakeside", "--as-of", "2026-12-01", "--format", "md")
    assert "No report from before" in filled(*early, "--draft").out
    assert "No report from before" in filled(*REPORT, "--format", "md", "--draft").out
    filled(*early)
    out = filled(*REPORT, "--format", "md").out
    assert "Compared with the report of 1 December 2026" in out
    assert "### Newly overdue" in out
    assert filled(*REPORT, "--format", "md").out == out


def test_a_report_that_is_not_saved_cannot_be_compared_with(filled: Run) -> None:
    ran = filled(*REPORT, "--since", "2026-06-01")
    assert ran.code == 2
    assert "No report of `lakeside` for 2026-06-01 is saved." in ran.err


def test_the_calendar_holds_the_deadline(filled: Run) -> None:
    calendar = Calendar.from_ical(filled(*REPORT, "--format", "ics").out.encode())
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2027-03-31"


def test_a_document_without_commitments_gives_a_report_that_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("The weather was good.\n", encoding="utf-8")
    assert run("read", str(tmp_path / "weather.txt")).code in {0, 1}
    ran = run("track", "report", "--document", "weather", "--format", "md")
    assert "nothing to review" in ran.out


def test_an_empty_register_has_no_document(run: Run) -> None:
    ran = run("track", "report", "--document", "lakeside")
    assert ran.code == 2
    assert "lakeside" in ran.err


@pytest.mark.parametrize(
    ("option", "value"), [("--format", "pdf"), ("--language", "fr"), ("--lines", "fr"), ("--as-of", "soon")]
)
def test_a_value_that_does_not_exist_is_refused(filled: Run, option: str, value: str) -> None:
    ran = filled(*REPORT, option, value)
    assert ran.code == 2
    assert value in ran.err
