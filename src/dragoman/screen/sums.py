"""Numbers by 32-bit checksums of words and of their near spellings, in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self
from zlib import crc32

import numpy as np

State = Mapping[str, Any]
"""What a part of an index is made of: numbers, texts, lists and dictionaries of them, and arrays."""
SUM_BITS = 32


def sums_of(word: str) -> list[int]:
    """Return the checksums of a word and of its spellings with one letter less (Garbe's symmetric deletion)."""
    letters = word.encode()
    found = [crc32(letters[:at] + letters[at + 1 :]) for at in range(len(letters))]
    found.append(crc32(letters))
    return found


class Sums:
    """Numbers by 32-bit checksum, in sorted arrays; a clash only costs a comparison.

    Args:
        sums: checksums, in any order, the same one as often as it has numbers.
        numbers: one for each.
    """

    __slots__ = ("_heads", "_numbers", "_shift", "_sums")

    def __init__(self, sums: Sequence[int], numbers: Sequence[int]) -> None:
        keys = np.array(sums, dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        bits = min(SUM_BITS - 1, len(keys).bit_length() + 1)
        self._shift = SUM_BITS - bits
        heads = np.searchsorted(keys[order] >> np.uint32(self._shift), np.arange((1 << bits) + 1))
        self._heads = array("I", heads.astype(np.uint32).tobytes())
        """Where the checksums begin that have the same first bits: at most one in two places has any."""
        self._sums = array("I", keys[order].tobytes())
        self._numbers = array("i", np.array(numbers, dtype=np.int32)[order].tobytes())

    def kept(self) -> State:
        """Return what it is made of."""
        return {"shift": self._shift, "heads": self._heads, "sums": self._sums, "numbers": self._numbers}

    def restore(self, state: State) -> Self:
        """Become what `kept` came from, and return it."""
        self._shift, self._heads, self._sums = state["shift"], state["heads"], state["sums"]
        self._numbers = state["numbers"]
        return self

    def find(self, sums: Iterable[int]) -> list[int]:
        """Return the numbers under any of some checksums."""
        heads, keys, shift = self._heads, self._sums, self._shift
        found: list[int] = []
        for wanted in sums:
            head = wanted >> shift
            place = heads[head]
            end = heads[head + 1]
            while place < end:
                if keys[place] == wanted:
                    found.append(self._numbers[place])
                place += 1
        return found
