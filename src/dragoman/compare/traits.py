"""What a provision is recognised by in another text: words, names, tags, numbers, its section and paragraph."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.compare.settings import Settings
from dragoman.compare.words import stem_of, stems
from dragoman.lexicon import Lexicon
from dragoman.model import Document, Provision

WORD, NAMED, ACTOR, TECHNOLOGY, INSTRUMENT, NUMBER = "w:", "n:", "a:", "t:", "i:", "d:"
ACROSS = (NAMED, ACTOR, TECHNOLOGY, INSTRUMENT, NUMBER)
"""Kinds of traits that do not depend on the language."""
_NAME = re.compile(r"(?<![\w])[A-Z][A-Za-z0-9&.’'-]*|[A-Za-z]+\d+\w*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d+")
_SECTIONS = 2
"""Titles of the innermost sections that are looked at."""

Traits = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A provision with its traits.

    Attributes:
        provision: the line.
        text: index of its text in the series.
        traits: weight by trait.
        own: traits of the sentence itself, without those of its section and paragraph.
        specifics: names and numbers of the sentence, as they count for precision.
    """

    provision: Provision
    text: int
    traits: Traits
    own: frozenset[str]
    specifics: frozenset[str]


class Marker:
    """Finds the traits of provisions."""

    def __init__(self, lexicon: Lexicon, settings: Settings) -> None:
        self._lexicon = lexicon
        self._weights = settings.traits
        self._plain = frozenset(map(stem_of, settings.plain))
        self._around: dict[int, list[str]] = {}

    def marked(self, document: Document, provisions: Iterable[Provision], text: int) -> list[Marked]:
        """Return the provisions of a text with their traits."""
        self._around = {}
        starts = [block.start for block in document.blocks]
        return [self._mark(document, starts, line, text) for line in provisions]

    def _mark(self, document: Document, starts: Sequence[int], line: Provision, text: int) -> Marked:
        sentence = line.quote.exact
        named = {NAMED + stem for stem in names_in(sentence)}
        actors = {ACTOR + hit.phrases[0].key for hit in self._lexicon.names.find(sentence)}
        numbers = {NUMBER + found for found in numbers_in(sentence)}
        weights = self._weights
        traits = dict.fromkeys(named, weights["named"])
        traits |= dict.fromkeys(actors, weights["actor"])
        traits |= dict.fromkeys(numbers, weights["number"])
        traits |= {TECHNOLOGY + tag: weights["technology"] for tag in line.technologies}
        traits |= {INSTRUMENT + tag: weights["instrument"] for tag in line.instruments}
        for stem in stems(sentence):
            traits[WORD + stem] = weights["plain"] if stem in self._plain else weights["word"]
        own = frozenset(traits)
        for stem, weight in self._around_it(document, starts, line):
            key = WORD + stem
            traits[key] = max(traits.get(key, 0.0), weight)
        return Marked(line, text, traits, own, frozenset(named | numbers | actors))

    def _around_it(
        self, document: Document, starts: Sequence[int], line: Provision
    ) -> Iterator[tuple[str, float]]:
        weights = self._weights
        for stem in stems(" ".join(line.section[-_SECTIONS:])):
            yield stem, weights["section"]
        if weights["context"]:
            for stem in self._paragraph(document, bisect_right(starts, line.start) - 1):
                yield stem, weights["context"]

    def _paragraph(self, document: Document, at: int) -> list[str]:
        """Return the stems of a block, which are looked up once."""
        if at < 0:
            return []
        if at not in self._around:
            block = document.blocks[at]
            self._around[at] = stems(document.text[block.start : block.end])
        return self._around[at]


def names_in(sentence: str) -> list[str]:
    """Return the stems of capitalised words and acronyms, without a word that only opens the sentence."""
    found = []
    for match in _NAME.finditer(sentence):
        word = match.group()
        if match.start() or sum(character.isupper() for character in word) > 1:
            found += stems(word)
    return found


def numbers_in(sentence: str) -> list[str]:
    """Return the numbers of a sentence as they are written, without the commas that group digits."""
    return [number.replace(",", "") for number in _NUMBER.findall(sentence)]


def inverse_frequencies(lines: Sequence[Marked]) -> dict[str, float]:
    """Return the inverse frequency of each trait among sentences, 0 and up: log((n + 1) / (df + 1/2)).

    Words that stand in a section's title or a paragraph only are as rare as the sentences make them.
    """
    counts = Counter(trait for line in lines for trait in line.own)
    total = len(lines) + 1
    every = {trait for line in lines for trait in line.traits}
    return {trait: max(0.0, math.log(total / (counts[trait] + 0.5))) for trait in every}


def vector(traits: Traits, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return traits weighted by rarity, of length 1."""
    weighted = {trait: weight * rarity[trait] for trait, weight in traits.items() if rarity[trait] > 0}
    length = math.sqrt(sum(value * value for value in weighted.values()))
    return {trait: value / length for trait, value in weighted.items()} if length else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the likeness of two vectors of length 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum([one[trait] * other[trait] for trait in one.keys() & other.keys()])


def crossed(one: Provision, other: Provision) -> bool:
    """Return whether two lines are in different languages."""
    return one.language is not other.language


def across(traits: Traits) -> dict[str, float]:
    """Return the traits that do not depend on the language."""
    return {trait: weight for trait, weight in traits.items() if trait.startswith(ACROSS)}
