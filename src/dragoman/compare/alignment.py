"""Links of the provisions of one text to those of earlier ones: one to one first, then splits and merges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from dragoman.compare.index import Index
from dragoman.compare.settings import LinkRules, Settings
from dragoman.compare.traits import Marked, across, cosine, crossed, inverse_frequencies, vector

_FAINT = 0.05
"""Likeness below which two sentences are not the same but for a few letters."""


class Link(NamedTuple):
    """A later and an earlier line, by their numbers in the series, and how alike they are."""

    score: float
    later: int
    earlier: int


@dataclass(frozen=True, slots=True, eq=False)
class _Vectors:
    own: Mapping[str, float]
    across: Mapping[str, float]


class Aligner:
    """Aligns the texts of a series, one after the other."""

    def __init__(self, lines: Sequence[Marked], settings: Settings) -> None:
        """Take all lines of the series in order; their numbers are their places."""
        self._lines = lines
        self._rules: LinkRules = settings.links
        rarity = inverse_frequencies(lines)
        self._vectors = [
            _Vectors(vector(line.traits, rarity), vector(across(line.traits), rarity)) for line in lines
        ]
        common = rarity_of_share(settings.index.common) if len(lines) > settings.index.postings else 0.0
        self._index = Index(settings.index, rarity, common)
        self._continued: dict[int, int] = {}

    def links(self, numbers: Sequence[int]) -> list[Link]:
        """Return the links of a text's lines to lines that were added before, best first for each line."""
        possible = [link for number in numbers for link in self._possible(number)]
        possible.sort(key=lambda link: (-link.score, link.later, link.earlier))
        kept = self._kept(possible)
        for link in kept:
            self._continued[link.earlier] = self._lines[link.later].text
        return kept

    def add(self, numbers: Iterable[int]) -> None:
        """Let the lines of a text be found by later ones."""
        for number in numbers:
            self._index.add(number, self._vectors[number].own)

    def _possible(self, number: int) -> list[Link]:
        found = self._index.candidates(self._vectors[number].own)
        scored = (Link(self._score(number, earlier), number, earlier) for earlier in found)
        return [link for link in scored if link.score > 0]

    def _score(self, number: int, earlier: int) -> float:
        """Return how alike two lines are, 0 where too little for a link."""
        rules = self._rules
        one, other = self._lines[number], self._lines[earlier]
        if crossed(one.provision, other.provision):
            alike = cosine(self._vectors[number].across, self._vectors[earlier].across)
            least = rules.least_crossed
        else:
            alike = cosine(self._vectors[number].own, self._vectors[earlier].own)
            least = rules.least
        alike = self._discounted(alike, one, earlier)
        if _FAINT < alike < least and self._verbatim(one, other):
            return least
        return alike if alike >= least else 0.0

    def _discounted(self, alike: float, line: Marked, earlier: int) -> float:
        """Return a likeness less what lies between the two texts."""
        rules = self._rules
        between = line.text - self._lines[earlier].text - 1
        alike *= max(rules.oldest, 1 - rules.older * between)
        went_on = self._continued.get(earlier)
        return alike * rules.continued if went_on is not None and went_on < line.text else alike

    def _verbatim(self, one: Marked, other: Marked) -> bool:
        least = 100 * self._rules.verbatim
        return fuzz.ratio(one.provision.quote.exact, other.provision.quote.exact, score_cutoff=least) >= least

    def _kept(self, possible: Sequence[Link]) -> list[Link]:
        """Return the links that are kept of those that are possible, sorted by likeness."""
        best: dict[int, float] = {}
        taken: set[int] = set()
        kept = []
        for link in possible:
            if link.later not in best:
                if link.earlier in taken and link.score < self._rules.split:
                    continue
                best[link.later] = link.score
            elif link.earlier in taken or not self._merges(link, best[link.later]):
                continue
            taken.add(link.earlier)
            kept.append(link)
        return kept

    def _merges(self, link: Link, best: float) -> bool:
        return link.score >= max(self._rules.merge, self._rules.merge_share * best)


def rarity_of_share(share: float) -> float:
    """Return the rarity of a trait that a share of all lines has."""
    return math.log(1 / share)
