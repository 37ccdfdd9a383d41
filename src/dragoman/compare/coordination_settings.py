"""Words and figures of coordination, from `data/compare/coordination.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack

PACK = "compare/coordination.yaml"
Pattern = re.Pattern[str]
NO_CLAUSE = r"(?:(?!\band\b|\bto\b|\bby\b)[^.;,，。；]){0,40}?"
"""A few words that begin no other act."""


@dataclass(frozen=True, slots=True, eq=False)
class TargetWords:
    """Words that tell toward whom a clause is; what each does stands beside it in the pack."""

    labels: Mapping[str, Pattern]
    short: Mapping[str, tuple[str, ...]]
    affected_before: Pattern
    affected_after: Pattern
    support_before: Pattern
    turned: Pattern
    against: Pattern
    carry: Pattern
    carry_back: int


@dataclass(frozen=True, slots=True, eq=False)
class CoordinationSettings:
    """The words and figures of coordination.

    Attributes:
        window: days between measures that answer each other.
        restated: days within which a document that only sums up restates a full text.
        weights: of obligation, precision and delegation in the index of hardness.
        targets: words that tell toward whom a clause is.
        relaxes: words that take a restriction back.
        hard, soft: instruments.
        restricting: instruments that direct themselves against whom they name.
        generic: headings that say nothing of a topic.
        tables: kinds of tables of events, by name, with their needed and further columns.
        separators: between several names in a cell.
        instruments, technologies: tags by the words of other vocabularies.
        event_force: force of an event by its type.
        stance_relaxes: words of a column that mean relaxing or refusing.
    """

    window: int
    restated: int
    weights: tuple[float, float, float]
    targets: TargetWords
    relaxes: Pattern
    hard: frozenset[str]
    soft: frozenset[str]
    restricting: frozenset[str]
    generic: Pattern
    tables: Mapping[str, Mapping[str, Mapping[str, list[str]]]]
    separators: Pattern
    instruments: Mapping[str, str]
    technologies: Mapping[str, str]
    event_force: Mapping[str, int]
    stance_relaxes: frozenset[str]


def any_of(patterns: Iterable[str], before: str = "", after: str = "") -> Pattern:
    """Return one pattern for several, in any case."""
    return re.compile(f"{before}(?:{'|'.join(f'(?:{one})' for one in patterns)}){after}", re.IGNORECASE)


def _targets(pack: Mapping[str, Any]) -> TargetWords:
    return TargetWords(
        labels={name: any_of(words) for name, words in pack["labels"].items()},
        short={name: tuple(words) for name, words in pack["short"].items()},
        affected_before=any_of([pack["affected_before"]]),
        affected_after=any_of([pack["affected_after"]]),
        support_before=any_of(pack["support_before"], after=r"(?: the)?\s*$"),
        turned=re.compile(
            f"{any_of(pack['cuts_off']).pattern}{NO_CLAUSE}{any_of(pack['turned']).pattern}", re.IGNORECASE
        ),
        against=any_of(pack["against"], after=r"(?: the)?\s*$"),
        carry=any_of(pack["carry"]),
        carry_back=pack["carry_back"],
    )


@cache
def load_coordination() -> CoordinationSettings:
    """Return the settings that ship. Raises PackFaultError."""
    pack = load_pack(PACK)
    weights = pack["weights"]
    return CoordinationSettings(
        window=pack["window"],
        restated=pack["restated"],
        weights=(weights["obligation"], weights["precision"], weights["delegation"]),
        targets=_targets(pack),
        relaxes=any_of(pack["relaxes"]),
        hard=frozenset(pack["hard"]),
        soft=frozenset(pack["soft"]),
        restricting=frozenset(pack["restricting"]),
        generic=any_of(pack["generic_headings"], before=r"^\W*(?:[ivxlc\d]+[.)]\s*)?", after=r"\W*$"),
        tables=pack["tables"],
        separators=re.compile(pack["separators"]),
        instruments=pack["instruments"],
        technologies=pack["technologies"],
        event_force=pack["event_force"],
        stance_relaxes=frozenset(pack["stance_relaxes"]),
    )
