"""Likelihoods are changed in the text of a workbook, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.process_tracing import ProcessTracing

BLOCK = """# 谁关了灯 😀
title: Who put the lamps out
hypotheses:
  - {id: H1, title: the wind}
  - {id: H2, title: the keeper}
evidence:
  - id: E1
    title: the door stood open
    event: {date: 2026-01-02, source: own}
    likelihoods:
      H1: likely  # it blew
      H2: "0.5"
  - id: E2
    title: the keeper slept
    event: {date: 2026-01-02, source: own}
    likelihoods: {H1: even, H2: unlikely}
"""


def changed(**edits: str) -> list[tuple[str, str]]:
    """Return the lines that differ, before and after, where no line is added."""
    keys = {(name.split("_", 1)[0], name.split("_", 1)[1]): words for name, words in edits.items()}
    text = ProcessTracing().revised(BLOCK.encode(), keys).decode()
    pairs = zip(BLOCK.splitlines(), text.splitlines(), strict=True)
    return [(before.strip(), after.strip()) for before, after in pairs if before != after]


def test_a_likelihood_is_changed_and_its_comment_stays() -> None:
    assert changed(E1_H1="0.9") == [("H1: likely  # it blew", "H1: 0.9  # it blew")]
    assert changed(E1_H2="very likely") == [('H2: "0.5"', "H2: very likely")]


def test_one_in_braces_is_changed_and_one_added() -> None:
    assert changed(E2_H2="0.25") == [
        ("likelihoods: {H1: even, H2: unlikely}", "likelihoods: {H1: even, H2: 0.25}")
    ]
    added = changed(E2_H0_residual="even")
    assert added == [
        ("likelihoods: {H1: even, H2: unlikely}", "likelihoods: {H1: even, H2: unlikely, H0_residual: even}")
    ]


def test_one_is_added_on_a_line_of_its_own() -> None:
    text = ProcessTracing().revised(BLOCK.encode(), {("E1", "H0_residual"): "0.1"}).decode()
    assert '      H2: "0.5"\n      H0_residual: 0.1\n  - id: E2' in text


def test_what_is_no_likelihood_is_quoted_so_that_the_check_names_its_line() -> None:
    part = ProcessTracing()
    data = part.revised(BLOCK.encode(), {("E2", "H1"): "x}, cluster: {"})
    (problem,) = (one for one in part.check_bytes(data, "book").problems if one.code == "tracing-likelihood")
    assert problem.line == 16


def test_what_cannot_be_read_comes_back_as_it_is() -> None:
    part = ProcessTracing()
    for data in (b"[" * 5000, b"\xff\xfe", b"a: [", b"", b"- 1"):
        assert part.revised(data, {("E1", "H1"): "0.5"}) == data


@given(st.floats(min_value=0.001, max_value=0.999))
def test_the_value_that_is_written_is_the_value_that_is_read(value: float) -> None:
    part = ProcessTracing()
    data = part.revised(BLOCK.encode(), {("E1", "H2"): repr(value), ("E2", "H1"): repr(value)})
    tracing = part.check_bytes(data, "book").tracing
    assert tracing is not None
    assert tracing.workbook.items[0].likelihoods["H2"] == value
    assert tracing.workbook.items[1].likelihoods["H1"] == value
