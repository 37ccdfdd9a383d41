from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Deadline, DeadlineKind, DueRule, DueState, Event
from dragoman.track.due import MOST_INSTANCES, DueDays, due_days, impossible_date, recurring_days, state_of
from dragoman.track.periods import Period
from tests.track.making import NOON, SIGNED, after, by, every, happened, line

TODAY = date(2024, 6, 30)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def due(
    deadline: Deadline | None,
    *events: Event,
    signed: date | None = SIGNED,
    as_of: date = TODAY,
    horizon: int = 365,
    text: str = "Freedonia will found a council.",
) -> DueDays:
    return due_days(line(deadline, text=text), signed, events, as_of, horizon)


def codes(days: DueDays) -> list[str]:
    return [problem.code for problem in days.problems]


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, "overdue"), (0, "due in 30 days"), (30, "due in 30 days"), (31, "due in 90 days"), (90, "due in 90 days"), (91, "due later")],
)  # fmt: skip
def test_states_by_days_ahead(days: int, state: str) -> None:
    assert state_of(days) == state


def test_a_day_that_the_text_states() -> None:
    (item,) = due(by(date(2023, 12, 31), "by the end of 2023")).items
    assert (item.instance, item.due, item.basis, item.rule) == (0, date(2023, 12, 31), "stated", DueRule.STATED)
    assert (item.state, item.days) == (DueState.OVERDUE, -182)


def test_a_day_counted_from_the_document_says_so() -> None:
    (item,) = due(by(date(2024, 6, 8), "within the next twelve months")).items
    assert item.basis == "12 months after the document, 2023-06-08"
    assert (item.rule, item.start, item.period) == (DueRule.RELATIVE, SIGNED, "P1Y")


def test_the_coming_year_is_counted_from_the_document_too() -> None:
    (item,) = due(by(date(2024, 6, 8), "over the coming year")).items
    assert (item.rule, item.period) == (DueRule.RELATIVE, "P1Y")


def test_a_stated_day_that_happens_to_lie_a_year_ahead_is_stated() -> None:
    (item,) = due(by(date(2024, 6, 8), "by 8 June 2024")).items
    assert item.rule is DueRule.STATED


def test_an_act_that_begins_on_its_day() -> None:
    (item,) = due(by(date(2024, 9, 1), "from September", DeadlineKind.FROM)).items
    assert (item.begins, item.basis, item.state) == (True, "begins; stated", DueState.DUE_90)


@pytest.mark.parametrize(
    ("deadline", "state", "basis"),
    [
        (None, DueState.UNDATED, "no time in the text"),
        (by(None, "swiftly", DeadlineKind.VAGUE), DueState.VAGUE, "no day of the calendar: swiftly"),
        (after("the call", "within 30 days of the call"), DueState.AWAITING, "event not recorded: the call"),
        (by(None, "by the next summit", DeadlineKind.VAGUE), DueState.AWAITING, "event not recorded: by the next summit"),
        (by(None, "在下次会议前", DeadlineKind.VAGUE), DueState.AWAITING, "event not recorded: 在下次会议前"),
    ],
)  # fmt: skip
def test_what_has_no_day(deadline: Deadline | None, state: DueState, basis: str) -> None:
    (item,) = due(deadline).items
    assert (item.due, item.days, item.state, item.basis) == (None, None, state, basis)


def test_a_duty_that_recurs_has_an_instance_each_time() -> None:
    items = due(every("P6M")).items
    assert [(item.instance, str(item.due), item.state.value) for item in items] == [
        (1, "2023-12-08", "overdue"),
        (2, "2024-06-08", "overdue"),
        (3, "2024-12-08", "due later"),
        (4, "2025-06-08", "due later"),
    ]
    assert items[0].basis == "every 6 months, from the document, 2023-06-08"


def test_a_recurring_duty_shows_its_first_instance_however_far() -> None:
    (item,) = due(every("P5Y"), horizon=0).items
    assert (item.instance, item.due) == (1, date(2028, 6, 8))


def test_a_first_day_named_in_a_review_counts() -> None:
    items = due(every("P1M", date(2024, 5, 31))).items
    assert [str(item.due) for item in items[:4]] == ["2024-05-31", "2024-06-30", "2024-07-31", "2024-08-31"]
    assert items[0].basis == "every 1 month, first on 2024-05-31"


def test_a_recurring_duty_can_start_with_an_event_chosen_for_it() -> None:
    event = happened("entry into force", date(2024, 1, 1), provisions=("memo:1",))
    items = due(every("P1Y"), event).items
    assert [str(item.due) for item in items] == ["2025-01-01"]
    assert items[0].basis == "every 12 months, from event: entry into force, 2024-01-01"


def test_frequent_duties_show_the_last_instances_and_count_the_others() -> None:
    weekly = due(every("P7D"), horizon=0)
    assert (len(weekly.items), weekly.problems) == (55, ())
    daily = due(every("P1D"), horizon=0)
    assert len(daily.items) == MOST_INSTANCES == 60
    assert (daily.items[-1].due, daily.items[-1].instance) == (TODAY, (TODAY - SIGNED).days)
    assert codes(daily) == ["instances-left-out"]
    assert f"{(TODAY - SIGNED).days - 60} of the oldest" in daily.problems[0].message


@given(DAYS, st.integers(1, 60), st.integers(0, 4000))
def test_instances_are_counted_from_the_first_and_reach_the_horizon(first: date, months: int, ahead: int) -> None:
    until = first + timedelta(days=ahead)
    days = list(recurring_days(first, Period(months), until))
    assert [number for number, _ in days] == list(range(1, len(days) + 1))
    assert all(day == Period(months * (number - 1)).after(first) for number, day in days)
    following = Period(months * len(days)).after(first)
    assert days[-1][1] <= until < (following or date.max)


def test_an_event_bound_deadline_resolves_when_its_event_is_recorded() -> None:
    deadline = after("公开征集提案", "在公开征集提案后90天内")
    (item,) = due(deadline, happened("公开征集提案", date(2024, 4, 1))).items
    assert (item.due, item.state) == (date(2024, 6, 30), DueState.DUE_30)
    assert item.basis == "90 days after event: 公开征集提案, 2024-04-01"
    assert (item.rule, item.start, item.period) == (DueRule.EVENT, date(2024, 4, 1), "P90D")


def test_a_period_can_lie_before_its_event() -> None:
    deadline = after("the summit", "no later than 30 days before the summit")
    (item,) = due(deadline, happened("Summit", date(2024, 12, 31))).items
    assert item.state is DueState.AWAITING  # nobody had recorded it by then
    event = happened("Summit", date(2024, 12, 31), recorded=NOON)
    (item,) = due(deadline, event).items
    assert (item.due, item.basis) == (date(2024, 12, 1), "30 days before event: Summit, 2024-12-31")


def test_what_comes_before_an_event_without_a_count_is_due_the_day_before() -> None:
    event = happened("the next summit", date(2024, 6, 1), provisions=("memo:1",))
    (item,) = due(by(None, "before the next summit", DeadlineKind.VAGUE), event).items
    assert (item.due, item.period) == (date(2024, 5, 31), "-P1D")


def test_an_event_chosen_for_an_undated_line_gives_it_its_day() -> None:
    (item,) = due(None, happened("signature", date(2024, 7, 1), provisions=("memo:1",), recorded=NOON)).items
    assert (item.due, item.state, item.basis) == (
        date(2024, 7, 1),
        DueState.DUE_30,
        "event: signature, 2024-07-01",
    )


def test_several_events_are_noted_and_the_first_counts() -> None:
    events = (happened("the call", date(2024, 3, 1), id="b"), happened("the call", date(2024, 2, 1), id="a"))
    days = due(after("the call", "within 30 days of the call"), *events)
    assert days.items[0].start == date(2024, 2, 1)
    assert codes(days) == ["several-events"]


def test_a_deadline_before_its_document_is_shown_with_a_problem() -> None:
    days = due(by(date(2023, 1, 31)))
    assert days.items[0].state is DueState.OVERDUE
    (problem,) = days.problems
    assert (problem.code, problem.doc, problem.start) == ("due-before-document", "memo", 100)
    assert "2023-01-31" in problem.message
    assert "2023-06-08" in problem.message


def test_a_day_that_is_not_as_its_words_count_is_warned_of() -> None:
    days = due(by(SIGNED, "在半年内"))
    assert codes(days) == ["due-not-as-counted"]
    assert "is 2023-12-08; the line says 2023-06-08" in days.problems[0].message
    assert codes(due(by(date(2023, 12, 8), "在半年内"))) == []
    assert codes(due(by(date(2024, 4, 30), "在4月"))) == []


@pytest.mark.parametrize("period", ["monthly", "P0D", "PT1H"])
def test_a_period_that_is_none_is_a_problem_and_the_line_stays(period: str) -> None:
    days = due(every(period))
    assert [item.state for item in days.items] == [DueState.VAGUE]
    assert codes(days) == ["bad-period"]


def test_a_document_without_a_date_leaves_relative_days_open() -> None:
    assert codes(due(by(None, "within 90 days"), signed=None)) == ["document-undated"]
    assert codes(due(every("P6M"), signed=None)) == ["no-first-day"]
    assert due(every("P6M"), signed=None).items[0].state is DueState.VAGUE
    assert codes(due(by(date(2023, 1, 31)), signed=None)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We will pay by 30 February 2027.", "30 February 2027"),
        ("We will pay by February 29, 2027.", "February 29, 2027"),
        ("We will pay by 29 February 2028.", ""),
        ("We will pay by 29 February.", ""),  # of which year?
        ("We will pay by the 31st of April.", "31st of April"),
        ("双方将于2027年2月30日前付款。", "2027年2月30日"),
        ("双方将于2028年2月29日前付款。", ""),
        ("We will pay by May 2027.", ""),
        ("We may 32 times refuse.", ""),
    ],
)
def test_days_that_no_calendar_has(text: str, words: str) -> None:
    assert impossible_date(text) == words
    assert codes(due(None, text=text)) == (["impossible-date"] if words else [])


def test_periods_beyond_the_calendar_end_quietly() -> None:
    (item,) = due(
        after("the call", "within 900 years of the call"), happened("call", date(9500, 1, 1), recorded=NOON)
    ).items
    assert (item.due, item.state) == (None, DueState.VAGUE)
    assert due(every("P1Y", date(9999, 1, 1)), as_of=date(9998, 12, 31), horizon=365).items[-1].due == date(
        9999, 1, 1
    )


def test_a_horizon_beyond_the_calendar_is_its_end() -> None:
    assert due(every("P1Y", date(9998, 1, 1)), as_of=date(9999, 6, 1), horizon=100_000).items[-1].instance == 2
