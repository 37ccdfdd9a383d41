"""The commands `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_backup_is_written_and_brought_back(filled: Run, tmp_path: Path) -> None:
    ran = filled("--json", "backup", str(tmp_path / "b"))
    assert (ran.code, ran.rows[0]["rows"]["documents"]) == (0, 2)
    said = filled("--workspace", str(tmp_path / "again"), "restore", str(tmp_path / "b"))
    assert (said.code, "2 documents" in said.err) == (0, True)
    assert len(filled("--workspace", str(tmp_path / "again"), "--json", "documents").rows) == 2


def test_a_backup_overwrites_nothing(filled: Run, tmp_path: Path) -> None:
    assert filled("backup", str(tmp_path / "b")).code == 0
    again, back = filled("backup", str(tmp_path / "b")), filled("restore", str(tmp_path / "b"))
    assert (again.code, back.code) == (2, 2)
    assert "overwrites nothing" in again.err
    assert "not empty" in back.err
