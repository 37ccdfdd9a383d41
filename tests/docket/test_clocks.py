from __future__ import annotations

from datetime import date

import pytest

from dragoman.docket.clocks import read_clock
from dragoman.docket.standing import standing
from dragoman.model.docket import ClockReading
from dragoman.model.procedure import Clock, Counting, Origin
from dragoman.model.rule import Bilingual, Confidence
from tests.docket.acts import acts_of, answered, asked, moved

OURS = Origin("", Confidence.UNVERIFIED)


def clock(days: int | None = 10, *, counting: Counting = Counting.CALENDAR, calendar: str = "") -> Clock:
    return Clock("review", Bilingual("review", "审查"), days, counting, ("received",), True, calendar, OURS)  # noqa: FBT003


def read(one: Clock, as_of: date, *steps: object) -> ClockReading:
    return read_clock(one, standing(acts_of(*steps)), as_of)  # type: ignore[arg-type]


def test_the_day_on_which_it_starts_does_not_count() -> None:
    reading = read(clock(), date(2026, 3, 2))
    assert (reading.used, reading.left, reading.due) == (0, 10, date(2026, 3, 12))


@pytest.mark.parametrize(
    ("as_of", "left", "over"),
    [(date(2026, 3, 12), 0, False), (date(2026, 3, 13), -1, True)],
)
def test_it_is_over_on_the_day_after_the_last(as_of: date, left: int, over: bool) -> None:  # noqa: FBT001
    reading = read(clock(), as_of)
    assert (reading.left, reading.over) == (left, over)


def test_working_days_leave_out_week_ends() -> None:
    reading = read(clock(5, counting=Counting.WORKING), date(2026, 3, 9))
    assert (reading.used, reading.due) == (5, date(2026, 3, 9))


def test_working_days_leave_out_holidays() -> None:
    federal = clock(60, counting=Counting.WORKING, calendar="us-federal")
    assert read(federal, date(2026, 5, 26)).used == read(federal, date(2026, 5, 22)).used + 1


def test_an_open_request_suspends_it_and_the_answer_lets_it_run_on() -> None:
    reading = read(clock(), date(2026, 3, 10), asked(2), answered(6, 2))
    assert (reading.used, reading.due, reading.running) == (4, date(2026, 3, 16), True)


def test_while_it_is_asked_it_does_not_run() -> None:
    reading = read(clock(), date(2026, 3, 10), asked(2))
    assert (reading.used, reading.running) == (1, False)


def test_it_rests_outside_its_states_and_goes_on_when_they_are_entered_again() -> None:
    steps = (moved(2, "incomplete"), moved(5, "received"))
    reading = read(clock(), date(2026, 3, 9), *steps)
    assert (reading.used, reading.left) == (4, 6)


def test_without_an_end_it_only_counts_up() -> None:
    reading = read(clock(None), date(2026, 6, 1))
    assert (reading.used, reading.left, reading.due, reading.over) == (91, None, None, False)


def test_before_its_states_are_entered_it_has_not_started() -> None:
    one = Clock("c", Bilingual("c", "c"), 5, Counting.CALENDAR, ("consultation",), False, "", OURS)  # noqa: FBT003
    reading = read(one, date(2026, 6, 1))
    assert (reading.started, reading.used, reading.left) == (None, 0, 5)
