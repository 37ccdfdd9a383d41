from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.track.periods import Period, period_in, period_of

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("iso", "period"),
    [
        ("P6M", Period(6)),
        ("P1Y", Period(12)),
        ("P1Y6M", Period(18)),
        ("P2W", Period(days=14)),
        ("P30D", Period(days=30)),
        ("monthly", None),
        ("P", None),
        ("P0D", None),
        ("PT24H", None),  # hours: no whole days
        ("-P30D", None),
        ("P6M ", Period(6)),
    ],
)
def test_iso_durations_of_whole_days_and_months(iso: str, period: Period | None) -> None:
    assert period_of(iso) == period


@given(st.integers(0, 600), st.integers(0, 5000))
def test_a_period_and_its_iso_duration_are_one(months: int, days: int) -> None:
    period = Period(months, days)
    assert period_of(period.iso) == (period if months or days else None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("within 90 days of the call", Period(days=90)),
        ("within ninety (90) days after receipt", Period(days=90)),
        ("within six months", Period(6)),
        ("in a three-year term", Period(36)),
        ("在收到申请后十五日内", Period(days=15)),
        ("自本令发布之日起 90 天内", Period(days=90)),
        ("三个月内", Period(3)),
        ("半年内", Period(6)),
        ("一年半内", Period(18)),
        ("两个半月内", Period(2, 15)),
        ("within half a year", Period(6)),
        ("2026年4月1日后30日内", Period(days=30)),  # the date counts nothing
        ("swiftly", None),
        ("on the 5th day", None),
        ("within 1990 days", None),  # a year by its looks
        ("4月1日", None),
        ("在 4 月", None),  # April
        ("四月", None),
    ],
)
def test_periods_as_texts_name_them(text: str, period: Period | None) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),  # a leap year
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(9999, 12, 1), 1, None),
        (date(1, 1, 1), -1, None),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(start: date, months: int, due: date | None) -> None:
    assert Period(months).after(start) == due


@given(DAYS, st.integers(-600, 600))
def test_months_land_in_the_month_meant_on_the_day_or_its_last(start: date, months: int) -> None:
    found = Period(months).after(start)
    assert found is not None
    assert (found.year - start.year) * 12 + found.month - start.month == months
    assert found.day == min(start.day, monthrange(found.year, found.month)[1])


@given(DAYS, st.integers(-4000, 4000))
def test_days_are_days(start: date, days: int) -> None:
    assert Period(days=days).after(start) == start + timedelta(days=days)


@given(DAYS, st.integers(1, 40), st.integers(1, 30))
def test_multiples_of_months_are_counted_from_the_first_day(start: date, months: int, times: int) -> None:
    assert Period(months).times(times).after(start) == Period(months * times).after(start)
