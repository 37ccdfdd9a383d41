"""The walk through the docket is typed as it stands in the manual, command by command."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "docket"
PAGE = ROOT / "docs" / "docket-walkthrough.md"
LINE = re.compile(r"^dragoman (.+?)(?: # exit (\d))?$", re.MULTILINE)
PASSWORD = "the tide comes twice a day"  # noqa: S105 - of the test
SAMPLES = {
    "harbour-lantern": "package-complete",
    "prairie-beacon": "package-missing-layer-b",
    "causeway-light": "package-hardware-49-percent",
    "twin-rivers": "package-owner-of-concern",
    "date-palm": "package-restricted-destination",
    "fever-radar": "project-fever-radar",
    "river-gauges": "project-river-gauges",
    "river-readings": "transfer-river-readings",
    "payroll-london": "transfer-payroll-london",
}
ENDS = {
    "AX": {"designated": 1, "withdrawn": 1, "declined": 3},
    "GC": {"listed": 1, "refused": 1},
    "DF": {"listed": 1, "withdrawn": 1},
}


def test_every_command_of_the_walk_through_does_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    runner, folder = CliRunner(), str(tmp_path / "w")

    def typed(*words: str) -> tuple[int, str, str]:
        piped = ("--password-stdin",) if words[:2] == ("account", "add") else ()  # nobody types at a test
        result = runner.invoke(app, ["--workspace", folder, *words, *piped], input=f"{PASSWORD}\n")
        return result.exit_code, result.stdout, result.stderr

    year = datetime.now(UTC).year
    lines = LINE.findall(PAGE.read_text("utf-8").replace("-2026-0", f"-{year}-0"))
    assert len(lines) > 50
    for line, expected in lines:
        code, _, complaint = typed(*shlex.split(line))
        assert (line, code, complaint if code != int(expected or 0) else "") == (line, int(expected or 0), "")
    rows = [json.loads(row) for row in typed("--json", "docket", "list")[1].splitlines()]
    found = {name: dict(Counter(row["stage"] for row in rows if row["number"].startswith(name))) for name in ENDS}
    assert found == ENDS
    jobs = [json.loads(row) for row in typed("--json", "jobs", "list", "--limit", "0")[1].splitlines()]
    assert {job["state"] for job in jobs} == {"done"}
    assert len(jobs) == sum(len(list((EXAMPLES / name).glob("*.md"))) for name in SAMPLES)
    assert all(job["result"]["sentences"] and not job["result"]["problems"] for job in jobs)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_example_is_a_sample_with_documents_of_its_own(name: str) -> None:
    sample = ROOT / "samples" / "cases" / f"{SAMPLES[name]}.yaml"
    assert (EXAMPLES / name / "case.yaml").read_text("utf-8") == sample.read_text("utf-8")
    assert list((EXAMPLES / name).glob("*.md"))
