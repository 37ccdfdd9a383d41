"""What a provision is recognised by in another text: words, names, tags, numbers, its section and paragraph."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.compare.settings import Settings
from dragoman.lexicon import Lexicon
from dragoman.lexicon.words import stem_of, stems
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
        around: weight by word of the sentences around it and of its own.
        title: weight by word of its innermost section's title.
        stemmed: its words without their endings, in order.
    """

    provision: Provision
    text: int
    traits: Traits
    own: frozenset[str]
    specifics: frozenset[str]
    around: Traits
    title: Traits
    stemmed: str


class Marker:
    """Finds the traits of provisions."""

    def __init__(self, lexicon: Lexicon, settings: Settings) -> None:
        self._lexicon = lexicon
        self._weights = settings.traits
        self._plain = frozenset(map(stem_of, settings.plain))
        self._reach = settings.links.reach

    def marked(self, document: Document, provisions: Iterable[Provision], text: int) -> list[Marked]:
        """Return the provisions of a text with their traits."""
        around = Around(document, self._reach)
        return [self._mark(around, line, text) for line in provisions]

    def _mark(self, around: Around, line: Provision, text: int) -> Marked:
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
        words = stems(sentence)
        traits |= {WORD + stem: self._weight(stem) for stem in words}
        own = frozenset(traits)
        for stem in stems(" ".join(line.section[-_SECTIONS:])):
            traits[WORD + stem] = max(traits.get(WORD + stem, 0.0), weights["section"])
        near = {WORD + stem: self._weight(stem) for stem in around.stems(line.start)}
        title = {WORD + stem: self._weight(stem) for stem in stems(" ".join(line.section[-1:]))}
        specifics = frozenset(named | numbers | actors)
        return Marked(line, text, traits, own, specifics, near, title, " ".join(words))

    def _weight(self, stem: str) -> float:
        return self._weights["plain"] if stem in self._plain else self._weights["word"]


class Around:
    """The words of the sentences around a line; each sentence is cut into words once."""

    def __init__(self, document: Document, reach: int) -> None:
        """Take a document and how many sentences are looked at on either side."""
        self._document = document
        self._reach = reach
        self._starts = [sentence.start for sentence in document.sentences]
        self._stems: dict[int, list[str]] = {}

    def stems(self, offset: int) -> Iterator[str]:
        """Yield the stems of the sentences around an offset, that of the offset among them."""
        at = bisect_right(self._starts, offset) - 1
        for number in range(max(0, at - self._reach), min(len(self._starts), at + self._reach + 1)):
            yield from self._of(number)

    def _of(self, number: int) -> list[str]:
        known = self._stems.get(number)
        if known is None:
            sentence = self._document.sentences[number]
            known = self._stems[number] = stems(self._document.slice(sentence.start, sentence.end))
        return known


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
