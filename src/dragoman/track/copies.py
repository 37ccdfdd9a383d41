"""Whether a page is the document itself, and whether a passage only repeats it: shared runs of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.track.passages import Passage, Reading

Runs = NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no hash of a word is lost when it is multiplied."""


def runs_of(stems: Sequence[str], size: int) -> Runs:
    """Return the hashes of all runs of `size` words, each once, ascending; equal within one process only."""
    count = len(stems) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    words = np.fromiter(map(hash, stems), dtype=np.int64, count=len(stems)).view(np.uint64)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        runs = runs * _FACTOR + words[place : place + count]
    return np.unique(runs)


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """The document that copies are told by.

    Attributes:
        runs: its runs of words.
        size: words of a run.
        page: share of the shorter text's runs that makes a page a copy.
        passage: share of a passage's runs that makes it a repetition.
        least: runs below which a text is too short to tell.
    """

    runs: Runs
    size: int
    page: float
    passage: float
    least: int

    def is_copied_by(self, reading: Reading) -> bool:
        """Return whether a page is the document or a part of it, or holds it."""
        own = runs_of(reading.stems, self.size)
        shorter = min(len(own), len(self.runs))
        return shorter >= self.least and self._shared(own) / shorter >= self.page

    def is_repeated_by(self, reading: Reading, passage: Passage) -> bool:
        """Return whether a passage stands in the document, nearly word for word."""
        own = runs_of(reading.stems[passage.first : passage.last], self.size)
        return bool(len(own)) and self._shared(own) / len(own) >= self.passage

    def _shared(self, own: Runs) -> int:
        return int(np.isin(own, self.runs, assume_unique=True).sum())
