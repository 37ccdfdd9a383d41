"""Names that several documents of a collection ask for: the first gets it, as when all are read by one process.

Memory: eight bytes a document, and the names that are asked for twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from dragoman.bulk.items import Item

Place = tuple[int, int]
"""Input and row of a document."""
_CHUNK = 1 << 16


class Census(NamedTuple):
    """What a first walk through a collection has found.

    Attributes:
        documents: how many items there are.
        first: where the first of several documents stands that ask for a name, by that name.
    """

    documents: int
    first: Mapping[str, Place]

    def placed(self, item: Item) -> Item:
        """Return an item that knows whether its name is taken."""
        if not self.first:
            return item
        name = item.asks_for()
        first = self.first.get(name) if name else None
        return item if first in {None, (item.input, item.row)} else item._replace(taken=name or "")


def census(walk: Callable[[], Iterable[Item]]) -> Census:
    """Count the items of a collection and find the names that several ask for.

    Args:
        walk: gives the items in order, each time anew.
    """
    codes, documents = _codes(walk())
    found, times = np.unique(codes, return_counts=True)
    twice = frozenset(found[times > 1].tolist())
    if not twice:
        return Census(documents, {})
    first: dict[str, Place] = {}
    asked: set[str] = set()
    for item in walk():
        name = item.asks_for()
        if name is None or _code(name) not in twice:
            continue
        if name in first:
            asked.add(name)
        first.setdefault(name, (item.input, item.row))
    return Census(documents, {name: first[name] for name in asked})


def _codes(items: Iterable[Item]) -> tuple[np.ndarray, int]:
    """Return a hash of each name, and how many items there are, named or not."""
    chunks, part, documents = [np.empty(0, np.uint64)], [], 0
    for name in _names(items):
        documents += 1
        if name is not None:
            part.append(_code(name))
        if len(part) == _CHUNK:
            chunks.append(np.array(part, np.uint64))
            part = []
    return np.concatenate([*chunks, np.array(part, np.uint64)]), documents


def _names(items: Iterable[Item]) -> Iterator[str | None]:
    return (item.asks_for() for item in items)


def _code(name: str) -> int:
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
