"""Cuts English blocks into sentences: nupunkt's spans, mended by the abbreviations of the pack."""

from __future__ import annotations

import re

from nupunkt import sent_spans

from dragoman.read.cues import Abbreviations, abbreviations

_INNER_END = re.compile(r"[.!?…][\"”’'»)\]]*\s")
_LAST_WORD = re.compile(r"([^\s(“\"‘\[]+?)\.$")
_FIRST_WORD = re.compile(r"[“\"‘'(\[]*([A-Za-z’']+|\d+|\S)")
_MISSED = re.compile(r"(?<=[\w%)\]”\"’'])(?<!\b[A-Z])[.!?][\"”’')\]]*(\s+)(?=[“\"‘(]?[A-Z0-9])")
_ONLY_NUMBER = re.compile(r"[(\[]?[\w]{1,4}[.)\]]+")
_REACH = 400
"""Characters within which a bracket must close for a full stop inside it to be no end."""


def english_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a block as offsets into the text, without surrounding white space.

    Args:
        text: the whole text.
        start, end: the block, without surrounding white space.
    """
    block = text[start:end]
    if _INNER_END.search(block) is None:
        return [(start, end)]
    short = abbreviations()
    cuts = [cut for _, cut in sent_spans(block)][:-1]
    cuts = sorted({*cuts, *(found.end(1) for found in _MISSED.finditer(block))})
    return _trim(text, start, end, _kept(block, cuts, short))


def _kept(block: str, cuts: list[int], short: Abbreviations) -> list[int]:
    kept: list[int] = []
    begin = 0
    for cut in cuts:
        if not _is_false(block, begin, cut, short):
            kept.append(cut)
            begin = cut
    return kept


def _is_false(block: str, begin: int, cut: int, short: Abbreviations) -> bool:
    """Whether a proposed end is none: an abbreviation, a number of an item, or an open bracket."""
    before = block[begin:cut].rstrip()
    after = block[cut : cut + 40]
    if not after or after[0].islower() or _ONLY_NUMBER.fullmatch(before):
        return True
    return _is_short(before, after, short) or _in_bracket(block, begin, cut)


def _is_short(before: str, after: str, short: Abbreviations) -> bool:
    found = _LAST_WORD.search(before[-30:])
    if found is None:
        return False
    word = found.group(1).lower().lstrip("(“\"‘[")
    if word in short.never_last:
        return True
    if word not in short.maybe_last and not (len(word) == 1 and word.isalpha() and found.group(1).isupper()):
        return False
    first = _FIRST_WORD.match(after)
    return first is not None and first.group(1) not in short.starters


def _in_bracket(block: str, begin: int, cut: int) -> bool:
    depth = block.count("(", begin, cut) - block.count(")", begin, cut)
    if depth <= 0:
        return False
    close = block.find(")", cut, cut + _REACH)
    return close >= 0 and block.count("(", cut, close) == 0


def _trim(text: str, start: int, end: int, cuts: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in [*(start + cut for cut in cuts), end]:
        low, high = begin, cut
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if high > low:
            spans.append((low, high))
        begin = cut
    return spans
