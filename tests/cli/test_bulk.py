"""`dragoman bulk`: a folder to Parquet, and from there to the register."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_folder_is_read_in_bulk_and_loaded(run: Run, texts: Path, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    (texts / "empty.txt").touch()
    read = run("--json", "bulk", "read", str(texts), output, "--workers", "1")
    assert read.code == 1, read.err  # one input gives no document
    row = {"output": output, "parts": 1, "documents": 2, "failures": 1, "serious": 1}
    assert row.items() <= read.rows[0].items()
    assert read.rows[0]["provisions"] > 0
    again = run("bulk", "read", str(texts), output, "--workers", "1")
    assert "2 documents" in again.err
    assert "empty.txt" in again.out
    loaded = run("--json", "bulk", "load", output)
    assert (loaded.code, loaded.rows[0]["statuses"]) == (0, {"new": 2})
    assert "2 unchanged" in run("bulk", "load", output).err
    assert len(run("--json", "documents").rows) == 2


def test_what_cannot_be_read_in_bulk_is_refused(run: Run, texts: Path, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    for words, message in (
        (["ftp://bucket/texts", output], "cannot be opened"),
        ([str(texts), output, "--engine", "hadoop"], "There is no engine `hadoop`"),
        ([str(texts), output, "--engine", "spark", "--spark-option", "memory"], "`memory` is no option of Spark"),
    ):
        refused = run("bulk", "read", *words)
        assert (refused.code, message in refused.err) == (2, True), refused.err
    assert not Path(output).exists()
    assert run("bulk", "load", output).code == 2
