"""Weights, posteriors and tests beside values worked out by hand, and beside Bayes' rule written out."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.compare.tracing import decibels, load_tracing, trace, van_evera
from dragoman.model.tracing import EvidenceItem, Hypothesis, Test, Workbook

RULES = load_tracing()
LOOSE = replace(RULES, cap=1e12, cap_interpretive=1e12)
EVEN = (Hypothesis("H1", "", 0.5), Hypothesis("H2", "", 0.5))


def item(name: str, first: float, second: float, *, cluster: str = "", **more: float) -> EvidenceItem:
    plain = EvidenceItem(name, name, {"H1": first, "H2": second}, cluster=cluster)
    return replace(plain, relevance=more.get("relevance", 1.0), interpretive=bool(more.get("interpretive")))


def book(*items: EvidenceItem, hypotheses: tuple[Hypothesis, ...] = EVEN) -> Workbook:
    return Workbook("t", "", "", hypotheses, items)


@pytest.mark.parametrize(("ratio", "weight"), [(2, 3.0103), (4, 6.0206), (10, 10), (100, 20), (0.5, -3.0103)])
def test_decibels(ratio: float, weight: float) -> None:
    assert decibels(ratio * 0.001, 0.001) == pytest.approx(weight, abs=1e-4)


def test_ten_decibels_are_ten_to_one() -> None:
    found = trace(book(item("E", 0.5, 0.05)), RULES)
    assert found.decibels["H1", "H2"] == pytest.approx(10)
    assert found.posteriors["H1"] == pytest.approx(10 / 11)
    assert (found.leader, found.second) == ("H1", "H2")


def test_independent_items_add_up_and_those_of_a_cluster_are_pooled() -> None:
    apart = trace(book(item("A", 0.8, 0.2), item("B", 0.4, 0.2)), RULES)
    pooled = trace(book(item("A", 0.8, 0.2, cluster="c"), item("B", 0.4, 0.2, cluster="c")), RULES)
    assert apart.decibels["H1", "H2"] == pytest.approx(10 * math.log10(8))
    assert pooled.decibels["H1", "H2"] == pytest.approx(10 * math.log10(8) / 2)
    assert [one.items for one in pooled.units] == [("A", "B")]


def test_caps_hold_one_item() -> None:
    documentary = trace(book(item("E", 0.95, 0.01)), RULES)
    interpretive = trace(book(item("E", 0.95, 0.01, interpretive=1)), RULES)
    assert documentary.decibels["H1", "H2"] == pytest.approx(10 * math.log10(20))
    assert interpretive.decibels["H1", "H2"] == pytest.approx(10 * math.log10(5))
    assert documentary.items[0].capped
    assert not trace(book(item("E", 0.8, 0.2)), RULES).items[0].capped


def test_what_is_hardly_relevant_weighs_nothing() -> None:
    found = trace(book(item("E", 0.95, 0.05, relevance=0.39), item("F", 0.95, 0.05, relevance=0.4)), RULES)
    assert [one.left_out for one in found.items] == [True, False]
    assert found.items[0].ratios == {"H1": 0, "H2": 0}


@pytest.mark.parametrize(
    ("likelihood", "without", "name"),
    [
        (0.9, 0.5, Test.HOOP),
        (0.5, 0.1, Test.SMOKING_GUN),
        (0.9, 0.1, Test.DOUBLY_DECISIVE),
        (0.5, 0.3, Test.STRAW),
        (0.8, 0.2, Test.DOUBLY_DECISIVE),
    ],
)
def test_names_of_tests(likelihood: float, without: float, name: Test) -> None:
    assert van_evera(likelihood, without, RULES) is name


def test_a_test_is_named_for_the_hypotheses_it_speaks_for() -> None:
    hypotheses = (Hypothesis("H1", "", 0.5), Hypothesis("H2", "", 0.25), Hypothesis("H3", "", 0.25))
    one = EvidenceItem("E", "", {"H1": 0.9, "H2": 0.3, "H3": 0.1})
    # Against H1 stand 0.3 and 0.1 with equal priors: 0.2.
    assert trace(book(one, hypotheses=hypotheses), RULES).items[0].tests == {"H1": Test.DOUBLY_DECISIVE}


def test_robust_with_three_strong_items() -> None:
    strong = [item(name, 0.9, 0.1) for name in "ABC"]
    assert trace(book(*strong), RULES).robust
    assert not trace(book(*strong[:2], item("D", 0.5, 0.4)), RULES).robust


def test_sensitivity_by_hand() -> None:
    found = trace(book(item("E", 0.8, 0.2)), RULES)
    driver = found.swings[0]
    # Half the weight of 4 to 1 is 2 to 1; one and a half times it is 8 to 1.
    assert driver.driver == "E"
    assert [driver.low, driver.high] == pytest.approx([2 / 3, 8 / 9])
    prior = next(one for one in found.swings if one.driver == "prior H1")
    # Priors 0.25 to 0.5 and 0.75 to 0.5, times 4 to 1.
    assert [prior.low, prior.high] == pytest.approx([2 / 3, 6 / 7])


def test_a_leader_that_can_be_overtaken_is_told() -> None:
    hypotheses = (Hypothesis("H1", "", 0.45), Hypothesis("H2", "", 0.55))
    found = trace(book(item("E", 0.55, 0.4), hypotheses=hypotheses), RULES)
    assert found.leader == "H1"
    assert not next(one for one in found.swings if one.driver == "E").leads


def test_no_more_than_five_drivers() -> None:
    found = trace(book(*(item(f"E{at}", 0.5 + at / 20, 0.4) for at in range(8))), RULES)
    assert [one.driver for one in found.swings[:6]] == ["E7", "E6", "E5", "E4", "E3", "prior H1"]


probabilities = st.floats(0.02, 0.98)
tables = st.lists(st.tuples(probabilities, probabilities, probabilities), min_size=1, max_size=6)


@given(tables, st.tuples(probabilities, probabilities, probabilities))
def test_bayes_rule_written_out(
    rows: list[tuple[float, float, float]], priors: tuple[float, float, float]
) -> None:
    names = ("H1", "H2", "H3")
    total = sum(priors)
    hypotheses = tuple(Hypothesis(name, "", prior / total) for name, prior in zip(names, priors, strict=True))
    items = [EvidenceItem(f"E{at}", "", dict(zip(names, row, strict=True))) for at, row in enumerate(rows)]
    joint = [priors[at] / total * math.prod(row[at] for row in rows) for at in range(3)]
    found = trace(book(*items, hypotheses=hypotheses), LOOSE)
    for at, name in enumerate(names):
        assert math.isclose(found.posteriors[name], joint[at] / sum(joint), rel_tol=1e-6, abs_tol=1e-12)


@given(tables)
def test_no_item_moves_two_hypotheses_by_more_than_the_cap(rows: list[tuple[float, float, float]]) -> None:
    names = ("H1", "H2", "H3")
    hypotheses = tuple(Hypothesis(name, "", 1 / 3) for name in names)
    items = [EvidenceItem(f"E{at}", "", dict(zip(names, row, strict=True))) for at, row in enumerate(rows)]
    for one in trace(book(*items, hypotheses=hypotheses), RULES).units:
        assert max(one.ratios.values()) - min(one.ratios.values()) <= math.log(RULES.cap) + 1e-9
