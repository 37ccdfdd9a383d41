"""Last days: of months, quarters, halves, seasons and years, and days a period away. Pure date arithmetic."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

HALVES: Mapping[str, tuple[int, str]] = {"Y": (6, "M"), "M": (15, "D")}
"""What half of a unit is."""
LAST_YEAR = 9999
MONTHS = 12


def end_of_year(year: int) -> date | None:
    """Return 31 December of a year, None for a year no calendar has."""
    return date(year, 12, 31) if 1 <= year <= LAST_YEAR else None


def end_of_month(year: int, month: int) -> date | None:
    """Return the last day of a month, None where there is no such month."""
    if not (1 <= month <= MONTHS and 1 <= year <= LAST_YEAR):
        return None
    return date(year, month, monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, None where the calendar has none such (30 February)."""
    last = end_of_month(year, month)
    return date(year, month, day) if last and 1 <= day <= last.day else None


def end_of_quarter(year: int, quarter: int) -> date | None:
    """Return the last day of a quarter 1-4."""
    return end_of_month(year, quarter * 3)


def end_of_season(year: int, season: str, ends: Mapping[str, str]) -> date | None:
    """Return the last day of a season, whose ends are given as "MM-DD"."""
    month, day = ends[season].split("-")
    return day_of(year, int(month), int(day))


def next_end_of_season(after: date, season: str, ends: Mapping[str, str]) -> date | None:
    """Return the first end of a season on or after a day."""
    this = end_of_season(after.year, season, ends)
    return this if this and this >= after else end_of_season(after.year + 1, season, ends)


def after_period(start: date, count: float, unit: str) -> date | None:
    """Return the day `count` units after a day; units are the ISO 8601 letters D, W, M, Y.

    Months and years keep the day of the month, or take the month's last day where it is shorter. Half a year is
    six months, half a month fifteen days, half a week or day is rounded up.
    """
    half = HALVES.get(unit) if count % 1 else None
    if half is not None:
        whole = after_period(start, int(count), unit)
        return after_period(whole, *half) if whole else None
    return after_whole(start, ceil(count), unit)


def after_whole(start: date, count: int, unit: str) -> date | None:
    """Return the day a whole number of units after a day."""
    try:
        if unit == "D":
            return start + timedelta(days=count)
        if unit == "W":
            return start + timedelta(weeks=count)
    except OverflowError:
        return None
    months = start.month - 1 + count * (MONTHS if unit == "Y" else 1)
    last = end_of_month(start.year + months // MONTHS, months % MONTHS + 1)
    return last.replace(day=min(start.day, last.day)) if last else None
