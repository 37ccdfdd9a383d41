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

from dragoman.compare.meanings import Vectors, load_meanings
from dragoman.compare.sentences import Clauses, Place, place_of, section_of, sentences_in
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
    "meaning",
    "meaning_over_earlier",
    "meaning_over_later",
    "title",
    "untitled",
    "around",
    "paragraphs",
    "tags",
    "in_paragraph",
    "of_paragraph",
    "section_over",
    "objects",
    "heads",
    "phrases",
    "promised",
    "detail",
    "other_technologies",
    "other_actors",
)
AGAINST = frozenset({"other_technologies", "other_actors"})
"""What speaks against a link, weights above zero not allowed; all else speaks for one, none below zero allowed.

- Cosine of the words, each as often as it stands, by its rarity in the series; its margin over other earlier, and
  over other later lines. Margins of the words taken once, by their rarity in the series and in other statements.
  Cosine and margins of the vectors of the words (`meanings`).
- Cosine of the sections' titles; whether one of them has none, so that the rest must make up. Cosines of the
  sentences around and of the paragraphs. Share of tags that both have. Cosine of the later sentence with the
  earlier paragraph and its title, and of the later paragraph and its title with the earlier sentence. By how much
  the two sections are less alike than the later one and the nearest of that text.
- Cosine of the objects; how many of the two have an object whose last word stands in the other; phrases of both
  that stand nowhere else in the earlier text, up to three; whether the earlier one is a commitment; logarithm of
  the words of the earlier one.
- Whether both have technologies, or name actors or places that not everybody names, and none in common.
"""
FAINTEST = 0.03
"""Likeness below which no pair is looked at."""
_PHRASES = 3
"""Phrases that count at most."""
_TITLE = 0.5
"""Weight of the titles beside the words of sections."""
_HAN = "\u3400"
"""From here on words are Chinese, of which the background knows none."""


class Pair(NamedTuple):
    """A later and an earlier line by their numbers, how alike they are, and what the model looks at."""

    later: int
    earlier: int
    features: tuple[float, ...]

    @property
    def words(self) -> float:
        """Cosine of the words of the two."""
        return self.features[FEATURES.index("words")]


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
        self._sentences = sentences_in(lines, load_settings().links.usual)
        self._vectors = self._meanings()
        self._views: dict[int, View] = {}
        self._units: dict[Words, Vector] = {}
        self._alike: dict[tuple[Words, Words], float] = {}

    def _meanings(self) -> dict[Place, Vectors]:
        """Return the vector of each sentence."""
        firsts = {place_of(line): line for line in reversed(self._lines)}
        known = self._background
        weights = [
            {stem: known.rarity.get(stem, known.unknown) * known.plain.get(stem, 1.0) for stem in line.counts}
            for line in firsts.values()
        ]
        return dict(zip(firsts, load_meanings().of_sentences(weights), strict=True))

    def pairs(self, alike: Iterable[tuple[int, int]]) -> list[Pair]:
        """Return pairs with what the model looks at.

        Args:
            alike: numbers of later and earlier line, for all pairs of one later text that may be linked.
        """
        listed = [(pair, self._view(pair[0]), self._view(pair[1])) for pair in alike]
        words = self._over({pair: cosine(new.words, old.words) for pair, new, old in listed})
        known = self._over({pair: cosine(new.known, old.known) for pair, new, old in listed})
        meaning = self._over({pair: float(new.meaning @ old.meaning) for pair, new, old in listed})
        sections = self._over_sections({pair: self._sections(*pair) for pair, _, _ in listed})
        return [
            Pair(
                *pair,
                (
                    *words[pair],
                    *known[pair][1:],
                    *meaning[pair],
                    *self._setting(new, old),
                    sections[pair],
                    *self._act(new, old),
                    float(at_odds(new.clauses.technologies, old.clauses.technologies)),
                    float(at_odds(new.clauses.actors, old.clauses.actors)),
                ),
            )
            for pair, new, old in listed
        ]

    def _sections(self, later: int, earlier: int) -> float:
        """Return how alike the sections of two lines are."""
        new, old = (self._sentences.sections[section_of(self._lines[at])] for at in (later, earlier))
        titles = self._between(self._lines[later].setting.title, self._lines[earlier].setting.title)
        return self._between(new, old) + _TITLE * titles

    def _over_sections(self, alike: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        """Return likenesses of sections less that of the later section and the nearest of the earlier text."""
        nearest: dict[Hashable, float] = defaultdict(float)
        for (later, earlier), value in alike.items():
            group = section_of(self._lines[later]), self._lines[earlier].text
            nearest[group] = max(nearest[group], value)
        return {
            (later, earlier): value - nearest[section_of(self._lines[later]), self._lines[earlier].text]
            for (later, earlier), value in alike.items()
        }

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
            self._between(new.setting.paragraph, old.setting.paragraph),
            len(new.tags & old.tags) / max(1, len(new.tags | old.tags)),
            cosine(new.known, self._unit(old.setting.paragraph)),
            cosine(self._unit(new.setting.paragraph), old.known),
        )

    def _act(self, new: View, old: View) -> tuple[float, ...]:
        """Return what the objects, phrases and kinds of two lines tell."""
        often = self._sentences.phrases[old.text]
        shared = sum(often[phrase] == 1 for phrase in new.phrases & old.phrases)
        return (
            self._between(new.clauses.objects, old.clauses.objects),
            float(sum(not one.clauses.heads.isdisjoint(other.stems) for one, other in ((new, old), (old, new)))),
            float(min(_PHRASES, shared)),
            float(old.clauses.promised),
            math.log(1 + old.length),
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

    def _place(self, number: int) -> Place:
        return place_of(self._lines[number])

    def _view(self, number: int) -> View:
        known = self._views.get(number)
        if known is None:
            line = self._lines[number]
            known = self._views[number] = View(
                unit({stem: count * self._rare(WORD + stem) for stem, count in line.counts.items()}),
                unit({stem: self._weight(stem) for stem in line.counts}),
                self._vectors[place_of(line)],
                frozenset(trait for trait in line.own if trait.startswith(TAGS)),
                line.setting,
                self._sentences.clauses[place_of(line)],
                line.phrases,
                frozenset(line.counts),
                sum(line.counts.values()),
                line.text,
            )
        return known


class View(NamedTuple):
    """A line as the model sees it.

    `words` and `known` hold its words by the one and by both rarities, `meaning` their vector, `stems` the words
    alone; `length` counts them, `text` is the index of its text.
    """

    words: Vector
    known: Vector
    meaning: Vectors
    tags: frozenset[str]
    setting: Setting
    clauses: Clauses
    phrases: frozenset[tuple[str, str]]
    stems: Words
    length: int
    text: int


def at_odds(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets hold something each and nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """Return a vector of length 1, {} for one of length 0."""
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {trait: value / length for trait, value in vector.items() if value} if length else {}
