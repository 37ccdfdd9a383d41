"""What a provision is recognised by in another text: words, names, tags, numbers, its section and paragraph."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dragoman.compare.settings import Settings
from dragoman.lexicon import Lexicon
from dragoman.lexicon.words import stem_of, stems
from dragoman.model import Document, Language, Provision

WORD, NAMED, ACTOR, TECHNOLOGY, INSTRUMENT, NUMBER = "w:", "n:", "a:", "t:", "i:", "d:"
ACROSS = (NAMED, ACTOR, TECHNOLOGY, INSTRUMENT, NUMBER)
"""Kinds of traits that do not depend on the language."""
_NAME = re.compile(r"(?<![\w])[A-Z][A-Za-z0-9&.’'-]*|[A-Za-z]+\d+\w*")
_WHOLE = re.compile(r"[A-Z][\w&.’'-]*(?:(?:\s+(?:of|for|and|the|on|in)(?:\s+the)?)?\s+[A-Z][\w&.’'-]*)*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d+")
_SECTIONS = 2
"""Titles of the innermost sections that are looked at."""

Traits = Mapping[str, float]


Words = frozenset[str]


class Setting(NamedTuple):
    """Words around a line, endings taken off; lines that stand together share them.

    `title` is that of the innermost section; `paragraph` holds the title's words too; `around` are a few sentences
    on either side. The last two hold the line's own words.
    """

    title: Words
    paragraph: Words
    around: Words


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A provision with its traits.

    Attributes:
        provision: the line.
        text: index of its text in the series.
        traits: weight by trait.
        own: traits of the sentence itself, without those of its section and paragraph.
        specifics: names and numbers of the sentence, as they count for precision.
        counts: how often each of its words stands in it, endings taken off.
        phrases: pairs of its words that stand next to each other, of which one at least tells something.
        setting: the words of what stands around it.
    """

    provision: Provision
    text: int
    traits: Traits
    own: frozenset[str]
    specifics: frozenset[str]
    counts: Mapping[str, int]
    phrases: frozenset[tuple[str, str]]
    setting: Setting


class Marker:
    """Finds the traits of provisions."""

    def __init__(self, lexicon: Lexicon, settings: Settings) -> None:
        self._lexicon = lexicon
        self._weights = settings.traits
        self._plain = frozenset(map(stem_of, settings.plain))
        self._reach = settings.links.reach

    def marked(self, document: Document, provisions: Iterable[Provision], text: int) -> list[Marked]:
        """Return the provisions of a text with their traits."""
        settings = SettingReader(document, self._reach)
        return [self._mark(settings.of(line), line, text) for line in provisions]

    def _mark(self, setting: Setting, line: Provision, text: int) -> Marked:
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
        specifics = frozenset(named | numbers | actors)
        phrases = frozenset(pair for pair in pairwise(words) if not self._plain.issuperset(pair))
        return Marked(line, text, traits, own, specifics, Counter(words), phrases, setting)

    def _weight(self, stem: str) -> float:
        return self._weights["plain"] if stem in self._plain else self._weights["word"]


class SettingReader:
    """Finds the words around a line; each sentence is cut into words once."""

    def __init__(self, document: Document, reach: int) -> None:
        """Take a document and how many sentences are looked at on either side."""
        self._document = document
        self._reach = reach
        self._starts = [sentence.start for sentence in document.sentences]
        self._stems = cache(self._stems_of)
        self._words = cache(self._words_of)
        self._blocks: dict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(document.sentences):
            self._blocks[sentence.block].append(number)

    def of(self, line: Provision) -> Setting:
        """Return the words around a line."""
        at = max(0, bisect_right(self._starts, line.start) - 1)
        block = self._document.sentences[at].block
        near = range(max(0, at - self._reach), min(len(self._starts), at + self._reach + 1))
        title = " ".join(line.section[-1:])
        return Setting(
            self._words(title, ()), self._words(title, tuple(self._blocks[block])), self._words("", tuple(near))
        )

    def _words_of(self, title: str, numbers: tuple[int, ...]) -> Words:
        return frozenset(stems(title)).union(*(self._stems(number) for number in numbers))

    def _stems_of(self, number: int) -> Words:
        sentence = self._document.sentences[number]
        return frozenset(stems(self._document.slice(sentence.start, sentence.end)))


def names_in(sentence: str) -> list[str]:
    """Return the stems of capitalised words and acronyms, without a word that only opens the sentence."""
    found = []
    for match in _NAME.finditer(sentence):
        word = match.group()
        if match.start() or sum(character.isupper() for character in word) > 1:
            found += stems(word)
    return found


def whole_names(line: Marked) -> list[str]:
    """Return the names of a line's sentence, one of many words in one piece, without a word that only opens it.

    Where names have no capitals, those of known actors.
    """
    if line.provision.language is Language.ZH:
        return [trait.removeprefix(ACTOR) for trait in line.specifics if trait.startswith(ACTOR)]
    found = [
        (match.start(), match.group().rstrip(".,’'")) for match in _WHOLE.finditer(line.provision.quote.exact)
    ]
    return [name for start, name in found if start or " " in name or not name[1:].islower()]


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
