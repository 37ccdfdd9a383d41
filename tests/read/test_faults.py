from __future__ import annotations

import re

import pytest

from dragoman.lexicon.packs import PackFaultError, load_pack
from dragoman.model import Severity
from dragoman.read.faults import problem, unreadable
from tests.conftest import REPOSITORY

PROBLEMS = load_pack("reading/problems.yaml")["problems"]


def test_a_problem_names_its_input_and_remedy() -> None:
    found = problem("pdf-page-no-text", "a.pdf", page=3)
    assert (found.severity, found.page, found.source) == (Severity.WARNING, 3, "a.pdf")
    assert "3" in found.message
    assert "a.pdf" in found.message
    assert found.remedy


def test_an_unknown_code_is_a_fault_of_the_pack() -> None:
    with pytest.raises(PackFaultError):
        problem("no-such-code", "a.txt")


def test_the_exception_carries_the_problem() -> None:
    assert unreadable("a.txt", "empty-file").problem.code == "empty-file"


def test_every_code_is_documented_with_its_severity() -> None:
    page = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (\w+) \|", page, re.MULTILINE))
    ours = {code: entry["severity"] for code, entry in PROBLEMS.items()}
    assert ours.items() <= rows.items()


@pytest.mark.parametrize(
    "name", ["abbreviations", "encodings", "furniture", "headings", "html", "metadata", "problems"]
)
def test_packs_have_a_source_and_a_date(name: str) -> None:
    pack = load_pack(f"reading/{name}.yaml")
    assert pack["source"]
    assert pack["as_of"].year >= 2024
