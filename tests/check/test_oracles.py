"""Random conditions and incomplete cases against brute force, SQLite, CEL, and our own other ways of asking.

`benchmark/check.py oracles` does the same on far more cases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import cel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.check.columns import Batch
from dragoman.check.condition import Condition
from dragoman.check.panel import Panel
from dragoman.check.to_cel import to_cel
from dragoman.check.to_sql import to_sql
from dragoman.model import Value
from tests.check.random_conditions import (
    CALCULATED,
    DIRECT,
    DOMAINS,
    FURTHER,
    case,
    completions,
    condition_text,
    context,
    source,
    that_matter,
    vocabulary,
)

WORDS, THERE = vocabulary(), context()
MOST_COMPLETIONS = 300
SEEDS = st.integers(0, 2**32)
DERIVED = (
    "speed >= 100",
    "speed < 100",
    "kind == 'a'",
    "fast",
    "ratio >= 1000",
    "ratio < 1000",
    "pd <= 0",
    "listed",
)
POOLS = (DIRECT, DIRECT + CALCULATED, DIRECT + CALCULATED + FURTHER, DERIVED)


def drawn(seed: int, comparisons: Sequence[str], cases: int = 6) -> tuple[Condition, list[dict[str, Value]]]:
    """Return a condition and some incomplete cases."""
    chance = source(seed)
    condition = WORDS.condition(condition_text(chance, comparisons))
    return condition, [case(chance, 0.3) for _ in range(cases)]


def truth(condition: Condition, facts: dict[str, Value]) -> bool | None:
    """Return the truth by Kleene's tables."""
    return condition.look(WORDS.session(facts, THERE)).truth


def every(
    condition: Condition, facts: dict[str, Value]
) -> tuple[tuple[str, ...], dict[tuple[Value, ...], bool | None]]:
    """Return the missing facts, and the truth of every completion; none where there are too many."""
    full = completions(facts, condition.facts)
    if len(full) > MOST_COMPLETIONS:
        return full.open, {}
    return full.open, {tuple(one[name] for name in full.open): truth(condition, one) for one in full}


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(POOLS))
def test_no_answer_is_given_that_a_missing_fact_can_change(seed: int, comparisons: tuple[str, ...]) -> None:
    condition, cases = drawn(seed, comparisons)
    for facts in cases:
        _, truths = every(condition, facts)
        settled = condition.settle(WORDS.session(facts, THERE)).result
        for known in (truth(condition, facts), settled):
            assert known is None or set(truths.values()) <= {known}


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(POOLS))
def test_no_fact_that_matters_is_left_out(seed: int, comparisons: tuple[str, ...]) -> None:
    condition, cases = drawn(seed, comparisons)
    for facts in cases:
        names, truths = every(condition, facts)
        asked = {need.fact for need in condition.asks(WORDS.session(facts, THERE))}
        assert that_matter(truths, names) <= asked
        assert not asked & facts.keys()


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_with_comparisons_of_one_fact_the_answer_and_the_facts_asked_for_are_exact(seed: int) -> None:
    condition, cases = drawn(seed, DIRECT)
    for facts in cases:
        names, truths = every(condition, facts)
        if truths:
            settled = condition.settle(WORDS.session(facts, THERE))
            answers = set(truths.values())
            assert settled.result is (answers.pop() if len(answers) == 1 else None)
            assert {need.fact for need in settled.needs} == that_matter(truths, names)


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.sampled_from(POOLS))
def test_knowing_more_never_takes_an_answer_back(seed: int, comparisons: tuple[str, ...]) -> None:
    condition, cases = drawn(seed, comparisons)
    chance = source(seed)
    for facts in cases:
        known = truth(condition, facts)
        more = {**case(chance, 0.5), **facts}
        assert known is None or truth(condition, more) is known


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_columns_and_panels_give_what_single_cases_give(seed: int) -> None:
    chance = source(seed)
    pool = DIRECT + CALCULATED + FURTHER
    conditions = [WORDS.condition(condition_text(chance, pool)) for _ in range(4)]
    cases = [case(chance, 0.3) for _ in range(11)]
    panel = Panel(conditions, THERE)
    by_column = Batch(WORDS, cases, THERE).truths(conditions)
    for index, facts in enumerate(cases):
        session = WORDS.session(facts, THERE)
        looked = panel.look(WORDS.session(facts, THERE))
        for row, (condition, seen) in enumerate(zip(conditions, looked, strict=True)):
            single = condition.look(session)
            assert single == seen
            assert by_column[row, index] == (-1 if single.truth is None else int(single.truth))


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_sqlite_agrees(seed: int) -> None:
    condition, cases = drawn(seed, DIRECT + CALCULATED + FURTHER)
    assert sqlite_truths(to_sql(condition.term, WORDS.formulas, THERE), cases) == [
        truth(condition, f) for f in cases
    ]


def sqlite_truths(sql: str, cases: Sequence[dict[str, Value]]) -> list[bool | None]:
    """Return SQLite's answers."""
    names = [*DOMAINS, *WORDS.formulas]
    numbers = {"tpp", "pd", "price", "speed", "ratio"}
    columns = ", ".join(f'"{name}"{" REAL" if name in numbers else ""}' for name in names)
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE cases ({columns})")
    values = [[as_column(facts.get(name)) for name in names] for facts in cases]
    connection.executemany(f"INSERT INTO cases VALUES ({', '.join('?' * len(names))})", values)  # noqa: S608 - our own text
    rows = connection.execute(f"SELECT {sql} FROM cases ORDER BY rowid").fetchall()  # noqa: S608 - our own text
    connection.close()
    return [None if row[0] is None else bool(row[0]) for row in rows]


def as_column(value: Value | None) -> object:
    """Return a value as SQLite keeps it."""
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_cel_agrees(seed: int) -> None:
    condition, cases = drawn(seed, DIRECT + CALCULATED)
    program = cel.compile(to_cel(condition.term, THERE))
    assert [cel_truth(program, facts) for facts in cases] == [truth(condition, facts) for facts in cases]


def cel_truth(program: cel.Program, facts: dict[str, Value]) -> bool | None:
    """Return CEL's answer; an absent variable makes it unknown."""
    given_facts: dict[str, Any] = {
        name: datetime.combine(value, time(), UTC) if isinstance(value, date) else value
        for name, value in facts.items()
    }
    try:
        return bool(program.execute(cel.Context(variables=given_facts)))
    except RuntimeError:
        return None


@pytest.mark.parametrize("text", DIRECT + CALCULATED + FURTHER)
def test_each_comparison_comes_out_both_ways(text: str) -> None:
    chance = source(7)
    condition = WORDS.condition(text)
    cases = [case(chance, 0.2) for _ in range(400)]
    seen = {truth(condition, facts) for facts in cases}
    assert seen == ({None} if "none yet" in text else {True, False, None})
