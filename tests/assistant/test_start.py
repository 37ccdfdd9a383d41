"""What `dragoman mcp` says where it cannot start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app


def start(folder: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--workspace", str(folder / "w"), "mcp", *options], catch_exceptions=False)
    return result.exit_code, result.stderr


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "dragoman.mcp.server" or name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
    code, said = start(tmp_path)
    assert code == 2
    assert 'pip install "dragoman[mcp]"' in said
    assert not (tmp_path / "w").exists()


def test_a_base_that_is_no_address_is_refused(tmp_path: Path) -> None:
    code, said = start(tmp_path, "--base", "register.example.org")
    assert code == 2
    assert "not the address of pages" in said


class Absent:
    """A finder for which the SDK is not installed."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name.partition(".")[0] == "mcp":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)  # noqa: TRY003, EM102 - as Python says it
