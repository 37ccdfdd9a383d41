"""Cuts Chinese blocks into sentences, at full-width and ASCII terminators."""

from __future__ import annotations

import re

from dragoman.read.cues import HAN

_CLOSERS = "”’」』》〉】〕\"'"
_END = re.compile(
    rf"(?:[。！？]|(?<=[{HAN}”）)])[!?](?=\s*(?:[{HAN}“《]|$))|(?<=[{HAN}])\.(?=\s*(?:[{HAN}“《]|$)))[！？!?。]*[{_CLOSERS}]*"
)
_NOTE = re.compile(
    rf"(?:\[\d{{1,3}}\]|[①-⑳]|\d{{1,2}}(?=\d{{1,2}}\s?月\s?\d|\d{{4}}\s?年)|\d{{1,3}}(?=[{HAN}“《]))\s*"
)
_MEASURE = re.compile(r"\d{1,4}\s?[年月日时个项名国家位次条款万亿千百十多余级年代%％—~～]")
_MONTH = re.compile(r"(\d{1,3})\s?月\s?\d{1,2}\s?日")
_OPEN, _CLOSE = "（(", "）)"
_REACH = 300
"""Characters within which a bracket must close for a full stop inside it to be no end."""
_MONTHS = 12


def chinese_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a block as offsets into the text, without surrounding white space.

    Numbers of footnotes that stand between two sentences belong to neither.

    Args:
        text: the whole text.
        start: start of the block, without surrounding white space.
        end: its end.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for found in _END.finditer(text, start, end):
        cut = found.end()
        if cut < end and _in_bracket(text, begin, cut, end):
            continue
        _add(spans, text, begin, cut)
        begin = cut + note_length(text, cut, end)
    _add(spans, text, begin, end)
    return spans or [(start, end)]


def _add(spans: list[tuple[int, int]], text: str, low: int, high: int) -> None:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if high > low:
        spans.append((low, high))


def _in_bracket(text: str, begin: int, cut: int, end: int) -> bool:
    opened = sum(text.count(sign, begin, cut) for sign in _OPEN)
    closed = sum(text.count(sign, begin, cut) for sign in _CLOSE)
    if opened <= closed:
        return False
    stop = min(end, cut + _REACH)
    return any(text.find(sign, cut, stop) >= 0 for sign in _CLOSE)


def note_length(text: str, cut: int, end: int) -> int:
    """Return how many characters behind a sentence are the number of a footnote.

    "。4目前" has one; "。2021年" and "。5个" have none; "。17月19日" has one: there is no month 17.
    """
    found = _NOTE.match(text, cut, end)
    if found is None:
        return 0
    month = _MONTH.match(text, cut, end)
    if month is not None:
        return 0 if int(month.group(1)) <= _MONTHS else _split_month(month.group(1))
    if found.group()[0].isdigit() and _MEASURE.match(text, cut, end):
        return _before_year(text, cut, end)
    return len(found.group())


def _split_month(digits: str) -> int:
    """Return how many of the digits before 月 are a footnote's, so that a month is left."""
    for length in range(1, len(digits)):
        if 1 <= int(digits[length:]) <= _MONTHS and digits[length] != "0":
            return length
    return 0


def _before_year(text: str, cut: int, end: int) -> int:
    found = re.compile(r"(\d{1,2})(?=(?:19|20)\d\d\s?年)").match(text, cut, end)
    return len(found.group()) if found else 0
