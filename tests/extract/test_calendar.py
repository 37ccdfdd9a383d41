from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.calendar import (
    after_period,
    day_of,
    end_of_month,
    end_of_quarter,
    end_of_season,
    end_of_year,
    next_end_of_season,
)

SEASONS = {"spring": "05-31", "winter": "02-28"}


@pytest.mark.parametrize(
    ("count", "unit", "due"),
    [
        (90, "D", date(2025, 10, 21)),
        (2, "W", date(2025, 8, 6)),
        (12, "M", date(2026, 7, 23)),
        (1, "Y", date(2026, 7, 23)),
        (0.5, "Y", date(2026, 1, 23)),
        (1.5, "M", date(2025, 9, 7)),
    ],
)
def test_periods_are_counted_from_the_day(count: float, unit: str, due: date) -> None:
    assert after_period(date(2025, 7, 23), count, unit) == due


def test_a_month_from_the_thirty_first_ends_on_the_shorter_months_last_day() -> None:
    assert after_period(date(2024, 1, 31), 1, "M") == date(2024, 2, 29)


def test_days_that_no_calendar_has_are_none() -> None:
    assert day_of(2025, 2, 30) is None
    assert end_of_month(2025, 13) is None
    assert end_of_year(0) is None
    assert after_period(date(9999, 12, 1), 2, "M") is None
    assert after_period(date(9999, 12, 1), 999, "D") is None


def test_quarters_and_seasons_end_on_their_last_day() -> None:
    assert end_of_quarter(2024, 1) == date(2024, 3, 31)
    assert end_of_season(2024, "spring", SEASONS) == date(2024, 5, 31)
    assert next_end_of_season(date(2024, 6, 1), "spring", SEASONS) == date(2025, 5, 31)
    assert next_end_of_season(date(2024, 2, 28), "winter", SEASONS) == date(2024, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600), st.sampled_from("DWMY"))
def test_a_period_never_ends_before_it_starts(start: date, count: int, unit: str) -> None:
    due = after_period(start, count, unit)
    assert due is not None
    assert due >= start


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 200))
def test_a_year_is_twelve_months(start: date, years: int) -> None:
    assert after_period(start, years, "Y") == after_period(start, years * 12, "M")
