"""How far the words of one sentence are translated in another: naive Bayes over what a dictionary finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Row = NDArray[np.float64]
Window = tuple[int, int]
Ids = frozenset[int]

REACH = 6
"""Sentences before a window that are looked at with it, so that longer links that end in it are there too."""
LEAST_SHARE, MOST_SHARE = 1e-3, 0.97
"""Bounds of the share of sentences in which a word's translation stands."""


@dataclass(slots=True)
class _View:
    """What has been worked out for a window: words of its rows, and by how many sentences are joined, scores."""

    rows: Window
    columns: Window
    words: list[int]
    held: Matrix
    there: Matrix
    scored: dict[int, Matrix] = field(default_factory=dict)

    def holds(self, rows: Window, columns: Window, reach: tuple[int, int]) -> bool:
        """Return whether stretches that end in a window have been looked at."""
        return (
            max(rows[0] - reach[0], 0) >= self.rows[0]
            and rows[1] <= self.rows[1]
            and max(columns[0] - reach[1], 0) >= self.columns[0]
            and columns[1] <= self.columns[1]
        )


class Coverage:
    """Words of one side that are translated on the other side, or are not although the dictionary has them.

    A word whose translation stands in a share f of the sentences of the other side, and in a share p of those
    that belong with it, is worth log(p / f) where it is there and log((1 - p) / (1 - f)) where it is not.
    """

    def __init__(self, words: Sequence[Ids], hits: Sequence[Ids], chances: Row) -> None:
        """Take the words of each sentence of this side, and for each of the other side the words it translates."""
        self.words, self.hits, self.chances = words, hits, chances
        self.shares = shares_of(hits, len(chances))
        self._view: _View | None = None

    def scores(self, shape: tuple[int, int], rows: Window, columns: Window) -> Matrix:
        """Return the log odds of stretches of sentences that end within windows of this and the other side."""
        view = self._view
        if view is None or not view.holds(rows, columns, (shape[0] - 1, shape[1] - 1)):
            view = self._view = self._looked((max(rows[0] - REACH, 0), rows[1]), columns)
        scored = self._scored(view, shape[1])[:, columns[0] - view.columns[0] : columns[1] - view.columns[0]]
        ends = np.arange(*rows)
        result: Matrix = scored[ends - view.rows[0]]
        for back in range(1, shape[0]):
            result = result + scored[np.maximum(ends - back, view.rows[0]) - view.rows[0]]
        return result

    def _looked(self, rows: Window, columns: Window) -> _View:
        """Return what is the same for stretches of any length."""
        columns = (max(columns[0] - REACH, 0), columns[1])
        words = sorted(frozenset[int]().union(*self.words[slice(*rows)]))
        place = {word: number for number, word in enumerate(words)}
        held, there = marked(self.words[slice(*rows)], place), marked(self.hits[slice(*columns)], place)
        return _View(rows, columns, words, held, there)

    def _scored(self, view: _View, joined: int) -> Matrix:
        """Return the log odds of single sentences of this side beside stretches of the other."""
        if joined not in view.scored:
            there = view.there
            for back in range(1, joined):
                there = np.maximum(there, view.there[np.maximum(np.arange(len(there)) - back, 0)])
            shares = np.clip(1 - (1 - self.shares[view.words]) ** joined, LEAST_SHARE, MOST_SHARE)
            chances = np.maximum(self.chances[view.words], shares)
            found = np.log(chances / shares).astype(np.float32)
            missed = np.log((1 - chances) / (1 - shares)).astype(np.float32)
            view.scored[joined] = (view.held * (found - missed)) @ there.T + (view.held @ missed)[:, None]
        return view.scored[joined]


class Translated:
    """What the words of both versions say of links, each seen from its own side."""

    def __init__(self, english: Coverage, chinese: Coverage, weight: float) -> None:
        """Take both sides, and how much of each counts, since they say much the same."""
        self.english, self.chinese, self.weight = english, chinese, weight

    def scores(self, shape: tuple[int, int], rows: Window, columns: Window) -> Matrix:
        """Return the log odds of links of a shape that end within windows of both versions."""
        there = self.english.scores(shape, rows, columns)
        back = self.chinese.scores(shape[::-1], columns, rows)
        total: Matrix = np.float32(self.weight) * (there + back.T)
        return total


def marked(bags: Sequence[Ids], place: dict[int, int]) -> Matrix:
    """Return which of some words each bag holds."""
    matrix = np.zeros((len(bags), len(place)), dtype=np.float32)
    for row, bag in enumerate(bags):
        matrix[row, [place[word] for word in bag if word in place]] = 1.0
    return matrix


def shares_of(hits: Sequence[Ids], count: int) -> Row:
    """Return in which share of the sentences each word is translated, a little being added to few."""
    counts = np.zeros(count)
    for found in hits:
        counts[list(found)] += 1
    shares: Row = (counts + 0.5) / (len(hits) + 8)
    return shares
