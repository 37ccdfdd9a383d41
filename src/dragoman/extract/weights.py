"""Linear weights over named features, shipped as data and trained by benchmark/train.py."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from dragoman.lexicon import load_pack

TAGGED = "|"
"""Between a tag and a name that counts together with it."""
WORD = "w:"
"""Prefix of the names of word features."""
ZEROS: Iterable[float] = repeat(0.0)
NOTHING: Mapping[str, float] = {}
STEEPEST = 30.0
"""Scores beyond this are as good as certain; it keeps the exponential in range."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model.

    Attributes:
        bias: score of a candidate without features.
        weights: score each feature adds.
        threshold: probability from which the answer is yes.
        by_tag: the weights of features "tag|name", by tag and name.
        tagged: names that have a weight together with any tag.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    by_tag: Mapping[str, Mapping[str, float]]
    tagged: frozenset[str]

    def probability(self, features: Iterable[str], tag: str = "", tagged: Iterable[str] = ()) -> float:
        """Return the logistic of the score, 0-1.

        Args:
            features: names that stand for themselves.
            tag: the tag in question.
            tagged: names that count together with the tag.
        """
        plain, own = self.weights.get, self.by_tag.get(tag, NOTHING).get
        score = self.bias + sum(map(plain, features, ZEROS)) + sum(map(own, tagged, ZEROS))
        return 1.0 / (1.0 + math.exp(-max(-STEEPEST, min(STEEPEST, score))))


@cache
def load_weights(name: str) -> Weights:
    """Return the weights in data/weights/<name>.yaml."""
    pack = load_pack(f"weights/{name}.yaml")
    by_tag: dict[str, dict[str, float]] = {}
    plain: dict[str, float] = {}
    for feature, weight in pack["weights"].items():
        tag, bar, rest = feature.partition(TAGGED)
        if bar:
            by_tag.setdefault(tag, {})[rest] = weight
        else:
            plain[feature] = weight
    tagged = frozenset(rest for own in by_tag.values() for rest in own)
    return Weights(float(pack["bias"]), plain, float(pack["threshold"]), by_tag, tagged)
