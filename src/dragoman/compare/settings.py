"""Weights, thresholds and words of lineage, from `data/compare/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack

PACK, WORDING = "compare/lineage.yaml", "compare/wording.yaml"


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Which links are kept; what each number does stands beside it in the pack."""

    least: float
    faintest: float
    least_crossed: float
    split: float
    merge: float
    merge_share: float
    returns: float
    older: float
    oldest: float
    continued: float
    verbatim: float
    opposed: float
    usual: float
    reach: int


@dataclass(frozen=True, slots=True)
class IndexRules:
    """How candidates are looked up."""

    traits: int
    postings: int
    candidates: int
    common: float


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """The figures of lineage.

    Attributes:
        traits: weight of a trait by its kind.
        links: which links are kept.
        index: how candidates are looked up.
        labels: points by field, and what decides a label.
        moved_below: likeness of section titles below which a provision has moved, 0 to 100.
        plain: words that tell little, as they are spelt.
    """

    traits: Mapping[str, float]
    links: LinkRules
    index: IndexRules
    labels: Mapping[str, float]
    moved_below: float
    plain: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Words that lineage looks for.

    Attributes:
        ongoing: patterns of triggers of what goes on.
        keeping: pattern of an act that keeps a promise while it goes on.
        dealings: beginnings of verbs that deliver nothing by themselves.
        summaries: words in the kind of a document that only sums up.
        ordinals: pattern of an ordinal of a gathering; group "word".
        numbers: the number of each ordinal word.
        gathers: pattern of an act that fixes a meeting.
        widens: pattern of an act that makes more of what is there.
        bans: pattern of an act that forbids or ends something.
        goes_on: pattern of the beginning of an act that goes on as before.
        explores: pattern of the beginning of an act that only looks for something to do.
        tasks: pattern of a trigger that tells a group what to do.
        formal: pattern of the beginning of a condition that only says that law or a framework is kept.
    """

    ongoing: tuple[re.Pattern[str], ...]
    keeping: re.Pattern[str]
    dealings: tuple[str, ...]
    summaries: tuple[str, ...]
    ordinals: re.Pattern[str]
    numbers: Mapping[str, int]
    gathers: re.Pattern[str]
    widens: re.Pattern[str]
    bans: re.Pattern[str]
    goes_on: re.Pattern[str]
    explores: re.Pattern[str]
    tasks: re.Pattern[str]
    formal: re.Pattern[str]


def settings_of(pack: Mapping[str, Any]) -> Settings:
    """Return the figures of a pack."""
    return Settings(
        traits=pack["traits"],
        links=LinkRules(**pack["links"]),
        index=IndexRules(**pack["index"]),
        labels=pack["labels"],
        moved_below=pack["moved_below"],
        plain=frozenset(str(pack["plain"]).split()),
    )


def wording_of(pack: Mapping[str, Any]) -> Wording:
    """Return the words of a pack."""
    numbers = {str(word): int(number) for number, words in pack["ordinals"].items() for word in words}
    return Wording(
        ongoing=tuple(re.compile(pattern, re.IGNORECASE) for pattern in pack["ongoing"]),
        keeping=re.compile(pack["keeping"], re.IGNORECASE),
        dealings=tuple(pack["dealings"]),
        summaries=tuple(pack["summaries"]),
        ordinals=ordinal_pattern(numbers, pack["gatherings"]),
        numbers=numbers,
        gathers=re.compile(pack["gathers"], re.IGNORECASE),
        widens=re.compile(pack["widens"], re.IGNORECASE),
        bans=re.compile(pack["bans"], re.IGNORECASE),
        goes_on=re.compile(pack["goes_on"], re.IGNORECASE),
        explores=re.compile(pack["explores"], re.IGNORECASE),
        tasks=re.compile(pack["tasks"], re.IGNORECASE),
        formal=re.compile(pack["formal"], re.IGNORECASE),
    )


def ordinal_pattern(ordinals: Mapping[str, int], gatherings: list[str]) -> re.Pattern[str]:
    """Return the pattern of an ordinal with its gathering, up to four words behind it."""
    by_length = sorted(ordinals, key=len, reverse=True)
    latin = "|".join(word for word in by_length if word.isascii())
    han = "|".join(word for word in by_length if not word.isascii())
    of_latin = "|".join(word for word in gatherings if word.isascii())
    of_han = "|".join(word for word in gatherings if not word.isascii())
    between = r"(?:[\s-]+[\w.&’'/()“”-]+){0,6}?[\s-]+"
    return re.compile(rf"\b(?P<word>{latin})\b{between}(?:{of_latin})\b|(?P<han>{han})(?:{of_han})", re.IGNORECASE)


@cache
def load_settings() -> Settings:
    """Return the shipped figures. Raises PackFaultError where the pack is wrong."""
    return settings_of(load_pack(PACK))


@cache
def load_wording() -> Wording:
    """Return the shipped words. Raises PackFaultError where the pack is wrong."""
    return wording_of(load_pack(WORDING))
