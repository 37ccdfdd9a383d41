"""Periods of time as texts name them."""

from __future__ import annotations

import re
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model.period import DAYS_A_WEEK, MONTHS_A_YEAR, Period, period_of

__all__ = ["Period", "period_in", "period_of"]

HALF_A_YEAR = 6
CALENDAR = re.compile(r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
"""A Chinese date, whose figures count no units."""
MONTH_NAMED = "月"
"""Behind a figure it names a month (四月, April); a period counts 个月."""
PACKS = ("lexicons/en/deadlines.yaml", "lexicons/zh/deadlines.yaml")


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
