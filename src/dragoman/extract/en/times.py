"""Patterns of English expressions of time, built once from the words in data/lexicons/en/deadlines.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.extract.patterns import either
from dragoman.lexicon import Sieve, load_pack

PACK = "lexicons/en/deadlines.yaml"


@dataclass(frozen=True, slots=True)
class Times:
    """What the English grammar of time knows.

    Attributes:
        pattern: one alternation; the name of the group that matched tells the class of expression.
        locator: the same for a text in small letters, in which it finds where to look sooner.
        sieve: lets through the stretches in which an expression of time can stand.
        words: the tables of the pack (months, seasons, numbers, units, recurring).
    """

    pattern: re.Pattern[str]
    locator: re.Pattern[str]
    sieve: Sieve
    words: Mapping[str, Any]


@cache
def load_times() -> Times:
    """Return the patterns of the shipped words."""
    pack = load_pack(PACK)
    pattern = pattern_of(pack)
    return Times(re.compile(pattern, re.IGNORECASE), re.compile(pattern), Sieve(telling_words(pack)), pack)


def telling_words(pack: Mapping[str, Any]) -> Iterator[str]:
    """Yield words of which one stands in every expression of time: figures, units, names, fixed phrases."""
    yield from "0123456789"
    for table in ("months", "seasons", "units", "recurring", "vague", "occasions"):
        yield from pack[table]
    yield from ("quarter", "decade", "prior to the", "in advance of the", "ahead of the")


def pattern_of(pack: Mapping[str, Any]) -> str:
    """Return the alternation of all classes of expression, the more definite first."""
    month, season = either(pack["months"]), either(pack["seasons"])
    count = rf"(?:\d{{1,3}}|{either(pack['numbers'])})(?:\s*\(\d+\))?"
    unit = either(pack["units"])
    year = r"(?:19|20)\d\d"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    date = (
        rf"(?:{month})\.?\s+{day}(?:,?\s+{year})?|{day}\s+(?:of\s+)?(?:{month})\.?(?:,?\s+{year})?"
        rf"|(?:(?:early|mid|late)[\s-]+)?(?:{month})\.?(?:,?\s+(?:of\s+)?{year})?|(?:early|mid|late)[\s-]+{year}"
        rf"|(?:the\s+)?(?:(?:end|close|middle|start|beginning)\s+of\s+(?:the\s+)?)?(?:(?:calendar|fiscal)\s+year\s+|fy\s?)?{year}"
        rf"|(?:the\s+)?(?:end|close)\s+of\s+(?:the|this|next|the\s+current|the\s+calendar|the\s+fiscal)\s*(?:calendar\s+|fiscal\s+)?(?:year|month|decade)"
        rf"|(?:the\s+)?(?:(?:first|second|third|fourth)\s+quarter|q[1-4]|(?:first|second)\s+half)(?:\s+of)?\s+(?:{year}|the\s+year|this\s+year|next\s+year)"
        rf"|(?:the\s+)?(?:(?:end\s+of|this|next|early|late|coming)\s+(?:the\s+)?)?(?:{season})(?:\s+(?:of\s+)?{year})?"
        rf"|(?:this|next)\s+(?:month|year|week)|year[\s-]end|(?:the\s+)?year['’]s\s+end"
    )
    occasion = either(pack["occasions"])
    late = r"(?:no|not)\s+later\s+than"
    leads = (
        rf"by(?:\s+or\s+before)?|before|until|{late}|prior\s+to|in\s+advance\s+of|on\s+or\s+before|through"
        r"|beginning\s+(?:in|on)|starting\s+(?:in|on)|effective|as\s+of|from|later|in|on|during"
    )
    classes = {
        "relative": rf"(?:(?:by\s+)?{late}\s+|within\s+|at\s+least\s+)?(?P<n1>{count})\s+(?P<u1>{unit})\s+"
        r"(?:of|after|from|following|prior\s+to|before)\s+(?P<event>(?:the\s+)?(?:[^\s,.;:()]+\s?){1,9})",
        "ahead": r"(?P<begin>(?:beginning|starting|commencing)\s+)?(?:within|over|in|during|for|throughout)\s+"
        rf"(?:the\s+)?(?:next|coming|following|ensuing)\s+(?:(?P<n2>{count})\s+)?(?P<u2>{unit})\b"
        rf"(?!\s+(?:and|or)\s+(?:{unit}))",
        "within": rf"(?:within|in\s+(?:no\s+more\s+than|under))\s+(?P<n3>{count})[\s-]+(?P<u3>{unit})\b",
        "every": rf"(?:at\s+least\s+)?every\s+(?P<n4>{count})\s+(?P<u4>{unit})\b",
        "recurring": rf"(?P<often>{either(pack['recurring'])})(?:\s+thereafter)?",
        "dated": rf"(?P<lead>{leads})\s+(?:the\s+end\s+of\s+)?(?<![\w-])(?P<date>{date})(?![\w-])"
        r"(?:\s+at\s+the\s+latest)?",
        "bare": rf"(?P<bare_date>(?:this|next)\s+(?:year|month|{season}|(?:calendar|fiscal)\s+year)|year[\s-]end)",
        "occasion": r"(?:by|before|at|prior\s+to|in\s+advance\s+of|ahead\s+of|looking\s+to|until|during)\s+"
        r"(?:the|our|its|their|each)\s+(?:next|upcoming|forthcoming|following)\s+(?:[^\s,;:()]+\s+){0,6}?"
        rf"(?:{occasion})s?\b(?:\s+meeting)?",
        "before": r"(?:prior\s+to|in\s+advance\s+of|ahead\s+of)\s+the\s+(?:[^\s,.;:()]+\s?){1,9}",
        "vague": either(pack["vague"]),
    }
    inner = "|".join(f"(?P<{name}>{body})" for name, body in classes.items())
    return rf"(?<![\w-])(?:{inner})(?![\w-])"
