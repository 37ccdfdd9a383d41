"""Linear weights over named features, shipped as data and trained by benchmark/train.py."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import itemgetter

from dragoman.lexicon import load_pack

TAGGED = "|"
"""Between a tag and a name that counts together with it."""
WORD = "w:"
"""Prefix of the names of word features."""
ZEROS: Iterable[float] = repeat(0.0)
STEEPEST = 30.0
"""Scores beyond this are as good as certain; it keeps the exponential in range."""

Row = tuple[float, ...]
"""What a name adds to the score of each tag that it counts together with, in the order of the tags."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model.

    Attributes:
        bias: score of a candidate without features.
        weights: score each feature adds.
        threshold: probability from which the answer is yes.
        by_name: the weights of features "tag|name" by name, those of words ("w:…") left out.
        by_word: the weights of features "tag|w:word" by word.
        columns: for each tag, what takes its weight from a row.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    by_name: Mapping[str, Row]
    by_word: Mapping[str, Row]
    columns: Mapping[str, Callable[[Row], float]]

    def plain_score(self, features: Iterable[str]) -> float:
        """Return the score of features that stand for themselves."""
        return self.bias + sum(map(self.weights.get, features, ZEROS))

    def rows(self, names: Iterable[str]) -> Iterable[Row]:
        """Return what names add to the scores of tags, those left out that add nothing to any."""
        return filter(None, map(self.by_name.get, names))

    def rows_of_words(self, words: Iterable[str]) -> Iterable[Row]:
        """Return what words add to the scores of tags, those left out that add nothing to any."""
        return filter(None, map(self.by_word.get, words))

    def tagged_score(self, tag: str, rows: Iterable[Row], more: Iterable[Row]) -> float:
        """Return what rows add to the score of a tag."""
        column = self.columns.get(tag)
        return sum(map(column, more), sum(map(column, rows))) if column else 0.0


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
    tags = sorted({tag for row in by_name.values() for tag in row})
    rows = {rest: tuple([row.get(tag, 0.0) for tag in tags]) for rest, row in by_name.items()}
    return Weights(
        float(pack["bias"]),
        plain,
        float(pack["threshold"]),
        {rest: row for rest, row in rows.items() if not rest.startswith(WORD)},
        {rest.removeprefix(WORD): row for rest, row in rows.items() if rest.startswith(WORD)},
        {tag: itemgetter(at) for at, tag in enumerate(tags)},
    )
