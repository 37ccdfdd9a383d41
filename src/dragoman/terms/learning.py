"""Pairs of words learned from the surer links of a text, for a second look at the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dragoman.terms.numerals import Sign
from dragoman.terms.path import Match
from dragoman.terms.settings import Settings
from dragoman.terms.signs import Unit

Bags = list[frozenset[str]]


def with_learned(
    english: Sequence[Unit], chinese: Sequence[Unit], matches: Sequence[Match], settings: Settings
) -> tuple[list[Unit], list[Unit], dict[Sign, float]]:
    """Return the sentences with the learned pairs among their signs, and how far each pair is believed."""
    sure = [one for one in matches if one.en and one.zh and one.odds > 0]
    rules = settings.learning
    if len(sure) < rules["from"]:
        return list(english), list(chinese), {}
    sure = sure[:: max(1, len(sure) // int(rules["links"]))]
    pairs = learned_pairs(
        [frozenset(word for at in one.en for word in english[at].words) for one in sure],
        [frozenset(word for at in one.zh for word in chinese[at].words) for one in sure],
        settings,
    )
    chances = {("learned", f"{one}={two}"): settings.signs["learned"] * dice for (one, two), dice in pairs.items()}
    first: dict[str, list[Sign]] = {}
    second: dict[str, list[Sign]] = {}
    for one, two in pairs:
        first.setdefault(one, []).append(("learned", f"{one}={two}"))
        second.setdefault(two, []).append(("learned", f"{one}={two}"))
    return [marked(one, first) for one in english], [marked(one, second) for one in chinese], chances


def marked(unit: Unit, signs: dict[str, list[Sign]]) -> Unit:
    """Return a sentence with the signs of its words."""
    more = [sign for word in unit.words for sign in signs.get(word, ())]
    return replace(unit, signs=unit.signs | frozenset(more)) if more else unit


def learned_pairs(english: Bags, chinese: Bags, settings: Settings) -> dict[tuple[str, str], float]:
    """Return the pairs that are each other's best by Dice's measure, with the measure."""
    first, one = incidence(english, settings)
    second, two = incidence(chinese, settings)
    if not first or not second:
        return {}
    together = one.T @ two
    dice = 2 * together / (one.sum(axis=0)[:, None] + two.sum(axis=0)[None, :])
    dice[together < settings.learning["least"]] = 0.0
    best, back = dice.argmax(axis=1), dice.argmax(axis=0)
    return {
        (first[row], second[column]): float(dice[row, column])
        for row, column in enumerate(best)
        if back[column] == row and dice[row, column] >= settings.learning["dice"]
    }


def incidence(bags: Bags, settings: Settings) -> tuple[list[str], NDArray[np.float32]]:
    """Return the words that may tell something, and which link holds which."""
    counts = Counter(word for bag in bags for word in bag)
    rules = settings.learning
    words = sorted(
        word for word, count in counts.items() if rules["least"] <= count <= rules["common"] * len(bags)
    )
    columns = {word: column for column, word in enumerate(words)}
    matrix = np.zeros((len(bags), len(words)), dtype=np.float32)
    for row, bag in enumerate(bags):
        matrix[row, [columns[word] for word in bag if word in columns]] = 1.0
    return words, matrix
