"""The last day of a stretch of time as Chinese names it: a date, month, quarter, season, year."""

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
from dragoman.extract.zh.times import Times

YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年|财)")
MONTH = re.compile(r"(\d{1,2})\s*月")
DAY = re.compile(r"月\s*(\d{1,2})\s*[日号]")
QUARTER = re.compile(r"第?([一二三四1-4])\s*季度")
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
PARTS_OF_MONTH = {"上旬": 10, "初": 10, "中旬": 20}
"""Last day of the parts of a month."""
EARLY_MONTH, MID_MONTH = 3, 6
"""What 年初 and 年中 mean within a year."""
CENTURY = 100
WHOLE_YEAR = re.compile(r"(?:19|20)\d\d年")
WHOLE_MONTH = re.compile(r"(?:(?:19|20)\d\d年|[今明]年)?\d{1,2}月")


def last_day(words: str, times: Times, today: date | None) -> date | None:
    """Return the last day of what the words name, None where it cannot be told.

    Words without a year mean the document's year, or the next where that has passed.
    """
    stated = YEAR.search(words)
    year = int(stated[1]) if stated else year_of(words, today)
    if year is None:
        return None
    day = within_year(words, year, times, today)
    named = stated or any(word in words for word in ("今", "本", "当年", "同年"))
    if day and not named and today and day < today:
        day = within_year(words, year + 1, times, today)
    return day


def before_start(words: str, last: date) -> date:
    """Return the day before a whole year or month begins (2030年之前), else the last day as it is."""
    plain = "".join(words.split())
    if WHOLE_YEAR.fullmatch(plain):
        return date(last.year - 1, 12, 31)
    return last.replace(day=1) - timedelta(days=1) if WHOLE_MONTH.fullmatch(plain) else last


def year_of(words: str, today: date | None) -> int | None:
    """Return the year that words without one mean."""
    if today is None:
        return None
    return today.year + 1 if "明" in words else today.year


def within_year(words: str, year: int, times: Times, today: date | None) -> date | None:
    """Return the last day of what the words name in a given year."""
    month = MONTH.search(words)
    if month:
        return within_month(words, year, int(month[1]))
    if "世纪" in words:
        return end_of_year(year // CENTURY * CENTURY + CENTURY - 1)
    if "半年" not in words and (words.startswith("月") or "本月" in words or "下" in words[:1]):
        return month_from(today, ahead=1 if "下" in words[:1] else 0)
    quarter = QUARTER.search(words)
    if quarter:
        return end_of_quarter(year, QUARTERS.get(quarter[1]) or int(quarter[1]))
    if "半年" in words:
        return end_of_quarter(year, 2 if "上半年" in words else 4)
    return season_or_year(words, year, times, today)


def season_or_year(words: str, year: int, times: Times, today: date | None) -> date | None:
    """Return the end of a season, else of the year or of its first or middle part."""
    ends = times.words["seasons"]
    for season in ends:
        if season in words or (season[0] in words and (words[:1] in {"今", "明"} or words.endswith(season[0]))):
            if YEAR.search(words) or words[:1] == "明" or today is None:
                return end_of_season(year, season, ends)
            return next_end_of_season(today, season, ends)
    if words.endswith("初"):
        return end_of_month(year, EARLY_MONTH)
    if words.endswith(("中", "中期")):
        return end_of_month(year, MID_MONTH)
    return end_of_year(year)


def within_month(words: str, year: int, month: int) -> date | None:
    """Return a day of a month: the one named, else the last of the part named."""
    day = DAY.search(words)
    if day:
        return day_of(year, month, int(day[1]))
    for part, last in PARTS_OF_MONTH.items():
        if words.endswith(part):
            return day_of(year, month, last)
    return end_of_month(year, month)


def month_from(today: date | None, ahead: int) -> date | None:
    """Return the end of this month or of one ahead."""
    shifted = after_period(today, ahead, "M") if today else None
    return end_of_month(shifted.year, shifted.month) if shifted else None
