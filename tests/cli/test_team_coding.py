"""`dragoman coding`: two coders from their files to what they agree on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from tests.cli.conftest import Run

QUANTUM = "The United States and Japan will establish a joint quantum research programme by 31 March 2027."
CHIPS = "Japan shall not export advanced chips without a licence."


def coding_of(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps({"doc": "lakeside", **row}) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which Ana and Bo are done, to be copied: reading takes its time."""
    folder = tmp_path_factory.mktemp("coded")
    text = folder / "lakeside.txt"
    text.write_text(f"Statement of the Lakeside Meeting\n\n{QUANTUM}\n\n{CHIPS}\n", encoding="utf-8")
    quantum = {"quote": QUANTUM, "kind": "commitment", "force": 3, "actors": ["United States", "Japan"]}
    chips = {"quote": CHIPS, "kind": "prohibition", "force": 4, "actors": ["Japan"], "reason": "shall not"}
    ana = coding_of(folder / "ana.jsonl", quantum, chips)
    bo = coding_of(folder / "bo.jsonl", quantum, {**chips, "kind": "obligation", "reason": "a duty"})

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["--workspace", str(folder / "w"), *words], catch_exceptions=False)

    assert run("read", str(text)).exit_code == 0
    assert run("coding", "assign", "lakeside", "--coder", "Ana", "--coder", "Bo", "--by", "Mara").exit_code == 0
    assert run("coding", "submit", ana, "--as", "Ana", "--done").exit_code == 0
    blind = run("coding", "queue", "lakeside")
    assert (blind.exit_code, "Bo not done" in blind.stderr) == (2, True)
    assert run("coding", "submit", bo, "--as", "Bo", "--done").exit_code == 0
    return folder / "w"


@pytest.fixture
def coded(bare: Run, whole: Path, tmp_path: Path) -> Run:
    shutil.copytree(whole, tmp_path / "w")
    return bare


def test_two_coders_to_gold(coded: Run, tmp_path: Path) -> None:
    (row,) = coded("--json", "coding", "status").rows
    assert (row["blind"], [one["state"] for one in row["coders"]]) == (False, ["done", "done"])
    queue = coded("--json", "coding", "queue", "lakeside")
    assert (queue.code, [one["fields"] for one in queue.rows]) == (1, [["kind"]])
    assert "a duty" in coded("coding", "queue", "lakeside").out
    key = queue.rows[0]["key"]
    assert coded("coding", "decide", key, "Ana", "--by", "Uma", "--reason", "forbids").code == 0
    assert coded("coding", "queue", "lakeside").code == 0
    assert "forbids" in coded("coding", "queue", "lakeside", "--all").out
    gold = tmp_path / "gold.jsonl"
    assert coded("coding", "export", "lakeside", "--format", "gold", "--output", str(gold)).code == 0
    kinds = [json.loads(line)["kind"] for line in gold.read_text(encoding="utf-8").splitlines()]
    assert kinds == ["commitment", "prohibition"]
    assert "commitment" in coded("coding", "export", "--coder", "Ana", "--format", "csv").out


def test_agreement_is_printed_and_repeats_with_its_seed(coded: Run) -> None:
    first = coded("--json", "coding", "agreement", "--resamples", "20", "--seed", "3").rows[0]
    again = coded("--json", "coding", "agreement", "--resamples", "20", "--seed", "3").rows[0]
    assert first == again
    assert [row["coders"] for row in first["rows"]] == [["Ana", "Bo"], ["Ana", "grammar"], ["Bo", "grammar"]]
    printed = coded("coding", "agreement", "--resamples", "20", "--no-grammar").out
    assert "bootstrap over sentences: 20 draws, seed 1" in printed
    assert "grammar" not in printed


def test_a_coding_is_looked_at_opened_and_reopened(coded: Run) -> None:
    assert CHIPS in coded("coding", "lines", "lakeside", "--as", "Ana").out
    assert coded("coding", "reopen", "lakeside", "--coder", "Bo", "--by", "Mara").code == 0
    assert coded("coding", "lines", "lakeside", "--as", "grammar").code == 2
    assert coded("coding", "open", "lakeside", "--by", "Mara").code == 0
    assert coded("coding", "lines", "lakeside", "--as", "grammar").code == 0
    assert coded("coding", "done", "lakeside", "--as", "Bo").code == 2


def test_a_project_goes_out_and_comes_in(coded: Run, tmp_path: Path) -> None:
    project, mapping = tmp_path / "p.qdpx", tmp_path / "m.yaml"
    assert (
        coded("coding", "export", "lakeside", "--coder", "Ana", "--format", "qdpx", "--output", str(project)).code
        == 0
    )
    assert "A(Japan) D[stringency=binding]" in coded("export", "provisions", "--format", "ig").out
    assert "urn:QDA-XML:codebook" in coded("export", "provisions", "--format", "qdc").out
    assert coded("coding", "reopen", "lakeside", "--coder", "Bo", "--by", "Mara").code == 0
    mapping.write_text("codes: {'kind: commitment': {kind: measure}}", encoding="utf-8")
    taken = coded("--json", "coding", "import", str(project), "--as", "Bo", "--map", str(mapping), "--replace")
    assert (taken.code, taken.rows[0]["lines"]) == (0, 2)
    kinds = [row["kind"] for row in coded("--json", "coding", "lines", "lakeside", "--as", "Bo").rows]
    assert kinds == ["measure", "prohibition"]
    assert coded("coding", "import", str(mapping), "--as", "Bo").code == 2
    assert coded("coding", "import", str(project), "--as", "Bo", "--source", "x").code == 2


def test_a_file_with_an_error_is_told_and_not_kept(coded: Run, tmp_path: Path) -> None:
    bad = coding_of(tmp_path / "bad.jsonl", {"quote": "Nobody wrote this.", "kind": "measure"})
    refused = coded("coding", "submit", bad, "--as", "Cai")
    assert refused.code == 2
    assert "Nothing was kept." in refused.err
    assert coded("coding", "submit", str(tmp_path / "none.csv"), "--as", "Cai").code == 2
    assert coded("coding", "decide", "lakeside:0", "own", "--set", "force").code == 2
    assert coded("coding", "export", "--format", "pdf").code == 2


def test_a_snapshot_is_written_verified_and_compared(coded: Run, tmp_path: Path) -> None:
    place = tmp_path / "s.zip"
    written = coded("--json", "snapshot", "--output", str(place), "--title", "Lakes", "--author", "Ana Ek")
    assert (written.code, written.rows[0]["lines"], written.rows[0]["documents"]) == (0, 2, 1)
    sound = coded("--json", "snapshot", "verify", str(place), "--against-register")
    assert (sound.code, sound.rows[0]["sound"], sound.rows[0]["differences"]) == (0, True, {})
    key = coded("--json", "provisions").rows[0]["id"]
    assert coded("review", key, "--reject", "--by", "Mara", "--reason", "no").code == 0
    assert coded("snapshot", "verify", str(place), "--against-register").code == 1
    assert coded("snapshot", "verify", str(place)).code == 0
    assert coded("snapshot").code == 2
    assert coded("snapshot", "--output", str(place)).code == 2
    assert coded("snapshot", "verify", str(tmp_path)).code == 2


def test_what_is_agreed_is_adopted_in_the_register(coded: Run) -> None:
    plan = coded("--json", "coding", "adopt", "lakeside", "--dry-run").rows
    assert QUANTUM in [one["quote"] for one in plan if one["what"] in {"accept", "edit"}]
    assert coded("coding", "adopt", "lakeside").code == 2
    assert "Ana, Bo agree" in coded("coding", "adopt", "lakeside", "--by", "Mara", "--reason", "round one").out
    history = coded("--json", "show", next(one["provision"] for one in plan if one["quote"] == QUANTUM)).out
    assert "round one; team coding: Ana, Bo agree" in history
    assert "same" in coded("coding", "adopt", "lakeside", "--by", "Mara", "--again").out
