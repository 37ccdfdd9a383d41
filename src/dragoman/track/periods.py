"""Periods of time: ISO 8601 durations of whole days and months, and how texts name them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cache

from dragoman.lexicon import load_pack

DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
HALF_A_YEAR = 6
ISO = re.compile(r"P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?")
CALENDAR = re.compile(r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
"""A Chinese date, whose figures count no units."""
MONTH_NAMED = "月"
"""Behind a figure it names a month (四月, April); a period counts 个月."""
PACKS = ("lexicons/en/deadlines.yaml", "lexicons/zh/deadlines.yaml")


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


def period_in(text: str) -> Period | None:
    """Return the first period that a text names ("within ninety days", "90天内"), None where it names none."""
    found = named().search(CALENDAR.sub("", text.lower()))
    if found is None:
        return None
    count, unit = number_of(found["count"]), unit_of(found["unit"])
    if count == 0 and unit == "Y":
        return Period(months=HALF_A_YEAR)
    made = {"D": Period(days=count), "W": Period(days=count * DAYS_A_WEEK), "M": Period(count)}
    period = made.get(unit, Period(count * MONTHS_A_YEAR))
    return period if period.months or period.days else None


def number_of(words: str) -> int:
    """Return a number in digits or in the words of the packs of time."""
    return int(words) if words.isdigit() else int(table("numbers")[words])


def unit_of(words: str) -> str:
    """Return the letter D, W, M or Y of a unit in the words of the packs of time."""
    return table("units")[" ".join(words.split())]


@cache
def named() -> re.Pattern[str]:
    """Return the pattern of a counted unit of time in English or Chinese, in small letters."""
    spoken = {word: unit for word, unit in table("units").items() if word != MONTH_NAMED}
    numbers, units = alternatives(table("numbers")), alternatives(spoken)
    return re.compile(rf"(?P<count>(?<!\d)\d{{1,3}}|{numbers})(?:\s*\(\d+\))?[\s-]*(?P<unit>{units})")


def alternatives(words: dict[str, str]) -> str:
    """Return a pattern of words, longest first; Latin words stand by themselves."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered)


@cache
def table(name: str) -> dict[str, str]:
    """Return a table of the packs of time, both languages together."""
    return {word: str(value) for pack in PACKS for word, value in load_pack(pack)[name].items()}
