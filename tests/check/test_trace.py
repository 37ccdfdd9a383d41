from __future__ import annotations

from datetime import date

import pytest

from dragoman.check.trace import as_text
from dragoman.model import Confidence, Facts, Step, Truth, Value
from tests.check.vocabularies import VOCABULARY, session


def steps(
    text: str, facts: Facts | None = None, **collections: list[Facts]
) -> list[tuple[str, dict[str, str], str]]:
    """Return the steps of a condition as text, facts with values, truth."""
    trace = VOCABULARY.condition(text).trace(session(facts, **collections), "requires")
    return [(step.text, dict(zip(step.facts, step.values, strict=True)), step.truth.value) for step in trace]


def test_each_comparison_as_it_stands() -> None:
    assert steps("price>=5 or (fee < 3 and not listed)", {"price": 4.5, "fee": 2}) == [
        ("price>=5", {"price": "4.5"}, "false"),
        ("fee < 3", {"fee": "2"}, "true"),
        ("listed", {"listed": "unknown"}, "unknown"),
    ]


def test_what_was_not_looked_at_is_not_shown() -> None:
    assert steps("price >= 5 or fee < 3", {"price": 6}) == [("price >= 5", {"price": "6"}, "true")]
    assert steps("listed and fee < 3", {"listed": False}) == [("listed", {"listed": "false"}, "false")]


def test_a_comparison_made_twice_is_shown_once() -> None:
    assert [text for text, _, _ in steps("(listed and stayed) or (listed and price > 5)", {"listed": True})] == [
        "listed", "stayed", "price > 5",
    ]  # fmt: skip


def test_a_derived_fact_shows_what_it_is_derived_from_and_how_sure_that_is() -> None:
    items: list[Facts] = [{"chip": "Small", "area": 450}]
    assert steps("any_of(items, pd > 5)", {}, items=items) == [
        (
            "any_of(items, pd > 5)",
            {
                "pd": "items 0: 2 (unverified)",
                "tpp": "items 0: 900 (unverified)",
                "chip": "items 0: Small",
                "area": "items 0: 450",
            },
            "false",
        )
    ]


def test_a_stated_fact_hides_its_formula() -> None:
    (step,) = steps("costly", {"costly": True, "price": 5})
    assert step == ("costly", {"costly": "true"}, "true")


def test_collections() -> None:
    assert steps("count_of(destinations) >= 1", {}, destinations=[{}, {}])[0][1] == {"destinations": "2"}
    assert steps("count_of(destinations) >= 1")[0] == (
        "count_of(destinations) >= 1",
        {"destinations": "unknown"},
        "unknown",
    )
    assert steps("any_of(parties, owned_share > 5)", {}, parties=[])[0][1] == {"parties": "0"}
    shares: list[Facts] = [{"owned_share": 60}, {}]
    assert steps("any_of(parties, owned_share > 5)", {}, parties=shares)[0][1] == {
        "owned_share": "parties 0: 60; parties 1: unknown"
    }


def test_the_same_comparison_of_another_case() -> None:
    condition = VOCABULARY.condition("price >= 5")
    for price, truth in ((4, Truth.FALSE), (6, Truth.TRUE), (4, Truth.FALSE)):
        expected = Step("applies", "price >= 5", ("price",), (str(price),), truth)
        assert condition.trace(session({"price": price}), "applies") == (expected,)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("listed", {}, Confidence.SEEN),
        ("home in group('D:1')", {"home": "CN"}, Confidence.SEEN),
        ("home in group('A:5')", {"home": "CN"}, Confidence.SECONDARY),
        ("listed or home in group('A:5')", {"listed": True, "home": "CN"}, Confidence.SEEN),
        ("lookup('chips', note, 'tpp') > 5", {"note": "Small"}, Confidence.UNVERIFIED),
        ("lookup('chips', note, 'tpp') > 5", {"note": "Large"}, Confidence.SEEN),
        ("lookup('chips', note, 'maker') == 'x'", {"note": "Small"}, Confidence.SEEN),
    ],
)
def test_evidence(text: str, facts: Facts, expected: Confidence) -> None:
    assert VOCABULARY.condition(text).evidence(session(facts)) is expected


def test_evidence_of_members_and_derived_facts() -> None:
    condition = VOCABULARY.condition("any_of(items, pd > 5)")
    assert condition.evidence(session({}, items=[{"chip": "Small", "area": 9}])) is Confidence.UNVERIFIED
    assert condition.evidence(session({}, items=[{"chip": "Small", "tpp": 9, "area": 9}])) is Confidence.SEEN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unknown"),
        (True, "true"),
        (5.0, "5"),
        (5.25, "5.25"),
        (1e300, "1e+300"),
        (7, "7"),
        ("text", "text"),
        (date(2026, 5, 1), "2026-05-01"),
        (frozenset({"b", "a"}), "a, b"),
        (frozenset(), "none"),
    ],
)
def test_values_as_people_write_them(value: Value | None, text: str) -> None:
    assert as_text(value) == text
