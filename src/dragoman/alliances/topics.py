"""Which technologies and instruments a stretch of text names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.alliances.mentions import Named, overlaps
from dragoman.alliances.settings import ReadingWords
from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.lexicon.tags import WEAK

MOST_CARRIED = 3
"""Technologies of a paragraph's topic that are carried on; one that names more is about none of them."""
MASKED = frozenset({"agency", "office", "firm"})


class Topic(NamedTuple):
    """Technologies, and whence they were read: a key of `carried:` in reading.yaml."""

    technologies: tuple[str, ...]
    whence: str


class Terms:
    """The terms of a document.

    Args:
        text: of the document.
        lexicon: terms of technologies and instruments.
        words: of reading.
        names: parties named; a term inside the name of an agency or firm says nothing (国防部).
    """

    def __init__(self, text: str, lexicon: Lexicon, words: ReadingWords, names: Sequence[Named]) -> None:
        masked = [(one.start, one.end) for one in names if lexicon.actors.type_of(one.actor) in MASKED]
        self._words = words
        self._text = text
        self._hits = [
            hit
            for hit in sorted((*lexicon.terms.find(text), *words.more.find(text)), key=lambda one: one.start)
            if fold(text[hit.start : hit.end]) not in words.not_technologies
            and not overlaps(masked, hit.start, hit.end)
        ]
        self._starts = [hit.start for hit in self._hits]

    def technologies(self, start: int, end: int) -> tuple[str, ...]:
        """Return the technologies named between two offsets, each once, in order."""
        return self._keys("technology", start, end)

    def instruments(self, start: int, end: int) -> tuple[str, ...]:
        """Return the instruments named between two offsets, each once, in order."""
        return self._keys("instrument", start, end)

    def last_resort(self, start: int, end: int) -> tuple[str, ...]:
        """Return what the weakest terms between two offsets stand for."""
        found = (
            self._words.last_resort.get(fold(self._text[hit.start : hit.end]))
            for hit in self._within(start, end)
            if any(phrase.group == "technology" + WEAK for phrase in hit.phrases)
        )
        return tuple(dict.fromkeys(tag for tag in found if tag))

    def _keys(self, group: str, start: int, end: int) -> tuple[str, ...]:
        found = (phrase.key for hit in self._within(start, end) for phrase in hit.phrases if phrase.group == group)
        return tuple(dict.fromkeys(found))

    def _within(self, start: int, end: int) -> list[Hit]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [hit for hit in self._hits[first:last] if hit.end <= end]


def few(technologies: tuple[str, ...], most: int = MOST_CARRIED) -> tuple[str, ...]:
    """Return technologies that are carried on, () where there are too many to be one topic."""
    return technologies if len(technologies) <= most else ()
