from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dragoman.check.columns import UNKNOWN, Batch
from dragoman.model import Facts, Member
from tests.check.vocabularies import CONTEXT, VOCABULARY


def rows(text: str, cases: list[Facts]) -> list[int]:
    """Return the truths of one condition."""
    return [int(truth) for truth in Batch(VOCABULARY, cases, CONTEXT).truths([VOCABULARY.condition(text)])[0]]


def test_one_row_a_condition_and_one_column_a_case() -> None:
    conditions = [VOCABULARY.condition(text) for text in ("listed", "not listed", "price > 5 or listed")]
    cases: list[Facts] = [{"listed": True}, {"listed": False}, {}, {"price": 9}]
    truths = Batch(VOCABULARY, cases, CONTEXT).truths(conditions)
    assert truths.dtype == np.int8
    assert truths.tolist() == [[1, 0, UNKNOWN, UNKNOWN], [0, 1, UNKNOWN, UNKNOWN], [1, UNKNOWN, UNKNOWN, 1]]


def test_no_cases_and_no_conditions() -> None:
    assert Batch(VOCABULARY, [], CONTEXT).truths([VOCABULARY.condition("listed")]).shape == (1, 0)
    assert Batch(VOCABULARY, [{}], CONTEXT).truths([]).shape == (0, 1)


def test_nine_cases_need_more_than_a_byte() -> None:
    assert rows("price >= 5", [{"price": n} for n in range(9)]) == [0, 0, 0, 0, 0, 1, 1, 1, 1]


def test_whole_numbers_beyond_the_exact_range_are_asked_case_by_case() -> None:
    large = 2**53
    cases: list[Facts] = [{"price": large + 1, "rate": large}, {"price": large, "rate": large}, {}]
    assert rows("price == rate", cases) == [0, 1, UNKNOWN]


def test_derived_texts_and_numbers() -> None:
    cases: list[Facts] = [{"note": "Large"}, {"note": "Small"}, {"note": "Blank"}, {"note": "Other"}, {}]
    assert rows("lookup('chips', note, 'tpp') >= 4800", cases) == [1, 0, UNKNOWN, UNKNOWN, UNKNOWN]
    assert rows("lookup('chips', note, 'maker') == 'North'", cases) == [1, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]


def test_facts_of_members_stand_beside_those_of_the_case() -> None:
    condition = VOCABULARY.condition("pd > 5 and listed", ("items",))
    cases: list[Facts] = [{"listed": True, "chip": "Large", "area": 800}, {"listed": True, "tpp": 80, "area": 40}]
    assert Batch(VOCABULARY, cases, CONTEXT).truths([condition]).tolist() == [[1, 0]]


def test_collections_and_sets_are_asked_case_by_case() -> None:
    conditions = [
        VOCABULARY.condition(text) for text in ("any_of(items, tpp >= 4800) or listed", "'models' in layers")
    ]
    cases: list[Facts] = [{"layers": frozenset({"models"})}, {"listed": True}, {}]
    lists: list[Mapping[str, tuple[Member, ...]]] = [
        {"items": (Member("x", {"chip": "Large"}),)},
        {},
        {"items": ()},
    ]
    truths = Batch(VOCABULARY, cases, CONTEXT, lists).truths(conditions)
    assert truths.tolist() == [[1, 1, UNKNOWN], [1, UNKNOWN, UNKNOWN]]


def test_facts_of_a_member_do_not_show_through_to_the_others() -> None:
    condition = VOCABULARY.condition("tpp >= 4800 and all_of(items, tpp >= 4800)", ("items",))
    items = (Member("x", {"tpp": 9000}), Member("y", {}))
    case = VOCABULARY.session({}, CONTEXT, {"items": items})
    batch = Batch(VOCABULARY, [item.facts for item in items], CONTEXT, None, lambda n: case.member("items", n))
    assert batch.truths([condition]).tolist() == [[UNKNOWN, UNKNOWN]]
