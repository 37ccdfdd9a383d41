"""Vectors of words by the company they keep in statements, so that sentences in other words can be compared.

Each word has the vector of its positive mutual information with the words it shares sentences with, brought down
to a few dozen dimensions (Levy and Goldberg, NIPS 2014); the pack is made by `benchmark/lineage_meanings.py`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dragoman.lexicon import load_pack

PACK = "compare/meanings.yaml"

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """Vectors of words.

    Attributes:
        rows: row of each stem.
        vectors: of length 1, one a row.
    """

    rows: Mapping[str, int]
    vectors: Vectors

    def of_sentences(self, sentences: Sequence[Mapping[str, float]]) -> Vectors:
        """Return the vector of each sentence, of length 1, less what all of them share.

        Args:
            sentences: the weight of each stem, by sentence; stems that are not known are passed over.
        """
        if not sentences:
            return self.vectors[:0]
        whole = of_length_one(np.stack([self._sum(weights) for weights in sentences]))
        return of_length_one(whole - whole.mean(axis=0))

    def _sum(self, weights: Mapping[str, float]) -> Vectors:
        known = [stem for stem in weights if stem in self.rows]
        rows = self.vectors[[self.rows[stem] for stem in known]]
        return np.array([weights[stem] for stem in known], dtype=np.float32) @ rows


def of_length_one(rows: Vectors) -> Vectors:
    """Return rows of length 1; one of length 0 stays so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def encoded(vectors: Vectors) -> str:
    """Return vectors as a pack holds them: each number as one byte, all of them in base 64."""
    scaled = np.round(vectors * (127 / np.abs(vectors).max())).astype(np.int8)
    return base64.b64encode(scaled.tobytes()).decode("ascii")


def decoded(text: str, stems: Iterable[str]) -> Meanings:
    """Return the vectors of stems from what `encoded` made of them."""
    rows = {stem: row for row, stem in enumerate(stems)}
    numbers = np.frombuffer(base64.b64decode(text), dtype=np.int8).astype(np.float32)
    return Meanings(rows, of_length_one(numbers.reshape(len(rows), -1)))


@cache
def load_meanings() -> Meanings:
    """Return the vectors that ship. Raises PackFaultError."""
    pack = load_pack(PACK)
    return decoded(pack["vectors"], str(pack["stems"]).split())
