"""The noun tables of the Chinese grammar, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import load_pack

PACK = "lexicons/zh/nouns.yaml"


@dataclass(frozen=True, slots=True)
class Tables:
    """See `data/lexicons/zh/nouns.yaml`.

    Attributes:
        law, named, meetings: find such a noun.
        money: finds a sum or a count.
        bodies: finds a body that is founded.
        many: words of an indefinite number of measures.
        states: one-character names of states.
        act_stems, noun_stems: last words of stems whose items are acts, or only named.
        one: finds a numeral or name of something single.
        includes: words after which a list only names.
        advice_sections: section titles under which imperatives are advice.
        agreements, statutes: kinds of document.
    """

    law: re.Pattern[str]
    named: re.Pattern[str]
    meetings: re.Pattern[str]
    money: re.Pattern[str]
    bodies: re.Pattern[str]
    many: tuple[str, ...]
    states: str
    act_stems: tuple[str, ...]
    noun_stems: tuple[str, ...]
    includes: tuple[str, ...]
    one: re.Pattern[str]
    advice_sections: tuple[str, ...]
    agreements: frozenset[str]
    statutes: frozenset[str]


@cache
def load_tables() -> Tables:
    """Return the tables of the shipped pack."""
    pack = load_pack(PACK)
    return Tables(
        law=any_of(pack["law"]),
        named=any_of(pack["named"]),
        meetings=any_of(pack["meetings"]),
        bodies=any_of(pack["bodies"]),
        many=tuple(pack["many"]),
        states=pack["states"],
        money=re.compile(r"[\d一二三四五六七八九十百]\s*(?:余|多)?\s*(?:" + "|".join(pack["units"]) + ")"),
        act_stems=tuple(pack["act_stems"]),
        noun_stems=tuple(pack["noun_stems"]),
        includes=tuple(pack["includes"]),
        one=any_of(pack["one"]),
        advice_sections=tuple(pack["advice_sections"]),
        agreements=frozenset(pack["agreements"]),
        statutes=frozenset(pack["statutes"]),
    )


def any_of(words: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, longest first."""
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
