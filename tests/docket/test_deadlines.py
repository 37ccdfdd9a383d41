"""The days that are set for a case, and that they say the same as the clocks whenever they are looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.docket import deadlines, load_procedure, read_clocks, standing
from dragoman.docket.deadlines import next_report, soon_days
from dragoman.model.docket import ActKind, Condition, DocketCase
from dragoman.model.docket_board import Deadline, DeadlineKind, Due
from dragoman.model.procedure import Counting, Procedure
from tests.docket.acts import START, acts_of, answered, asked, day, moved

TODAY = START.date()


def programme(days: int | None, counting: Counting = Counting.CALENDAR) -> Procedure:
    """The programme with a consultation that lasts so long."""
    way = load_procedure("ai-exports-program")
    clock = replace(way.clocks["consultation"], days=days, counting=counting)
    return replace(way, clocks={"consultation": clock})


def on(days: int) -> date:
    return day(days).date()


def only(way: Procedure, case: DocketCase, as_of: date) -> Deadline:
    (found,) = deadlines(way, case, as_of)
    return found


def test_a_clock_that_runs_has_its_last_day() -> None:
    case = standing(acts_of(moved(1, "consultation")))
    assert only(programme(10), case, on(1)) == Deadline(DeadlineKind.CLOCK, "consultation", on(1), on(11))
    assert only(programme(None), case, on(1)).due is None
    assert only(programme(0), case, on(4)).due == on(1)


def test_working_days_are_counted_over_the_weekend() -> None:
    case = standing(acts_of(moved(1, "consultation")))  # a Tuesday
    assert only(programme(5, Counting.WORKING), case, on(1)).due == on(8)


def test_a_question_suspends_and_its_answer_sets_another_day() -> None:
    acts = acts_of(moved(0, "consultation"), asked(2), answered(5, 3))
    resting = standing(acts[:3])
    clock, request = deadlines(programme(10), resting, on(2))
    assert (clock.due, clock.rests) == (None, True)
    assert request == Deadline(DeadlineKind.REQUEST, "3", on(2), None)
    assert only(programme(10), standing(acts), on(5)).due == on(13)


def test_a_clock_that_ran_out_before_a_question_stays_over() -> None:
    case = standing(acts_of(moved(0, "consultation"), asked(20)))
    clock = deadlines(programme(10), case, on(20))[0]
    assert (clock.due, clock.rests) == (on(10), False)
    assert clock.on(on(20), on(34)) is Due.OVER


def test_nothing_is_due_in_a_closed_case() -> None:
    case = standing(acts_of(asked(1), moved(2, "withdrawn")))
    assert deadlines(load_procedure("ai-exports-program"), case, on(3)) == ()


def test_approvals_and_reports_have_their_days() -> None:
    condition = (ActKind.CONDITION, 1, {"text": "Report.", "due": "2026-06-30", "every": "P3M"})
    listed = moved(1, "designated", fields={"expires": "2028-01-01"})
    found = deadlines(load_procedure("ai-exports-program"), standing(acts_of(listed, condition)), on(1))
    assert [(one.kind.value, one.due) for one in found] == [
        ("report", date(2026, 6, 30)),
        ("approval", date(2028, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [(0, date(2026, 8, 31)), (1, date(2026, 11, 30)), (2, date(2027, 2, 28))],
)
def test_each_report_answers_one_day(reports: int, expected: date) -> None:
    given_reports = tuple((date(2026, 8, 1) + timedelta(days=one), True) for one in range(reports))
    assert next_report(Condition(1, "Report.", date(2026, 8, 31), "P3M", given_reports)) == expected
    assert next_report(Condition(1, "Report.", date(2026, 8, 31), "", given_reports[:1])) in {
        None,
        date(2026, 8, 31),
    }
    assert next_report(Condition(1, "Keep it so.", None)) is None


def test_what_is_near_is_data() -> None:
    near = TODAY + soon_days()
    places = [
        Deadline(DeadlineKind.REPORT, "1", TODAY, due).on(TODAY, near)
        for due in (TODAY - timedelta(days=1), TODAY, near, near + timedelta(days=1), None)
    ]
    assert places == [Due.OVER, Due.SOON, Due.SOON, Due.LATER, Due.OPEN]


@given(
    days=st.integers(0, 30),
    counting=st.sampled_from(Counting),
    wait=st.integers(1, 5),
    pause=st.integers(0, 20),
    look=st.integers(0, 80),
)
def test_a_day_noted_with_the_last_act_is_the_clocks_whenever_it_is_read(
    days: int, counting: Counting, wait: int, pause: int, look: int
) -> None:
    way = programme(days, counting)
    case = standing(acts_of(moved(0, "consultation"), asked(wait), answered(wait + pause, 3)))
    noted = only(way, case, on(wait + pause))
    later = on(wait + pause + look)
    reading = read_clocks(way, case, later)["consultation"]
    assert reading.over == (noted.on(later, later) is Due.OVER)
    assert reading.due == noted.due
