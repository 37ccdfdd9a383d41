"""Counting in columns of whole numbers, without sorting where the numbers are small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
DENSE = 40_000_000
"""Largest number that is looked up in a table of all numbers; larger ones are sorted."""


class Groups(NamedTuple):
    """Numbers grouped by their value.

    Attributes:
        first: where each group stands first; groups are in order of their value.
        of: number of the group, for each number.
    """

    first: Numbers
    of: Numbers


def joined(keys: Sequence[npt.NDArray[np.integer]], size: int) -> Numbers:
    """Return one number for several each, none below zero, so that equal ones stay equal."""
    found: Numbers = np.zeros(size, np.int64)
    for one in keys:
        found = found * (int(one.max(initial=0)) + 1) + one
    return found


def grouped(numbers: Numbers) -> Groups:
    """Return numbers, none below zero, grouped by their value."""
    top = int(numbers.max(initial=-1)) + 1
    if top > DENSE:
        _, first, of = np.unique(numbers, return_index=True, return_inverse=True)
        return Groups(first.astype(np.int64), of.astype(np.int64))
    place: Numbers = np.full(top, -1, np.int64)
    place[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    named = np.flatnonzero(place >= 0)
    first = place[named]
    place[named] = np.arange(len(named))
    return Groups(first, place[numbers])


def distinct(numbers: Numbers) -> Numbers:
    """Return the values of numbers, each once, in order."""
    if not len(numbers):
        return numbers
    found: Numbers = np.sort(numbers)
    apart = np.empty(len(found), bool)
    apart[0] = True
    np.not_equal(found[1:], found[:-1], out=apart[1:])
    return found[apart]


def counts_of(groups: Numbers, values: Numbers, size: int, weights: Numbers | None = None) -> Numbers:
    """Return how many different values each of so many groups has.

    Args:
        groups: number of the group, for each value.
        values: not below zero.
        size: how many groups there are.
        weights: what each number of `values` counts for; 1 each where there are none.
    """
    width = int(values.max(initial=0)) + 1
    once = distinct(groups * width + values)
    if weights is None:
        return np.bincount(once // width, minlength=size).astype(np.int64)
    counts = np.bincount(once // width, weights[once % width], minlength=size)
    return np.rint(counts).astype(np.int64)
