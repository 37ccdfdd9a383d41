"""Problems of lists: every code has words, and a place in the manual."""

from __future__ import annotations

import re

import pytest

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.model import Severity
from dragoman.screen.importers.faults import Faults, problem
from tests.conftest import REPOSITORY

PROBLEMS = load_pack("screening/problems.yaml")["problems"]


def test_every_code_is_documented_with_its_severity() -> None:
    page = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(list-[\w-]+)` \| (\w+) \|", page, re.MULTILINE))
    known = {**PROBLEMS, **load_pack("screening/party_problems.yaml")["problems"]}
    assert rows == {code: entry["severity"] for code, entry in known.items() if code.startswith("list-")}


def test_a_problem_has_its_words_and_its_line() -> None:
    found = problem("list-ragged-row", "own.csv", 7, given=2, wanted=3)
    assert (found.severity, found.line, found.source) == (Severity.WARNING, 7, "own.csv")
    assert found.message == "Line 7 of own.csv has 2 cells, the header 3."


def test_an_unknown_code_is_a_fault_of_the_pack() -> None:
    with pytest.raises(PackFaultError):
        problem("list-klingon", "own.csv")


def test_further_problems_of_a_code_are_counted() -> None:
    faults = Faults("own.csv")
    for line in range(25):
        faults.add("list-row-without-name", line)
    faults.add("list-undated")
    told = faults.all()
    assert len(told) == 20 + 1 + 1
    assert told[-1].message.startswith("5 further problems of the kind list-row-without-name")
