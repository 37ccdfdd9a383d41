from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.cli.coding import is_open
from tests.cli.conftest import Run
from tests.endpoints import Endpoint, serving

WEATHER = {
    "sentence": "The weather",
    "trigger": "was",
    "kind": "measure",
    "force": 3,
    "actors": ["Japan"],
    "aim": "was good",
}
ABSENT = {"sentence": "The weather", "trigger": "shall never", "kind": "prohibition", "force": 4}


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.delenv("DRAGOMAN_ENDPOINT_KEY", raising=False)
    with serving() as running:
        yield running


def test_a_models_lines_become_candidates(filled: Run, endpoint: Endpoint) -> None:
    endpoint.rows = [WEATHER, ABSENT]
    ran = filled("code", "lakeside", "--url", endpoint.url, "--model", "toy")
    assert ran.code == 0
    assert "of lakeside to " + endpoint.url + " (model toy), without a key." in ran.err
    assert "new 1 candidates" in " ".join(ran.out.split())
    assert "trigger that does not stand in the sentence" in ran.out
    (line,) = filled("--json", "provisions", "--coder", "model/toy").rows
    assert (line["coder"], line["review"], line["quote"]) == ("model/toy", "candidate", "The weather was good.")
    (problem,) = filled("--json", "problems").rows
    assert problem["code"] == "model-line-rejected"
    assert "model/toy" in filled("export", "provisions").out
    assert "Did you mean `model/toy`?" in filled("provisions", "--coder", "model/tay").err


def test_asking_again_adds_nothing(filled: Run, endpoint: Endpoint) -> None:
    endpoint.rows = [WEATHER]
    words = ("--json", "code", "lakeside", "--url", endpoint.url, "--model", "toy")
    first, second = filled(*words).rows[0], filled(*words).rows[0]
    assert (first["doc"], first["coder"], first["rejected"]) == ("lakeside", "model/toy", 0)
    assert (first["new"], first["known"]) == (1, 0)
    assert (second["new"], second["known"]) == (0, 1)


def test_the_key_comes_from_the_environment_and_is_never_shown(
    filled: Run, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_ENDPOINT_KEY", "s3cret")
    ran = filled("code", "lakeside", "--url", endpoint.url, "--model", "toy")
    assert endpoint.keys == ["Bearer s3cret"]
    assert "with the key of DRAGOMAN_ENDPOINT_KEY." in ran.err
    assert "s3cret" not in ran.out + ran.err
    assert filled("code", "lakeside", "--url", endpoint.url, "--model", "toy", "--key", "x").code == 2


def test_an_endpoint_that_fails_costs_nothing(filled: Run, endpoint: Endpoint) -> None:
    before = filled("--json", "provisions").out
    endpoint.status = 500
    ran = filled("code", "lakeside", "--url", endpoint.url, "--model", "toy")
    assert ran.code == 2
    assert "answers with status 500" in ran.err
    assert filled("--json", "provisions").out == before


def test_what_cannot_be_asked_is_refused(filled: Run, endpoint: Endpoint) -> None:
    assert "no document `nothing`" in filled("code", "nothing", "--url", endpoint.url, "--model", "toy").err
    ran = filled("code", "lakeside", "--url", "ftp://models.example", "--model", "toy")
    assert ran.code == 2
    assert "begins with http:// or https://" in ran.err
    assert endpoint.questions == []


@pytest.mark.parametrize(
    ("url", "unencrypted"),
    [
        ("http://models.example/v1", True),
        ("https://models.example/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://127.0.0.1.models.example/v1", True),
        ("http://[::1]:80/v1", False),
        ("http://[::1/v1", False),
    ],
)
def test_what_leaves_the_machine_unencrypted_is_said(url: str, *, unencrypted: bool) -> None:
    assert is_open(url) is unencrypted
