"""Which names of the lists are worth comparing: an inverted index over words, their spellings and sounds."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dragoman.screen.likeness import (
    BEGINNING,
    GIVEN,
    NONE,
    SHORT,
    SHORTEST_TYPO,
    Likeness,
    misspelled,
    sound,
    sounding,
)
from dragoman.screen.vocabulary import Vocabulary

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

USUAL_NAMES = 20_000
"""Names of the smallest list by which the rarity of a word is judged; a list of three names knows no rarity."""
TOO_MANY = 4_000
"""Names that share one word with a query before that word alone is too common to fetch them."""
PREFIXES = 20
"""Words that begin like a word of the query and are looked at."""
WORDS_KEPT = 40_000
"""Words of queries whose relatives are kept."""
JOINED = 0.9
"""What two words are worth that the other name writes as one, when candidates are ranked."""
SOUND_SLACK = 3
"""Letters by which words of one sound may differ in length."""
FORM, PARTICLE, LETTER, DIGITS = 0.08, 0.12, 0.35, 0.6
"""Weights of a word of a legal form, of a particle, of an initial and of a number."""
NOTHING = np.empty(0, dtype=np.int32)


def sums_of(word: str) -> list[int]:
    """Return the checksums of a word and of its spellings with one letter less (Garbe's symmetric deletion)."""
    letters = word.encode()
    return [crc32(letters), *(crc32(letters[:at] + letters[at + 1 :]) for at in range(len(letters)))]


class Sums:
    """Numbers by 32-bit checksum, as two sorted arrays; a clash only costs a comparison."""

    def __init__(self, sums: Sequence[int], numbers: Sequence[int]) -> None:
        keys = np.array(sums, dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._numbers = np.array(numbers, dtype=np.int32)[order]

    def find(self, sums: Sequence[int]) -> Numbers:
        """Return the numbers under any of some checksums."""
        wanted = np.array(sums, dtype=np.uint32)
        first = self._keys.searchsorted(wanted, "left")
        last = self._keys.searchsorted(wanted, "right")
        found = [
            self._numbers[one:end] for one, end in zip(first.tolist(), last.tolist(), strict=True) if one < end
        ]
        return np.concatenate(found) if found else NOTHING


class Reach:
    """The listed words that a word of a query may stand for, and the names they stand in.

    Attributes:
        like: likeness and how, by listed word.
        names: numbers of the names, some of them twice.
        values: what each is worth.
        common: whether the word alone is too common to fetch names.
    """

    __slots__ = ("common", "like", "names", "values")

    def __init__(self, like: Mapping[str, tuple[float, str]], names: Numbers, values: Weights) -> None:
        self.like = like
        self.names = names
        self.values = values
        self.common = len(names) > TOO_MANY


class Candidates:
    """The words of all listed names.

    Args:
        names: the words of each name, in the order of their numbers.
        known: the vocabulary.
        totals: what each name weighs, where it is not the sum of its words.
    """

    def __init__(
        self, names: Sequence[tuple[str, ...]], known: Vocabulary, totals: Sequence[float] | None = None
    ) -> None:
        self._known = known
        self._count = max(USUAL_NAMES, len(names))
        self._words = sorted(set(chain.from_iterable(names)))
        self._numbers = {word: at for at, word in enumerate(self._words)}
        self._names = len(names)
        self._ends, self._postings = self._posted(names)
        self._weights = [self._rarity(word, at) for at, word in enumerate(self._words)]
        if totals is None:
            totals = [sum(self._weights[self._numbers[word]] for word in dict.fromkeys(words)) for words in names]
        self.totals = np.array(totals, dtype=np.float32)
        self._deletions = self._shortened()
        self._sounds: dict[str, list[str]] = {}
        self._given: dict[int, list[str]] = {}
        for word in self._words:
            code = sound(word)
            if len(code) > 1:
                self._sounds.setdefault(code, []).append(word)
            for group in known.given.get(word, ()):
                self._given.setdefault(group, []).append(word)
        self._joined = self._adjacent(names)
        self._kept: dict[str, Reach] = {}

    def _posted(self, names: Sequence[tuple[str, ...]]) -> tuple[list[int], Numbers]:
        """Return where each word's names end, and the numbers of the names word by word."""
        spread = [
            (self._numbers[word], number) for number, words in enumerate(names) for word in dict.fromkeys(words)
        ]
        table = np.array(spread or [(0, 0)], dtype=np.int32)[: len(spread)]
        order = np.argsort(table[:, 0], kind="stable")
        counts = np.bincount(table[:, 0], minlength=len(self._words))
        return [0, *np.cumsum(counts).tolist()], np.ascontiguousarray(table[order, 1])

    def _shortened(self) -> Sums:
        sums: list[int] = []
        numbers: list[int] = []
        for number, word in enumerate(self._words):
            if len(word) >= SHORTEST_TYPO and not word.isdigit():
                found = sums_of(word)
                sums += found
                numbers += [number] * len(found)
        return Sums(sums, numbers)

    @staticmethod
    def _adjacent(names: Sequence[tuple[str, ...]]) -> Sums:
        """Return the names by each two words of theirs that stand side by side, written as one."""
        sums: list[int] = []
        numbers: list[int] = []
        for number, words in enumerate(names):
            for one, other in pairwise(words):
                sums.append(crc32((one + other).encode()))
                numbers.append(number)
        return Sums(sums, numbers)

    def _rarity(self, word: str, number: int) -> float:
        """Return what a word tells: the rarer, the more; generic words little (inverse document frequency)."""
        rows = self._ends[number + 1] - self._ends[number] if number >= 0 else 0
        value = math.log((self._count + 1) / (rows + 1)) / math.log(self._count + 1)
        known = self._known
        if word in known.form_parts:
            return FORM
        if word in known.particles:
            return PARTICLE
        if word in known.generic:
            return 0.25 * value + 0.05
        if len(word) == 1:
            return LETTER
        return DIGITS if word.isdigit() else 0.4 + 0.6 * value

    def lists(self, word: str) -> bool:
        """Return whether a word stands in a listed name."""
        return word in self._numbers

    def weight(self, word: str) -> float:
        """Return the weight of a word, 0 to 1."""
        number = self._numbers.get(word)
        return self._weights[number] if number is not None else self._rarity(word, -1)

    def near(self, word: str) -> dict[str, Likeness]:
        """Return the listed words that are a word, or the word with few spelling errors, the word itself last."""
        like: dict[str, Likeness] = {}
        if len(word) >= SHORTEST_TYPO and not word.isdigit():
            near = np.unique(self._deletions.find(sums_of(word))).tolist()
            like.update(misspelled(word, [self._words[number] for number in near]) if near else ())
        if word in self._numbers:
            like[word] = 1.0, "same"
        return like

    def _relatives(self, word: str) -> Iterator[tuple[str, Likeness]]:
        """Yield words that a word may stand for but for its spelling, some of them on no list."""
        known = self._known
        if len(word) >= SHORTEST_TYPO and not word.isdigit():
            size = len(word)
            yield from sounding(
                word,
                [other for other in self._sounds.get(sound(word), ()) if abs(len(other) - size) <= SOUND_SLACK],
            )
            at = bisect_left(self._words, word)
            for other in self._words[at : at + PREFIXES]:
                if not other.startswith(word):
                    break
                yield other, (BEGINNING, "abbreviation")
        for other in chain(known.short.get(word, ()), known.shortened.get(word, ())):
            yield other, (SHORT, "short form")
        for group in known.given.get(word, ()):
            for other in self._given.get(group, ()):
                yield other, (GIVEN, "given name")

    def reach(self, word: str) -> Reach:
        """Return what a word of a query may stand for; kept for the next query."""
        kept = self._kept.get(word)
        if kept is None:
            if len(self._kept) >= WORDS_KEPT:
                self._kept.clear()
            kept = self._kept[word] = self._reach(word)
        return kept

    @property
    def words(self) -> Sequence[str]:
        """All words, sorted."""
        return self._words

    def _reach(self, word: str) -> Reach:
        like = self.near(word)
        for other, found in self._relatives(word):
            better = found[0] > like.get(other, NONE)[0] if found[1] != "sound" else other not in like
            if better and other in self._numbers:
                like[other] = found
        return self.together(like)

    def together(self, like: Mapping[str, tuple[float, str]], joined: Iterable[str] = ()) -> Reach:
        """Return the names with any of some listed words, or with two words that joined are one of `joined`.

        Args:
            like: listed words with what each is worth, and why.
            joined: words that a name may write as two.
        """
        weights, numbers = self._weights, self._numbers
        worth = sorted((value * weights[numbers[other]], other) for other, (value, _) in like.items())
        names = [self._rows(other) for _, other in worth]
        sums = [crc32(word.encode()) for word in joined]
        if sums and len(found := self._joined.find(sums)):
            names.append(found)
            worth.append((JOINED, ""))
        if not names:
            return Reach(like, NOTHING, np.empty(0, dtype=np.float32))
        values = np.repeat(np.array([value for value, _ in worth], dtype=np.float32), list(map(len, names)))
        return Reach(like, np.concatenate(names), values)

    def _rows(self, word: str) -> Numbers:
        number = self._numbers[word]
        return self._postings[self._ends[number] : self._ends[number + 1]]

    def find(self, words: Sequence[str], limit: int, least: float = 0.0) -> list[int]:
        """Return the numbers of the names that account best for a query, best first.

        Args:
            words: of the query.
            limit: most names.
            least: estimated score, 0 to 1, under which a name is not worth a look.
        """
        reaches = [self.reach(word) for word in dict.fromkeys(words)]
        return self.gather(
            reaches, self._written_otherwise(words), sum(map(self.weight, dict.fromkeys(words))), limit, least
        )

    def gather(
        self, reaches: Sequence[Reach], more: Iterable[Numbers], asked: float, limit: int, least: float = 0.0
    ) -> list[int]:
        """Return the numbers of the names that several reaches account best for, best first.

        Args:
            reaches: one for each part of a query.
            more: further names, each worth `JOINED`.
            asked: what the whole query weighs.
            limit: most names.
            least: as for `find`.
        """
        gained = np.zeros(self._names, dtype=np.float32)
        best = np.zeros(self._names, dtype=np.float32)
        for reach in reaches:
            if len(reach.like) == 1:
                gained[reach.names] += reach.values
                continue
            best[reach.names] = reach.values
            gained[reach.names] += best[reach.names]
            best[reach.names] = 0.0
        fetched = [reach.names for reach in reaches if not reach.common] or [reach.names for reach in reaches]
        for names in more:
            gained[names] += JOINED
            fetched.append(names)
        found = np.concatenate(fetched) if fetched else NOTHING
        return self._best(found, gained, asked, limit, least) if len(found) else []

    def _written_otherwise(self, words: Sequence[str]) -> Iterable[Numbers]:
        """Yield the names that write two words of the query as one, or one of them as two."""
        if len(words) > 1:
            for one, other in pairwise(words):
                if (one + other) in self._numbers:
                    yield self._rows(one + other)
        names = self._joined.find([crc32(word.encode()) for word in words])
        if len(names):
            yield names

    def _best(self, found: Numbers, gained: Weights, asked: float, limit: int, least: float) -> list[int]:
        """Return the found names whose gain is the largest share of what both names weigh."""
        share = gained[found] / (asked + 0.5 * np.maximum(self.totals[found] - gained[found], 0.0))
        if least:
            found, share = found[share >= least], share[share >= least]
        if len(found) > 4 * limit:
            some = np.argpartition(-share, 4 * limit)[: 4 * limit]
            found, share = found[some], share[some]
        order = np.lexsort((found, -share))
        return list(dict.fromkeys(found[order].tolist()))[:limit]
