from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_reading_prints_what_was_found(bare: Run, texts: Path) -> None:
    ran = bare("read", str(texts))
    assert ran.code == 0
    summary = " ".join(ran.out.split())
    assert "documents 2 2 new" in summary
    assert "commitment 2" in summary
    assert "prohibition 1" in summary


def test_reading_again_changes_nothing(filled: Run, texts: Path) -> None:
    before = filled("--json", "provisions").out
    assert "2 unchanged" in filled("read", str(texts)).out
    assert filled("--json", "provisions").out == before


def test_reading_for_machines_gives_a_line_a_document(run: Run, texts: Path) -> None:
    rows = run("--json", "read", str(texts)).rows
    assert [(row["doc"], row["status"]) for row in rows] == [("hupan", "new"), ("lakeside", "new")]
    assert rows[1]["provisions"] == {"commitment": 1, "prohibition": 1}


def test_problems_give_exit_code_1_and_the_remedy_and_the_rest_is_read(run: Run, texts: Path) -> None:
    (texts / "empty.txt").write_bytes(b"")
    ran = run("read", str(texts), str(texts / "missing.txt"))
    assert ran.code == 1
    assert "2 new" in ran.out
    assert "2 not read" in ran.out
    listed = run("--json", "problems")
    assert listed.code == 1
    assert {"empty-file", "no-such-path"} <= {row["code"] for row in listed.rows}
    assert all(row["remedy"] for row in listed.rows)


def test_standard_input_with_metadata(run: Run) -> None:
    options = [
        "--title",
        "A plan",
        "--date",
        "2026-01-02",
        "--kind",
        "plan",
        "--party",
        "Japan",
        "--party",
        "China",
    ]
    assert run("read", "-", *options, stdin="Japan will pay.\n").code == 0
    (row,) = run("--json", "documents").rows
    assert (row["title"], row["date"], row["kind"]) == ("A plan", "2026-01-02", "plan")
    assert row["parties"] == ["Japan", "China"]
    assert row["guessed"] == []


def test_metadata_is_for_one_input(run: Run, texts: Path) -> None:
    ran = run("read", str(texts / "lakeside.txt"), str(texts / "hupan.txt"), "--title", "Both")
    assert ran.code == 2
    assert "describe one document, not 2 inputs" in ran.err


def test_a_bad_date_or_language_is_refused_before_reading(run: Run, texts: Path) -> None:
    assert "2026-03-31" in run("read", str(texts / "lakeside.txt"), "--date", "soon").err
    assert "no language `fr`" in run("read", str(texts / "lakeside.txt"), "--language", "fr").err
    assert run("--json", "documents").rows == []


def test_addresses_inside_the_machine_are_refused(run: Run) -> None:
    ran = run("--json", "read", "http://127.0.0.1:9/memo.txt")
    assert ran.code == 1
    assert ran.rows[0]["problems"][0]["code"] == "address-private"


def test_a_limit_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("We will meet. " * 100_000)
    ran = run("--json", "read", str(tmp_path / "long.txt"), "--max-megabytes", "1")
    assert [problem["code"] for problem in ran.rows[0]["problems"]] == ["too-large"]


def test_a_workspace_that_cannot_be_made_is_an_error(bare: Run, tmp_path: Path, texts: Path) -> None:
    (tmp_path / "w").write_text("a file")
    ran = bare("read", str(texts))
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert "--workspace FOLDER" in ran.err
    assert ran.out == ""
