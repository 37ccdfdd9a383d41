from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.lantern import FOLDER, copied
from tests.cli.conftest import Run

PACK = str(FOLDER)


def test_packs_are_listed_with_what_they_do_not_cover_first(run: Run) -> None:
    ran = run("rules", "list", PACK)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "lantern  Lantern rules (Lanternland, 1)"
    assert lines[1].strip().startswith("does not cover: Candles")
    assert "lantern/bright  A bright lantern" in ran.out
    row = next(row for row in run("--json", "rules", "list", PACK).rows if row["rule"] == "lantern/bright")
    assert (row["force"], row["each"], row["versions"][0]["requires"]) == (
        "must",
        ["items", "destinations"],
        "permit",
    )


def test_all_that_ships_is_listed(run: Run) -> None:
    rows = run("--json", "rules", "list").rows
    assert {"us-ai-exports-program", "green-channel"} <= {row["pack"] for row in rows}
    assert all(row["rules"] and row["not_covered"]["zh"] for row in rows)


def test_a_pack_that_is_refused_is_listed_with_its_problems(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "rules" / "slot.yaml").write_text("id: [", encoding="utf-8")
    ran = run("rules", "list", str(folder))
    assert ran.code == 1
    assert "lantern  refused: 1 problem" in ran.out
    [row] = run("--json", "rules", "list", str(folder)).rows
    assert [(p["code"], p["line"]) for p in row["problems"]] == [("not-yaml", 2)]
    ran = run("rules", "test", str(folder))
    assert (ran.code, "not-yaml" in ran.out) == (1, True)


def test_a_rule_is_shown_with_its_versions(run: Run) -> None:
    ran = run("rules", "show", "old-colours", "--pack", PACK)
    assert ran.code == 0
    assert "from 2026-01-01 until no known end" in ran.out
    assert "not enforced" in ran.out
    assert "主管机关不予执行" in ran.out
    [row] = run("--json", "rules", "show", "lantern/bright", "--pack", PACK).rows
    assert row["basis"][0]["quote"] == "leave without a permit"


def test_a_rule_that_is_none_is_refused(run: Run) -> None:
    ran = run("rules", "show", "lantern/brihgt", "--pack", PACK)
    assert ran.code == 2
    assert "lantern/bright" in ran.err


def test_the_tests_of_a_pack_are_run(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "test", PACK)
    assert (ran.code, ran.err.strip()) == (0, "2 cases, 0 failed")
    folder = copied(tmp_path)
    path = folder / "cases" / "permit.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("home-share: met", "home-share: not met"), encoding="utf-8"
    )
    ran = run("rules", "test", str(folder))
    assert ran.code == 1
    assert "home-share: expected not met, found met" in ran.out
    rows = run("--json", "rules", "test", str(folder)).rows
    assert [row["passed"] for row in rows] == [False, True]
    assert rows[0]["differences"][0]["expected"] == "not met"


def test_a_pack_is_linted(run: Run) -> None:
    ran = run("rules", "lint", PACK)
    assert ran.code == 1
    assert "untested-rule" in ran.out
    rows = run("--json", "rules", "lint", PACK, "--fresh-days", "1").rows
    assert "stale-rule" in {row["code"] for row in rows}
    assert all(row["line"] and row["source"] and row["remedy"] for row in rows)


@pytest.fixture
def act(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "lantern-act.txt"
    path.write_text(
        "Lantern Act\n\nThe keeper shall not leave without a permit.\n\nThe keeper shall answer within ten days.\n",
        encoding="utf-8",
    )
    assert run("read", str(path)).code in {0, 1}
    return path


def test_each_duty_of_a_document_has_its_rules_or_is_unchecked(run: Run, act: Path) -> None:
    ran = run("--json", "rules", "coverage", "lantern-act", "--pack", PACK)
    assert ran.code == 0
    assert [(row["kind"], row["state"], row["rules"]) for row in ran.rows] == [
        ("prohibition", "checked", ["lantern/bright"]),
        ("obligation", "unchecked", []),
    ]
    assert "unchecked" in run("rules", "coverage", "lantern-act", "--pack", PACK).out


def test_a_changed_sentence_sends_its_rules_to_review(run: Run, act: Path) -> None:
    act.write_text(
        act.read_text(encoding="utf-8").replace("without a permit", "without two permits"), encoding="utf-8"
    )
    run("read", str(act))
    ran = run("rules", "coverage", "lantern-act", "--pack", PACK)
    assert ran.code == 1
    assert "to be reviewed  lantern/bright" in ran.out
    row = run("--json", "rules", "coverage", "lantern-act", "--pack", PACK).rows[-1]
    assert (row["state"], row["why"], row["rule"]) == ("to be reviewed", "gone", "lantern/bright")


def test_a_document_that_is_not_there_ends_in_two(run: Run) -> None:
    assert run("rules", "coverage", "absent").code == 2
