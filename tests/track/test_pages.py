from __future__ import annotations

import json
from datetime import date

import pytest

from dragoman.model import Problem
from dragoman.model.corpus import CorpusPage
from dragoman.track.pages import pages_in


def read(*lines: str) -> list[CorpusPage | Problem]:
    return list(pages_in([line.encode() for line in lines], "made.jsonl"))


def test_a_line_is_a_page() -> None:
    row = {"id": "a/1", "title": "First", "date": "2026-05-04", "url": "https://pages.test/1", "text": "One."}
    (found,) = read(json.dumps(row))
    assert isinstance(found, CorpusPage)
    assert (found.id, found.title, found.day, found.address) == ("a/1", "First", date(2026, 5, 4), row["url"])
    assert (found.text, found.source, len(found.sha256)) == ("One.", "made.jsonl", 64)


@pytest.mark.parametrize("line", ["{", "[]", '"text"', '{"id": "a"}', '{"text": "  "}', '{"text": 5}', "\x00"])
def test_a_line_that_is_no_page_is_a_problem_with_its_number(line: str) -> None:
    found = read('{"id": "a", "text": "One."}', line, '{"id": "b", "text": "Two."}')
    assert [one.id for one in found if isinstance(one, CorpusPage)] == ["a", "b"]
    assert [(one.code, one.line) for one in found if isinstance(one, Problem)] == [("corpus-line", 2)]


def test_empty_lines_are_passed_over() -> None:
    assert read("", "  ") == []


def test_a_day_that_is_none_is_a_problem_and_the_page_is_kept() -> None:
    problem, kept = read('{"id": "a", "text": "One.", "date": "30 February"}')
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line) == ("corpus-date", 1)
    assert isinstance(kept, CorpusPage)
    assert kept.day is None


def test_a_page_without_an_id_is_named_by_its_line() -> None:
    (found,) = read('{"text": "One."}')
    assert isinstance(found, CorpusPage)
    assert found.id == "made.jsonl:1"


def test_lone_surrogates_and_nul_can_be_stored() -> None:
    (found,) = read('{"id": "a", "text": "x\\ud800y\\u0000z"}')
    assert isinstance(found, CorpusPage)
    assert found.text == "x?y\ufffdz"


def test_another_title_is_another_version() -> None:
    first, second = read('{"id": "a", "text": "One."}', '{"id": "a", "text": "One.", "title": "T"}')
    assert isinstance(first, CorpusPage)
    assert isinstance(second, CorpusPage)
    assert first.sha256 != second.sha256
