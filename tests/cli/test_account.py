from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app

PASSWORD = "the tide comes twice a day\n"  # noqa: S105 - of the tests
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*words: str, typed: str = "", code: int = 0) -> Result:
        result = CliRunner().invoke(app, ["--workspace", str(tmp_path / "w"), *words], input=typed)
        assert result.exit_code == code, result.output
        return result

    return call


def test_accounts_are_added_changed_closed_and_get_tokens(run: Run) -> None:
    run("account", "add", "dora", "--role", "desk", "--password-stdin", typed=PASSWORD)
    run("account", "change", "dora", "--role", "agency", "--seat", "energy")
    assert "energy" in run("account", "list").stdout
    assert run("account", "token", "dora", "--for", "reports", "--days", "7").stdout.startswith("dgm.")
    identifier = run("account", "tokens", "dora").stdout.split("reports")[0].split()[-1]
    run("account", "revoke", identifier)
    run("account", "password", "dora", "--password-stdin", typed="another sentence, longer\n")
    run("account", "close", "dora")
    assert '"active": false' in run("--json", "account", "list").stdout
    run("account", "open", "dora")
    assert "whole" in run("audit", "verify").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Bad!", "--role", "desk"), "cannot be the name of an account"),
        (("dora",), "needs a role"),
        (("dora", "--role", "agency"), "needs a seat"),
        (("dora", "--role", "king"), "king"),
        (("dora", "--role", "desk"), "--password-stdin"),
    ],
)
def test_what_is_wrong_shows_before_a_password_is_asked_for(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run("account", "add", *words, code=2).stderr
    assert run("account", "list").stdout.count("dora") == 0


def test_a_weak_password_is_refused(run: Run) -> None:
    words = ("account", "add", "dora", "--role", "desk", "--password-stdin")
    assert "shorter than 12" in run(*words, typed="short\n", code=2).stderr
