from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.screen.lists import CSL, own


@pytest.fixture
def lists(run: Run, tmp_path: Path) -> Run:
    """The command, with two lists imported."""
    put(run, tmp_path, "own", own())
    put(run, tmp_path, "us-csl", CSL)
    return run


def put(run: Run, folder: Path, name: str, text: str, *options: str) -> int:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return run("lists", "import", str(path), "--name", name, *options).code


def test_without_a_list_the_publishers_are_named(run: Run) -> None:
    shown = run("lists")
    assert shown.code == 0
    assert "OpenSanctions" in shown.err
    assert "a column `name`" in shown.err
    screened = run("screen", "Bramblewick")
    assert screened.code == 2
    assert "No list has been imported yet" in screened.err


def test_lists_are_shown_with_their_age(lists: Run) -> None:
    assert "own" in lists("lists").out
    stale = lists("lists", "--stale-days", "0")
    assert stale.code == 1
    assert "list-stale" in stale.err
    [row, other] = lists("--json", "lists").rows
    assert (row["list"], row["version"], row["entries"], row["names"]) == ("own", 1, 3, 5)
    assert other["form"] == "us-csl"


def test_a_faulty_file_is_not_taken(lists: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("colour\nred\n", encoding="utf-8")
    ran = lists("lists", "import", str(path), "--kind", "plain", "--name", "own")
    assert ran.code == 2
    assert "list-wrong-columns" in ran.err
    assert "version 1 of own stays in use" in ran.err
    assert lists("lists", "import", str(tmp_path / "none.csv")).code == 2
    assert "list-form-no-such" in lists("lists", "import", str(path), "--kind", "xyz").err


def test_what_a_version_changed_is_shown(lists: Run, tmp_path: Path) -> None:
    assert lists("lists", "diff", "own").code == 0
    put(lists, tmp_path, "own", own(("Late payments", "Paid")))
    changed = lists("lists", "diff", "own")
    assert changed.code == 1
    assert "measures: + Paid - Late payments" in changed.out
    [row] = lists("--json", "lists", "diff", "own").rows
    assert row["changed"][0]["fields"] == [{"field": "measures", "added": ["Paid"], "removed": ["Late payments"]}]
    assert lists("lists", "remove", "own").code == 0
    assert lists("lists", "diff", "own").code == 2


def test_a_name_is_screened(lists: Run) -> None:
    hit = lists("screen", "Bramblewick", "Avionics", "--country", "BR", "--explain")
    assert hit.code == 1
    assert "Bramblewick Avionics GmbH  own w1" in hit.out
    assert "against: country BR, the entry DE" in hit.out
    assert "avionics ~ avionics (same, 1.00" in hit.out
    none = lists("screen", "Harrowgate Bakery")
    assert (none.code, none.out.strip()) == (0, "Harrowgate Bakery: no hit")
    [row] = lists("--json", "screen", "桐槭精密机械").rows
    assert (row["query"], row["hits"][0]["list"], row["hits"][0]["entry"]) == ("桐槭精密机械", "own", "w2")


def test_a_threshold_may_be_given(lists: Run) -> None:
    assert lists("screen", "Bramblewick Avionics", "--threshold", "1").code == 0
    assert lists("screen", "Bramblewick Avionics", "--threshold", "0.5").code == 1
    assert lists("screen", "Bramblewick Avionics", "--threshold", "7").code == 2


@pytest.mark.parametrize("name", ["decide", "monitor", "history", "party"])
def test_words_of_the_commands_are_screened_by_option(lists: Run, name: str) -> None:
    ran = lists("screen", "--name", name)
    assert (ran.code, ran.out.strip()) == (0, f"{name}: no hit")


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Q", 1, "party-short-name"),
        ("🙂", 2, "no name that can be searched"),
        ("Al\x07der", 0, "party-signs-removed"),
        ("شركة الأرز", 0, "0 hits"),
        ("x" * 3000, 2, "3000 characters"),
    ],
)
def test_odd_names_are_reported(lists: Run, name: str, code: int, said: str) -> None:
    ran = lists("screen", name)
    assert ran.code == code
    assert said in ran.err


def test_a_name_or_a_file_is_needed(lists: Run, tmp_path: Path) -> None:
    assert lists("screen", "--explain").code == 2
    assert lists("screen", "Alder", "--file", str(tmp_path / "p.csv")).code == 2


def test_a_file_is_screened(lists: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("name,country,id\nBramblewick Avionics,,C-1\nAlder Optics,,C-2\n🙂,,C-3\n", encoding="utf-8")
    ran = lists("screen", "--file", str(path))
    assert ran.code == 1
    assert [(row["line"], row["query"], len(row["hits"])) for row in ran.rows] == [
        (2, "Bramblewick Avionics", 1),
        (3, "Alder Optics", 0),
        (4, None, 0),
    ]
    assert "2 parties screened, 1 not screened; 1 with hits, 1 hit in all" in ran.err
    table = lists("screen", "--file", str(path), "--format", "csv", "--no-keep")
    assert table.out.splitlines()[1].startswith("2,C-1,Bramblewick Avionics,1,own,w1,")
    book = tmp_path / "hits.xlsx"
    assert lists("screen", "--file", str(path), "--format", "xlsx", "--output", str(book)).code == 1
    assert book.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("text", ["colour\nred\n", ""])
def test_a_file_without_names_is_refused(lists: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text, encoding="utf-8")
    ran = lists("screen", "--file", str(path))
    assert ran.code == 2
    assert "0 parties screened, 1 not screened" in ran.err


def test_decisions_are_recorded_and_shown(lists: Run) -> None:
    decided = lists(
        *("screen", "decide", "Bramblewick Avionics", "own", "w1", "--verdict", "cleared"),
        *("--reason", "Another firm", "--by", "R. Reader"),
    )
    assert decided.code == 0
    assert "cleared by R. Reader" in lists("screen", "Bramblewick Avionics").out
    history = lists("screen", "history", "Bramblewick Avionics")
    assert "Another firm" in history.out
    [row] = lists("--json", "screen", "history", "Bramblewick Avionics").rows
    assert [one["verdict"] for one in row["decisions"]] == ["cleared"]
    assert lists("screen", "history", "Nobody").code == 1


@pytest.mark.parametrize(
    "options",
    [
        ["--verdict", "maybe", "--reason", "r", "--by", "R"],
        ["--verdict", "cleared", "--by", "R"],
        ["--verdict", "cleared", "--reason", "r"],
        ["--verdict", "cleared", "--reason", "r", "--by", "R", "--until", "2020-01-01"],
    ],
)
def test_half_a_decision_is_refused(lists: Run, options: list[str]) -> None:
    assert lists("screen", "decide", "X", "own", "w1", *options).code == 2


def test_monitoring_reports_changes_once(lists: Run, tmp_path: Path) -> None:
    lists("screen", "Alder Optics")
    assert lists("screen", "monitor").code == 0
    put(lists, tmp_path, "own", own() + "w9,Alder Optics Ltd,,CN,company,\n")
    ran = lists("screen", "monitor")
    assert ran.code == 1
    assert "new hit" in ran.out
    assert "Alder Optics Ltd  own w9" in ran.out
    assert lists("screen", "monitor").code == 0
    [row] = lists("--json", "screen", "history", "Alder Optics").rows
    assert row["changes"][0]["change"] == "new hit"
    assert lists("screen", "forget", "Alder Optics").code == 0


SHIPMENT = """template: shipment
facts: {departure: US}
parties:
- name: Quernmoor Photonics
  country: CN
  listed_on: []
"""


def test_a_checked_case_shows_its_parties_beside_the_findings(lists: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(SHIPMENT, encoding="utf-8")
    command = ("check", str(case), "--pack", "us-export-controls-ai")
    ran = lists(
        "screen",
        "decide",
        "Quernmoor Photonics",
        "us-csl",
        "e1",
        "--verdict",
        "confirmed",
        "--reason",
        "r",
        "--by",
        "R",
    )
    assert ran.code == 0
    shown = lists(*command)
    assert "Quernmoor Photonics [parties[0]]: 1 hit" in shown.out
    assert "list-contradicts-case" in shown.err
    [row] = [json.loads(lists(*command, "--format", "json").out)]
    [party] = row["screening"]["parties"]
    assert (party["hits"][0]["entry"], party["hits"][0]["decision"]["verdict"]) == ("e1", "confirmed")
    assert row["case"]["parties"] == [{"name": "Quernmoor Photonics", "country": "CN", "listed_on": []}]
    off = json.loads(lists(*command, "--no-screen", "--format", "json").out)
    assert off["screening"] is None
    assert off["findings"] == row["findings"]
    memo = lists(*command, "--format", "md").out
    assert "Parties and lists" in memo
    assert "confirmed" in memo
    assert ": r (R)" in memo


def test_a_case_needs_no_workspace(bare: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(SHIPMENT, encoding="utf-8")
    row = json.loads(bare("check", str(case), "--pack", "us-export-controls-ai", "--format", "json").out)
    assert row["screening"] is None
    assert not (tmp_path / "w").exists()
