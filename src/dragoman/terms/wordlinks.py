"""Which words of a link say the same: dictionary, names and what goes together in the text, weighed at once.

A word-to-word model after Brown et al., "The Mathematics of Statistical Machine Translation", Computational
Linguistics 19 (1993), model 1, run in both directions over all links of the text. It starts from the dictionary
rather than from nothing and stays near it, so that a word that stands once is linked too; where words stand in
their sentences counts a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.lexicon import Lexicon, fold, load_pack
from dragoman.model.bilingual import Alignment, Link, Span
from dragoman.terms.meanings import Meanings
from dragoman.terms.numerals import chinese_numbers, english_numbers
from dragoman.terms.tokens import Token, chinese_tokens, english_tokens

PACK = "terms/wordlinks.yaml"
Vector = NDArray[np.float64]
Index = NDArray[np.int64]
SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """The words of one link and how far they say the same.

    Attributes:
        link: its sentences.
        number: of the link in the alignment, from 0.
        english, chinese: their words in order.
        shared: one row for each English, one column for each Chinese word; 0 to 1.
        likeness: the same of dictionary and names alone.
    """

    link: Link
    number: int
    english: tuple[Token, ...]
    chinese: tuple[Token, ...]
    shared: Vector
    likeness: Vector


def pairings(alignment: Alignment, lexicon: Lexicon, meanings: Meanings) -> list[Pairing]:
    """Return the links that have two sides, word by word.

    Args:
        alignment: of the text.
        lexicon: names that are the same in both versions.
        meanings: what words mean.
    """
    sides = [tokens_of(alignment, link, meanings) for link in alignment.links if link.en and link.zh]
    links = [(number, link) for number, link in enumerate(alignment.links) if link.en and link.zh]
    if not sides:
        return []
    likeness = Likeness(meanings, load_pack(PACK))
    alike = [
        likeness.matrix(english, chinese, names_in(alignment, link, english, chinese, lexicon))
        for (_, link), (english, chinese) in zip(links, sides, strict=True)
    ]
    shared = Model(sides, alike, load_pack(PACK)).shared()
    return [
        Pairing(link, number, tuple(english), tuple(chinese), both, like)
        for (number, link), (english, chinese), both, like in zip(links, sides, shared, alike, strict=True)
    ]


def tokens_of(alignment: Alignment, link: Link, meanings: Meanings) -> tuple[list[Token], list[Token]]:
    """Return the words of both sides of a link."""
    english = [
        token
        for start, end in link.en
        for token in english_tokens(alignment.english.slice(start, end), start, meanings)
    ]
    wanted = {token.root: 1.0 for token in english if token.content}
    chinese = [
        token
        for start, end in link.zh
        for token in chinese_tokens(alignment.chinese.slice(start, end), start, wanted, meanings)
    ]
    return english, chinese


Places = list[tuple[list[int], list[int]]]
"""Pairs of positions of words that say the same because they name the same."""


def names_in(
    alignment: Alignment, link: Link, english: Sequence[Token], chinese: Sequence[Token], lexicon: Lexicon
) -> Places:
    """Return the words that name the same actor in both versions, or the same number."""
    first = named(link.en, alignment.english.text, lexicon)
    second = named(link.zh, alignment.chinese.text, lexicon)
    return [
        (within(english, one), within(chinese, other))
        for key, one in first
        for other_key, other in second
        if key == other_key
    ]


def named(spans: Iterable[Span], text: str, lexicon: Lexicon) -> list[tuple[tuple[str, str], Span]]:
    """Return the actors and numbers of some sentences, with their offsets."""
    found: list[tuple[tuple[str, str], Span]] = []
    for start, end in spans:
        words = SPACE.sub(" ", text[start:end])
        for hit in lexicon.names.find(words):
            found += [(("actor", one.key), (start + hit.start, start + hit.end)) for one in hit.phrases]
    return found


def within(tokens: Sequence[Token], span: Span) -> list[int]:
    """Return the positions of the words within a stretch."""
    return [at for at, token in enumerate(tokens) if span[0] <= token.start < span[1]]


class Likeness:
    """How far two words say the same by the dictionary and by how they are written."""

    def __init__(self, meanings: Meanings, pack: Any) -> None:  # noqa: ANN401 - a pack of figures
        self._meanings = meanings
        self._soft: float = pack["soft"]
        self._named: float = pack["named"]
        self._told, self._loose = float(pack["told"]), float(pack["loose"])
        self._known: dict[tuple[str, str], float] = {}

    def matrix(self, english: Sequence[Token], chinese: Sequence[Token], named: Places) -> Vector:
        """Return how far each English word and each Chinese word say the same, 0 to 1."""
        found = np.zeros((len(english), len(chinese)))
        for row, one in enumerate(english):
            if one.content:
                found[row] = [self.of(one.root, other) for other in chinese]
        for rows, columns in named:
            block = found[np.ix_(rows, columns)]
            told = (block.max(axis=1, initial=0.0) >= self._told)[:, None] | (
                block.max(axis=0, initial=0.0) >= self._told
            )
            found[np.ix_(rows, columns)] = np.maximum(block, np.where(told, self._loose, self._named))
        return found

    def of(self, english: str, chinese: Token) -> float:
        """Return how far an English root and a Chinese word say the same."""
        if not chinese.content:
            return 0.0
        key = english, chinese.root
        value = self._known.get(key)
        if value is None:
            value = self._known[key] = self._worked_out(english, chinese.root)
        return value

    def _worked_out(self, english: str, chinese: str) -> float:
        if chinese[0].isascii():
            return written_alike(english, chinese)
        exact = self._meanings.of(chinese).get(english, 0.0)
        characters = self._meanings.characters(english)
        soft = sum(characters.get(character, 0.0) for character in chinese) / len(chinese)
        return max(exact, self._soft * min(1.0, soft))


def written_alike(english: str, chinese: str) -> float:
    """Return 1 where the Chinese text keeps a number or a Latin word, or its beginning, else 0."""
    if english == chinese or (chinese.isalpha() and len(chinese) > 1 and english.startswith(chinese)):
        return 1.0
    first, second = list(english_numbers(english)), list(chinese_numbers(chinese))
    return 1.0 if first and second and first[0][1] == second[0][1] else 0.0


class Model:
    """The words of all links, cell by cell: which English and which Chinese word, how alike, how near."""

    def __init__(
        self,
        sides: Sequence[tuple[list[Token], list[Token]]],
        alike: Sequence[Vector],
        pack: Any,  # noqa: ANN401
    ) -> None:
        self._shapes = [(len(english), len(chinese)) for english, chinese in sides]
        self._pack = pack
        words = [numbered(token.root for tokens in side for token in tokens) for side in zip(*sides, strict=True)]
        self._rows, self._columns, pairs = self._cells(words)
        content = [
            np.array([token.content for tokens in side for token in tokens], dtype=bool)
            for side in zip(*sides, strict=True)
        ]
        usable = content[0][self._rows] & content[1][self._columns]
        unique, self._pairs = np.unique(pairs, return_inverse=True)
        self._alike = np.concatenate([one.ravel() for one in alike]) if alike else np.zeros(0)
        self._prior = np.zeros(len(unique))
        np.maximum.at(self._prior, self._pairs, self._alike)
        width = int(words[1].max()) + 1 if len(words[1]) else 1
        self._first, self._second = unique // width, unique % width
        self._near = np.concatenate([nearness(*shape, pack["spread"]) for shape in self._shapes] or [np.zeros(0)])
        self._near *= usable

    def _cells(self, words: Sequence[Index]) -> tuple[Index, Index, Index]:
        """Return for each cell of each link its English word, its Chinese word, and the pair of the two."""
        width = int(words[1].max()) + 1 if len(words[1]) else 1
        rows, columns, at, other = [], [], 0, 0
        for height, breadth in self._shapes:
            rows.append(np.repeat(np.arange(at, at + height), breadth))
            columns.append(np.tile(np.arange(other, other + breadth), height))
            at, other = at + height, other + breadth
        first = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
        second = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
        return first, second, words[0][first] * width + words[1][second]

    def shared(self) -> list[Vector]:
        """Return for each link how far each pair of its words says the same."""
        one = self._direction(self._rows, self._columns, self._first)
        two = self._direction(self._columns, self._rows, self._second)
        both = np.sqrt(one * two)
        ends = np.cumsum([height * breadth for height, breadth in self._shapes])
        return (
            [part.reshape(shape) for part, shape in zip(np.split(both, ends[:-1]), self._shapes, strict=True)]
            if self._shapes
            else []
        )

    def _direction(self, givers: Index, takers: Index, kinds: Index) -> Vector:
        """Return for each cell how far its taker was made by its giver."""
        pull, floor, nothing = self._pack["pull"], self._pack["floor"], self._pack["nothing"]
        chance = self._prior + floor
        share = np.zeros(len(givers))
        for _ in range(int(self._pack["rounds"])):
            weight = chance[self._pairs] * self._near
            total = np.bincount(takers, weight, minlength=1)
            share = weight / (total[takers] + nothing)
            often = np.bincount(self._pairs, share, minlength=len(self._prior))
            mass = often + pull * self._prior
            chance = (mass + floor * pull) / (np.bincount(kinds, mass)[kinds] + pull)
        return share


def numbered(words: Iterator[str]) -> Index:
    """Return the words of a text as numbers, the same for the same word."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(fold(word), len(seen)) for word in words], dtype=np.int64)


def nearness(height: int, breadth: int, spread: float) -> Vector:
    """Return how near the words of a link stand to each other, each by its place in its sentence."""
    rows = (np.arange(height) + 0.5) / max(1, height)
    columns = (np.arange(breadth) + 0.5) / max(1, breadth)
    return np.exp(-np.abs(rows[:, None] - columns[None, :]) / spread).ravel()
