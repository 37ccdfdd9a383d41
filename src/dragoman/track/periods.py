"""Periods of time as texts name them."""

from __future__ import annotations

import re
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model.period import DAYS_A_WEEK, MONTHS_A_YEAR, Period, period_of

__all__ = ["Period", "period_in", "period_of"]

HALF_A_YEAR = 6
HALF_A_MONTH = 15
HALF, AND_HALF = 0.5, "+"
"""Half a unit, and the mark of a unit that is counted with half a one more."""
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
    if unit.endswith(AND_HALF):
        count, unit = count + HALF, unit.removesuffix(AND_HALF)
    period = counted(int(count), unit, half=count % 1 > 0)
    return period if period.months or period.days else None


def counted(count: int, unit: str, *, half: bool) -> Period:
    """Return a counted unit, and half a unit more: of a year six months, of a month fifteen days, else a whole."""
    if unit == "Y":
        return Period(count * MONTHS_A_YEAR + half * HALF_A_YEAR)
    if unit == "M":
        return Period(count, half * HALF_A_MONTH)
    return Period(days=(count + half) * (DAYS_A_WEEK if unit == "W" else 1))


def number_of(words: str) -> float:
    """Return a number in digits or in the words of the packs of time."""
    return int(words) if words.isdigit() else float(table("numbers")[words])


def unit_of(words: str) -> str:
    """Return the letter D, W, M or Y of a unit in the words of the packs of time, for 年半 with `AND_HALF`."""
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
