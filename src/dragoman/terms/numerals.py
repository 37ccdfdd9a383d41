"""Numbers and months of a sentence, alike in both languages: "1.5 billion" and 15亿 are one sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.terms.settings import load_settings

Sign = tuple[str, str]
"""Kind and value of a sign."""

CHINESE_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月")
PER_CENT = re.compile(r"百分之([零〇一二两三四五六七八九十百]+|\d+(?:\.\d+)?)")
DIGITS = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
LEAST_WRITTEN = 10
"""A number written in Chinese characters below this is a count, as a number spelt out in English is."""


def english_numbers(text: str) -> Iterator[Sign]:
    """Yield the numbers and months of an English sentence, in lower case."""
    for found in english_pattern().finditer(text):
        word, digits, scale = found.group("word"), found.group("digits"), found.group("scale")
        if found.group("month"):
            yield "month", str(months()[found.group("month")])
        elif digits:
            yield "number", spelt(float(digits.replace(",", "")) * scales().get(scale or "", 1))
        elif scale:
            yield "number", spelt(float(counts()[word] * scales()[scale]))
        else:
            yield "count", str(counts()[word])


@cache
def english_pattern() -> re.Pattern[str]:
    """Return what finds numbers and months in lower case."""
    scale = rf"(?:[ \u00a0-](?P<scale>{'|'.join(scales())})\b)?"
    words = rf"\b(?:(?P<month>{'|'.join(months())})|(?P<word>{'|'.join(counts())}))\b"
    return re.compile(rf"(?:(?P<digits>{DIGITS.pattern})|{words}){scale}")


def chinese_numbers(text: str) -> Iterator[Sign]:
    """Yield the numbers and months of a Chinese sentence."""
    text = PER_CENT.sub(lambda found: f" {found.group(1)} ", text)
    for found in CHINESE_MONTH.finditer(text):
        yield "month", spelt(chinese_value(found.group(1)))
    for found in chinese_pattern().finditer(CHINESE_MONTH.sub(" ", text)):
        value = chinese_value(found.group())
        digits = found.group()[0].isdigit()
        yield ("number" if digits or value >= LEAST_WRITTEN else "count"), spelt(value)


@cache
def chinese_pattern() -> re.Pattern[str]:
    """Return what finds numbers: digits or characters, with the units of ten thousand and their square."""
    numerals = load_settings().numerals
    signs = "".join((*numerals["digits"], *numerals["units"]))
    groups = "".join(numerals["groups"])
    return re.compile(rf"(?:{DIGITS.pattern})[{groups}]*|[{signs}][{signs}{groups}]*")


def chinese_value(text: str) -> float:
    """Return the value of a number in digits or characters: 15亿, 二十一, 二〇三〇."""
    numerals = load_settings().numerals
    total = 0.0
    for group, size in sorted(numerals["groups"].items(), key=lambda entry: -entry[1]):
        head, found, tail = text.partition(group)
        if found:
            total, text = total + below_group(head or "1") * size, tail
    return total + (below_group(text) if text else 0.0)


def below_group(text: str) -> float:
    """Return the value of a number below ten thousand, or of one written digit by digit."""
    if DIGITS.fullmatch(text):
        return float(text.replace(",", "").replace("，", ""))
    digits, units = load_settings().numerals["digits"], load_settings().numerals["units"]
    if all(sign in digits for sign in text):
        return float("".join(str(digits[sign]) for sign in text))
    total, held = 0.0, 1.0
    for sign in text:
        if sign in units:
            total, held = total + max(held, 1.0) * units[sign], 0.0
        else:
            held = float(digits.get(sign, 0))
    return total + (held if text[-1] in digits else 0.0)


def spelt(value: float) -> str:
    """Return a number in one spelling."""
    return f"{value:.6g}" if value < 1e6 else str(round(value))  # noqa: PLR2004 - six digits are kept


@cache
def counts() -> dict[str, int]:
    """Return the English number words."""
    return dict(load_settings().numerals["english"])


@cache
def scales() -> dict[str, int]:
    """Return the English words for large numbers."""
    return dict(load_settings().numerals["scales"])


@cache
def months() -> dict[str, int]:
    """Return the English months by name."""
    return {name: number for number, name in enumerate(load_settings().numerals["months"], start=1)}
