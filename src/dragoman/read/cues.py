"""Words and thresholds of the reader, compiled once from the packs in `data/reading`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon.packs import load_pack

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
"""Ranges of Chinese characters, for use inside a character class."""

NUMERAL_ZH = "〇零一二三四五六七八九十百千"


@dataclass(frozen=True, slots=True)
class HeadingCues:
    """Words that make or unmake a heading.

    Attributes:
        ranks: rank of a section word or numbering style; a lower rank encloses a higher one.
        section_en: pattern of an English section number ("Sec. 3.").
        section_zh: pattern of a Chinese section number ("第三节").
        inline_zh: pattern of a heading word at the start of its own text ("政策").
        small: lower-case words that a title may hold.
        verbs: lower-case words that make a line a clause.
        verbs_to: pattern of words that make a clause with "to" behind them, and are nouns without.
        verbs_zh: pattern of Chinese words that make a line a clause.
        saying_zh: endings that make a colon introduce speech or a list.
    """

    ranks: Mapping[str, int]
    section_en: str
    section_zh: str
    inline_zh: re.Pattern[str]
    small: frozenset[str]
    verbs: frozenset[str]
    verbs_to: re.Pattern[str]
    verbs_zh: re.Pattern[str]
    saying_zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """When a full stop does not end an English sentence.

    Attributes:
        never_last: words that announce what follows, without their last full stop, lower case.
        maybe_last: words that end a sentence only before a starter, lower case.
        before_number: words that announce a number, and are ordinary words without one, lower case.
        whole: short words that end a sentence although they look like abbreviations, lower case.
        starters: words that start a sentence.
        tails: last four letters of the abbreviations that have as many.
    """

    never_last: frozenset[str]
    maybe_last: frozenset[str]
    before_number: frozenset[str]
    whole: frozenset[str]
    starters: frozenset[str]
    tails: frozenset[str]


@dataclass(frozen=True, slots=True)
class FurnitureCues:
    """Signs of what stands around a text.

    Attributes:
        lines: role of a whole line, case folded.
        contains: words that a short line of furniture holds, case folded, with their role.
        contains_ascii: those of them that an ASCII line can hold.
        notices: pattern of a document site's notice.
        zones: role that a heading opens, case folded.
        promulgation: pattern of the line under the title of a law.
        byline: pattern of a line that names an author's office.
        thresholds: see the pack.
    """

    lines: Mapping[str, str]
    contains: tuple[tuple[str, str], ...]
    contains_ascii: tuple[tuple[str, str], ...]
    notices: re.Pattern[str]
    zones: Mapping[str, str]
    promulgation: re.Pattern[str]
    byline: re.Pattern[str]
    thresholds: Mapping[str, float]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches one of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def heading_cues() -> HeadingCues:
    """Return the cues of headings."""
    pack = load_pack("reading/headings.yaml")
    english, chinese = pack["sections_en"], pack["sections_zh"]
    ranks = dict(pack["ranks"])
    for entry in (*english, *chinese):
        ranks |= {word.lower().rstrip("."): entry["rank"] for word in entry["words"]}
    words = [word for entry in english for word in entry["words"]]
    words += [word.upper() for word in words if word != word.upper()]
    return HeadingCues(
        ranks=ranks,
        section_en=any_of(words),
        section_zh=any_of(word for entry in chinese for word in entry["words"]),
        inline_zh=re.compile(any_of(pack["inline_zh"])),
        small=frozenset(pack["small_words_en"]),
        verbs=frozenset(pack["verbs_en"]),
        verbs_to=re.compile(rf"\b(?:{any_of(pack['verbs_to_en'])}) to\b"),
        verbs_zh=re.compile("|".join(apart(verb, pack["words_zh"]) for verb in pack["verbs_zh"])),
        saying_zh=tuple(pack["saying_zh"]),
    )


def apart(verb: str, words: Iterable[str]) -> str:
    """Return the pattern of a Chinese verb that is not part of one of some longer words: 应, but not in 供应."""
    pattern = re.escape(verb)
    for word in words:
        before, found, after = word.partition(verb)
        if found and before and not after:
            pattern = rf"(?<!{re.escape(before)}){pattern}"
        elif found and after and not before:
            pattern = rf"{pattern}(?!{re.escape(after)})"
    return pattern


@cache
def abbreviations() -> Abbreviations:
    """Return the abbreviations of English."""
    pack = load_pack("reading/abbreviations.yaml")
    never_last = frozenset(word.lower() for word in pack["never_last"])
    maybe_last = frozenset(word.lower() for word in pack["maybe_last"])
    return Abbreviations(
        never_last=never_last,
        maybe_last=maybe_last,
        before_number=frozenset(word.lower() for word in pack["before_number"]),
        whole=frozenset(word.lower() for word in pack["whole"]),
        tails=frozenset(word[-4:] for word in never_last | maybe_last),
        starters=frozenset(str(word) for word in pack["starters"]),
    )


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the numbers of the English months, short names included."""
    return dict(load_pack("reading/metadata.yaml")["months"])


@cache
def dateline_pattern() -> re.Pattern[str]:
    """Return the pattern of a line that holds nothing but a date, in English with a place before it."""
    month = any_of(month_numbers())
    day = r"\d{1,2}"
    english = rf"\(?(?:(?:{month})\.?\s{day},?\s\d{{4}}|{day}\s(?:{month})\.?\s\d{{4}})\)?\.?"
    chinese = rf"\d{{4}}\s?年\s?{day}\s?月(?:\s?{day}\s?日)?"
    clock = r"\d{1,2}:\d\d\s?[AaPp]\.?[Mm]\.?(?:\s[A-Z]{2,4}(?:\s\([A-Z][\w ]+\))?)?"
    lead = r"[A-Z][\w .]{1,30},\s|[A-Z][a-z]{3,9}:?\s(?:on\s)?"
    return re.compile(rf"{clock}|(?:{lead})?{english}|\d{{4}}-{day}-{day}|{chinese}")


@cache
def furniture_cues() -> FurnitureCues:
    """Return the cues of furniture."""
    pack = load_pack("reading/furniture.yaml")
    contains = [(str(word).casefold(), role) for role, words in pack["contains"].items() for word in words]
    return FurnitureCues(
        lines=_roles(pack["lines"]),
        contains=tuple(contains),
        contains_ascii=tuple(one for one in contains if one[0].isascii()),
        notices=re.compile(any_of(pack["notices"])),
        zones=_roles(pack["zones"]),
        promulgation=re.compile(rf"[（(〔].*(?:{any_of(pack['promulgation'])}).*[）)〕]"),
        byline=re.compile(any_of(pack["bylines"])),
        thresholds=pack["thresholds"],
    )


def _roles(table: Mapping[str, list[Any]]) -> dict[str, str]:
    return {str(word).casefold(): role for role, words in table.items() for word in words}
