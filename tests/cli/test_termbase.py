from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ANN = ("--by", "Ann", "--side", "US")
LI = ("--by", "Li", "--side", "CN")


def base(run: Run, *words: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return run("--json", "terms", "base", *words)


def test_a_concept_goes_from_proposal_to_agreement_and_a_version(run: Run) -> None:
    made = base(run, "propose", "--en", "kiln", "--zh", "窑", "--zh", "窑炉", "--tag", "materials", *ANN)
    assert made.code == 0
    assert (made.rows[0]["id"], made.rows[0]["status"]) == ("kiln", "under review")
    assert base(run, "review", "accept", "kiln", *LI).rows[0]["status"] == "agreed"
    assert [row["action"] for row in base(run, "history", "kiln").rows] == ["proposed", "accepted"]
    assert base(run, "publish", "--by", "Ann", "--note", "first").rows[0]["statuses"] == {"agreed": 1}
    assert base(run, "publish", "--by", "Ann").code == 2
    assert [row["number"] for row in base(run, "history").rows] == [1]


def test_changes_are_proposals_until_both_accept(run: Run) -> None:
    base(run, "propose", "--en", "kiln", "--zh", "窑", *ANN)
    base(run, "review", "accept", "kiln", *LI)
    base(run, "publish", "--by", "Ann")
    proposal = base(run, "propose", "kiln", "--note", "hot", "--zh", "炉", "--party", "CN", *LI).rows[0]
    assert [row["id"] for row in base(run, "list", "--proposals").rows] == [proposal["id"]]
    assert base(run, "show", proposal["id"]).rows[0]["after"]["note"] == "hot"
    assert base(run, "review", "accept", proposal["id"], *ANN).rows[0]["state"] == "accepted"
    (change,) = base(run, "diff").rows
    assert (change["change"], change["fields"]) == ("changed", ["terms", "note"])
    shown = base(run, "show", "kiln").rows[0]
    assert shown["terms"][-1] == {"text": "炉", "language": "zh", "use": "admitted", "party": "China"}
    deprecation = base(run, "propose", "kiln", "--deprecate", "炉", *ANN).rows[0]
    assert deprecation["kind"] == "deprecation"
    assert base(run, "review", "contest", deprecation["id"], *LI).code == 2
    contested = base(run, "review", "contest", deprecation["id"], *LI, "--reason", "in use").rows[0]
    assert contested["state"] == "contested"


def test_the_shipped_glossary_is_searched_and_written(run: Run, tmp_path: Path) -> None:
    outcome = base(run, "import", "--shipped", "--by", "Ann").rows[0]
    assert outcome["taken"]
    assert len(outcome["new"]) > 60
    assert base(run, "search", "出口管制", "--limit", "1").rows[0]["id"] == "export-control"
    assert len(base(run, "list", "--tag", "quantum").rows) == 3
    for form in ("tbx", "rdf", "jsonld", "csv", "xlsx", "html", "docx", "md"):
        path = tmp_path / f"glossary.{form}"
        assert base(run, "export", "--format", form, "--output", str(path), "--language", "zh").code == 0
        assert path.stat().st_size > 1000
    again = base(run, "import", str(tmp_path / "glossary.tbx"), "--by", "Ann").rows[0]
    assert (again["new"], again["proposals"]) == ([], [])


def test_candidates_are_proposed_and_accepted_in_bulk(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    path.write_text("en\tzh\tscore\nkiln\t窑\t0.9\njar\t罐\t0.2\n", encoding="utf-8")
    assert base(run, "propose", "--from", str(path), "--least", "0.5", *ANN).rows[0]["new"] == ["kiln"]
    assert [row["status"] for row in base(run, "review", "accept", "--all", *LI).rows] == ["agreed"]
    assert base(run, "review", "accept", "--all", *LI).rows == []


def test_a_faulty_file_gives_code_2_and_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.tbx"
    path.write_text("<tbx>\n<text>\n", encoding="utf-8")
    ran = base(run, "import", str(path), "--by", "Ann")
    assert ran.code == 2
    assert not ran.rows[0]["taken"]
    assert ran.rows[0]["problems"][0]["line"] == 3
    assert base(run, "list").rows == []


@pytest.mark.parametrize(
    "words",
    [
        ("propose", "--by", "Ann"),
        ("propose", "--deprecate", "x", "--by", "Ann"),
        ("propose", "kiln", "--note", "a", "--withdraw", "--by", "Ann"),
        ("propose", "--en", "kiln"),
        ("propose", "--en", "kiln", "--by", "Ann", "--side", "Norway"),
        ("review", "accept", *ANN),
        ("review", "praise", "kiln", *ANN),
        ("import", "--by", "Ann"),
        ("export", "--format", "pdf"),
        ("show", "nothing"),
        ("diff", "4"),
        ("sides", "US", "--by", "Ann"),
    ],
)
def test_a_call_that_makes_no_sense_gives_code_2(run: Run, words: tuple[str, ...]) -> None:
    assert base(run, *words).code == 2


def test_the_sides_are_shown_and_named(run: Run) -> None:
    assert base(run, "sides").rows == [{"sides": ["United States", "China"]}]
    assert base(run, "sides", "UK", "EU", "--by", "Ann").rows == [{"sides": ["United Kingdom", "European Union"]}]


def test_the_lint_says_where_and_what_and_gives_code_1(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("第一行。\n我们讨论关键矿物。\n", encoding="utf-8")
    ran = run("terms", "lint", str(path), "--format", "jsonl")
    assert ran.code == 1
    (row,) = ran.rows
    assert (row["line"], row["column"], row["fault"], row["suggestion"]) == (2, 5, "deprecated", "关键矿产")
    assert path.read_text(encoding="utf-8")[row["start"] : row["end"]] == row["text"] == "关键矿物"
    clean = tmp_path / "clean.txt"
    clean.write_text("我们讨论关键矿产。\n", encoding="utf-8")
    assert run("terms", "lint", str(clean)).code == 0
    assert run("terms", "lint", str(tmp_path / "nothing.txt")).code == 2


def test_the_lint_is_written_for_compilers_and_for_print(run: Run, tmp_path: Path) -> None:
    path, target = tmp_path / "draft.txt", tmp_path / "lint.out"
    path.write_text("我们讨论关键矿物。\n", encoding="utf-8")
    for form, sign in (
        ("text", "draft:1:5: warning: "),
        ("html", "术语检查"),
        ("md", "术语检查"),
        ("jsonl", "关键矿产"),
    ):
        words = ("--format", form, "--language", "zh", "--output", str(target))
        assert run("terms", "lint", str(path), *words).code == 1
        assert sign in target.read_text(encoding="utf-8")
    assert (
        json.loads(target.read_text(encoding="utf-8"))["message"] == "“关键矿物”不再用于关键矿产，请用“关键矿产”。"
    )
