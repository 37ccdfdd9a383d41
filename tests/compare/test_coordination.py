"""Matches, shares, lags and drift beside values worked out by hand, and beside all possible pairings."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.compare.coordination import Asked, answers, by_target, drift_of, figures_of, index_of, matches_of
from dragoman.compare.coordination_settings import load_coordination
from dragoman.model.coordination import NONE_NAMED, Direction, Measure, Mode, Target

START = date(2030, 1, 1)
CONTROL = "export-control"


def measure(  # noqa: PLR0913 - each test names what it is about
    name: str,
    day: int,
    mode: Mode = Mode.FIRST,
    target: str = "",
    *,
    tag: str = CONTROL,
    technologies: tuple[str, ...] = (),
    force: int = 3,
    relaxes: bool = False,
    profile: tuple[int, int, int] | None = None,
    doc: str = "",
) -> Measure:
    return Measure(
        id=name,
        day=START + timedelta(days=day),
        mode=mode,
        targets=(Target(target, Direction.RESTRICT),) if target else (),
        instruments=(tag,),
        technologies=technologies,
        force=force,
        relaxes=relaxes,
        legalization=profile,
        doc=doc,
    )


def test_nearest_measures_match_first_and_each_is_used_once() -> None:
    first = [measure("a", 0, target="Utopia"), measure("b", 100, target="Utopia")]
    second = [measure("x", 90, Mode.SECOND, "Utopia"), measure("y", 400, Mode.SECOND, "Utopia")]
    found = matches_of(first, second, window=180)
    assert [(match.first.id, match.second.id, match.lag) for match in found] == [("b", "x", -10)]


@pytest.mark.parametrize(
    ("other", "answered"),
    [
        (measure("x", 5, Mode.SECOND, "Utopia"), True),
        (measure("x", 5, Mode.SECOND, "Ruritania"), False),
        (measure("x", 5, Mode.SECOND), False),
        (measure("x", 5, Mode.SECOND, "Utopia", tag="trade"), False),
        (measure("x", 5, Mode.SECOND, "Utopia", technologies=("quantum",)), False),
        (measure("x", 5, Mode.SECOND, "Utopia", technologies=("ai", "quantum")), True),
        (measure("x", 5, Mode.SECOND, "Utopia", relaxes=True), False),
    ],
)
def test_what_answers_what(other: Measure, answered: bool) -> None:  # noqa: FBT001
    assert answers(measure("a", 0, target="Utopia", technologies=("ai",)), other) is answered


def test_shares_and_lag_by_hand() -> None:
    measures = [
        measure("j", 0, Mode.JOINT, "Utopia"),
        measure("a", 0, target="Utopia"),
        measure("x", 30, Mode.SECOND, "Utopia"),
        measure("b", 900, target="Ruritania"),
    ]
    found = figures_of(measures, Asked(CONTROL, 60))
    assert found.shares() == {"joint": 0.25, "matched": 0.5, "unilateral": 0.25}
    assert found.median_lag() == 30
    assert [one.id for one in found.unilateral] == ["b"]
    assert found.credited.activity == (3, 2)
    assert found.separate.congruence == 2


def test_a_dual_track_shows_by_target() -> None:
    measures = [
        measure("j", 0, Mode.JOINT, "Ruritania"),
        measure("k", 9, Mode.JOINT, "Ruritania"),
        measure("a", 0, target="Utopia"),
        measure("n", 3),
    ]
    found = by_target(measures, Asked(CONTROL, 60))
    assert [(one.target, one.total) for one in found] == [("Ruritania", 2), ("Utopia", 1), (NONE_NAMED, 1)]
    assert found[0].shares()["joint"] == 1
    assert found[1].shares()["unilateral"] == 1


def test_no_measures_have_no_shares() -> None:
    found = figures_of([], Asked(CONTROL, 60))
    assert (found.shares(), found.median_lag(), found.total) == ({}, None, 0)


lists = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["Utopia", "Ruritania", ""])), max_size=6)


@given(lists, lists, st.integers(0, 30))
def test_matching_is_one_to_one_within_the_window_and_leaves_no_possible_pair(
    ours: list[tuple[int, str]], theirs: list[tuple[int, str]], window: int
) -> None:
    first = [measure(f"a{at}", day, target=target) for at, (day, target) in enumerate(ours)]
    second = [measure(f"x{at}", day, Mode.SECOND, target) for at, (day, target) in enumerate(theirs)]
    found = matches_of(first, second, window)
    used = [one.id for match in found for one in (match.first, match.second)]
    assert len(used) == len(set(used))
    assert all(abs(match.lag) <= window and answers(match.first, match.second) for match in found)
    left = [(one, other) for one, other in product(first, second) if not {one.id, other.id} & set(used)]
    assert [pair for pair in left if answers(*pair) and abs((pair[0].day - pair[1].day).days) <= window] == []
    shares = figures_of([*first, *second], Asked(CONTROL, window)).shares()
    assert not shares or sum(shares.values()) == pytest.approx(1)


def test_drift_by_hand() -> None:
    settings = load_coordination()
    measures = [
        measure("a", 0, Mode.JOINT, force=4, profile=(4, 2, 0), doc="one"),
        measure("b", 0, Mode.JOINT, force=2, profile=(2, 2, 2), doc="one"),
        measure("c", 731, Mode.JOINT, force=1, profile=(1, 1, 1), doc="two", tag="standards"),
    ]
    found = drift_of(measures, settings)
    assert [(one.name, one.force, one.profile, one.index) for one in found.periods] == [
        ("one", 3, (3, 2, 1), 2),
        ("two", 1, (1, 1, 1), 1),
    ]
    assert [one.hard_share for one in found.periods] == [1, 0]
    # Two days, 731 apart: the line goes through the means of each, 3 and 1.
    assert found.force_slope == pytest.approx(-2 / (731 / 365.25))
    assert found.hard_slope == pytest.approx(-1 / (731 / 365.25))


def test_a_drift_needs_two_days() -> None:
    found = drift_of([measure("a", 0), measure("b", 0)], load_coordination())
    assert found.force_slope is None


def test_the_index_weighs_its_parts() -> None:
    assert index_of((4, 1, 0), (2, 1, 1)) == pytest.approx(9 / 4)
