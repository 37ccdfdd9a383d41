"""What a part of a query may stand for: the names that it reaches, what each is worth to it, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from dragoman.screen.likeness import Likeness

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

TOO_MANY = 4_000
"""Names that share one word with a query before that word alone is too common to fetch them."""
GRID = 65_536
"""Worths are multiples of one part in this many, so that their sums are the same in any order, in either float."""
FEW = 400
"""Names up to which a dictionary is quicker than an array."""


def on_grid(worth: float) -> float:
    """Return the multiple of the grid that is nearest to a worth."""
    return round(worth * GRID) / GRID


class Reach:
    """The names that a part of a query may stand for, and what each is worth to it.

    Args:
        worth: what each name is worth; None where there are many, which come as arrays.
        most: what the best of them is worth.
        arrays: numbers of the names, each once, sorted, and what they are worth.
        like: likeness and how, by listed word.
    """

    __slots__ = ("_arrays", "like", "most", "size", "worth")

    def __init__(
        self,
        worth: Mapping[int, float] | None,
        most: float,
        arrays: tuple[Numbers, Weights] | None = None,
        like: Mapping[str, Likeness] | None = None,
    ) -> None:
        self.worth = worth
        self.most = most
        self.like = like or {}
        self._arrays = arrays
        self.size = len(arrays[0]) if arrays else len(worth or ())

    @property
    def common(self) -> bool:
        """Whether it alone is too common to fetch names."""
        return self.size > TOO_MANY

    @property
    def arrays(self) -> tuple[Numbers, Weights]:
        """Numbers of the names, each once, sorted, and what they are worth."""
        if self._arrays is None:
            worth = self.worth or {}
            names = np.fromiter(worth, np.int32, len(worth))
            order = names.argsort()
            self._arrays = names[order], np.fromiter(worth.values(), np.float32, len(worth))[order]
        return self._arrays


def merged(found: Sequence[tuple[float, Numbers]]) -> tuple[Numbers, Weights]:
    """Return names by worth, the least first, as arrays; a name that is found twice has the greater worth."""
    sizes = [len(some) for _, some in found]
    if len(found) == 1:
        return found[0][1], np.full(sizes[0], found[0][0], dtype=np.float32)
    names = np.concatenate([some for _, some in found])
    values = np.repeat(np.array([worth for worth, _ in found], dtype=np.float32), sizes)
    order = names.argsort(kind="stable")
    names = names[order]
    last = np.append(names[1:] != names[:-1], True)
    return names[last], values[order[last]]


def summed(added: Sequence[Reach], enough: float) -> dict[int, float]:
    """Return what names gain in all, those left out that gain too little."""
    if len(added) == 1 and added[0].worth is not None:
        return {name: gain for name, gain in added[0].worth.items() if gain >= enough}
    if sum([reach.size for reach in added]) > FEW:
        return _many_summed([reach.arrays for reach in added], enough)
    ranked = sorted(added, key=_size)
    gains = dict(ranked.pop().worth or {}) if ranked else {}
    for reach in ranked:
        for name, value in (reach.worth or {}).items():
            gains[name] = gains.get(name, 0.0) + value
    return {name: gain for name, gain in gains.items() if gain >= enough}


def _many_summed(arrays: Sequence[tuple[Numbers, Weights]], enough: float) -> dict[int, float]:
    names = np.concatenate([some for some, _ in arrays])
    order = names.argsort(kind="stable")
    names = names[order]
    firsts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    sums = np.add.reduceat(np.concatenate([values for _, values in arrays])[order], firsts)
    kept = sums >= enough
    return dict(zip(names[firsts[kept]].tolist(), sums[kept].tolist(), strict=True))


def add_to(gains: dict[int, float], reach: Reach) -> None:
    """Add what names gain by a further reach."""
    worth = reach.worth
    if worth is not None:
        for name in gains.keys() & worth.keys() if len(worth) < len(gains) else gains:
            gains[name] += worth.get(name, 0.0)
        return
    found, values = reach.arrays
    names = np.fromiter(gains, np.int32, len(gains))
    places = found.searchsorted(names)
    there = found.take(places, mode="clip") == names
    for name, place in zip(names[there].tolist(), places[there].tolist(), strict=True):
        gains[name] += float(values[place])


def telling_of(reaches: Sequence[Reach], enough: float) -> tuple[list[Reach], list[Reach]]:
    """Return the reaches of which a name that gains enough must be in one, the rarest words, and the others."""
    ranked = sorted([reach for reach in reaches if reach.size], key=_size)
    most = sum([reach.most for reach in ranked])
    for at, reach in enumerate(ranked):
        if at and (most < enough or reach.common):
            return ranked[:at], ranked[at:]
        most -= reach.most
    return ranked, []


_size: Callable[[Reach], int] = attrgetter("size")
