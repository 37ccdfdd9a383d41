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

from dragoman.compare.settings import load_settings
from dragoman.compare.traits import INSTRUMENT, TECHNOLOGY, WORD, Marked, Setting, Words, cosine
from dragoman.lexicon import load_pack
from dragoman.lexicon.words import stem_of

Vector = Mapping[str, float]
TAGS = (TECHNOLOGY, INSTRUMENT)

PACK, BACKGROUND = "compare/links.yaml", "compare/background.yaml"
FEATURES = (
    "words",
    "words_over_earlier",
    "words_over_later",
    "known_over_earlier",
    "known_over_later",
    "title",
    "untitled",
    "around",
    "tags",
    "in_paragraph",
    "of_paragraph",
)
"""Each speaks for a link; weights below zero are not allowed.

Cosine of the words, each as often as it stands, by its rarity in the series; its margin over other earlier, and
over other later lines. Margins of the words taken once, by their rarity in the series and in other statements.
Cosine of the sections' titles; whether one of them has none, so that the rest must make up. Cosine of the
sentences around. Share of tags that both have. Cosine of the later sentence with the earlier paragraph and its
title, and of the later paragraph and its title with the earlier sentence."""
FAINTEST = 0.05
"""Likeness below which no pair is looked at."""
_HAN = "\u3400"
"""From here on words are Chinese, of which the background knows none."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """How rare words are in statements of many kinds, and those that tell little.

    Attributes:
        rarity: inverse frequency by stem.
        unknown: that of a word that stands nowhere in it.
        plain: weight of words that tell little, by stem.
    """

    rarity: Mapping[str, float]
    unknown: float
    plain: Mapping[str, float]

    def weight(self, stem: str, rarity: float) -> float:
        """Return what a word counts, by its rarity in the series and in the background."""
        known = 2 * rarity if stem >= _HAN else self.rarity.get(stem, self.unknown)
        return self.plain.get(stem, 1.0) * (known / 2 + rarity)


@cache
def load_background() -> Background:
    """Return the background that ships. Raises PackFaultError."""
    pack, settings = load_pack(BACKGROUND), load_settings()
    rarity = {stem: float(value) for value, listed in pack["rarity"].items() for stem in listed.split()}
    plain = dict.fromkeys(map(stem_of, settings.plain), settings.traits["plain"])
    return Background(rarity, float(pack["unknown"]), plain)


class PairReader:
    """Works out what the model looks at."""

    def __init__(self, lines: Sequence[Marked], rarity: Mapping[str, float]) -> None:
        """Take all lines of the series and the rarity of their traits."""
        self._lines = lines
        self._rarity = rarity
        self._rarest = max(rarity.values(), default=0.0)
        self._background = load_background()
        self._views: dict[int, View] = {}
        self._units: dict[Words, Vector] = {}
        self._alike: dict[tuple[Words, Words], float] = {}

    def pairs(self, alike: Iterable[tuple[int, int]]) -> list[Pair]:
        """Return pairs with what the model looks at.

        Args:
            alike: numbers of later and earlier line, for all pairs of one later text that may be linked.
        """
        listed = [(pair, self._view(pair[0]), self._view(pair[1])) for pair in alike]
        words = self._over({pair: cosine(new.words, old.words) for pair, new, old in listed})
        known = self._over({pair: cosine(new.known, old.known) for pair, new, old in listed})
        return [
            Pair(*pair, (*words[pair], *known[pair][1:], *self._setting(new, old))) for pair, new, old in listed
        ]

    def _over(self, alike: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], tuple[float, float, float]]:
        """Return likenesses with their margins over those of other earlier and of other later lines."""
        rows, columns = Rivals(), Rivals()
        for (later, earlier), value in alike.items():
            rows.add((later, self._lines[earlier].text), self._place(earlier), value)
            columns.add(earlier, self._place(later), value)
        return {
            (later, earlier): (
                value,
                rows.margin((later, self._lines[earlier].text), self._place(earlier), value),
                columns.margin(earlier, self._place(later), value),
            )
            for (later, earlier), value in alike.items()
        }

    def _setting(self, new: View, old: View) -> tuple[float, ...]:
        """Return what the places and tags of two lines tell."""
        return (
            self._between(new.setting.title, old.setting.title),
            float(not (new.setting.title and old.setting.title)),
            self._between(new.setting.around, old.setting.around),
            len(new.tags & old.tags) / max(1, len(new.tags | old.tags)),
            cosine(new.known, self._unit(old.setting.paragraph)),
            cosine(self._unit(new.setting.paragraph), old.known),
        )

    def _between(self, one: Words, other: Words) -> float:
        known = self._alike.get((one, other))
        if known is None:
            known = self._alike[one, other] = cosine(self._unit(one), self._unit(other))
        return known

    def _unit(self, words: Words) -> Vector:
        known = self._units.get(words)
        if known is None:
            known = self._units[words] = unit({stem: self._weight(stem) for stem in words})
        return known

    def _weight(self, stem: str) -> float:
        return self._background.weight(stem, self._rare(WORD + stem))

    def _rare(self, trait: str) -> float:
        return self._rarity.get(trait, self._rarest)

    def _place(self, number: int) -> tuple[str, int]:
        line = self._lines[number].provision
        return line.doc, line.start

    def _view(self, number: int) -> View:
        known = self._views.get(number)
        if known is None:
            line = self._lines[number]
            known = self._views[number] = View(
                unit({stem: count * self._rare(WORD + stem) for stem, count in line.counts.items()}),
                unit({stem: self._weight(stem) for stem in line.counts}),
                frozenset(trait for trait in line.own if trait.startswith(TAGS)),
                line.setting,
            )
        return known


class View(NamedTuple):
    """A line as the model sees it: vectors of its words by one and by both rarities, tags, what stands around."""

    words: Vector
    known: Vector
    tags: frozenset[str]
    setting: Setting


def unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """Return a vector of length 1, {} for one of length 0."""
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {trait: value / length for trait, value in vector.items() if value} if length else {}


def likely(model: Model, pairs: Iterable[Pair]) -> dict[tuple[int, int], float]:
    """Return how likely pairs are of one thread."""
    return {(pair.later, pair.earlier): model.probability(pair.features) for pair in pairs}
