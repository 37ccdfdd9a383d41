from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.lantern import FOLDER
from tests.cli.conftest import Run

MET = """template: shipment
title: A lantern with a permit
facts: {permit: true, own_share: 60, signed: 2025-01-01, colours: []}
items: [{name: A, lumen: 600}]
destinations: [FI]
"""
PACK = ("--pack", str(FOLDER))
DAY = ("--as-of", "2026-02-01")
KEYS = [
    "rule", "result", "citation", "missing", "trace", "confidence", "subject", "standing", "force", "counted",
    "title", "as_of", "jurisdiction", "url", "because", "remedy", "note",
]  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(MET, encoding="utf-8")
    return path


def test_a_case_is_checked_and_the_outcome_comes_first(run: Run, case: Path) -> None:
    ran = run("check", str(case), *PACK, *DAY)
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("outcome: met  (law of 2026-02-01; lantern 1)")
    assert "[Lantern Act, sec. 1; seen]" in " ".join(ran.out.split())
    assert (
        ran.out.index("met  lantern/bright")
        < ran.out.index("beside the outcome")
        < ran.out.index("not applicable:")
    )
    assert "Candles, oil" in ran.out.split("what this does not cover:")[1]


@pytest.mark.parametrize(
    ("old", "new", "outcome", "code"),
    [
        ("permit: true", "permit: true", "met", 0),
        ("permit: true", "permit: false, festival: false", "not met", 1),
        ("permit: true, ", "", "unknown", 1),
        ("signed: 2025-01-01", "signed: 2026-02-01", "conflict", 1),
    ],
)
def test_the_exit_code_says_whether_something_is_open(
    run: Run, case: Path, old: str, new: str, outcome: str, code: int
) -> None:
    case.write_text(MET.replace(old, new), encoding="utf-8")
    ran = run("--json", "check", str(case), *PACK, *DAY)
    assert (ran.rows[0]["outcome"], ran.code) == (outcome, code)


def test_json_has_the_form_that_others_read(run: Run, case: Path) -> None:
    [row] = run("check", str(case), *PACK, *DAY, "--format", "json").rows
    assert list(row) == [
        "outcome", "findings", "ask", "as_of", "packs", "not_covered", "problems", "case", "source", "screening",
    ]  # fmt: skip
    assert all(list(finding) == KEYS for finding in row["findings"])
    bright = next(finding for finding in row["findings"] if finding["rule"] == "lantern/bright")
    assert bright["subject"] == "items[0] A x destinations[0] FI"
    assert bright["trace"][0] == {
        "part": "applies",
        "text": "lumen >= 500",
        "facts": {"lumen": "600"},
        "truth": "true",
    }
    assert row["case"]["items"] == [{"name": "A", "lumen": 600}]
    assert row["case"]["facts"]["signed"] == "2025-01-01"
    assert row["not_covered"][0]["zh"].startswith("蜡烛")


def test_open_findings_name_the_facts_that_settle_them(run: Run, case: Path) -> None:
    case.write_text(MET.replace("permit: true, ", ""), encoding="utf-8")
    ran = run("check", str(case), *PACK, *DAY)
    assert "ask: permit: Is there a permit?" in ran.out
    assert "  permit: Is there a permit?" in ran.out.split("ask first, what settles most on top:")[1].splitlines()
    assert ran.out.index("unknown  lantern/bright") < ran.out.index("met  lantern/home-share")


def test_a_fault_of_the_case_is_shown_with_its_line_and_nothing_is_run(run: Run, case: Path) -> None:
    case.write_text(MET.replace("permit:", "permitt:"), encoding="utf-8")
    ran = run("check", str(case), *PACK)
    assert (ran.code, ran.out) == (1, "")
    assert f"{case.name}:3" in ran.err.replace("\n", "")
    assert "Did you mean `permit`?" in " ".join(ran.err.split())
    assert "Nothing was run." in ran.err
    [row] = run("--json", "check", str(case), *PACK).rows
    assert (row["outcome"], row["findings"]) == (None, [])
    assert [(p["code"], p["line"]) for p in row["problems"]] == [("unknown-field", 3)]


def test_a_case_comes_from_standard_input_too(run: Run) -> None:
    assert run("check", "-", *PACK, *DAY, stdin=MET).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "absent.yaml"),
        ("check", "a.yaml", "--batch", "b.csv"),
        ("check", "a.yaml", "--format", "pdf"),
        ("check", "--batch", "b.csv", "--format", "html"),
        ("check", "--batch", "b.xlsx"),
        ("check", "--batch", "absent.csv"),
        ("check", "a.yaml", "--as-of", "today"),
        ("case", "new", "voyage"),
        ("case", "new", "shipment", "--language", "fr"),
    ],
)
def test_a_wrong_call_ends_in_two(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")


def test_a_pack_that_does_not_exist_ends_in_two(run: Run, case: Path) -> None:
    ran = run("check", str(case), "--pack", "us-ai-export-program")
    assert ran.code == 2
    assert "us-ai-exports-program" in ran.err


@pytest.mark.parametrize(
    ("form", "start"), [("html", b"<!"), ("docx", b"PK"), ("md", b"#"), ("json", b"{"), ("text", b"outcome")]
)
def test_a_report_is_written_to_a_file(run: Run, case: Path, tmp_path: Path, form: str, start: bytes) -> None:
    path = tmp_path / f"report.{form}"
    assert run("check", str(case), *PACK, *DAY, "--format", form, "--output", str(path)).code == 0
    assert path.read_bytes().startswith(start)


def test_a_report_is_written_in_chinese(run: Run, case: Path) -> None:
    ran = run("check", str(case), *PACK, *DAY, "--format", "md", "--language", "zh")
    assert "高亮度灯笼运往长夜之国须有许可" in ran.out


def test_no_workspace_is_made_for_a_check(bare: Run, case: Path, tmp_path: Path) -> None:
    bare("check", str(case), *PACK)
    assert not (tmp_path / "w").exists()


def test_a_new_case_can_be_checked_as_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert run("case", "new", "shipment", *PACK, "--output", str(path)).code == 0
    assert "# Is there a permit?" in path.read_text(encoding="utf-8")
    [row] = run("--json", "check", str(path), *PACK, *DAY).rows
    assert (row["outcome"], row["problems"]) == ("unknown", [])
    assert "# 是否有许可？" in run("case", "new", "project", *PACK, "--language", "zh").out


BATCH = "id,template,permit,festival,lumen,destination\na,shipment,true,no,600,FI\nb,shipment,no,no,600,FI\nc,shipment,no,no,600,Atlantis\n"


def test_a_batch_is_summed_up_and_bad_rows_are_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_text(BATCH, encoding="utf-8")
    ran = run("check", "--batch", str(path), *PACK, *DAY)
    assert ran.code == 1
    assert "unknown-country" in ran.out
    assert [line.split() for line in ran.err.splitlines()] == [
        ["1", "not", "met"], ["1", "unknown"], ["1", "refused"], ["3", "cases"],
    ]  # fmt: skip


def test_a_batch_gives_json_lines_and_csv(run: Run, tmp_path: Path) -> None:
    path, output = tmp_path / "batch.csv", tmp_path / "out.csv"
    path.write_text(BATCH, encoding="utf-8")
    rows = run("--json", "check", "--batch", str(path), *PACK, *DAY, "--missing").rows
    assert [(row["line"], row["id"], row["outcome"]) for row in rows] == [
        (2, "a", "unknown"), (3, "b", "not met"), (4, "", None),
    ]  # fmt: skip
    assert {
        "rule": "lantern/bright",
        "subject": "items[0] x destinations[0] FI",
        "result": "not met",
        "counted": True,
    } in rows[1]["findings"]
    assert "colours" in rows[0]["missing"]
    run("check", "--batch", str(path), *PACK, *DAY, "--format", "csv", "--output", str(output))
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "line,id,outcome,not met,conflict,unknown,met,not applicable,missing,problems,hits"
    assert lines[2].startswith("3,b,not met,lantern/bright @ items[0] x destinations[0] FI,")
    assert len(lines) == 4


def test_the_parties_of_a_batch_are_screened_where_there_are_lists(run: Run, tmp_path: Path) -> None:
    listed, path, output = tmp_path / "own.csv", tmp_path / "batch.jsonl", tmp_path / "out.csv"
    listed.write_text("id,name\nw1,Bramblewick Avionics GmbH\n", encoding="utf-8")
    assert run("lists", "import", str(listed), "--name", "own").code == 0
    facts = {"permit": True, "signed": "2025-01-01", "colours": []}
    row = {"template": "shipment", "facts": facts, "items": [], "destinations": []}
    named = [{**row, "parties": [{"name": name}]} for name in ("Bramblewick Avionics", "Tansy Looms")]
    path.write_text("".join(json.dumps(one) + "\n" for one in named), encoding="utf-8")
    ran = run("--json", "check", "--batch", str(path), *PACK, *DAY)
    parties = [one["screening"][0] for one in ran.rows]
    assert [[hit["entry"] for hit in party["hits"]] for party in parties] == [["w1"], []]
    assert (ran.code, parties[0]["subject"]) == (1, "parties[0]")
    assert "1  with a hit that nobody cleared" in ran.err
    alone = run("--json", "check", "--batch", str(path), *PACK, *DAY, "--no-screen")
    assert (alone.code, [one["screening"] for one in alone.rows]) == (0, [None, None])
    run("check", "--batch", str(path), *PACK, *DAY, "--format", "csv", "--output", str(output))
    assert "Bramblewick Avionics = Bramblewick Avionics GmbH (own w1, " in output.read_text(encoding="utf-8")


def test_a_batch_without_anything_open_ends_in_nought(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    facts = {"permit": True, "signed": "2025-01-01", "colours": []}
    row = {"template": "shipment", "facts": facts, "items": [], "destinations": []}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    ran = run("--json", "check", "--batch", str(path), *PACK, *DAY)
    assert (ran.code, ran.rows[0]["outcome"]) == (0, "met")
