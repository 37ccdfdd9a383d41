"""Files of coded lines: what is read, and what is told with its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.rows import Row, occurrences, place_in, read_rows
from dragoman.model import Problem
from tests.coding.making import text

DOC = text()


def test_a_table_is_read_with_its_lines_and_fields() -> None:
    data = (
        "\ufeffdoc,start,end,kind,force,actors,deadline,reason,labels,mood\r\n"
        'harbour,11,47,commitment,3,Alba; Boria,"{""text"": ""by 2027"", ""kind"": ""by""}",plain,odd; new,calm\r\n'
    )
    rows, problems = read_rows(data.encode(), "ana.csv")
    assert rows == [
        Row(
            2, "harbour", 11, 47, "",
            {"kind": "commitment", "force": "3", "actors": "Alba; Boria", "deadline": {"text": "by 2027", "kind": "by"}},
            "", None, "plain", ("odd", "new"),
        )
    ]  # fmt: skip
    assert [(one.code, one.severity) for one in problems] == [("coding-unknown-column", "warning")]
    assert "`mood`" in problems[0].message


def test_an_export_of_ours_is_read_back_without_a_remark() -> None:
    row = {"doc": "harbour", "start": 11, "end": 47, "kind": "commitment", "id": "x", "coder": "person/Ana", "unit": 3,
           "quote_sha256": "0", "labels": ["odd"], "deadline": None, "conditions": None}  # fmt: skip
    rows, problems = read_rows(json.dumps(row).encode(), "ana.jsonl")
    assert problems == []
    assert (rows[0].values, rows[0].labels) == ({"kind": "commitment"}, ("odd",))


@pytest.mark.parametrize(
    ("data", "name", "code", "line"),
    [
        (b"\xff\xfe", "a.csv", "coding-not-readable", None),
        (b'{"kind": 1}\n{"kind"', "a.jsonl", "coding-not-readable", 2),
        (b"\n[1]", "a.jsonl", "coding-not-readable", 2),
        (b"doc,start\nx,1\nx,one", "a.csv", "coding-bad-value", 3),
        (b'{"start": 1.5}', "a.jsonl", "coding-bad-value", 1),
        (b'{"start": 99999999999999999999}', "a.jsonl", "coding-bad-value", 1),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, name: str, code: str, line: int | None) -> None:
    problem = read_rows(data, name)[1][0]
    assert (problem.code, problem.line, problem.source) == (code, line, name)


def placed(**fields: object) -> tuple[int, int] | str:
    found = place_in(DOC, Row(7, "harbour", **fields), "ana.csv")  # type: ignore[arg-type]
    if isinstance(found, Problem):
        assert found.line == 7
        return found.code
    return found


def test_a_quote_is_found_where_it_stands_once() -> None:
    start = DOC.text.index("Boria shall")
    assert placed(quote="Boria shall not close the strait.") == (start, start + 33)
    assert placed(quote="Boria  shall\nnot close the ｓtrait.") == (start, start + 33)
    assert placed(start=start, end=start + 33, quote="Boria shall not close the strait.") == (start, start + 33)
    assert placed(quote="the") == "coding-quote-twice"
    assert placed(quote="The sea is wide.") == "coding-quote-missing"
    assert placed(start=start, end=start + 5, quote="Alba") == "coding-quote-differs"
    assert placed() == "coding-no-place"
    assert placed(start=3, end=3) == "coding-outside"
    assert placed(start=-1, end=3) == "coding-outside"
    assert placed(start=0, end=len(DOC.text) + 1) == "coding-outside"


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="ab ｂ\n一", min_size=1, max_size=30), st.data())
def test_every_stretch_of_a_text_is_found_in_it(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    quote = body[start:end].strip()
    if quote:
        assert any(body[one:other] == quote for one, other in occurrences(body, quote))


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.jsonl"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    rows, problems = read_rows(data, name)
    assert all(row.line > 0 for row in rows)
    assert all(problem.message for problem in problems)
