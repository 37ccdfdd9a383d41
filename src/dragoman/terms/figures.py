"""Compares the figures of a link: numbers, what they count, and orders of magnitude."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.force_difference import Gravity, Remark
from dragoman.terms.markers import plain
from dragoman.terms.numerals import chinese_numbers, counts, english_numbers
from dragoman.terms.remarks import remark

PACK = "terms/figures.yaml"
LEAST = 10
"""Numbers below this are counts, which Chinese uses more often than English."""
ENGLISH_FIGURE = re.compile(
    r"(?P<sign>[$£€])? ?(?P<number>\d[\d,]*(?:\.\d+)?)[ -]?"
    r"(?P<scale>hundred|thousand|million|billion|trillion)?[ -]?"
    r"(?P<unit>[a-z°%]+(?: [a-z]+)?)?"
)
CHINESE_FIGURE = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)(?P<scale>[万亿]*)[多余几]?\s?个?(?P<unit>[^\d,，。;；、\s]{1,3})?"
)


TEN_THOUSAND = 10_000
MIXED = re.compile(r"(\d+(?:\.\d+)?)万亿")
MAY = re.compile(r"\bmay\b(?! \d)")
MORE = re.compile(r"(?<=\d)[多余](?=[万亿])")
VAGUE = re.compile("[数几][十百千万亿]+(?:人|个|名)?")


def compare_figures(english: str, chinese: str) -> Iterator[Remark]:
    """Yield the figures that differ between the versions of a link.

    Args:
        english: words of a link.
        chinese: its words in the other version.
    """
    first, second = plain(english, Language.EN), plain(chinese, Language.ZH)
    yield from compare_numbers(first, second)
    yield from compare_units(first, second)
    yield from compare_magnitudes(first, second)


def compare_numbers(english: str, chinese: str) -> Iterator[Remark]:
    """Yield numbers and months that only one version has."""
    one, other = numbers(english, Language.EN), numbers(chinese, Language.ZH)
    lost = sorted(((one[0] - (other[0] + other[1])).elements()), key=float)
    added = sorted(((other[0] - (one[0] + one[1])).elements()), key=float)
    while lost and added:
        values = {"en": shown(lost.pop(0)), "zh": shown(added.pop(0))}
        yield remark("number", Gravity.MAJOR, "number", values)
    for value in lost:
        yield remark("number-lost", Gravity.MAJOR, "number", {"en": shown(value)})
    for value in added:
        yield remark("number-added", Gravity.MAJOR, "number", {"zh": shown(value)})
    yield from compare_counts(one[1], other[1] + other[0], one[0])


def compare_counts(english: Counter[str], chinese: Counter[str], large: Counter[str]) -> Iterator[Remark]:
    """Yield small counts of which each version has one that the other has not."""
    lost = [value for value in (english - chinese) if float(value) > 1]
    added = [value for value in (chinese - english - large) if 1 < float(value) < LEAST]
    if lost and added:
        values = {"en": shown(lost[0]), "zh": shown(added[0])}
        yield remark("number", Gravity.MAJOR, "number", values)


def numbers(text: str, language: Language) -> tuple[Counter[str], Counter[str]]:
    """Return the numbers and months of a text, and its counts."""
    if language is Language.EN:
        text = MAY.sub("", text)
        written: Mapping[str, str] = load_pack(PACK)["ordinals"]
        text = re.sub(rf"\b(?:{'|'.join(written)})\b", lambda found: written[found.group()], text)
    else:
        text = MIXED.sub(lambda found: f"{float(found.group(1)) * TEN_THOUSAND:g}亿", VAGUE.sub("·", text))
        text = MORE.sub("", text)
    signs = list(english_numbers(text) if language is Language.EN else chinese_numbers(text))
    large = Counter(value for kind, value in signs if kind in {"number", "month"})
    return large, Counter(value for kind, value in signs if kind == "count")


def shown(value: str) -> str:
    """Return a number as it is shown."""
    number = float(value)
    return f"{number:,.0f}" if number.is_integer() and number >= 1e5 else value  # noqa: PLR2004 - years have no commas


def compare_units(english: str, chinese: str) -> Iterator[Remark]:
    """Yield numbers that count different things: days and years, dollars and pounds."""
    one, other = dict(units(english, Language.EN)), dict(units(chinese, Language.ZH))
    for number in one.keys() & other.keys():
        if one[number] != other[number]:
            values = {"number": number, "en": one[number], "zh": other[number]}
            yield remark("unit", Gravity.MAJOR, "deadline" if one[number] in SPANS else "number", values)


SPANS = frozenset({"day", "week", "month", "year", "hour"})
"""Units of time."""


def units(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield numbers with what they count, where that is a unit that is known."""
    pattern = ENGLISH_FIGURE if language is Language.EN else CHINESE_FIGURE
    read = english_numbers if language is Language.EN else chinese_numbers
    if language is Language.EN:
        text = spelt_words().sub(lambda found: str(counts()[found.group()]), text)
    for found in pattern.finditer(text):
        unit = unit_of(found, language)
        value = next((value for _, value in read(found.group("number"))), "")
        if unit and value:
            yield value, unit


@cache
def spelt_words() -> re.Pattern[str]:
    """Return what finds English numbers in letters."""
    return re.compile(rf"\b(?:{'|'.join(counts())})\b")


def unit_of(found: re.Match[str], language: Language) -> str:
    """Return the unit of a number, "" where none is known."""
    signs: Mapping[str, str] = load_pack(PACK)["signs"]
    if language is Language.EN and found.group("sign"):
        return signs[found.group("sign")]
    words = found.group("unit") or ""
    return next((unit for word, unit in unit_words(language) if words.startswith(word)), "")


@cache
def unit_words(language: Language) -> tuple[tuple[str, str], ...]:
    """Return the words of units with their unit, the longest first."""
    table = load_pack(PACK)["units"]
    pairs = [(str(word), unit) for unit, words in table.items() for word in words[language.value]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def compare_magnitudes(english: str, chinese: str) -> Iterator[Remark]:
    """Yield vague magnitudes of the Chinese that the English does not have, both having some."""
    table = load_pack(PACK)["magnitudes"]
    found = {
        language: {
            str(order): hit.group()
            for order, words in table.items()
            for hit in [re.search("|".join(words[language.value]), text)]
            if hit
        }
        for language, text in ((Language.EN, english), (Language.ZH, chinese))
    }
    odd = found[Language.ZH].keys() - found[Language.EN].keys()
    if found[Language.EN] and odd:
        values = {"en": next(iter(found[Language.EN].values())), "zh": found[Language.ZH][min(odd)]}
        yield remark("magnitude", Gravity.MAJOR, "number", values)
