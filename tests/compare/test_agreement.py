"""Congruence, conflict and subtract beside values worked out by hand, and beside the formula written out."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.compare.agreement import Concept, agreement_of, concepts_of, level_of, statements_of
from dragoman.model.coordination import Measure, Mode

CHIPS, DATA = ("export-control", "semiconductors"), ("data-flow", "")
SPAN = 3.0
LEVELS = range(1, 5)
CONCEPTS: list[Concept] = [CHIPS, DATA, ("sanctions", "")]

statements = st.dictionaries(
    st.tuples(st.sampled_from(CONCEPTS), st.sampled_from(LEVELS)), st.integers(1, 4), max_size=8
)


def test_the_same_statement_agrees_in_full_and_the_opposite_not_at_all() -> None:
    same = agreement_of({(CHIPS, 4): 1}, {(CHIPS, 4): 1}, SPAN)
    opposite = agreement_of({(CHIPS, 4): 1}, {(CHIPS, 1): 1}, SPAN)
    assert (same.congruence, same.conflict, same.subtract) == (1, 0, 1)
    assert (opposite.congruence, opposite.conflict, opposite.subtract) == (0, 1, -1)


def test_by_hand() -> None:
    # CHIPS: 2 at level 4 and 1 at level 3, against 1 at level 3: 2 (1 - 1/3) + 1 = 7/3 agree, 2/3 conflict.
    # DATA: one side only. Activity: 4 and 2 statements, so the mean is 3.
    found = agreement_of({(CHIPS, 4): 2, (CHIPS, 3): 1, (DATA, 2): 1}, {(CHIPS, 3): 1, (("rnd", ""), 2): 1}, SPAN)
    assert found.congruence == pytest.approx(7 / 3)
    assert found.conflict == pytest.approx(2 / 3)
    assert found.activity == (4, 2)
    assert found.normalised(found.subtract) == pytest.approx(5 / 9)


def test_normalisations_by_hand() -> None:
    first, second = {(CHIPS, 4): 3, (DATA, 4): 4}, {(CHIPS, 4): 2}
    assert agreement_of(first, second, SPAN, "jaccard").normaliser == 2
    assert agreement_of(first, second, SPAN, "cosine").normaliser == pytest.approx(5 * 2)
    assert agreement_of(first, second, SPAN, "none").normaliser == 1


def test_nothing_is_divided_by_nothing() -> None:
    found = agreement_of({}, {}, SPAN)
    assert found.normalised(found.subtract) is None


@given(statements, statements)
def test_the_formula_written_out(
    first: dict[tuple[Concept, int], int], second: dict[tuple[Concept, int], int]
) -> None:
    congruence = conflict = 0.0
    for concept in CONCEPTS:
        for one in LEVELS:
            for other in LEVELS:
                pairs = first.get((concept, one), 0) * second.get((concept, other), 0)
                congruence += pairs * (1 - abs(one - other) / SPAN)
                conflict += pairs * abs(one - other) / SPAN
    found = agreement_of(first, second, SPAN)
    assert math.isclose(found.congruence, congruence, abs_tol=1e-9)
    assert math.isclose(found.conflict, conflict, abs_tol=1e-9)
    assert math.isclose(found.subtract, congruence - conflict, abs_tol=1e-9)


@given(statements, statements)
def test_agreement_does_not_depend_on_who_comes_first(
    first: dict[tuple[Concept, int], int], second: dict[tuple[Concept, int], int]
) -> None:
    one, other = agreement_of(first, second, SPAN), agreement_of(second, first, SPAN)
    assert math.isclose(one.subtract, other.subtract, abs_tol=1e-9)
    assert one.normaliser == other.normaliser


def test_concepts_and_levels_of_a_measure() -> None:
    measure = Measure(
        "a",
        date(2030, 1, 1),
        Mode.FIRST,
        technologies=("ai", "quantum"),
        instruments=("trade", "sanctions"),
        force=2,
    )
    assert concepts_of(measure, "sanctions") == (("sanctions", "ai"), ("sanctions", "quantum"))
    assert concepts_of(measure, "ai") == (("trade", "ai"), ("sanctions", "ai"))
    assert (level_of(measure, "firmness"), level_of(measure, "stance")) == (2, 1)
    assert statements_of([measure, measure], "ai", "firmness") == Counter(
        {(("trade", "ai"), 2): 2, (("sanctions", "ai"), 2): 2}
    )
