"""Candidates for predecessors: an inverted index over rare traits, so that a long series grows in proportion.

The rarest traits of a line are looked up; of each, only the latest lines are taken. What a line costs does not
depend on how many texts came before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from dragoman.compare.settings import IndexRules

Vector = Mapping[str, float]


class Index:
    """Lines of earlier texts by their traits."""

    def __init__(self, rules: IndexRules, rarity: Mapping[str, float], common: float) -> None:
        """Start empty.

        Args:
            rules: how candidates are looked up.
            rarity: inverse frequency by trait.
            common: rarity at or below which a trait is too common to be looked up.
        """
        self._rules = rules
        self._rarity = rarity
        self._common = common
        self._postings: dict[str, deque[int]] = {}

    def add(self, line: int, vector: Vector) -> None:
        """Add a line by its number."""
        for trait in vector:
            if self._rarity[trait] > self._common:
                postings = self._postings.get(trait)
                if postings is None:
                    postings = self._postings[trait] = deque(maxlen=self._rules.postings)
                postings.append(line)

    def candidates(self, vector: Vector) -> list[int]:
        """Return the lines that share the most with a vector by its rarest traits, best first."""
        heaviest = sorted(vector, key=lambda trait: (-vector[trait], trait))
        looked_up = [trait for trait in heaviest if trait in self._postings][: self._rules.traits]
        found: dict[int, float] = {}
        for trait in looked_up:
            worth = vector[trait] * self._rarity[trait]
            for line in self._postings[trait]:
                found[line] = found.get(line, 0.0) + worth
        best = sorted(found, key=lambda line: (-found[line], -line))
        return best[: self._rules.candidates]
