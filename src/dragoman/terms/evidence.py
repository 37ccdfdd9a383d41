"""How well sentences of two versions go together: log odds of their signs and lengths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.terms.numerals import Sign
from dragoman.terms.settings import Settings, Shape
from dragoman.terms.signs import Unit

Matrix = NDArray[np.float32]

PLACES = frozenset({"first", "mark"})
"""Signs of where a sentence stands in its block."""
STRUCTURE = PLACES | {"item", "heading"}
"""Signs whose share in a text is what it is, however short the text."""
OFTEN = 0.98
"""A sign in more of the sentences than this is held to be in so many of them."""


class Witness(Protocol):
    """What else speaks for or against links."""

    def scores(self, shape: Shape, rows: tuple[int, int], columns: tuple[int, int]) -> Matrix:
        """Return the log odds of links of a shape that end within windows of both versions."""


class Evidence:
    """What two versions say of each other.

    A sign k of chance p that stands in shares q and r of the sentences is worth log(p / max(q, r)) where both
    sides have it and log((1 - p) / (1 - r)) where one side alone has it: naive Bayes against chance meetings.
    """

    def __init__(
        self,
        english: Sequence[Unit],
        chinese: Sequence[Unit],
        settings: Settings,
        learned: Mapping[Sign, float] | None = None,
        witnesses: Sequence[Witness] = (),
    ) -> None:
        """Take the sentences, how far learned pairs of words are believed, and what else speaks for links."""
        self.settings, self.witnesses = settings, list(witnesses)
        self.sizes = np.array([one.size for one in english]), np.array([one.size for one in chinese])
        self.firsts = np.array([one.first for one in english]), np.array([one.first for one in chinese])
        self.ratio = ratio_of(self.sizes, settings)
        counts = tuple(Counter(sign for one in side for sign in one.signs) for side in (english, chinese))
        shared = sorted(counts[0].keys() & counts[1].keys())
        self.columns = {sign: column for column, sign in enumerate(shared)}
        self._weigh(counts, (len(english), len(chinese)), learned or {})
        self.loose = np.array([sign[0] not in PLACES for sign in shared], dtype=np.float32)
        self.english, self.chinese = self._matrix(english), self._matrix(chinese)

    def _weigh(
        self, counts: tuple[Counter[Sign], ...], sizes: tuple[int, int], learned: Mapping[Sign, float]
    ) -> None:
        """Work out what each sign is worth where both sides have it, and where one side alone has it."""
        signs = list(self.columns)
        chance = np.array([learned.get(sign, self.settings.signs[sign[0]]) for sign in signs])
        unseen = [0.0 if sign[0] in STRUCTURE else self.settings.unseen for sign in signs]
        shares = np.array(
            [
                [counts[side][sign] / (sizes[side] + more) for sign, more in zip(signs, unseen, strict=True)]
                for side in (0, 1)
            ]
        ).reshape(2, -1)
        least, most = shares.min(axis=0), shares.max(axis=0)
        chance = chance * (0.5 + 0.5 * least / np.maximum(most, 1e-9))
        often = np.minimum(most, OFTEN)
        chance = np.maximum(chance, often)
        self.lone = np.log((1 - chance + 1e-6) / (1 - often + 1e-6)).astype(np.float32)
        self.both = np.log(np.maximum(chance, 1e-6) / np.maximum(often, 1e-6)).astype(np.float32)

    def _matrix(self, units: Sequence[Unit]) -> Matrix:
        matrix = np.zeros((len(units), len(self.columns)), dtype=np.float32)
        for row, unit in enumerate(units):
            matrix[row, [self.columns[sign] for sign in unit.signs if sign in self.columns]] = 1.0
        return matrix

    def scores(
        self, shape: Shape, rows: tuple[int, int], columns: tuple[int, int], *, placed: bool = True
    ) -> Matrix:
        """Return the log odds of links of a shape that end with these sentences.

        Args:
            shape: of the links.
            rows: first and last (exclusive) English sentence with which a link ends.
            columns: the same of the Chinese sentences.
            placed: whether it counts that blocks start with both; not where the order changed.

        Returns:
            One row for each English, one column for each Chinese sentence; what would start before the text
            holds a figure without meaning.
        """
        english = joined(self.english, shape[0], rows)
        chinese = joined(self.chinese, shape[1], columns)
        both, lone = (self.both, self.lone) if placed else (self.both * self.loose, self.lone * self.loose)
        signs = (english * (both - 2 * lone)) @ chinese.T
        signs += (english @ lone)[:, None] + (chinese @ lone)[None, :]
        lengths = self._lengths(summed(self.sizes[0], shape[0], rows), summed(self.sizes[1], shape[1], columns))
        ends = self._inside(0, shape[0], rows)[:, None] + self._inside(1, shape[1], columns)[None, :]
        total: Matrix = (signs + lengths + ends + self.settings.shapes[shape]).astype(np.float32)
        for witness in self.witnesses:
            total += witness.scores(shape, rows, columns)
        return total

    def single(self, row: int, column: int) -> float:
        """Return the log odds of a link of two sentences, wherever they stand in their blocks."""
        return float(self.scores((1, 1), (row, row + 1), (column, column + 1), placed=False)[0, 0])

    def _lengths(self, english: NDArray[np.float64], chinese: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log odds of lengths, after Gale and Church."""
        model = self.settings.length
        expected = english[:, None] * self.ratio
        deviation = (chinese[None, :] - expected) / np.sqrt(model.variance * np.maximum(expected, 4.0))
        odds = np.log(model.spread) - deviation**2 / 2 * (1 - model.spread**-2)
        floored: NDArray[np.float64] = np.maximum(odds, model.floor)
        return floored

    def _inside(self, side: int, count: int, window: tuple[int, int]) -> NDArray[np.float64]:
        """Return the log odds of links that run over the starts of blocks."""
        firsts = self.firsts[side].astype(float)
        share = float(np.clip(firsts.mean(), 1e-3, OFTEN)) if len(firsts) else OFTEN
        crossed, kept = np.log(self.settings.inside / share), np.log((1 - self.settings.inside) / (1 - share))
        per = np.where(firsts > 0, min(crossed, 0.0), max(kept, 0.0))
        total = np.zeros(window[1] - window[0])
        for back in range(count - 1):
            total += per[np.maximum(np.arange(*window) - back, 0)]
        return total


def joined(matrix: Matrix, count: int, window: tuple[int, int]) -> Matrix:
    """Return the signs of stretches of sentences that end within a window."""
    rows = np.arange(*window)
    result = matrix[rows]
    for back in range(1, count):
        result = np.maximum(result, matrix[np.maximum(rows - back, 0)])
    return result


def summed(sizes: NDArray[np.float64], count: int, window: tuple[int, int]) -> NDArray[np.float64]:
    """Return the lengths of stretches of sentences that end within a window."""
    rows = np.arange(*window)
    total: NDArray[np.float64] = sum(
        (sizes[np.maximum(rows - back, 0)] for back in range(count)), np.zeros(len(rows))
    )
    return total


def ratio_of(sizes: tuple[NDArray[np.float64], NDArray[np.float64]], settings: Settings) -> float:
    """Return how many Chinese characters stand for an English one."""
    model = settings.length
    english, chinese = float(sizes[0].sum()), float(sizes[1].sum())
    if english < model.own_from:
        return model.ratio
    return min(max(chinese / english, model.least_ratio), model.most_ratio)
