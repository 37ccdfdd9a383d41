"""Compares what says no in a link: a "not" that is lost, a 不 that is added, a denial that became a grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.force_difference import Direction, Gravity, Remark
from dragoman.terms.markers import PACK, pattern_of, plain
from dragoman.terms.remarks import remark

CLAUSE = re.compile("[,，;；]")
ABLE = re.compile(r"\b(?:[a-z]{3,}able|[a-z]{3,}ible)\b")
GRANT = re.compile("(?:任何|一切|所有|各)[^,，;；。]{0,16}?(?:均可|都可|皆可|可以|可|有权)")


@cache
def english_no() -> re.Pattern[str]:
    """Return what says no in English."""
    return pattern_of(load_pack(PACK)["negation"]["en"], Language.EN)


@cache
def english_less() -> re.Pattern[str]:
    """Return the English words that say no without "not"."""
    return pattern_of(load_pack(PACK)["negation"]["en_words"], Language.EN)


@cache
def chinese_no() -> re.Pattern[str]:
    """Return what says no in Chinese."""
    return pattern_of(load_pack(PACK)["negation"]["zh"], Language.ZH)


@cache
def chinese_words() -> re.Pattern[str]:
    """Return the Chinese words with a 不 or 无 in them that need no English "not"."""
    return pattern_of(load_pack(PACK)["negation"]["zh_words"], Language.ZH)


@cache
def chinese_answers() -> re.Pattern[str]:
    """Return what may answer an English "not"."""
    return pattern_of(load_pack(PACK)["negation"]["zh_answers"], Language.ZH)


def compare_negation(english: str, chinese: str) -> Iterator[Remark]:
    """Yield where one version says no and the other does not.

    Args:
        english: words of a link.
        chinese: its words in the other version.
    """
    first, second = plain(english, Language.EN), plain(chinese, Language.ZH)
    noes = [hit.group() for hit in english_no().finditer(first)]
    answers = len(chinese_answers().findall(second))
    if len(noes) > answers:
        values = {"en": noes[-1]}
        yield remark("negation-lost", Gravity.MAJOR, "negation", values)
        return
    masked = chinese_words().sub(lambda hit: "·" * len(hit.group()), second)
    said = list(chinese_no().finditer(masked))
    if len(said) > len(noes) + len(english_less().findall(first)):
        at = said[-1].start()
        yield remark("negation-added", Gravity.MAJOR, "negation", {"zh": chinese[at : at + 4]})
    yield from granted(first, second, chinese)


def granted(english: str, chinese: str, written: str) -> Iterator[Remark]:
    """Yield a right that the English denies and a clause of the Chinese grants to anybody.

    In English the adjective after "not ... any right ... enforceable by any party" stays under the negation; as a
    clause of its own, 任何一方均可, it does not.
    """
    able = [hit for hit in ABLE.finditer(english) if english_no().search(english, 0, hit.start())]
    start = 0
    for number, clause in enumerate(CLAUSE.split(chinese)):
        hit = GRANT.search(clause)
        if number and hit and able and not chinese_no().search(clause):
            words = written[start + hit.start() : start + hit.end()]
            values = {"en": able[-1].group(), "zh": words}
            yield remark("negation-scope", Gravity.MAJOR, "negation", values, Direction.NONE)
        start += len(clause) + 1
