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
UNDETERMINED = r"(?<!\bthe\s)(?<!\bour\s)(?<!\bits\s)(?<!\btheir\s)(?<!['’]s\s)(?<!\bto\s)"
"""Behind none of these: what is spoken of is held as often already."""
LONGEST_EVENT = 12
"""Words of an event that a deadline hangs on."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the English grammar of time knows.

    Attributes:
        pattern: one alternation; the name of the group that matched tells the class of expression.
        locator: the same for a text in small letters, in which it finds where to look sooner.
        sieve: lets through the stretches in which an expression of time can stand.
        own: the events that are the document's own: "the date of this order".
        words: the tables of the pack (months, seasons, numbers, units, recurring).
    """

    pattern: re.Pattern[str]
    locator: re.Pattern[str]
    sieve: Sieve
    own: re.Pattern[str]
    words: Mapping[str, Any]


@cache
def load_times() -> Times:
    """Return the patterns of the shipped words."""
    pack = load_pack(PACK)
    pattern = pattern_of(pack)
    own = re.compile(own_event(pack), re.IGNORECASE)
    return Times(re.compile(pattern, re.IGNORECASE), re.compile(pattern), Sieve(telling_words(pack)), own, pack)


def own_event(pack: Mapping[str, Any]) -> str:
    """Return the pattern of events that are the document's own day: its date, issuance or publication."""
    issuing, own = either(pack["issuing"]), either(pack["self_events"])
    return rf"(?:(?:the\s+)?(?:{issuing})\s+(?:of\s+)?)*(?:{own})(?!\w|\s+(?:of|receives|comes|enters|takes|is)\b)"


def telling_words(pack: Mapping[str, Any]) -> Iterator[str]:
    """Yield words of which one stands in every expression of time: figures, units, names, fixed phrases."""
    yield from "0123456789"
    for table in ("months", "seasons", "units", "recurring", "habits", "vague", "occasions", "weekdays"):
        yield from pack[table]
    yield from (
        "before ",
        "tomorrow",
        "quarter",
        "decade",
        "prior to ",
        "in advance of the",
        "ahead of the",
        "hour",
    )
    yield from (f"{led} {word}" for led in ("following", "upon") for word in ("the ", *pack["led_events"]))
    yield from ("times a year", " half", "session")


YEAR, DAY = r"(?:19|20)\d\d", r"\d{1,2}(?:st|nd|rd|th)?"


def dates(pack: Mapping[str, Any]) -> str:
    """Return the alternation of what names a day or a stretch of the calendar, the longer first."""
    month, season, year, day = either(pack["months"]), either(pack["seasons"]), YEAR, DAY
    part = rf"(?:early|mid|late)[\s-]+(?:{year}s|this\s+decade)"
    return (
        rf"(?:the\s+)?{part}|(?:the\s+)?{year}s|(?:{month})\.?\s+{day}(?:,?\s+{year})?|{day}\s+(?:of\s+)?(?:{month})\.?(?:,?\s+{year})?"
        rf"|(?:(?:early|mid|late)[\s-]+)?(?:{month})\.?(?:,?\s+(?:of\s+)?{year})?|(?:early|mid|late)[\s-]+{year}"
        rf"|(?:the\s+)?(?:(?:end|close|middle|start|beginning)\s+of\s+(?:the\s+)?)?(?:(?:calendar|fiscal)\s+year\s+|fy\s?)?{year}"
        rf"|(?:the\s+)?(?:end|close)\s+of\s+(?:the|this|next|the\s+current|the\s+calendar|the\s+fiscal)\s*(?:calendar\s+|fiscal\s+)?(?:year|month|decade)"
        r"|(?:this|the\s+current)\s+decade"
        rf"|(?:the\s+)?(?:(?:first|second|third|fourth)\s+quarter|q[1-4]|(?:first|second)\s+half)(?:\s+of)?\s+(?:{year}|the\s+year|this\s+year|next\s+year)"
        rf"|(?:the\s+)?(?:(?:end\s+of|this|next|early|late|coming)\s+(?:the\s+)?)?(?:{season})(?:\s+(?:of\s+)?{year})?"
        rf"|(?:the\s+)?(?:first|second|third|fourth)\s+(?:quarter|half)(?!\s+of)"
        rf"|(?:this|next)\s+(?:month|year|week)|year[\s-]end|(?:the\s+)?year['’]s\s+end"
        rf"|(?:(?:this|next|the\s+coming)\s+)?(?:{either(pack['weekdays'])})|tomorrow"
    )


def pattern_of(pack: Mapping[str, Any]) -> str:
    """Return the alternation of all classes of expression, the more definite first."""
    month, season, year, day = either(pack["months"]), either(pack["seasons"]), YEAR, DAY
    count = rf"(?:\d{{1,3}}|{either(pack['numbers'])})(?:\s*\(\d+\))?"
    unit = either(pack["units"])
    date = dates(pack)
    occasion, habitual = either(pack["occasions"]), f"(?:{either(pack['habitual'])})"
    late = r"(?:no|not)\s+later\s+than"
    several = rf"(?:{count}\s*(?:to|or|-|–)\s*)?"
    times = r"(?:times|sessions|meetings|rounds|exercises|reviews|reports)"
    leads = (
        rf"by(?:\s+or\s+before)?|before|until|{late}|(?:prior\s+to|in\s+advance\s+of|ahead\s+of)(?:\s+the)?"
        r"|on\s+or\s+before|through|(?:beginning|starting|commencing)\s+(?:in|on|from)|as\s+early\s+as|effective"
        r"|as\s+of|from|later|within|in|on|during"
    )
    whose = r"(?:the|his|her|its|their|our)"
    classes = {
        "bound": rf"(?:(?:by\s+)?{late}|within|(?:with)?in\s+{whose}(?=\s+first)|at\s+(?:least|most)"
        rf"|no\s+more\s+than)\s+{counted(count, unit, 5)}\s+"
        rf"(?:of|in|after|from|following|prior\s+to|before)\s+{event(5)}",
        "relative": rf"(?<!\bafter )(?<!\bof ){counted(count, unit, 1)}\s+"
        rf"(?:after|from|following|prior\s+to|before)\s+{event(1)}",
        "ahead": r"(?P<begin>(?:beginning|starting|commencing)\s+)?(?:within|over|in|during|for|throughout)\s+"
        rf"(?:the\s+)?(?:next|coming|following|ensuing)\s+(?:{several}(?P<n2>{count})\s+)?(?P<u2>{unit})\b"
        rf"(?!\s+(?:and|or)\s+(?:{unit}))",
        "hours": rf"(?:within|(?:no|not)\s+(?:later|more)\s+than|in)\s+{count}[\s-]+hours?\b"
        rf"(?:\s+(?:of|after|from|following|before|prior\s+to)\s+{event(7)})?",
        "within": rf"(?:within|in\s+(?:no\s+more\s+than|under))\s+{several}(?P<n3>{count})[\s-]+(?P<u3>{unit})\b",
        "every": rf"(?:at\s+least\s+)?every\s+(?P<n4>{count})\s+(?P<u4>{unit})\b",
        "counted": rf"(?:at\s+least\s+)?(?P<n9>{count})\s+{times}\s+(?:a|per|each|every)\s+year",
        "season": rf"(?:each|every)\s+(?:{month}|{season})\b",
        "yearly": rf"(?:by|before|on|{late})\s+(?:(?:{month})\.?\s+{day}|{day}\s+(?:of\s+)?(?:{month})|the\s+end)"
        r"(?:,|\s+of)?\s+(?:each|every)\s+(?:calendar\s+|fiscal\s+|financial\s+)?year"
        rf"|(?:each|every)\s+year,?\s+(?:by|before|on|{late})\s+(?:(?:{month})\.?\s+{day}|{day}\s+(?:of\s+)?(?:{month})|the\s+end)\b",
        "recurring": rf"(?P<often>{either(pack['recurring'])})(?:\s+thereafter)?",
        "habit": rf"(?:(?<=\ba\s)|(?<=\ban\s)|{UNDETERMINED}(?=[\w-]+\s+(?:[\w-]+\s+){{0,2}}{habitual}s\b))"
        rf"(?P<habitual>{either(pack['habits'])})(?=\s+(?:[\w-]+\s+){{0,2}}{habitual}s?\b)",
        "span": rf"(?:from|between)\s+(?:{month})?\s*{year}\s*(?:to|through|until|and|[-–])\s*"
        rf"(?P<until>(?:(?:{month})\s+)?{year})",
        "tomorrow": r"(?<!\bof\s)tomorrow(?!['’]s)",
        "dated": rf"(?P<lead>{leads})\s+(?:the\s+end\s+of\s+)?(?<![\w-])(?P<date>{date})(?![\w-])"
        rf"(?:(?<!the\s\d\d\d\d)|(?!\s+(?:{occasion})s?\b))"
        r"(?:\s+at\s+the\s+latest)?",
        "bare": rf"(?P<bare_date>(?:this|next)\s+(?:year|month|{season}|(?:calendar|fiscal)\s+year)|year[\s-]end)",
        "occasion": rf"(?:by|before|at|{late}|prior\s+to|in\s+advance\s+of|ahead\s+of|looking\s+to|until|during)"
        rf"\s+(?:the|our|its|their|each)\s+(?:next|upcoming|forthcoming|following|{year})\s+(?:[^\s,;:()]+\s+){{0,6}}?"
        rf"(?:{occasion})s?\b(?:\s+meeting)?|at\s+its\s+[a-z]+(?:-[a-z]+)?\s+(?:{occasion})\b",
        "before": r"(?:(?:in\s+advance\s+of|ahead\s+of)\s+(?=the\s)"
        rf"|prior\s+to\s+(?=(?:{either(pack['prior_to'])})\b|[a-z]+ing\b)|before\s+(?=[a-z]+ing\b)"
        r"|before\s+(?=(?:the|an?|any|each|such|its|their|they|it|he|she|we)\s)"
        rf"(?!the\s+(?:{either(pack['heard_by'])})\b))"
        rf"{event(6)}",
        "led": rf"(?:following|upon)\s+(?:the\s+)?(?:{either(pack['led_events'])})\b(?:\s+of\s+{event(8)})?",
        "vague": either(pack["vague"]),
    }
    inner = "|".join(f"(?P<{name}>{body})" for name, body in classes.items())
    return rf"(?<![\w-])(?:{inner})(?![\w-])"


def counted(count: str, unit: str, number: int) -> str:
    """Return the pattern of a counted unit, its groups numbered."""
    return rf"(?:the\s+)?(?:first\s+)?(?P<n{number}>{count})\s+(?P<u{number}>{unit})"


def event(number: int) -> str:
    """Return the pattern of the words of an event, its group numbered; the dots of "U.S." do not end it."""
    word = r"(?:(?:[a-z]\.){2,}|[^\s,.;:()]+)"
    return rf"(?P<e{number}>(?:the\s+)?(?:{word}\s?){{1,{LONGEST_EVENT}}})"
