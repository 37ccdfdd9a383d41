from __future__ import annotations

import pytest

from dragoman.check.condition import Need, settle_together
from dragoman.model import Facts
from tests.check.vocabularies import VOCABULARY, asked, session, truth


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("listed and stayed", {}, {"listed", "stayed"}),
        ("listed and stayed", {"listed": True}, {"stayed"}),
        ("listed and stayed", {"listed": False}, set()),
        ("listed or (stayed and price > 5)", {"stayed": False}, {"listed"}),
        ("(listed and stayed) or price > 5", {"price": 6}, set()),
        ("home in group('later')", {}, set()),
        ("home in group('later') and listed", {}, {"listed"}),
        ("home in group('later') or home == 'CN'", {}, {"home"}),
        ("price / fee > 1", {}, {"price", "fee"}),
        ("price / fee > 1", {"fee": 0}, set()),
        ("price / fee > 1", {"fee": 3}, {"price"}),
        ("lookup('chips', note, 'tpp') > price", {}, {"note", "price"}),
        ("lookup('chips', note, 'tpp') > price", {"note": "Blank"}, set()),
        ("costly", {}, {"price", "fee"}),
        ("costly", {"price": 5}, {"fee"}),
        ("costly", {"costly": False}, set()),
        ("('a' if listed else note) == 'a'", {}, {"listed", "note"}),
        ("('a' if listed else note) == 'a'", {"listed": False}, {"note"}),
        ("(price if listed else rate / 2) > 3", {"listed": True}, {"price"}),
        ("stayed if listed else costly", {"listed": True}, {"stayed"}),
        ("days_between(signed, as_of) > 90", {}, {"signed"}),
        ("overlaps(parents, group('D:1')) and size(parents) > 1", {}, {"parents"}),
        ("overlaps(parents, group('later'))", {}, set()),
        ("3 < price < rate", {"price": 2}, set()),
        ("3 < price < rate", {"price": 4}, {"rate"}),
    ],
)
def test_only_what_can_still_matter(text: str, facts: Facts, expected: set[str]) -> None:
    assert asked(text, facts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("listed or not listed", "true"),
        ("listed and not listed", "false"),
        ("price >= 5 or price < 5", "true"),
        ("price >= 5 and price < 5", "false"),
        ("price > 5 and price < 6", "unknown"),
        ("persons > 5 and persons < 6", "false"),
        ("persons >= 0", "true"),
        ("persons > 0", "unknown"),
        ("end_use == 'military' or end_use == 'consumer' or end_use == 'data-centre'", "true"),
        ("end_use == 'military' or end_use == 'consumer'", "unknown"),
        ("end_use in ['military'] and end_use not in ['military', 'consumer']", "false"),
        ("home == 'CN' and home == 'GB'", "false"),
        ("home in group('D:1') and home in group('A:5')", "false"),
        ("home == 'CN' or home != 'CN'", "true"),
        ("signed > as_of or signed <= as_of", "true"),
        ("signed > date('2026-05-01') and signed < date('2026-05-02')", "false"),
        ("home in group('later') or home not in group('later')", "unknown"),
        ("price / fee > 1 or not price / fee > 1", "unknown"),
        ("costly or not costly", "unknown"),
    ],
)
def test_comparisons_of_one_fact_are_taken_together(text: str, expected: str) -> None:
    assert truth(text) == expected
    if expected != "unknown":
        assert asked(text) == set()


def test_a_fact_that_cancels_out_is_not_asked_for() -> None:
    assert asked("(listed and stayed) or (listed and not stayed)") == {"listed"}
    assert asked("(price > 5 and fee > 1) or (price < 3 and fee > 1 and price > 4)") == {"price", "fee"}
    assert asked("(price > 5 and price < 4 and fee > 1) or stayed") == {"stayed"}


def test_members_are_named() -> None:
    items: list[Facts] = [{"chip": "Small"}, {}, {"chip": "Other"}]
    assert asked("any_of(items, tpp >= 4800)", {}, items=items) == {"chip of items[1]", "tpp of items[2]"}
    assert asked("count_of(items, value > 5) == 1", {}, items=[{"value": 1}, {}]) == {"value of items[1]"}
    assert asked("any_of(items, tpp >= 4800) or listed", {}, items=[{"chip": "Large"}]) == set()


def test_a_collection_that_is_not_given_is_asked_for() -> None:
    assert asked("any_of(items, tpp >= 4800)") == {"items"}
    assert asked("count_of(destinations) >= 1") == {"destinations"}
    assert asked("sum_of(items, value) > 5") == {"items"}
    assert asked("chip_class == 'a.1'") == {"items"}


def test_a_member_asks_for_its_own_facts_and_the_cases() -> None:
    case = session({}, items=[{}, {"area": 5}]).member("items", 1)
    condition = VOCABULARY.condition("pd > 5 and listed", ("items",))
    assert condition.asks(case) == (Need("chip", "items[1]"), Need("listed"))


def test_a_missing_key_asks_for_the_key_and_an_absent_cell_for_the_value() -> None:
    assert asked("any_of(items, tpp >= 4800)", {}, items=[{}]) == {"chip of items[0]"}
    assert asked("any_of(items, tpp >= 4800)", {}, items=[{"chip": "Blank"}]) == {"tpp of items[0]"}


def outcome(truths: tuple[bool | None, ...]) -> str | None:
    """Return the result of a rule from its two conditions."""
    applies, requires = truths
    if applies is not True:
        return "not applicable" if applies is False else None
    return None if requires is None else "met" if requires else "not met"


@pytest.mark.parametrize(
    ("applies", "requires", "facts", "result", "needs"),
    [
        ("listed", "stayed", {}, None, {"listed", "stayed"}),
        ("listed", "stayed", {"listed": False}, "not applicable", set()),
        ("listed", "stayed", {"stayed": True}, None, {"listed"}),
        ("price > 5", "price > 3", {}, None, {"price"}),
        ("price > 5", "price > 3 or listed", {}, None, {"price"}),
        ("price > 5", "price < 3 or listed", {}, None, {"price", "listed"}),
        ("price > 5 and price < 4", "listed", {}, "not applicable", set()),
    ],
)
def test_two_conditions_together(
    applies: str, requires: str, facts: Facts, result: str | None, needs: set[str]
) -> None:
    conditions = [VOCABULARY.condition(applies), VOCABULARY.condition(requires)]
    settled = settle_together(conditions, session(facts), outcome)
    assert settled.result == result
    assert {need.fact for need in settled.needs} == needs


def test_with_too_many_combinations_the_answer_of_the_tables_stands() -> None:
    choices = " or ".join(
        f"(price > {n} and fee > {n} and persons > {n} and {w})" for n in range(10) for w in ("listed", "stayed")
    )
    assert asked(choices) == {"price", "fee", "persons", "listed", "stayed"}


def test_a_derived_fact_can_stay_unknown_when_what_it_hangs_on_is_known() -> None:
    either = "any_of(items, tpp >= 4800 or tpp < 4800)"
    condition = VOCABULARY.condition("tpp >= 4800 or tpp < 4800", ("items",))
    assert truth(either, {}, items=[{}]) == "unknown"
    case = session({}, items=[{}, {"chip": "Blank"}])
    assert condition.evaluate(case.member("items", 0)).value == "unknown"
    assert condition.asks(case.member("items", 0)) == (Need("chip", "items[0]"),)
    assert condition.evaluate(case.member("items", 1)).value == "unknown"
    assert condition.asks(case.member("items", 1)) == (Need("tpp", "items[1]"),)
