"""Linear weights over named features, shipped as data and trained by benchmark/train.py."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import itemgetter

from dragoman.lexicon import load_pack

PLAIN = "plain"
"""Stands in the file for the names that count by themselves."""
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
    """Return the weights in data/weights/<name>.yaml.

    Under `weights:` stand those of names that count by themselves, under PLAIN, and those that count together with
    a tag, under the tag; each as one text with a name and its weight to a line, which is read far quicker than a
    mapping of ten thousand entries.
    """
    pack = load_pack(f"weights/{name}.yaml")
    plain: dict[str, float] = {}
    by_name: dict[str, dict[str, float]] = {}
    tags = sorted(pack["weights"].keys() - {PLAIN})
    for tag, lines in pack["weights"].items():
        for feature, weight in weights_in(lines):
            if tag == PLAIN:
                plain[feature] = weight
            else:
                by_name.setdefault(feature, {})[tag] = weight
    rows = {feature: tuple([row.get(tag, 0.0) for tag in tags]) for feature, row in by_name.items()}
    return Weights(
        float(pack["bias"]),
        plain,
        float(pack["threshold"]),
        {feature: row for feature, row in rows.items() if not feature.startswith(WORD)},
        {feature.removeprefix(WORD): row for feature, row in rows.items() if feature.startswith(WORD)},
        {tag: itemgetter(at) for at, tag in enumerate(tags)},
    )


def weights_in(lines: str) -> Iterator[tuple[str, float]]:
    """Yield the names and weights of a text with one of each to a line; a name may have spaces."""
    for line in lines.splitlines():
        name, _, weight = line.rpartition(" ")
        yield name, float(weight)
