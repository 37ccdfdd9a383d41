"""Recognises what opens a line: bullets, numbers of items and of sections, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.read.cues import HAN, NUMERAL_ZH, heading_cues

_DIGITS_ZH = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS_ZH = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_NUMBER = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_CIRCLED = ord("①") - 1
_CORE = re.compile(rf"[A-Za-z]+|\d+(?:\.\d+)*|[{NUMERAL_ZH}]+|[①-⑳]")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a line.

    Attributes:
        end: offset in the line's text after it and the white space behind it.
        text: the marker as it stands.
        form: "hash", "section", "article", "chinese", "paren", "half", "dot", "decimal", "circled", "bullet".
        values: possible (style, ordinal) readings: "i" is roman 1 and the ninth letter.
        unit: section word, lower case ("sec", "章"), else "".
    """

    end: int
    text: str
    form: str
    values: tuple[tuple[str, int], ...] = ()
    unit: str = ""


@cache
def _pattern() -> re.Pattern[str]:
    cues = heading_cues()
    after = rf"(?=[\s{HAN}“\"《*]|$)"
    return re.compile(
        rf"""
        (?P<hash>\#{{1,6}})(?=\s)
        |(?P<section>(?P<word>{cues.section_en})\s?(?:\d+[A-Z]?(?:[.-]\d+)*|[IVXLC]+|[A-Z])(?![\w’'(])[.:]?)
        |(?P<article>第\s?(?:[{NUMERAL_ZH}]+|\d+)\s?(?P<unit>{cues.section_zh})(?:之[{NUMERAL_ZH}]+)?)
        |(?P<chinese>[{NUMERAL_ZH}]{{1,3}}、)
        |(?P<paren>[(（]\s?(?:[A-Za-z]{{1,2}}|[ivxl]{{3,5}}|\d{{1,2}}|[{NUMERAL_ZH}]{{1,3}})\s?[)）])(?=\S|\s)
        |(?P<half>(?:\d{{1,2}}|[a-z]|[ivx]{{2,4}})[)）]){after}
        |(?P<dot>(?:\d{{1,3}}|[A-Za-z]|[IVXLC]{{2,5}}|[ivx]{{2,4}})(?:[.．]{after}|、))
        |(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?)(?=\s+\S)
        |(?P<circled>[①-⑳])
        |(?P<bullet>[•·‣◦▪▫■□●○◆◇►▶➢✓✔⁃∙]|[-–—*+－](?=\s)|——(?=[\u4e00-\u9fff“]))
        """.replace("\\#", "[#]"),
        re.VERBOSE,
    )


def find_marker(text: str) -> Marker | None:
    """Return the marker that opens a line's text, or None."""
    found = _pattern().match(text)
    if found is None:
        return None
    form = "article" if found.lastgroup == "unit" else str(found.lastgroup)
    end = found.end()
    while end < len(text) and text[end].isspace():
        end += 1
    marker = found.group()
    word = found.group("word") or ""
    number = marker[len(word) :]
    return Marker(end, marker, form, _values(number, form), found.group("unit") or word.lower().rstrip("."))


def _values(marker: str, form: str) -> tuple[tuple[str, int], ...]:
    """Return the readings of a marker as (style, ordinal), the likelier first."""
    core = _CORE.search(marker)
    if core is None or form in {"bullet", "hash"}:
        return ()
    word = core.group()
    if word[0].isdecimal():
        return (("arabic", int(word.rsplit(".", 1)[-1])),)
    if word[0] in NUMERAL_ZH:
        return (("chinese", chinese_number(word)),)
    if not word.isascii():
        return (("circled", ord(word) - _CIRCLED),)
    return _letter_values(word)


def _letter_values(word: str) -> tuple[tuple[str, int], ...]:
    case = "upper" if word.isupper() else "lower"
    low = word.lower()
    values: list[tuple[str, int]] = []
    if len(low) == 1:
        values.append((f"{case}-letter", ord(low) - ord("a") + 1))
    elif low == low[0] * len(low):
        values.append((f"{case}-letter", ord(low[0]) - ord("a") + 27))
    if set(low) <= set(_ROMAN) and _ROMAN_NUMBER.fullmatch(low):
        values.append((f"{case}-roman", roman_number(low)))
    return tuple(values)


def roman_number(word: str) -> int:
    """Return the value of a roman numeral in lower case."""
    digits = [_ROMAN[char] for char in word]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < two else one for one, two in pairs)


def chinese_number(word: str) -> int:
    """Return the value of a Chinese numeral below ten thousand."""
    total = digit = 0
    for char in word:
        if char in _UNITS_ZH:
            total += (digit or 1) * _UNITS_ZH[char]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS_ZH[char] if digit else _DIGITS_ZH[char]
    return total + digit
