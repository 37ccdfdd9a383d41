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
PREFIXES = 6
"""Words that begin like a word of the query and are looked at."""
FEW = 400
"""Names up to which a dictionary is quicker than an array."""
MOST_ALIKE = 60
"""Listed words, those that are worth most, whose names a word of a query fetches."""
WORDS_KEPT = 40_000
"""Words of queries whose relatives are kept."""
RIVALS = 0.55
"""Share of the best estimate that a name must have to be compared."""
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
        self._keys, firsts = np.unique(keys[order], return_index=True)
        self._ends = np.append(firsts, len(keys)).astype(np.int32)
        self._numbers = np.array(numbers, dtype=np.int32)[order]

    def find(self, sums: Sequence[int]) -> Numbers:
        """Return the numbers under any of some checksums."""
        found = self._under(sums)
        return found[0] if len(found) == 1 else np.concatenate(found) if found else NOTHING

    def listed(self, sums: Sequence[int]) -> set[int]:
        """Return the same as a set."""
        return {number for numbers in self._under(sums) for number in numbers.tolist()}

    def _under(self, sums: Sequence[int]) -> list[Numbers]:
        if not len(self._keys):
            return []
        wanted = np.array(sums, dtype=np.uint32)
        places = self._keys.searchsorted(wanted)
        places = places[self._keys.take(places, mode="clip") == wanted].tolist()
        return [self._numbers[self._ends[place] : self._ends[place + 1]] for place in places]


class Reach:
    """The listed words that a word of a query may stand for, and the names they stand in.

    Attributes:
        like: likeness and how, by listed word.
        names: numbers of the names, each once, sorted.
        values: what each is worth.
        most: what the best of them is worth.
        common: whether the word alone is too common to fetch names.
    """

    __slots__ = ("common", "like", "most", "names", "values")

    def __init__(self, like: Mapping[str, tuple[float, str]], names: Numbers, values: Weights) -> None:
        self.like = like
        self.names = names
        self.values = values
        self.most = float(values.max()) if len(values) else 0.0
        self.common = len(names) > TOO_MANY


def reach_of(like: Mapping[str, tuple[float, str]], found: Sequence[tuple[float, Numbers]]) -> Reach:
    """Return a reach of names by worth, the least first; a name that is found twice has the greater worth."""
    if len(found) == 1:
        worth, only = found[0]
        return Reach(like, only, np.full(len(only), worth, dtype=np.float32))
    if sum([len(some) for _, some in found]) <= FEW:
        return reach_by({name: worth for worth, some in found for name in some.tolist()}, like)
    names = np.concatenate([some for _, some in found])
    worths = np.array([worth for worth, _ in found], dtype=np.float32)
    values = np.repeat(worths, [len(some) for _, some in found])
    order = names.argsort(kind="stable")
    names = names[order]
    last = np.append(names[1:] != names[:-1], True)
    return Reach(like, names[last], values[order[last]])


def reach_by(worth: Mapping[int, float], like: Mapping[str, tuple[float, str]]) -> Reach:
    """Return a reach of names with what each is worth."""
    names = sorted(worth)
    values = [worth[name] for name in names]
    return Reach(like, np.array(names, dtype=np.int32), np.array(values, dtype=np.float32))


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
        self._totals = list(totals)
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
            near = sorted(self._deletions.listed(sums_of(word)))
            like.update(misspelled(word, [self._words[number] for number in near]))
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

    def reach_plainly(self, word: str) -> Reach | None:
        """Return what a word stands for as it is written, in short and in full, None for nothing; not kept."""
        known = self._known
        like = {
            other: (SHORT, "short form")
            for other in chain(known.short.get(word, ()), known.shortened.get(word, ()))
            if other in self._numbers
        }
        if word in self._numbers:
            like[word] = 1.0, "same"
        return self.together(like) if like else None

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
        found = [(value, self._rows(other)) for value, other in worth[-MOST_ALIKE:]]
        sums = [crc32(word.encode()) for word in joined]
        if sums and len(names := self._joined.find(sums)):
            found.append((JOINED, names))
        return reach_of(like, found)

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
        self,
        reaches: Sequence[Reach],
        more: Iterable[Numbers],
        asked: float,
        limit: int,
        least: float = 0.0,
        rivals: float = RIVALS,
    ) -> list[int]:
        """Return the numbers of the names that several reaches account best for, best first.

        Args:
            reaches: one for each part of a query.
            more: further names, each worth `JOINED`.
            asked: what the whole query weighs.
            limit: most names.
            least: as for `find`.
            rivals: share of the best estimate under which a name is not worth a look either.
        """
        enough = least * asked
        telling, others = _telling(reaches, enough)
        added = [(reach.names, reach.values) for reach in telling]
        added += [(names, np.full(len(names), JOINED, dtype=np.float32)) for names in more]
        gains = _summed(added, enough - sum([reach.most for reach in others]))
        if others:
            _add(gains, others)
        shares = [
            (-gain / (asked + 0.5 * max(self._totals[name] - gain, 0.0)), name)
            for name, gain in gains.items()
            if gain >= enough
        ]
        if not shares:
            return []
        shares.sort()
        worst = -max(least, -rivals * shares[0][0])
        return [name for share, name in shares[:limit] if share <= worst]

    def _written_otherwise(self, words: Sequence[str]) -> Iterable[Numbers]:
        """Yield the names that write two words of the query as one, or one of them as two."""
        if len(words) > 1:
            for one, other in pairwise(words):
                if (one + other) in self._numbers:
                    yield self._rows(one + other)
        names = self._joined.find([crc32(word.encode()) for word in words])
        if len(names):
            yield names


def _summed(added: Sequence[tuple[Numbers, Weights]], enough: float) -> dict[int, float]:
    """Return what names gain in all, those left out that gain too little."""
    if sum([len(names) for names, _ in added]) > FEW:
        names = np.concatenate([names for names, _ in added])
        order = names.argsort(kind="stable")
        names = names[order]
        firsts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
        sums = np.add.reduceat(np.concatenate([values for _, values in added])[order], firsts)
        kept = sums >= enough
        return dict(zip(names[firsts[kept]].tolist(), sums[kept].tolist(), strict=True))
    gains: dict[int, float] = {}
    for some, values in added:
        for name, value in zip(some.tolist(), values.tolist(), strict=True):
            gains[name] = gains.get(name, 0.0) + value
    return {name: gain for name, gain in gains.items() if gain >= enough}


def _add(gains: dict[int, float], reaches: Sequence[Reach]) -> None:
    """Add what names gain by further reaches."""
    names = list(gains)
    found = np.array(names, dtype=np.int32)
    for reach in reaches:
        for name, value in zip(names, _values_of(found, reach).tolist(), strict=True):
            gains[name] += value


def _values_of(found: Numbers, reach: Reach) -> Weights:
    """Return what some names are worth in a reach, 0 for those that it does not have."""
    places = reach.names.searchsorted(found)
    there = reach.names.take(places, mode="clip") == found
    return np.where(there, reach.values.take(places, mode="clip"), np.float32(0.0))


def _telling(reaches: Sequence[Reach], enough: float) -> tuple[list[Reach], list[Reach]]:
    """Return the reaches of which a name that gains enough must be in one, the rarest words, and the others."""
    ranked = sorted((reach for reach in reaches if len(reach.names)), key=lambda reach: len(reach.names))
    most = sum([reach.most for reach in ranked])
    for at, reach in enumerate(ranked):
        if at and (most < enough or reach.common):
            return ranked[:at], ranked[at:]
        most -= reach.most
    return ranked, []
