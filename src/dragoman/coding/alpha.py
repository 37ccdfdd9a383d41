"""Krippendorff's alpha, with missing values, any distance, and bootstrap intervals.

With o_ck the coincidences of the values c and k, n_c their sums, n their total, and d_ck the distance:

    alpha = 1 - D_o / D_e,   D_o = sum o_ck d_ck / n,   D_e = sum n_c n_k d_ck / (n (n - 1))

A unit with m values adds 1 / (m - 1) for each ordered pair of them; one with fewer than two adds nothing
(Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). Distances:

    nominal   d_ck = 0 for c = k, else 1
    ordinal   d_ck = (n_c / 2 + n_(c+1) + ... + n_(k-1) + n_k / 2) squared
    sets      d_ck = 1 - J M (MASI: Rebecca Passonneau, "Measuring Agreement on Set-valued Items", 2006), J the
              share of common members in all members; M = 1 for equal sets, 2/3 where one holds the other, 1/3
              where they only overlap, 0 where they do not; two empty sets are equal
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Distance = Callable[[Sequence[Any], Array], Array]
"""Returns distances of all values to each other; takes the values and how often each stands."""
SUBSET, OVERLAP = 2 / 3, 1 / 3
LEAST_VALUES = 2


@dataclass(frozen=True, slots=True)
class Coincidences:
    """Pairs of values within units.

    Attributes:
        values: all that occur, sorted where they have an order.
        rows, columns: indexes of the two values of each pair.
        weights: what each pair adds.
        blocks: the block (sentence or document) whose unit it is of.
        units: how many units have two values or more.
    """

    values: tuple[Any, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: Array
    blocks: NDArray[np.int64]
    units: int


def coincidences_of(units: Sequence[tuple[int, Sequence[Hashable]]]) -> Coincidences:
    """Return the coincidences of units: each a block and the values that coders gave it, missing ones left out."""
    full = [(block, values) for block, values in units if len(values) >= LEAST_VALUES]
    found = sorted({value for _, values in full for value in values}, key=_order)
    index = {value: number for number, value in enumerate(found)}
    pairs = [
        (block, index[one], index[other], 1 / (len(values) - 1))
        for block, values in full
        for i, one in enumerate(values)
        for j, other in enumerate(values)
        if i != j
    ]
    blocks, rows, columns, weights = zip(*pairs, strict=True) if pairs else ((), (), (), ())
    return Coincidences(
        tuple(found),
        np.array(rows, np.int64),
        np.array(columns, np.int64),
        np.array(weights, np.float64),
        np.array(blocks, np.int64),
        len(full),
    )


def _order(value: Any) -> Any:  # noqa: ANN401 - values of one field
    """Return a key that sorts numbers by size, and sets and all else by a text that is the same in each run."""
    if isinstance(value, int):
        return (0, value, "")
    return (1, 0, repr(sorted(value)) if isinstance(value, frozenset) else repr(value))


def nominal(values: Sequence[Any], counts: Array) -> Array:
    """Return 1 for each pair of different values."""
    del counts
    return 1 - np.eye(len(values))


def ordinal(values: Sequence[Any], counts: Array) -> Array:
    """Return the squared distance of values by how many stand between them."""
    del values
    middle = np.cumsum(counts) - counts / 2
    apart: Array = (middle[:, None] - middle[None, :]) ** 2
    return apart


def sets(values: Sequence[Any], counts: Array) -> Array:
    """Return the MASI distances of sets."""
    del counts
    return np.array([[masi_distance(one, other) for other in values] for one in values]).reshape(
        len(values), len(values)
    )


def masi_distance(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return the MASI distance of two sets, from 0 for the same to 1 for nothing in common."""
    if one == other:
        return 0.0
    common = one & other
    if not common:
        return 1.0
    share = SUBSET if one <= other or other <= one else OVERLAP
    return 1 - len(common) / len(one | other) * share


def alpha_of(matrix: Array, distances: Array) -> float | None:
    """Return alpha of a matrix of coincidences; None where it is undefined: nothing coded, or no variation."""
    counts = matrix.sum(axis=1)
    total = counts.sum()
    if total < LEAST_VALUES:
        return None
    expected = float((np.outer(counts, counts) * distances).sum()) / (total - 1)
    if expected <= 0:
        return None
    return float(1 - (matrix * distances).sum() / expected)


def measured(found: Coincidences, distance: Distance, draws: NDArray[np.int64]) -> tuple[float | None, Array]:
    """Return alpha, and alpha of each draw in which it is defined.

    Args:
        found: the coincidences.
        distance: `nominal`, `ordinal` or `sets`.
        draws: a row a draw: how often each block was drawn.
    """
    size = len(found.values)
    cells = found.rows * size + found.columns
    fixed = None if distance is ordinal else distance(found.values, np.zeros(size))

    def alpha(weights: Array) -> float | None:
        matrix = np.bincount(cells, weights, size * size).reshape(size, size).astype(np.float64)
        return alpha_of(matrix, distance(found.values, matrix.sum(axis=1)) if fixed is None else fixed)

    if not size:
        return None, np.array([])
    drawn = (alpha(found.weights * draw[found.blocks]) for draw in draws)
    return alpha(found.weights), np.array([one for one in drawn if one is not None])


def share_of_same(found: Coincidences) -> float | None:
    """Return the share of coincidences that are of one value, None where there is none."""
    total = float(found.weights.sum())
    return float(found.weights[found.rows == found.columns].sum()) / total if total else None


def draws_of(blocks: int, times: int, seed: int) -> NDArray[np.int64]:
    """Return draws with replacement: a row a draw, how often each block was drawn."""
    if not blocks:
        return np.zeros((times, 0), np.int64)
    source = np.random.default_rng(seed)
    return source.multinomial(blocks, np.full(blocks, 1 / blocks), times).astype(np.int64)


def interval_of(drawn: Array, level: float) -> tuple[float | None, float | None]:
    """Return the bounds that hold the middle share of the draws; None where no draw is defined."""
    if not len(drawn):
        return None, None
    rest = (1 - level) / 2 * 100
    low, high = np.percentile(drawn, [rest, 100 - rest])
    return float(low), float(high)
