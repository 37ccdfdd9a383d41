"""Alpha: figures of the literature and of a kept library, and what must not change it."""

from __future__ import annotations

from typing import Any, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.coding.alpha import (
    Distance,
    coincidences_of,
    draws_of,
    interval_of,
    masi_distance,
    measured,
    nominal,
    ordinal,
    sets,
    share_of_same,
)

OBSERVERS: list[list[int | None]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Krippendorff (2011), section C: twelve units by four observers."""
Level = Literal["nominal", "ordinal"]
NO_DRAWS = np.zeros((0, 0), np.int64)


def alpha(rows: list[list[Any]], distance: Distance) -> float | None:
    units = [(0, [value for value in unit if value is not None]) for unit in zip(*rows, strict=True)]
    return measured(coincidences_of(units), distance, NO_DRAWS)[0]


@pytest.mark.parametrize(("distance", "printed"), [(nominal, 0.743), (ordinal, 0.815)])
def test_alpha_of_the_worked_example(distance: Distance, printed: float) -> None:
    assert alpha(OBSERVERS, distance) == pytest.approx(printed, abs=0.0005)


codings = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.none() | st.integers(1, 4), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


def by_library(units: list[list[int | None]], level: Level) -> float:
    data = np.array([[np.nan if value is None else value for value in unit] for unit in units], float).T
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level, value_domain=[1, 2, 3, 4]))


@settings(deadline=None, max_examples=40)
@given(codings)
@pytest.mark.parametrize(("distance", "level"), [(nominal, "nominal"), (ordinal, "ordinal")])
def test_alpha_is_that_of_the_library(distance: Distance, level: Level, units: list[list[int | None]]) -> None:
    mine = alpha([list(row) for row in zip(*units, strict=True)], distance)
    assume(mine is not None)
    assert mine == pytest.approx(by_library(units, level), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(codings, st.randoms(use_true_random=False))
@pytest.mark.parametrize("distance", [nominal, ordinal])
def test_alpha_does_not_hang_on_the_order_of_units_or_coders(
    distance: Distance,
    units: list[list[int | None]],
    random: Any,  # noqa: ANN401
) -> None:
    rows = [list(row) for row in zip(*units, strict=True)]
    before = alpha(rows, distance)
    shuffled = [random.sample(unit, len(unit)) for unit in units]
    random.shuffle(shuffled)
    assert alpha([list(row) for row in zip(*shuffled, strict=True)], distance) == pytest.approx(before)


@settings(deadline=None, max_examples=40)
@given(codings)
def test_nominal_alpha_does_not_hang_on_names_and_ordinal_only_on_ranks(units: list[list[int | None]]) -> None:
    rows = [list(row) for row in zip(*units, strict=True)]
    names = {1: "d", 2: "a", 3: "c", 4: "b", None: None}
    ranks = {1: 3, 2: 10, 3: 11, 4: 900, None: None}
    assert alpha([[names[v] for v in row] for row in rows], nominal) == pytest.approx(alpha(rows, nominal))
    assert alpha([[ranks[v] for v in row] for row in rows], ordinal) == pytest.approx(alpha(rows, ordinal))


def test_alpha_of_coders_who_agree_and_of_none_who_vary() -> None:
    assert alpha([[1, 2, 3], [1, 2, 3]], nominal) == 1
    assert alpha([[1, 1, 1], [1, 1, 1]], nominal) is None
    assert alpha([[1, None], [None, 2]], ordinal) is None
    assert alpha([[1, 2], [2, 1]], nominal) == pytest.approx(1 - 1 / (2 / 3))


A, B, C = "Alba", "Boria", "Ceria"


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ({A}, {A}, 0),
        (set(), set(), 0),
        ({A}, {B}, 1),
        ({A}, set(), 1),
        ({A}, {A, B}, 1 - 1 / 2 * 2 / 3),
        ({A, B}, {B, C}, 1 - 1 / 3 * 1 / 3),
    ],
)
def test_masi(one: set[str], other: set[str], distance: float) -> None:
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert masi_distance(frozenset(other), frozenset(one)) == pytest.approx(distance)


def test_alpha_of_sets_counts_what_they_share() -> None:
    first, second = (
        [frozenset({A}), frozenset({B}), frozenset({A, B})],
        [frozenset({A}), frozenset({B}), frozenset({A})],
    )
    near = alpha([first, second], sets)
    far = alpha([first, [*second[:2], frozenset({C})]], sets)
    assert near is not None
    assert far is not None
    assert alpha([first, second], nominal) < near < 1  # type: ignore[operator]
    assert far < near


def test_the_bootstrap_hangs_on_its_seed_alone_and_holds_the_value() -> None:
    units = [(block, [block % 3, (block + (block % 5 == 0)) % 3]) for block in range(40)]
    found = coincidences_of(units)
    value, drawn = measured(found, nominal, draws_of(40, 400, 7))
    again = measured(found, nominal, draws_of(40, 400, 7))[1]
    other = measured(found, nominal, draws_of(40, 400, 8))[1]
    low, high = interval_of(drawn, 0.95)
    assert value is not None
    assert low is not None
    assert high is not None
    assert low < value < high
    assert (drawn == again).all()
    assert (drawn != other).any()
    assert share_of_same(found) == pytest.approx(32 / 40)
