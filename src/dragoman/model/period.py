"""Periods of time: ISO 8601 durations of whole days and months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
ISO = re.compile(r"P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; months are counted before days.

    Attributes:
        months, days: both negative for a stretch that lies before.
    """

    months: int = 0
    days: int = 0

    @property
    def iso(self) -> str:
        """The ISO 8601 duration, with a minus sign in front of one that lies before ("-P30D")."""
        years, months = divmod(abs(self.months), MONTHS_A_YEAR)
        parts = ((years, "Y"), (months, "M"), (abs(self.days), "D"))
        sign = "-" if self.months < 0 or self.days < 0 else ""
        return f"{sign}P" + "".join(f"{count}{unit}" for count, unit in parts if count)

    def times(self, count: int) -> Period:
        """Return the period a number of times."""
        return Period(self.months * count, self.days * count)

    def after(self, day: date) -> date | None:
        """Return the day one period after another, None beyond the calendar's end.

        A month keeps the day of the month, or takes its last day where it is shorter (31 August and six months:
        28 or 29 February).
        """
        year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + self.months, MONTHS_A_YEAR)
        if not 1 <= year <= MAXYEAR:
            return None
        last = monthrange(year, month + 1)[1]
        try:
            return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)
        except OverflowError:
            return None


def period_of(iso: str) -> Period | None:
    """Return the period of an ISO 8601 duration ("P6M", "P1Y", "P14D"), None for anything else or for nothing."""
    found = ISO.fullmatch(iso.strip())
    if found is None:
        return None
    years, months, weeks, days = (int(count or 0) for count in found.groups())
    period = Period(years * MONTHS_A_YEAR + months, weeks * DAYS_A_WEEK + days)
    return period if period.months or period.days else None
