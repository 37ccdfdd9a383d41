"""The tables of the Chinese grammar: nouns that make a measure concrete, and small sets of words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack

PACK = "lexicons/zh/words.yaml"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """See `data/lexicons/zh/words.yaml`, where each set is described under the same name.

    Patterns find a noun of law, something that exists by name, a meeting, a body, a sum or count, or a word of
    something single; the rest are sets of words.
    """

    law: re.Pattern[str]
    named: re.Pattern[str]
    meetings: re.Pattern[str]
    bodies: re.Pattern[str]
    money: re.Pattern[str]
    one: re.Pattern[str]
    numbered: re.Pattern[str]
    placing: re.Pattern[str]
    requests: re.Pattern[str]
    means: re.Pattern[str]
    states: re.Pattern[str]
    many: Words
    act_stems: Words
    noun_stems: Words
    thing_stems: Words
    includes: Words
    following: Words
    announcing: re.Pattern[str]
    advice_sections: Words
    agreements: Words
    plans: Words
    enacted: Words
    reopening: Words
    inner: Words
    topics: Words
    topic_ends: Words
    joining: Words
    close_words: Words
    times: Words
    with_object: Words
    impersonal: Words
    proposing: Words
    heads: Words
    ours: Words
    home: Words
    general: Words
    scopes: Words
    making: Words
    covering: Words
    possible: Words
    beliefs: Words
    guessing: Words
    estimates: Words
    asides: Words
    growing: Words
    letters: re.Pattern[str]
    directions: Words
    putting: Words
    announcers: Words
    changing: Words
    journeys: Words
    titles: Words
    causing: Words
    sides: Words
    speaking: Words
    hereby: Words
    releases: Words
    proclamations: Words
    programmes: Words
    instructing: Words
    helping: Words
    motives: Words
    outlook: Words
    commencing: Words
    organs: Words
    for_that: Words
    things: Words
    listing: Words
    agreed: re.Pattern[str]
    rules: re.Pattern[str]
    applying: re.Pattern[str]
    applicants: Words
    charges: Words
    signing: Words
    law_only: Words
    considering: Words
    made: Words
    counting: Words
    asking: Words
    calling: Words
    hosting: Words
    taking_place: Words
    receiving: Words
    together: Words
    everybody: Words
    sittings: Words
    own_text: Words
    concluding: Words
    studying: Words
    ordering: re.Pattern[str]
    eased: Words
    under_rule: Words
    ruling: Words
    rule_says: re.Pattern[str]
    rule_ends: Words
    undoing: Words
    suspending: Words
    each_side: Words
    dissuading: Words
    whose: Words
    placed: Words
    splits: Mapping[str, Words]
    authorities: Words
    no_authorities: Words

    @property
    def concrete(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of nouns that may make a measure concrete."""
        return (self.named, self.law, self.meetings, self.money)

    @property
    def precise(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of nouns that make a measure concrete by themselves."""
        return (self.law, self.money, self.one, self.bodies)


PATTERNS = (
    "letters",
    "law",
    "named",
    "meetings",
    "bodies",
    "one",
    "numbered",
    "placing",
    "requests",
    "means",
    "agreed",
    "rules",
    "applying",
    "ordering",
)


@cache
def load_tables() -> Tables:
    """Return the tables of the shipped pack."""
    pack = load_pack(PACK)
    made: dict[str, Any] = {name: any_of(pack[name]) for name in PATTERNS}
    made["money"] = re.compile(r"[\d一二三四五六七八九十百]\s*(?:余|多)?\s*(?:" + "|".join(pack["units"]) + ")")
    made["states"] = re.compile(f"[{pack['states']}]{{2,6}}(?:{'|'.join(pack['state_ends'])})?")
    made["splits"] = {word: tuple(parts) for word, parts in pack["splits"].items()}
    rules, verbs = any_of(pack["rule_ends"]).pattern, any_of(pack["ruling"]).pattern
    made["rule_says"] = re.compile(
        rf"[^，,。；：:]{{0,24}}?(?:{rules})(?:还|也|进一步)?(?:{verbs})(?![的，,、：:])"
    )
    lists, acts = any_of(pack["following"]).pattern, any_of(pack["act_stems"]).pattern
    made["announcing"] = re.compile(
        r"(?:[于在][^，,。]{2,16}?[前内]|自[^，,。]{2,16}?起)?(?:采取|开展|落实|实施|推进|提出|作出|做出|在)?"
        rf"(?:{lists})[^，,。的]{{0,6}}?(?:{acts})"
    )
    made |= {name: tuple(pack[name]) for name in Tables.__slots__ if name not in made}
    return Tables(**made)


def any_of(words: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, longest first."""
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
