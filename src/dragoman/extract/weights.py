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
STEEPEST = 30.0
"""Scores beyond this are as good as certain; it keeps the exponential in range."""

Row = Mapping[str, float]
"""What a name adds to the score of each tag that it counts together with."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model.

    Attributes:
        bias: score of a candidate without features.
        weights: score each feature adds.
        threshold: probability from which the answer is yes.
        by_name: the weights of features "tag|name", by name and tag.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    by_name: Mapping[str, Row]

    def plain_score(self, features: Iterable[str]) -> float:
        """Return the score of features that stand for themselves."""
        return self.bias + sum(map(self.weights.get, features, ZEROS))

    def rows(self, names: Iterable[str]) -> list[Row]:
        """Return what names add to the scores of tags, those left out that add nothing to any."""
        by_name = self.by_name
        return [by_name[name] for name in names if name in by_name]


def tagged_score(tag: str, rows: Iterable[Row], more: Iterable[Row] = ()) -> float:
    """Return what rows add to the score of a tag."""
    return sum(map(dict.get, more, repeat(tag), ZEROS), sum(map(dict.get, rows, repeat(tag), ZEROS)))


def probability(score: float) -> float:
    """Return the logistic of a score, 0-1."""
    return 1.0 / (1.0 + math.exp(-max(-STEEPEST, min(STEEPEST, score))))


@cache
def load_weights(name: str) -> Weights:
    """Return the weights in data/weights/<name>.yaml."""
    pack = load_pack(f"weights/{name}.yaml")
    by_name: dict[str, dict[str, float]] = {}
    plain: dict[str, float] = {}
    for feature, weight in pack["weights"].items():
        tag, bar, rest = feature.partition(TAGGED)
        if bar:
            by_name.setdefault(rest, {})[tag] = weight
        else:
            plain[feature] = weight
    return Weights(float(pack["bias"]), plain, float(pack["threshold"]), by_name)
