from __future__ import annotations

from datetime import date

import pytest

from dragoman.model import Facts
from tests.check.vocabularies import CONTEXT, VOCABULARY, session, truth

TABLES = [
    # a, b, and, or
    (True, True, "true", "true"),
    (True, False, "false", "true"),
    (True, None, "unknown", "true"),
    (False, True, "false", "true"),
    (False, False, "false", "false"),
    (False, None, "false", "unknown"),
    (None, True, "unknown", "true"),
    (None, False, "false", "unknown"),
    (None, None, "unknown", "unknown"),
]


@pytest.mark.parametrize(("a", "b", "both", "either"), TABLES)
def test_the_strong_tables(a: bool | None, b: bool | None, both: str, either: str) -> None:  # noqa: FBT001
    facts = {name: value for name, value in (("listed", a), ("stayed", b)) if value is not None}
    assert truth("listed and stayed", facts) == both
    assert truth("listed or stayed", facts) == either
    assert truth("not listed", facts) == {True: "false", False: "true", None: "unknown"}[a]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("price >= 5", {"price": 5}, "true"),
        ("price >= 5", {"price": 4.99}, "false"),
        ("price >= 5", {}, "unknown"),
        ("3 <= price < 5", {"price": 3}, "true"),
        ("3 <= price < 5", {"price": 5}, "false"),
        ("price / 2 > 1", {"price": 3}, "true"),
        ("price / (price - 3) > 1", {"price": 3}, "unknown"),
        ("price * 1000000000000000 > 1", {"price": 1e300}, "unknown"),
        ("price - price == 0", {}, "unknown"),
        ("home in ['GB', 'JP']", {"home": "GB"}, "true"),
        ("home not in ['GB', 'JP']", {"home": "GB"}, "false"),
        ("home in group('D:1')", {"home": "CN"}, "true"),
        ("home in group('later')", {"home": "CN"}, "unknown"),
        ("home not in group('later')", {"home": "CN"}, "unknown"),
        ("home in group('D:1') and listed", {"listed": False}, "false"),
        ("'models' in layers", {"layers": frozenset({"models"})}, "true"),
        ("'models' in layers", {"layers": frozenset()}, "false"),
        ("'models' in layers", {}, "unknown"),
        ("overlaps(parents, group('D:1'))", {"parents": frozenset({"CN", "GB"})}, "true"),
        ("overlaps(parents, group('D:1'))", {"parents": frozenset({"GB"})}, "false"),
        ("within(parents, ['GB', 'FR'])", {"parents": frozenset({"GB"})}, "true"),
        ("within(parents, ['GB', 'FR'])", {"parents": frozenset({"GB", "CN"})}, "false"),
        ("within(parents, group('later'))", {"parents": frozenset({"GB"})}, "unknown"),
        ("size(parents) >= 2", {"parents": frozenset({"GB"})}, "false"),
        ("signed >= date('2026-01-15')", {"signed": date(2026, 1, 15)}, "true"),
        ("days_between(signed, as_of) == 90", {"signed": date(2026, 1, 31)}, "true"),
        ("add_days(signed, 90) >= as_of", {"signed": date(2026, 1, 30)}, "false"),
        ("add_days(signed, 100) > as_of", {"signed": date(9999, 12, 1)}, "unknown"),
        ("('a' if listed else 'b') == 'a'", {"listed": True}, "true"),
        ("('a' if listed else 'b') == 'a'", {}, "unknown"),
        ("stayed if listed else not stayed", {"listed": False, "stayed": False}, "true"),
        ("lookup('chips', note, 'tpp') >= 4800", {"note": "Large"}, "true"),
        ("lookup('chips', note, 'tpp') >= 4800", {"note": "Blank"}, "unknown"),
        ("lookup('chips', note, 'tpp') >= 4800", {"note": "Other"}, "unknown"),
        ("true", {}, "true"),
        ("false or listed", {}, "unknown"),
    ],
)
def test_values(text: str, facts: Facts, expected: str) -> None:
    assert truth(text, facts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("any_of(items, tpp >= 4800)", "true"),
        ("all_of(items, tpp >= 4800)", "false"),
        ("all_of(items, tpp >= 100)", "unknown"),
        ("any_of(items, tpp >= 100000)", "unknown"),
        ("count_of(items) == 3", "true"),
        ("count_of(items, tpp >= 4800) == 1", "unknown"),
        ("sum_of(items, value) == 60", "true"),
        ("sum_of(items, us_value) / sum_of(items, value) >= 0.5", "unknown"),
        ("any_of(items, value > 25 and listed)", "true"),
        ("any_of(parties, owned_share >= 50)", "unknown"),
        ("count_of(parties) == 0", "unknown"),
        ("any_of(destinations, destination == 'CN')", "false"),
        ("all_of(destinations, destination == 'CN')", "true"),
        ("count_of(destinations) == 0", "true"),
        ("sum_of(items, value) > 59 and count_of(destinations) == 0", "true"),
    ],
)
def test_collections(text: str, expected: str) -> None:
    items: list[Facts] = [{"chip": "Large", "value": 10}, {"tpp": 200, "value": 20}, {"value": 30, "us_value": 5}]
    assert truth(text, {"listed": True}, items=items, destinations=[]) == expected


def test_a_sum_is_exact() -> None:
    assert truth("sum_of(items, value) >= 1", {}, items=[{"value": 0.1}] * 10) == "true"


def test_facts_of_one_member_do_not_show_through_to_another() -> None:
    first = session({}, items=[{"tpp": 9000}, {}]).member("items", 0)
    condition = VOCABULARY.condition("tpp >= 4800 and all_of(items, tpp >= 4800)", ("items",))
    assert condition.evaluate(first).value == "unknown"


def test_pairs_of_members() -> None:
    case = session(
        {}, items=[{"tpp": 9000}, {"tpp": 1}], destinations=[{"destination": "CN"}, {"destination": "GB"}]
    )
    condition = VOCABULARY.condition("tpp >= 4800 and destination in group('D:1')", ("items", "destinations"))
    pairs = [(i, d) for i in range(2) for d in range(2)]
    truths = [condition.evaluate(case.member("items", i).member("destinations", d)).value for i, d in pairs]
    assert truths == ["true", "false", "false", "false"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"chip": "Large"}, "true"),
        ({"chip": "Small"}, "false"),
        ({"chip": "Other"}, "unknown"),
        ({"chip": "Small", "tpp": 5000}, "true"),
        ({}, "unknown"),
    ],
)
def test_a_stated_fact_goes_before_its_formula(item: Facts, expected: str) -> None:
    assert truth("any_of(items, tpp >= 4800)", {}, items=[item]) == expected
    assert truth("chip_class == 'a.1'", {}, items=[item]) == expected


def test_a_formula_of_a_formula() -> None:
    items: list[Facts] = [{"chip": "Large", "area": 800}]
    assert truth("any_of(items, 19.7 < pd < 19.8)", {}, items=items) == "true"
    assert truth("any_of(items, pd > 1)", {}, items=[{"chip": "Large", "area": 0}]) == "unknown"


def test_a_condition_read_after_the_session_was_opened() -> None:
    case = session({"price": 77, "rate": 77}, items=[{"tpp": 1}])
    assert VOCABULARY.condition("any_of(items, tpp == 1)").evaluate(case).value == "true"
    later = VOCABULARY.condition("price == 77 and any_of(items, tpp * 2 + rate == 79)")
    assert later.evaluate(case).value == "true"


def test_what_the_formula_gives_beside_what_is_stated() -> None:
    case = session({}, items=[{"chip": "Large", "tpp": 1}]).member("items", 0)
    assert VOCABULARY.derive("tpp", case) == 15832
    assert VOCABULARY.derive("chip", case) is None


def test_the_day_is_the_contexts() -> None:
    assert CONTEXT.as_of.isoformat() == "2026-05-01"
    assert truth("as_of == date('2026-05-01')") == "true"
