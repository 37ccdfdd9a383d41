"""Which names of the lists are worth comparing: an inverted index over words, their spellings and sounds."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import pairwise

from dragoman.screen.likeness import SHORTEST_TYPO, sound
from dragoman.screen.vocabulary import Vocabulary

LONGEST_POSTINGS = 1500
"""Names that share one word with a query before that word alone is too common to fetch them."""

SPELLING, SOUND, SHORT, JOINED = 0.8, 0.5, 0.8, 0.9
"""What a word found by another way than itself is worth when candidates are ranked."""


class Candidates:
    """The words of all listed names.

    Args:
        names: the words of each name, in the order of their numbers.
    """

    def __init__(self, names: Sequence[tuple[str, ...]], known: Vocabulary) -> None:
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        joined: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, words in enumerate(names):
            for word in dict.fromkeys(words):
                postings[word].append(number)
            for one, other in pairwise(words):
                joined[one + other].append(number)
        self._known = known
        self._postings = dict(postings)
        self._joined = dict(joined)
        self._count = max(1, len(names))
        self._sorted = sorted(self._postings)
        self._numbers = {word: at for at, word in enumerate(self._sorted)}
        self._deletions = self._shortened(self._sorted)
        self._sounds = self._by_sound(self._sorted)
        self._given: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            if (group := known.given.get(word)) is not None:
                self._given[group].append(word)

    @staticmethod
    def _shortened(vocabulary: Iterable[str]) -> dict[str, list[str]]:
        """Return the words by each spelling with one letter less (Garbe's symmetric deletion)."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= SHORTEST_TYPO and not word.isdigit():
                for at in range(len(word)):
                    found[word[:at] + word[at + 1 :]].append(word)
        return dict(found)

    @staticmethod
    def _by_sound(vocabulary: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            code = sound(word)
            if len(code) > 1:
                found[code].append(word)
        return dict(found)

    def weight(self, word: str) -> float:
        """Return what a word tells: the rarer, the more; generic words little (inverse document frequency)."""
        rows = self._postings.get(word)
        value = math.log((self._count + 1) / ((len(rows) if rows else 0) + 1)) / math.log(self._count + 1)
        if word in self._known.form_parts:
            return 0.08
        return 0.25 * value + 0.05 if word in self._known.generic else 0.4 + 0.6 * value

    def _relatives(self, word: str) -> dict[str, float]:
        """Return the listed words that a word may stand for, with what each is worth."""
        found: dict[str, float] = {}
        if len(word) >= SHORTEST_TYPO and not word.isdigit():
            for at in range(len(word)):
                shorter = word[:at] + word[at + 1 :]
                if shorter in self._postings:
                    found[shorter] = SPELLING
                for other in self._deletions.get(shorter, ()):
                    found[other] = SPELLING
            for other in self._deletions.get(word, ()):
                found[other] = SPELLING
            for other in self._sounds.get(sound(word), ()):
                found.setdefault(other, SOUND)
        for other in self._known.short.get(word, ()):
            found[other] = SHORT
        if (group := self._known.given.get(word)) is not None:
            found.update(dict.fromkeys(self._given[group], SHORT))
        if len(word) >= SHORTEST_TYPO:
            at = bisect_left(self._sorted, word)
            for other in self._sorted[at : at + 20]:
                if not other.startswith(word):
                    break
                found.setdefault(other, SOUND)
        found.pop(word, None)
        return found

    def find(self, words: Sequence[str], limit: int = 40) -> list[int]:
        """Return the numbers of the names that share most with a query, best first."""
        gained: dict[int, float] = defaultdict(float)
        exact = sorted(dict.fromkeys(words), key=lambda word: len(self._postings.get(word, ())))
        for at, word in enumerate(exact):
            rows = self._postings.get(word, ())
            if len(rows) <= LONGEST_POSTINGS or at == 0:
                weight = self.weight(word)
                for number in rows:
                    gained[number] += weight
            else:
                weight = self.weight(word)
                common = set(rows)
                for number in list(gained):
                    if number in common:
                        gained[number] += weight
        for word in exact:
            best: dict[int, float] = {}
            for other, worth in self._relatives(word).items():
                rows = self._postings.get(other, ())
                if len(rows) <= LONGEST_POSTINGS:
                    value = worth * self.weight(other)
                    for number in rows:
                        if value > best.get(number, 0.0):
                            best[number] = value
            for number, value in best.items():
                gained[number] += value
        for one, other in pairwise(words):
            for number in self._postings.get(one + other, ()):
                gained[number] += JOINED
        for word in words:
            for number in self._joined.get(word, ()):
                gained[number] += JOINED
        return nlargest(limit, gained, key=lambda number: (gained[number], -number))
