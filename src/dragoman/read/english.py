"""Cuts English blocks into sentences.

Every full stop before something that can start a sentence is a candidate. One behind an ordinary word is
an end; a doubtful one (short or capital words, initials, abbreviations) is decided by nupunkt's model, whose
verdict the abbreviations of the pack overrule.
"""

from __future__ import annotations

import re

from nupunkt import sent_spans

from dragoman.read.cues import Abbreviations, abbreviations

_CANDIDATE = re.compile(r"[.!?…][\"”’'»)\]*]*\s+(?![a-z\s])")
_WORD_EDGE = re.compile(r"[\s(“\"‘\[—–/-]+")
_FIRST_WORD = re.compile(r"[“\"‘'(\[]*([A-Za-z’']+|\d+|\S)")
_ONLY_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)\]]+")
_VOWEL = re.compile("[aeiouy]")
_LONGEST_NUMBER = 6
_SURE_TAIL = 4
"""Lower-case letters at its end that make a word an ordinary one, not an abbreviation."""
_SURE_SIGNS = frozenset('!?…0123456789)]%”"')
_LONGEST_WORD = 30
_REACH = 400
"""Characters within which a bracket must close for a full stop inside it to be no end."""


def english_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a block as offsets into the text, without surrounding white space.

    Args:
        text: the whole text.
        start: start of the block, without surrounding white space.
        end: its end.
    """
    spans: list[tuple[int, int]] = []
    short = abbreviations()
    begin = start
    asked: set[int] | None = None
    for found in _CANDIDATE.finditer(text, start, end):
        sign, cut = found.start(), found.end()
        if cut >= end:
            break
        verdict = _verdict(text, begin, sign, cut, short)
        if verdict is None:
            if asked is None:
                asked = {start + at for _, at in sent_spans(text[start:end])}
            verdict = cut in asked
        if verdict and not _is_inside(text, begin, sign, cut):
            spans.append((begin, sign + len(found.group().rstrip())))
            begin = cut
    spans.append((begin, end))
    return spans


def _verdict(text: str, begin: int, sign: int, cut: int, short: Abbreviations) -> bool | None:
    """Return whether a candidate ends a sentence, or None where its word is doubtful."""
    if text[sign] != "." or text[sign - 1] in _SURE_SIGNS:
        return True
    tail = text[sign - _SURE_TAIL : sign]
    if _is_ordinary(tail) and tail not in short.tails and sign - _SURE_TAIL >= begin:
        return True
    word = _WORD_EDGE.split(text[max(begin, sign - _LONGEST_WORD) : sign])[-1]
    return _word_verdict(word, text, cut, short)


def _word_verdict(word: str, text: str, cut: int, short: Abbreviations) -> bool | None:
    """Return whether the word before a full stop ends a sentence, or None where it is doubtful."""
    low = word.lower()
    if low in short.never_last:
        return False
    if low in short.before_number:
        return not text[cut].isdecimal()
    if low in short.maybe_last or (len(word) == 1 and word.isupper() and word != "I"):
        first = _FIRST_WORD.match(text, cut, cut + _LONGEST_WORD)
        return first is not None and first.group(1) in short.starters
    if low in short.whole:
        return True
    spelled = word == low and word.isalpha() and _VOWEL.search(word)
    return True if spelled or _is_ordinary(word[-_SURE_TAIL:]) else None


def _is_ordinary(tail: str) -> bool:
    return tail.islower() and tail.isalpha() and len(tail) == _SURE_TAIL


def _is_inside(text: str, begin: int, sign: int, cut: int) -> bool:
    """Whether a full stop belongs to the number of an item, or to a bracket that is still open."""
    if sign - begin < _LONGEST_NUMBER and _ONLY_NUMBER.fullmatch(text, begin, sign + 1):
        return True
    return _in_bracket(text, begin, cut)


def _in_bracket(text: str, begin: int, cut: int) -> bool:
    opened = text.count("(", begin, cut)
    if not opened or opened <= text.count(")", begin, cut):
        return False
    close = text.find(")", cut, cut + _REACH)
    return close >= 0 and text.count("(", cut, close) == 0
