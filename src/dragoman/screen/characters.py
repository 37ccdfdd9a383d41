"""Which Chinese names of the lists are worth comparing: an inverted index over pairs of characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Self

from dragoman.screen.han import HanName
from dragoman.screen.sums import State

LONGEST_POSTINGS = 400
"""Names that share one pair of characters before that pair alone is too common to fetch them."""
SHORT = 4
"""Characters of a name up to which a single shared one is enough to look at it."""


def keys_of(core: str) -> Iterator[str]:
    """Yield what a name is found by: pairs of characters, for short names single ones too; a typo leaves some."""
    for one, other in pairwise(core):
        yield one + other
    for one, other in zip(core, core[2:], strict=False):
        yield f"{one}?{other}"
    if len(core) <= SHORT:
        yield from core


class HanCandidates:
    """The characters of all listed Chinese names.

    Args:
        names: taken apart, in the order of their numbers.
    """

    def __init__(self, names: Sequence[HanName]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for key in dict.fromkeys(keys_of(name.core)):
                postings[key].append(number)
        self._postings = dict(postings)
        self._sizes = [len(name.core) for name in names]

    def kept(self) -> State:
        """Return what it is made of."""
        return {"postings": self._postings, "sizes": self._sizes}

    def restore(self, state: State) -> Self:
        """Become what `kept` came from, and return it."""
        self._postings, self._sizes = state["postings"], state["sizes"]
        return self

    def find(self, core: str, limit: int) -> list[int]:
        """Return the numbers of the names that share most keys with a query, best first."""
        shared: dict[int, int] = defaultdict(int)
        common: list[list[int]] = []
        for key in dict.fromkeys(keys_of(core)):
            rows = self._postings.get(key, [])
            if len(rows) > LONGEST_POSTINGS:
                common.append(rows)
                continue
            for number in rows:
                shared[number] += 1
        for rows in common if shared else common[:1]:
            for number in rows:
                if number in shared or not shared:
                    shared[number] += 1
        size = len(core)
        return sorted(shared, key=lambda one: (-shared[one] / (size + self._sizes[one]), one))[:limit]
