from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from dragoman.register import JobRegister
from dragoman.register.faults import MovedOnError
from tests.cli.conftest import made_by

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "samples" / "cases"
NUMBER = "AX-2026-00001"
Run = Callable[..., Result]
LABELS = r"\b(?:check of|parties|clock|not started|asked|move|unsettled|tool|version|can be|applicant|fields|source):?\s"
"""Words of ours in a case or procedure as it is printed."""
MOVED_ON = MovedOnError("here", "2", "1")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a list of parties, to be copied."""
    words = ("lists", "import", str(ROOT / "docs" / "examples" / "own-watchlist.csv"), "--kind", "plain")
    return made_by(tmp_path_factory.mktemp("docket"), words, code=1)


@pytest.fixture
def run(listed: Path, tmp_path: Path) -> Run:
    runner = CliRunner()
    shutil.copytree(listed, tmp_path / "w")

    def call(*words: str, code: int = 0) -> Result:
        result = runner.invoke(app, ["--workspace", str(tmp_path / "w"), *words])
        assert result.exit_code == code, result.output
        return result

    return call


def test_a_package_goes_from_receipt_to_designation(run: Run, tmp_path: Path) -> None:
    number = json.loads(
        run("--json", "docket", "submit", "ai-exports-program", str(CASES / "package-complete.yaml")).stdout
    )["number"]
    run("docket", "move", number, "circulate")
    for seat in ("state", "war", "energy", "ostp"):
        run("docket", "position", number, "concur", "--reason", "No concern.", "--seat", seat)
    run("docket", "move", number, "submit-for-determination")
    refused = run("docket", "move", number, "designate", code=2)
    assert "It must state: reason, citations." in refused.stderr
    run("docket", "move", number, "designate", "--reason", "All there.", "--cite", "EO 14320 sec. 3(d)")
    shown = run("docket", "show", number).stdout
    assert "designated as a priority package" in shown
    assert "unsettled:" in shown
    chinese = run("--interface", "zh", "docket", "show", number).stdout
    assert "第 1 版的核对：" in chinese
    assert re.findall(LABELS, chinese) == []
    memo = tmp_path / "memo.docx"
    run("docket", "memo", number, "--output", str(memo))
    assert memo.read_bytes().startswith(b"PK")
    assert number in run("docket", "public").stdout
    assert "<rss" in run("docket", "public", "--format", "rss").stdout
    assert "whole" in run("audit", "verify").stderr
    assert run("audit", "show", number).stdout.count("docket.position") == 4


@pytest.mark.parametrize(
    ("name", "code"),
    [("package-missing-layer-b", 1), ("package-owner-of-concern", 1), ("package-hardware-49-percent", 0)],
)
def test_the_exit_code_says_whether_a_rule_is_not_met(run: Run, name: str, code: int) -> None:
    run("docket", "submit", "ai-exports-program", str(CASES / f"{name}.yaml"), code=code)


def test_what_cannot_be_taken_in_is_said(run: Run, tmp_path: Path) -> None:
    assert "neither a case file" in run("docket", "submit", "green-channel", str(tmp_path / "no"), code=2).stderr
    wrong = str(CASES / "package-complete.yaml")
    assert "takes cases of the kind `project`" in run("docket", "submit", "green-channel", wrong, code=2).stderr
    assert "no procedure `green`" in run("docket", "submit", "green", wrong, code=2).stderr
    assert "no case `AX-1`" in run("docket", "show", "AX-1", code=2).stderr
    assert run("--json", "docket", "list").stdout == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_procedures_say_what_they_rest_on(run: Run, language: str) -> None:
    shown = run("docket", "procedures", "ai-exports-program", "--language", language).stdout
    assert "EO 14320 sec. 3(d) [seen]" in " ".join(shown.split())
    assert "green-channel" in run("docket", "procedures").stdout


def test_a_procedure_in_chinese(run: Run) -> None:
    shown = run("--interface", "zh", "docket", "procedures", "green-channel").stdout
    assert "时限 review：届满日不明。" in shown
    assert re.findall(LABELS, shown) == []


def test_the_board_lists_and_bundles_what_it_counts(run: Run, tmp_path: Path) -> None:
    submitted = run("--json", "docket", "submit", "ai-exports-program", str(CASES / "package-complete.yaml"))
    run("docket", "ask", json.loads(submitted.stdout)["number"], "Who insures the racks?", "--due", "2026-01-01")
    board = json.loads(run("--json", "docket", "board").stdout)
    assert {"procedure": "ai-exports-program", "kind": "request", "clock": "", "due": "over", "cases": 1} in board[
        "deadlines"
    ]
    assert "Answer to a request" in run("docket", "board", "--language", "en").stdout
    assert "补充材料答复" in run("docket", "board", "--language", "zh").stdout
    assert run("--json", "docket", "list", "--due", "over").stdout.count("\n") == 1
    assert run("--json", "docket", "list", "--tool", "exim", "--fit", "closed").stdout == ""
    run("docket", "list", "--due", "yesterday", code=2)
    bundle = tmp_path / "docket.zip"
    run("docket", "export", "--format", "zip", "--language", "zh", "--output", str(bundle))
    assert bundle.read_bytes().startswith(b"PK")


def test_a_list_that_is_imported_lets_open_cases_wait_and_jobs_are_cleared(run: Run, tmp_path: Path) -> None:
    run("docket", "submit", "ai-exports-program", str(CASES / "package-complete.yaml"))
    names = tmp_path / "own.csv"
    names.write_text("id,name,type\nA,Nobody of that name,organisation\n", encoding="utf-8")
    answer = json.loads(run("--json", "lists", "import", str(names), "--kind", "plain", "--name", "two").stdout)
    assert answer["queued"] == 1
    run("jobs", "run", "--once")
    assert "0 jobs" in run("jobs", "clear", "--before", "2020-01-01").stderr
    assert json.loads(run("--json", "jobs", "clear", "--before", "2999-01-01").stdout) == {"cleared": 1}
    assert run("--json", "jobs", "list").stdout == ""


def test_what_ends_a_worker_ends_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(*_given: object) -> None:
        raise MOVED_ON

    monkeypatch.setattr(JobRegister, "take", newer)
    assert "Start this program again" in run("jobs", "run", "--workers", "2", code=2).stderr


def test_health_says_what_waits_and_migrate_what_it_did(run: Run, tmp_path: Path) -> None:
    assert "ready" in run("health").stdout
    assert json.loads(run("--json", "health").stdout)["status"] == "ok"
    done = json.loads(run("--json", "migrate").stdout)
    assert done["before"] == done["after"]
    elsewhere = CliRunner().invoke(app, ["--workspace", str(tmp_path / "none"), "health"])
    assert elsewhere.exit_code == 2
    assert not (tmp_path / "none").exists()
    made = CliRunner().invoke(app, ["--workspace", str(tmp_path / "none"), "--json", "migrate"])
    assert json.loads(made.stdout)["before"] == ""
