"""Whether two lines are of one thread: a small logistic model over what a careful reader looks at.

The reader compares not with a threshold but with rivals: the line that is nearest of all, by a margin, is the one.
So a pair's margins over its rivals count beside its own likeness. Weights: data/compare/links.yaml, trained by
`benchmark/lineage_train.py`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from dragoman.compare.traits import WORD, Marked, cosine
from dragoman.lexicon import load_pack

PACK = "compare/links.yaml"
FEATURES = ("over_rows", "over_columns", "letters", "shared", "shared_over", "title", "around")
"""Each speaks for a link; weights below zero are not allowed.

Margin of the words' cosine over other earlier lines, and over other later lines; likeness of the letters, 0 to 1;
share of the shorter line's words, and its margin over other later lines; cosine of the sections' titles; cosine of
the sentences around."""
FAINTEST = 0.05
"""Likeness below which no pair is looked at."""


class Pair(NamedTuple):
    """A later and an earlier line by their numbers, how alike they are, and what the model looks at."""

    later: int
    earlier: int
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: weight by feature, and what is added."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """Return how likely two lines are of one thread, 0 to 1."""
        total = self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-total))


@cache
def load_model() -> Model:
    """Return the model that ships. Raises PackFaultError."""
    pack = load_pack(PACK)
    return Model(tuple(float(pack["weights"][name]) for name in FEATURES), float(pack["bias"]))


class Rivals:
    """The best value of each group, and the best one of another place."""

    def __init__(self) -> None:
        self._best: dict[Hashable, list[tuple[float, Hashable]]] = defaultdict(list)

    def add(self, group: Hashable, place: Hashable, value: float) -> None:
        """Add the value of a place to a group; of each place only the best counts."""
        held = [one for one in self._best[group] if one[1] != place or one[0] > value]
        if all(one[1] != place for one in held):
            held.append((value, place))
        self._best[group] = sorted(held, key=lambda one: -one[0])[:2]

    def margin(self, group: Hashable, place: Hashable, value: float) -> float:
        """Return a value less the best one of another place in its group."""
        return value - next((best for best, other in self._best[group] if other != place), 0.0)


class PairReader:
    """Works out what the model looks at."""

    def __init__(self, lines: Sequence[Marked], rarity: Mapping[str, float]) -> None:
        """Take all lines of the series and the rarity of their traits."""
        self._lines = lines
        self._rarity = rarity
        self._rarest = max(rarity.values(), default=0.0)
        self._views: dict[int, View] = {}

    def pairs(self, alike: Iterable[tuple[int, int]]) -> list[Pair]:
        """Return pairs with what the model looks at.

        Args:
            alike: numbers of later and earlier line, for all pairs of one later text that may be linked.
        """
        listed = list(alike)
        words = {pair: cosine(self._view(pair[0]).words, self._view(pair[1]).words) for pair in listed}
        shared = {pair: shared_of(self._view(pair[0]), self._view(pair[1])) for pair in listed}
        rows, columns, shares = Rivals(), Rivals(), Rivals()
        for later, earlier in listed:
            pair, place = (later, earlier), self._place(later)
            rows.add((later, self._lines[earlier].text), self._place(earlier), words[pair])
            columns.add(earlier, place, words[pair])
            shares.add(earlier, place, shared[pair])
        return [
            Pair(
                *pair,
                (
                    rows.margin((pair[0], self._lines[pair[1]].text), self._place(pair[1]), words[pair]),
                    columns.margin(pair[1], self._place(pair[0]), words[pair]),
                    fuzz.token_sort_ratio(self._lines[pair[0]].stemmed, self._lines[pair[1]].stemmed) / 100,
                    shared[pair],
                    shares.margin(pair[1], self._place(pair[0]), shared[pair]),
                    *self._places(*pair),
                ),
            )
            for pair in listed
        ]

    def _places(self, later: int, earlier: int) -> tuple[float, float]:
        one, other = self._view(later), self._view(earlier)
        return cosine(one.title, other.title), cosine(one.around, other.around)

    def _place(self, number: int) -> tuple[str, int]:
        line = self._lines[number].provision
        return line.doc, line.start

    def _view(self, number: int) -> View:
        known = self._views.get(number)
        if known is None:
            line = self._lines[number]
            weights = {trait: line.traits[trait] for trait in line.own if trait.startswith(WORD)}
            weighed = self._weighed(weights)
            known = self._views[number] = View(
                weighed,
                sum(weighed.values()),
                unit(weighed),
                unit(self._weighed(line.title)),
                unit(self._weighed(line.around)),
            )
        return known

    def _weighed(self, traits: Mapping[str, float]) -> Mapping[str, float]:
        return {trait: weight * self._rarity.get(trait, self._rarest) for trait, weight in traits.items()}


class View(NamedTuple):
    """A line's vectors: its words by their rarity, their sum, and unit vectors of words, title, surroundings."""

    weighed: Mapping[str, float]
    total: float
    words: Mapping[str, float]
    title: Mapping[str, float]
    around: Mapping[str, float]


def shared_of(one: View, other: View) -> float:
    """Return the share of the shorter line's words, by their rarity, that both have."""
    least = min(one.total, other.total)
    return sum([one.weighed[word] for word in one.weighed.keys() & other.weighed.keys()]) / least if least else 0.0


def unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """Return a vector of length 1, {} for one of length 0."""
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {trait: value / length for trait, value in vector.items() if value} if length else {}


def likely(model: Model, pairs: Iterable[Pair]) -> dict[tuple[int, int], float]:
    """Return how likely pairs are of one thread."""
    return {(pair.later, pair.earlier): model.probability(pair.features) for pair in pairs}
