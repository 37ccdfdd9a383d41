"""`dragoman coordination`, run on two invented texts and a table of events."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run, made_by

FIRST = """Statement of the First Meeting

Export controls

The United States and the European Union will align export controls against Russia.

They will consult each other on export controls.
"""
SECOND = """Statement of the Second Meeting

Standards

The United States and the European Union will develop common standards for lamps.

The United States will restrict exports of chips to China under its export controls.
"""
EVENTS = """date,party,target,topic,title
2030-05-01,US,China,export-control,A rule on chips
2030-06-10,European Union,China,export-control,A measure on chips
"""
ASK = ("coordination", "US", "欧盟", "--topic", "export-control")


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with both texts, to be copied."""
    folder = tmp_path_factory.mktemp("coordination") / "meetings"
    folder.mkdir()
    for name, text, day in (("first", FIRST, "2030-01-01"), ("second", SECOND, "2031-01-01")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        parties = ["United States", "European Union"]
        sidecar = {"date": day, "kind": "joint statement", "parties": parties}
        (folder / f"{name}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return made_by(folder.parent, ("read", str(folder)))


@pytest.fixture
def both(bare: Run, meetings: Path, tmp_path: Path) -> Run:
    shutil.copytree(meetings, tmp_path / "w")
    return bare


@pytest.fixture
def events(tmp_path: Path) -> str:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    return str(path)


def test_the_figures_open_their_sentences(both: Run, events: str) -> None:
    ran = both(*ASK, "--events", events, "--format", "json")
    found = json.loads(ran.out)
    china = next(one for one in found["targets"] if one["target"] == "China")
    russia = next(one for one in found["targets"] if one["target"] == "Russia")
    assert ran.code == 0
    assert (found["first"], found["second"]) == ("United States", "European Union")
    assert russia["shares"]["joint"]["value"] == 1
    (place,) = russia["joint"]["sentences"]
    assert FIRST[place["start"] : place["end"]].startswith("The United States and the European Union will align")
    assert [(one["lag"], one["lead"]) for one in china["matched"]] == [(40, "first")]
    assert china["joint"]["value"] == 0
    assert [
        (row["doc"], {name: cell["value"] for name, cell in row["targets"].items()}) for row in found["meetings"]
    ] == [
        ("first", {"Russia": 1, "none named": 1}),
        ("second", {"China": 1}),
    ]


def test_the_screen_shows_figures_and_matches(both: Run, events: str) -> None:
    ran = both(*ASK, "--events", events)
    assert "United States / European Union: export-control (window 180 days)" in ran.out
    assert "+40 d" in ran.out


def test_a_target_and_dates_confine_the_figures(both: Run) -> None:
    found = json.loads(both(*ASK, "--target", "俄罗斯", "--to", "2030-12-31", "--format", "json").out)
    assert [one["target"] for one in found["targets"]] == ["Russia"]
    assert [row["doc"] for row in found["meetings"]] == ["first"]


@pytest.mark.parametrize("form", ["csv", "html", "docx", "md"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_reports(both: Run, events: str, tmp_path: Path, form: str, language: str) -> None:
    path = tmp_path / f"report.{form}"
    ran = both(*ASK, "--events", events, "--format", form, "--language", language, "--output", str(path))
    assert ran.code == 0
    data = path.read_bytes()
    if form in {"html", "md"}:
        text = data.decode()
        assert "will align export controls against Russia" in text
        assert "dragoman coordination US" in text
        assert ("由硬到软" in text) is (language == "zh")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("coordination", "Unitd States", "EU"), "Nearest: `United States`"),
        (("coordination", "US", "美国"), "Both parties are `United States`"),
        (("coordination", "US", "EU", "--topic", "export-contrl"), "Did you mean `export-control`?"),
        ((*ASK, "--events", "none.csv"), "none.csv cannot be read"),
        ((*ASK, "--document", "none"), "none"),
        ((*ASK, "--format", "pdf"), "There is no format `pdf`"),
        ((*ASK, "--from", "soon"), "--from `soon` is not a date"),
    ],
)
def test_wrong_calls(both: Run, words: tuple[str, ...], message: str) -> None:
    ran = both(*words)
    assert ran.code == 2
    assert message in ran.err


def test_a_table_with_wrong_columns_says_which_are_missing(both: Run, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("when,who\n2030-01-01,US\n", encoding="utf-8")
    ran = both(*ASK, "--events", str(path))
    assert ran.code == 1
    assert "own: date, party, title" in " ".join(ran.err.split())


def test_no_shared_topic_says_so(both: Run) -> None:
    ran = both("coordination", "US", "EU", "--topic", "quantum")
    assert ran.code == 1
    assert "No measure of United States or European Union is of the topic" in " ".join(ran.err.split())


def test_json_lines_are_one_object(both: Run) -> None:
    (found,) = both("--json", *ASK).rows
    assert found["topic"] == "export-control"
