"""Words and numbers by which ties are read, from `data/alliances/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from dragoman.lexicon import Matcher, Phrase, load_pack
from dragoman.model.alliance import Layer, Level

READING, PARTIES = "alliances/reading.yaml", "alliances/parties.yaml"
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Relation:
    """Words that show that two act together; see reading.yaml."""

    name: str
    force: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Against:
    """Words that show that one acts against another; see reading.yaml."""

    before: Pattern
    around: tuple[tuple[Pattern, Pattern], ...]
    not_after: Pattern
    not_before: Pattern
    unless: Pattern
    force: int


@dataclass(frozen=True, slots=True)
class PartyWords:
    """Which states firms and bodies belong to; see parties.yaml.

    Attributes:
        homes: state and level by name.
        bodies: parties by name.
        same: name that stands for another.
        international: organizations that are partners as named.
        regions: regions that are partners as named.
    """

    homes: Mapping[str, tuple[str, Level]]
    bodies: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]
    international: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """All that reading.yaml says, its patterns compiled."""

    listed: Pattern
    beside: Pattern
    clause: Pattern
    short: Pattern
    short_names: Mapping[str, str]
    relations: tuple[Relation, ...]
    not_with: Pattern
    no_with: Pattern
    against: Against
    toward: Pattern
    toward_force: int
    adjective_nouns: Pattern
    not_parties: tuple[tuple[Pattern, Pattern, Pattern], ...]
    pair: Pattern
    common_agency: Pattern
    topic: Pattern
    carried_out: Pattern
    carried_out_after: Pattern
    hosted: Pattern
    levels: Mapping[Level, Pattern]
    not_technologies: frozenset[str]
    more: Matcher
    general: frozenset[str]
    last_resort: Mapping[str, str]
    confidence: Mapping[str, float]
    carried: Mapping[str, float]
    crowd: int
    least: float
    shown: float
    layers: Mapping[str, Layer]
    dates: tuple[Pattern, ...]
    parties: PartyWords


def any_of(patterns: Iterable[str]) -> Pattern:
    """Return one pattern for several."""
    joined = "|".join(f"(?:{one})" for one in patterns)
    return re.compile(joined, re.IGNORECASE)


@cache
def load_reading() -> ReadingWords:
    """Return the words of the shipped packs. Raises PackFaultError."""
    pack = load_pack(READING)
    return ReadingWords(
        listed=any_of([pack["listed"]]),
        beside=any_of([pack["beside"]]),
        clause=any_of([pack["clause"]]),
        short=short_pattern(pack["short_before"], pack["short_targets"], pack["short_not_after"]),
        short_names=pack["short_targets"],
        relations=tuple(Relation(one["name"], one["force"], any_of(one["patterns"])) for one in pack["with"]),
        not_with=any_of(pack["not_with"]),
        no_with=any_of(pack["no_with"]),
        against=against_of(pack["against"]),
        toward=any_of(pack["toward"]["before"]),
        toward_force=pack["toward"]["force"],
        adjective_nouns=any_of([pack["adjective_nouns"]]),
        not_parties=tuple(
            (any_of([one["before"]]), any_of([one["after"]]), any_of([one.get("name", "")]))
            for one in pack["not_parties"]
        ),
        pair=any_of(pack["pair"]),
        common_agency=any_of([pack["common_agency"]]),
        topic=any_of([pack["topic"]]),
        carried_out=any_of([pack["carried_out"]]),
        carried_out_after=any_of([pack["carried_out_after"]]),
        hosted=any_of([pack["hosted"]]),
        levels={Level(name): any_of(patterns) for name, patterns in pack["levels"].items()},
        not_technologies=frozenset(pack["not_technologies"]),
        more=Matcher(
            Phrase(term, "technology", tag) for tag, terms in pack["more_technologies"].items() for term in terms
        ),
        general=frozenset(pack["general"]),
        last_resort={term: tag for tag, terms in pack["last_resort"].items() for term in terms},
        confidence=pack["confidence"],
        carried=pack["carried"],
        crowd=pack["crowd"],
        least=pack["least"],
        shown=pack["shown"],
        layers={tag: Layer(layer) for layer, tags in pack["layers"].items() for tag in tags},
        dates=tuple(re.compile(one, re.IGNORECASE) for one in pack["dates"]),
        parties=party_words(pack["regions"], load_pack(PARTIES)),
    )


def short_pattern(before: Sequence[str], names: Iterable[str], not_after: Sequence[str]) -> Pattern:
    """Return what finds a one-character name behind a preposition (对华); its group is the character."""
    return re.compile(f"(?:{'|'.join(before)})([{''.join(names)}])(?![{''.join(not_after)}])")


def against_of(pack: Mapping[str, Any]) -> Against:
    """Return the words that show an act against somebody."""
    return Against(
        any_of(pack["before"]),
        tuple((any_of([one["open"]]), any_of([one["close"]])) for one in pack["around"]),
        any_of(pack["not_after"]),
        any_of(pack["not_before"]),
        any_of([pack["unless"]]),
        pack["force"],
    )


def party_words(regions: Iterable[str], pack: Mapping[str, Any]) -> PartyWords:
    """Return which states firms and bodies belong to."""
    homes: dict[str, tuple[str, Level]] = {}
    for key, level in (
        ("firms", Level.COMPANIES),
        ("associations", Level.COMPANIES),
        ("researchers", Level.RESEARCHERS),
    ):
        for state, names in pack[key].items():
            homes |= dict.fromkeys(names, (state, level))
    return PartyWords(
        homes,
        {name: tuple(parties) for name, parties in pack["bodies"].items()},
        pack["same"],
        frozenset(pack["international"]),
        frozenset(regions),
    )


@cache
def pack_print() -> str:
    """Return a fingerprint of the packs that ties are read by."""
    told = repr((load_pack(READING), load_pack(PARTIES)))
    return sha256(told.encode()).hexdigest()
