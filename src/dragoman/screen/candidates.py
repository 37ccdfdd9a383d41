"""Which names of the lists are worth comparing: an inverted index over words, their spellings and sounds."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Self
from zlib import crc32

import numpy as np

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
from dragoman.screen.reach import FEW, Numbers, Reach, add_to, merged, on_grid, summed, telling_of
from dragoman.screen.sums import State, Sums, sums_of
from dragoman.screen.vocabulary import Vocabulary

USUAL_NAMES = 20_000
"""Names of the smallest list by which the rarity of a word is judged; a list of three names knows no rarity."""
PREFIXES = 6
"""Words that begin like a word of the query and are looked at."""
MOST_ALIKE = 60
"""Listed words, those that are worth most, whose names a word of a query fetches."""
WORDS_KEPT = 40_000
"""Words of queries whose relatives are kept."""
RIVALS = 0.55
"""Share of the best estimate that a name must have to be compared."""
JOINED = on_grid(0.9)
"""What two words are worth that the other name writes as one, when candidates are ranked."""
SOUND_SLACK = 3
"""Letters by which words of one sound may differ in length."""
FORM, PARTICLE, LETTER, DIGITS = 0.08, 0.12, 0.35, 0.6
"""Weights of a word of a legal form, of a particle, of an initial and of a number."""
SAME: Likeness = (1.0, "same")
BEGUN: Likeness = (BEGINNING, "abbreviation")
SHORTENED: Likeness = (SHORT, "short form")
ALSO_GIVEN: Likeness = (GIVEN, "given name")


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
        self._count = max(USUAL_NAMES, len(names))
        self._words = sorted(set(chain.from_iterable(names)))
        self._know(known)
        self._ends, self._postings = self._posted(names)
        self._sizes = _differences(self._ends)
        self._weights = [on_grid(self._rarity(word, at)) for at, word in enumerate(self._words)]
        if totals is None:
            totals = [sum(self._weights[self._numbers[word]] for word in dict.fromkeys(words)) for words in names]
        self._totals = list(map(on_grid, totals))
        self._deletions = self._shortened()
        self._sounds: dict[str, tuple[list[int], list[str]]] = {}
        for number, word in enumerate(self._words):
            code = sound(word)
            if len(code) > 1:
                numbers, same = self._sounds.setdefault(code, ([], []))
                numbers.append(number)
                same.append(word)
        self._joined = self._adjacent(names)

    def _know(self, known: Vocabulary) -> None:
        self._known = known
        self._numbers = {word: at for at, word in enumerate(self._words)}
        self._given: dict[int, list[str]] = {}
        for word in sorted(known.given.keys() & self._numbers.keys()):
            for group in known.given[word]:
                self._given.setdefault(group, []).append(word)
        self._kept: dict[str, Reach] = {}

    def kept(self) -> State:
        """Return what it is made of, without what the vocabulary tells."""
        return {
            "count": self._count,
            "words": self._words,
            "ends": array("i", self._ends),
            "postings": self._postings,
            "weights": array("d", self._weights),
            "totals": array("d", self._totals),
            "deletions": self._deletions.kept(),
            "joined": self._joined.kept(),
            "sounds": {code: numbers for code, (numbers, _) in self._sounds.items()},
        }

    def restore(self, state: State, known: Vocabulary) -> Self:
        """Become what `kept` came from, and return it."""
        self._count, self._words, self._postings = state["count"], state["words"], state["postings"]
        self._ends, self._weights, self._totals = (state[key].tolist() for key in ("ends", "weights", "totals"))
        self._sizes = _differences(self._ends)
        self._deletions, self._joined = (
            Sums.__new__(Sums).restore(state["deletions"]),
            Sums.__new__(Sums).restore(state["joined"]),
        )
        words = self._words
        self._sounds = {
            code: (numbers, [words[number] for number in numbers]) for code, numbers in state["sounds"].items()
        }
        self._know(known)
        return self

    def _posted(self, names: Sequence[tuple[str, ...]]) -> tuple[list[int], array[int]]:
        """Return where each word's names end, and the numbers of the names word by word."""
        spread = [
            (self._numbers[word], number) for number, words in enumerate(names) for word in dict.fromkeys(words)
        ]
        table = np.array(spread or [(0, 0)], dtype=np.int32)[: len(spread)]
        order = np.argsort(table[:, 0], kind="stable")
        counts = np.bincount(table[:, 0], minlength=len(self._words))
        return [0, *np.cumsum(counts).tolist()], array("i", table[order, 1].tobytes())

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
        known = self._known
        if word in known.form_parts:
            return FORM
        if word in known.particles:
            return PARTICLE
        if word in known.generic:
            return 0.25 * self._rare(number) + 0.05
        if len(word) == 1:
            return LETTER
        return DIGITS if word.isdigit() else 0.4 + 0.6 * self._rare(number)

    def _rare(self, number: int) -> float:
        """Return how rare a listed word is, 0 to 1; one that is not listed is as rare as can be."""
        if number < 0:
            return 1.0
        return math.log((self._count + 1) / (self._sizes[number] + 1)) / math.log(self._count + 1)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each word, its place among all words sorted."""
        return self._numbers

    def weight(self, word: str) -> float:
        """Return the weight of a word, 0 to 1."""
        number = self._numbers.get(word)
        if number is not None:
            return self._weights[number]
        return self._rarity(word, -1)

    def near(self, word: str) -> dict[int, Likeness]:
        """Return the listed words that are a word, or the word with few spelling errors, the word itself last."""
        like: dict[int, Likeness] = {}
        if len(word) >= SHORTEST_TYPO and not word.isdigit():
            near = sorted(set(self._deletions.find(sums_of(word))))
            if len(near) > 1 or (near and self._words[near[0]] != word):
                words = self._words
                like = {near[at]: found for at, found in misspelled(word, [words[number] for number in near])}
        if word in self._numbers:
            like[self._numbers[word]] = SAME
        return like

    def _relatives(self, word: str) -> Iterator[tuple[str, Likeness]]:
        """Yield words that a word may stand for but for its spelling and sound, some of them on no list."""
        known = self._known
        if len(word) >= SHORTEST_TYPO and not word.isdigit():
            at = bisect_left(self._words, word)
            for other in self._words[at : at + PREFIXES]:
                if not other.startswith(word):
                    break
                yield other, BEGUN
        for other in chain(known.short.get(word, ()), known.shortened.get(word, ())):
            yield other, SHORTENED
        for group in known.given.get(word, ()):
            for other in self._given.get(group, ()):
                yield other, ALSO_GIVEN

    def _sounding(self, word: str) -> list[tuple[int, Likeness]]:
        """Return the listed words that sound like a word."""
        size = len(word)
        same = self._sounds.get(sound(word)) if size >= SHORTEST_TYPO and not word.isdigit() else None
        if same is None:
            return []
        numbers, words = same
        return [
            (numbers[at], found)
            for other, found, at in sounding(word, words)
            if -SOUND_SLACK <= len(other) - size <= SOUND_SLACK
        ]

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
        known, numbers = self._known, self._numbers
        like = {
            numbers[other]: SHORT
            for other in chain(known.short.get(word, ()), known.shortened.get(word, ()))
            if other in numbers
        }
        if word in numbers:
            like[numbers[word]] = 1.0
        return self.together(like) if like else None

    @property
    def words(self) -> Sequence[str]:
        """All words, sorted."""
        return self._words

    def _reach(self, word: str) -> Reach:
        like = self.near(word)
        for number, found in self._sounding(word):
            if number not in like:
                like[number] = found
        for other, found in self._relatives(word):
            number = self._numbers.get(other, -1)
            if number >= 0 and found[0] > like.get(number, NONE)[0]:
                like[number] = found
        words = self._words
        values: dict[int, float] = {}
        known: dict[str, Likeness] = {}
        for number, found in like.items():
            values[number] = found[0]
            known[words[number]] = found
        return self.together(values, (), known)

    def together(
        self,
        values: Mapping[int, float],
        joined: Iterable[str] = (),
        like: Mapping[str, Likeness] | None = None,
        wholes: Sequence[tuple[float, Numbers]] = (),
    ) -> Reach:
        """Return the names with any of some listed words, or with two words that joined are one of `joined`.

        Args:
            values: numbers of listed words with what each is worth.
            joined: words that a name may write as two.
            like: likenesses of the listed words.
            wholes: names with several of the words, and what these are worth together.
        """
        weights, ends, sizes = self._weights, self._ends, self._sizes
        worth = sorted([(on_grid(value * weights[number]), number) for number, value in values.items()])[
            -MOST_ALIKE:
        ]
        names = self._joined.find([crc32(word.encode()) for word in joined]) if joined else []
        more = sorted([(on_grid(value), some) for value, some in wholes], key=_first)
        if names:
            more.append((JOINED, np.array(names, dtype=np.int32)))
        most = max([value for value, _ in (*worth[-1:], *more)], default=0.0)
        if sum([sizes[number] for _, number in worth]) + sum([len(some) for _, some in more]) > FEW:
            found = [*((value, self._rows(number)) for value, number in worth), *more]
            return Reach(None, most, merged(found), like)
        postings = self._postings
        few: dict[int, float] = {}
        for value, number in worth:
            start, end = ends[number], ends[number + 1]
            if end - start == 1:
                few[postings[start]] = value
            else:
                few.update(dict.fromkeys(postings[start:end], value))
        for value, some in more:
            few.update(dict.fromkeys(some.tolist(), value))
        return Reach(few, most, None, like)

    def with_all(self, groups: Sequence[Sequence[int]]) -> tuple[float, Numbers]:
        """Return the names that have a word of each group of listed words, and what such words weigh together."""
        names: Numbers | None = None
        for group in groups:
            some = _each_once([self._rows(number) for number in group])
            names = some if names is None else np.intersect1d(names, some, assume_unique=True)
        total = sum([max([self._weights[number] for number in group]) for group in groups])
        return total, np.empty(0, dtype=np.int32) if names is None else names

    def _rows(self, number: int) -> Numbers:
        """Return the names that a word stands in."""
        start, end = self._ends[number], self._ends[number + 1]
        return np.frombuffer(self._postings, np.int32, end - start, start * self._postings.itemsize)

    def find(self, words: Sequence[str], limit: int, least: float = 0.0) -> list[int]:
        """Return the numbers of the names that account best for a query, best first.

        Args:
            words: of the query.
            limit: most names.
            least: estimated score, 0 to 1, under which a name is not worth a look.
        """
        different = dict.fromkeys(words)
        reaches = [self.reach(word) for word in different]
        asked = sum(map(self.weight, different))
        return self.gather(reaches, self._written_otherwise(words), asked, limit, least)

    def gather(
        self,
        reaches: Sequence[Reach],
        more: Iterable[Sequence[int]],
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
        joined = [Reach(dict.fromkeys(names, JOINED), JOINED) for names in more]
        if sum([reach.most for reach in reaches]) + JOINED * len(joined) < enough:
            return []
        telling, others = telling_of(reaches, enough)
        added = telling + joined
        gains = summed(added, enough - sum([reach.most for reach in others]))
        for reach in others:
            add_to(gains, reach)
        totals = self._totals
        ranked = [
            (-gain / (asked + 0.5 * rest if (rest := totals[name] - gain) > 0.0 else asked), name)
            for name, gain in gains.items()
            if gain >= enough
        ]
        if not ranked:
            return []
        ranked.sort()
        worst = -max(least, -rivals * ranked[0][0])
        return [name for share, name in ranked[:limit] if share <= worst]

    def _written_otherwise(self, words: Sequence[str]) -> Iterable[Sequence[int]]:
        """Yield the names that write two words of the query as one, or one of them as two."""
        if len(words) > 1:
            for one, other in pairwise(words):
                if (one + other) in self._numbers:
                    number = self._numbers[one + other]
                    yield self._postings[self._ends[number] : self._ends[number + 1]]
        names = self._joined.find([crc32(word.encode()) for word in words])
        if names:
            yield names


def _differences(ends: Sequence[int]) -> list[int]:
    """Return the differences of numbers that follow one another."""
    return [end - start for start, end in pairwise(ends)]


def _each_once(found: Sequence[Numbers]) -> Numbers:
    """Return sorted numbers, each once; numpy.unique would load numpy.ma, which takes as long as many queries."""
    names = np.sort(np.concatenate(found)) if len(found) > 1 else found[0]
    return names[np.append(True, names[1:] != names[:-1])] if len(names) else names


_first: Callable[[tuple[float, Numbers]], float] = itemgetter(0)
