"""Renders the automatic numbers of a DOCX file, which stand in no text of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from dragoman.read.drafting import BULLET

Element = Any
"""An element or object of lxml and python-docx, which state no types."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = "零一二三四五六七八九"
_CHINESE_FORMATS = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "taiwaneseCounting", "japaneseCounting"}
)
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, in order.

    Attributes:
        document: the python-docx document.
    """

    document: Element
    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = self.document.part.rels.values()
        part = next((rel.target_part for rel in parts if rel.reltype.endswith("/numbering")), None)
        if part is None:
            return
        root = part.element
        levels = {one.get(qn("w:abstractNumId")): _levels(one) for one in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            identifier, link = number.get(qn("w:numId")), number.find(qn("w:abstractNumId"))
            abstract = link.get(qn("w:val")) if link is not None else ""
            self._lists[identifier] = levels.get(abstract, {})
            self._abstract[identifier] = abstract

    def marker(self, paragraph: Element, style: Element) -> tuple[str, int]:
        """Return the marker that a paragraph is drawn with, and its depth from 1; ("", 0) if none."""
        identifier, depth = self._reference(paragraph, style)
        if not identifier or identifier == "0":
            return "", 0
        level = self._lists.get(identifier, {}).get(depth)
        if level is None or level.form == "none":
            return (BULLET, depth + 1) if level is None and identifier in self._lists else ("", 0)
        if level.form == "bullet":
            return BULLET, depth + 1
        return self._count(identifier, depth, level), depth + 1

    def _reference(self, paragraph: Element, style: Element) -> tuple[str, int]:
        """Return list and level of a paragraph, its own or its style's."""
        elements = [paragraph.find(qn("w:pPr"))]
        seen = 0
        while style is not None and seen < 10:  # noqa: PLR2004 - styles inherit a few times at most
            elements.append(style.element.find(qn("w:pPr")))
            style, seen = style.base_style, seen + 1
        identifier, depth = "", None
        for element in elements:
            properties = element.find(qn("w:numPr")) if element is not None else None
            if properties is None:
                continue
            identifier = identifier or _value(properties, "w:numId")
            depth = depth if depth is not None else _value(properties, "w:ilvl") or None
        return identifier, int(depth or 0)

    def _count(self, identifier: str, depth: int, level: _Level) -> str:
        counts = self._counts.setdefault(self._abstract.get(identifier, identifier), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        levels = self._lists[identifier]

        def place(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            other = levels.get(index, level)
            return number_text(counts.get(index, other.start), other.form)

        return _PLACE.sub(place, level.text)


def _levels(abstract: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for one in abstract.findall(qn("w:lvl")):
        start = _value(one, "w:start") or "1"
        form = _value(one, "w:numFmt") or "decimal"
        levels[int(one.get(qn("w:ilvl"), "0"))] = _Level(form, _value(one, "w:lvlText") or "", int(start))
    return levels


def _value(element: Element, name: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def number_text(value: int, form: str) -> str:
    """Return a number in one of Word's number formats; unknown formats become digits."""
    if form in {"lowerLetter", "upperLetter"} and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and value > 0:
        numeral = _roman(value)
        return numeral if form == "lowerRoman" else numeral.upper()
    if form in _CHINESE_FORMATS and 0 < value < 100:  # noqa: PLR2004 - two places
        return _chinese(value)
    return str(value)


def _roman(value: int) -> str:
    text = ""
    for size, sign in (*_ROMAN, *_ROMAN_LOW):
        count, value = divmod(value, size)
        text += sign * count
    return text


def _chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    lead = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return lead + (_CHINESE[ones] if ones else "")
