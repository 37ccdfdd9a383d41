"""What lists say of a party beside its names: kinds, countries, days, numbers - in the words of each list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from dragoman.lexicon.countries import load_countries
from dragoman.model import PartyKind
from dragoman.screen.importers.faults import words_of

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIRST_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4}|\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF = re.compile(r"^(?P<short>[^(]+)\((?P<title>[^)]+)\)$")
_CODE = re.compile(r"(?:^|[,\s])([A-Z]{2})$")
CENTURY = 2000


def kind_of(word: str) -> PartyKind | None:
    """Return the kind of party a word of a list names; None for a word that is not known."""
    return _kinds().get(word.strip().lower())


@cache
def _kinds() -> dict[str, PartyKind]:
    return {word: PartyKind(kind) for kind, words in words_of("kinds").items() for word in words}


@lru_cache(4096)
def country_code(name: str) -> str | None:
    """Return the code of a country as lists name it: "Iran", "IR", "Iran (Islamic Republic of)"."""
    countries = load_countries()
    name = name.strip().removeprefix("the ").removeprefix("The ")
    if code := countries.code(name):
        return code
    titled = _OF.match(name)
    return countries.code(titled["short"]) if titled else None


def country_codes(names: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the countries that are known, each once."""
    return tuple(dict.fromkeys(code for name in names if (code := country_code(name))))


def countries_in(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the codes with which addresses end ("..., Tehran, IR"), or the countries they end with."""
    last = (address.rsplit(",", 1)[-1].strip() for address in addresses)
    coded = (found[1] if (found := _CODE.search(part)) else part for part in last if part)
    return country_codes(coded)


def day_of(text: str, *, month_first: bool = False) -> date | None:
    """Return the day a text begins with; None where it is none.

    Args:
        text: 2026-03-31, 2026年3月31日, 31.03.2026, 31/03/26, 31 Mar 2026; what follows is ignored.
        month_first: whether 03/31/2026 is meant.
    """
    text = text.strip()
    if found := _ISO.match(text) or _CHINESE.match(text):
        return _date(found[1], found[2], found[3])
    found = _FIRST_DAY.match(text)
    if found is None:
        return None
    day, month, year = found.groups()
    if month_first and month.isdigit():
        day, month = month, day
    return _date(year, _month(month), day)


def _month(text: str) -> str:
    name = text[:3].lower()
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else text


def _date(year: str, month: str, day: str) -> date | None:
    try:
        number = int(year)
        return date(number + CENTURY if len(year) == 2 else number, int(month), int(day))  # noqa: PLR2004 - digits
    except ValueError:
        return None


def is_identifier(type_: str, number: str) -> bool:
    """Return whether a number of that type identifies a party."""
    words, low = words_of("identifiers"), type_.lower()
    named = any(word in low for word in words["words"]) and not any(word in low for word in words["never"])
    return named and any(char.isdigit() for char in number)
