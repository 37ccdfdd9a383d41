"""The sentences of a series with what all their clauses hold, and the texts and sections they stand in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from dragoman.compare.traits import ACTOR, Marked, Words
from dragoman.lexicon.words import stems
from dragoman.model import Kind

Place = tuple[str, int]
"""Slug of a document and offset of a sentence."""
Section = tuple[int, tuple[str, ...]]
"""Index of a text in the series and the path of titles."""


class Clauses(NamedTuple):
    """What the clauses of one sentence hold, endings taken off.

    `objects` are the words of their objects, `heads` the last word of each, `actors` those who are named and are
    not named all over the series; `promised` tells whether one of them is a commitment.
    """

    objects: Words
    heads: Words
    technologies: frozenset[str]
    actors: frozenset[str]
    promised: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """All sentences of a series.

    Attributes:
        clauses: by place.
        phrases: in how many sentences of a text each phrase stands, by text.
        sections: the words of each section's sentences.
    """

    clauses: Mapping[Place, Clauses]
    phrases: Mapping[int, Mapping[tuple[str, str], int]]
    sections: Mapping[Section, Words]


def sentences_in(lines: Sequence[Marked], usual: float) -> Sentences:
    """Return the sentences of a series.

    Args:
        lines: of all texts.
        usual: share of all sentences; who is named in more of them tells nothing.
    """
    grouped: dict[Place, list[Marked]] = defaultdict(list)
    for line in lines:
        grouped[place_of(line)].append(line)
    firsts = [group[0] for group in grouped.values()]
    named = Counter(chain.from_iterable(actors_of(line) for line in firsts))
    everywhere = frozenset(actor for actor, count in named.items() if count > usual * len(firsts))
    phrases: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    sections: dict[Section, set[str]] = defaultdict(set)
    for line in firsts:
        phrases[line.text].update(line.phrases)
        sections[section_of(line)].update(line.counts)
    return Sentences(
        {place: clauses_of(group, everywhere) for place, group in grouped.items()},
        phrases,
        {section: frozenset(words) for section, words in sections.items()},
    )


def clauses_of(group: Sequence[Marked], everywhere: frozenset[str]) -> Clauses:
    """Return what the clauses of a sentence hold, without those who are named everywhere."""
    lines = [line.provision for line in group]
    objects = [found for line in lines if (found := stems(line.object))]
    return Clauses(
        frozenset(chain.from_iterable(objects)),
        frozenset(found[-1] for found in objects),
        frozenset(chain.from_iterable(line.technologies for line in lines)),
        actors_of(group[0]) - everywhere,
        any(line.kind is Kind.COMMITMENT for line in lines),
    )


def actors_of(line: Marked) -> frozenset[str]:
    """Return the actors and places that a sentence names."""
    return frozenset(trait for trait in line.specifics if trait.startswith(ACTOR))


def place_of(line: Marked) -> Place:
    """Return where a line's sentence stands."""
    return line.provision.doc, line.provision.start


def section_of(line: Marked) -> Section:
    """Return the section a line stands in."""
    return line.text, line.provision.section
