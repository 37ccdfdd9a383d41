"""Linear weights over named features, shipped as data and trained by benchmark/train.py."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import load_pack

STEEPEST = 30.0
"""Scores beyond this are as good as certain; it keeps the exponential in range."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model.

    Attributes:
        bias: score of a candidate without features.
        weights: score each feature adds.
        threshold: probability from which the answer is yes.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def score(self, features: Iterable[str]) -> float:
        """Return the sum of bias and weights; features without a weight add nothing."""
        weights = self.weights
        return self.bias + sum(weights.get(feature, 0.0) for feature in features)

    def probability(self, features: Iterable[str]) -> float:
        """Return the logistic of the score, 0-1."""
        score = max(-STEEPEST, min(STEEPEST, self.score(features)))
        return 1.0 / (1.0 + math.exp(-score))


@cache
def load_weights(name: str) -> Weights:
    """Return the weights in data/weights/<name>.yaml."""
    pack = load_pack(f"weights/{name}.yaml")
    return Weights(float(pack["bias"]), pack["weights"], float(pack["threshold"]))
