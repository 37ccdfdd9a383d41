"""The last day of a stretch of time as English names it: a date, month, quarter, season, year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.extract.calendar import (
    after_period,
    day_of,
    end_of_month,
    end_of_quarter,
    end_of_season,
    end_of_year,
    next_end_of_season,
)
from dragoman.extract.en.times import Times

YEAR = re.compile(r"(?:19|20)\d\d")
WORD = re.compile(r"[a-z]+|\d+")
FISCAL_YEAR_END = (9, 30)
"""Last day of the United States federal fiscal year (31 U.S.C. 1102)."""
EARLY_DAY, MID_DAY = 10, 15
"""What "early" and "mid" mean within a month."""
EARLY_MONTH, MID_MONTH = 3, 6
"""What "early" and "mid" mean within a year."""
QUARTERS = {
    "first quarter": 1,
    "second quarter": 2,
    "third quarter": 3,
    "fourth quarter": 4,
    "q1": 1,
    "q2": 2,
    "q3": 3,
    "q4": 4,
}
HALVES = {"first half": 2, "second half": 4}
DECADE = 10
DECADE_NAMED = re.compile(r"(?:19|20)\d\ds\b")
WHOLE_YEAR = re.compile(r"(?:(?:the )?calendar year )?(?:19|20)\d\d")
WHOLE_MONTH = re.compile(r"[a-z]+\.?,?(?: of)? (?:19|20)\d\d")


def last_day(words: str, times: Times, today: date | None) -> date | None:
    """Return the last day of what the words name, None where it cannot be told.

    Args:
        words: in lower case, without the preposition.
        times: the tables.
        today: date of the document, for words that name no year.
    """
    weekday = next_weekday(words, times, today)
    if weekday is not None:
        return weekday
    stated = YEAR.search(words)
    year = int(stated[0]) if stated else year_of(words, today)
    if year is None:
        return None
    day = within_year(words, year, times, today)
    if day and not stated and today and day < today and "this" not in words:
        day = within_year(words, year + 1, times, today)
    return day


def before_start(words: str, last: date) -> date:
    """Return the day before a whole month or year begins, else the last day as it is.

    Args:
        words: that name it, in lower case: "2030", "march 2025"; not "the end of 2030", "mid-2030".
        last: its last day.
    """
    plain = " ".join(words.split())
    if WHOLE_YEAR.fullmatch(plain):
        return date(last.year - 1, 12, 31)
    if WHOLE_MONTH.fullmatch(plain):
        return last.replace(day=1) - timedelta(days=1)
    return last


def next_weekday(words: str, times: Times, today: date | None) -> date | None:
    """Return the next day of a weekday's name, a week later where the words say "next"; None for other words."""
    parts = words.split()
    number = times.words["weekdays"].get(parts[-1]) if parts else None
    if number is None or today is None:
        return None
    ahead = (number - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def year_of(words: str, today: date | None) -> int | None:
    """Return the year that words without one mean."""
    if today is None:
        return None
    return today.year + 1 if "next" in words and "year" in words else today.year


def within_year(words: str, year: int, times: Times, today: date | None) -> date | None:
    """Return the last day of what the words name in a given year."""
    parts = WORD.findall(words)
    if "decade" in parts or DECADE_NAMED.search(words):
        return end_of_decade(parts, year)
    month = next((times.words["months"][part] for part in parts if part in times.words["months"]), None)
    if month:
        return within_month(parts, year, month)
    if "fiscal" in parts or words.startswith("fy"):
        return day_of(year, *FISCAL_YEAR_END)
    for names in (QUARTERS, HALVES):
        for name, quarter in names.items():
            if name in words:
                return end_of_quarter(year, quarter)
    season = next((part for part in parts if part in times.words["seasons"]), None)
    if season:
        return season_end(season, year, times, today if not YEAR.search(words) else None, later="next" in parts)
    return other(parts, year, today)


def end_of_decade(parts: list[str], year: int) -> date | None:
    """Return the last day of the decade of a year; what lies early in one, or in its middle, has none."""
    return None if "early" in parts or "mid" in parts else end_of_year(year // DECADE * DECADE + DECADE - 1)


def within_month(parts: list[str], year: int, month: int) -> date | None:
    """Return a day of a month: the one named, else the last, or the middle where the words say so."""
    day = next((int(part) for part in parts if part.isdigit() and len(part) <= len("31")), None)
    if day:
        return day_of(year, month, day)
    if "early" in parts or "beginning" in parts:
        return day_of(year, month, EARLY_DAY)
    if "mid" in parts or "middle" in parts:
        return day_of(year, month, MID_DAY)
    return end_of_month(year, month)


def season_end(season: str, year: int, times: Times, today: date | None, *, later: bool) -> date | None:
    """Return the end of a season of a year, or the next one from a day."""
    ends = times.words["seasons"]
    if today is None:
        return end_of_season(year, season, ends)
    end = next_end_of_season(today, season, ends)
    return end_of_season(end.year + 1, season, ends) if later and end and end.year == today.year else end


def other(parts: list[str], year: int, today: date | None) -> date | None:
    """Return the end of a year, part of a year, month, week or decade."""
    if "month" in parts and today:
        shifted = after_period(today, 1, "M") if "next" in parts else today
        return end_of_month(shifted.year, shifted.month) if shifted else None
    if "week" in parts and today:
        return after_period(today, 2 if "next" in parts else 1, "W")
    if "early" in parts or "beginning" in parts or "start" in parts:
        return end_of_month(year, EARLY_MONTH)
    if "mid" in parts or "middle" in parts:
        return end_of_month(year, MID_MONTH)
    return end_of_year(year)
