"""From all pages of an index to those whose passages are worth reading: BM25 with weighted terms.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), formula 3.15, each
term multiplied by the weight of its place in the commitment.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.track.index import Index, Numbers, Outline, Postings
from dragoman.track.question import Question
from dragoman.track.settings import Weights
from dragoman.track.terms import is_tag

ABSENT = 0.5
"""Part of its weight that a term keeps which no page has: what never occurs tells less than what is rare."""


@dataclass(frozen=True, slots=True, eq=False)
class Shortlist:
    """The pages to read, best first.

    Attributes:
        pages: (number, share of the best that BM25 can give, 0 to 1).
        rarity: of each term of the question: its weight times its inverse frequency.
    """

    pages: tuple[tuple[int, float], ...]
    rarity: Mapping[str, float]


Found = tuple[Numbers, Numbers]
"""Numbers of pages and how often a term stands in each."""


def shortlist(question: Question, index: Index, outline: Outline, weights: Weights) -> Shortlist:
    """Return the pages that hold most of the weightiest terms of a question."""
    asked = index.postings(tuple(question.weights))
    postings = {term: living(found, outline) for term, found in asked.items()}
    rarity = rarities(question, postings, len(outline.numbers))
    words = sorted((term for term in postings if not is_tag(term)), key=lambda term: (-rarity[term], term))
    chosen = words[: weights.rarest] + [term for term in postings if is_tag(term)]
    scores = np.zeros(len(outline.numbers))
    for term in chosen:
        places, points = points_of(postings[term], outline, weights)
        scores[places] += rarity[term] * points
    most = sum(rarity[term] for term in chosen) * (weights.k1 + 1) or 1.0
    best = _best(scores, weights.pages)
    return Shortlist(tuple((int(outline.numbers[at]), float(scores[at] / most)) for at in best), rarity)


def points_of(found: Found, outline: Outline, weights: Weights) -> tuple[Numbers, NDArray[np.float64]]:
    """Return the places of the pages of a term in the outline, and what BM25 gives each, its rarity left out."""
    numbers, counts = found
    places = np.searchsorted(outline.numbers, numbers)
    length = outline.words[places] / max(float(outline.words.mean()), 1.0)
    often = counts.astype(np.float64)
    points = often * (weights.k1 + 1) / (often + weights.k1 * (1 - weights.b + weights.b * length))
    return places, points


def living(found: Postings, outline: Outline) -> Found:
    """Return the postings of a term without pages that the outline does not know: removed, or added since."""
    kept = np.isin(found.numbers, outline.numbers, assume_unique=True)
    return found.numbers[kept], found.counts[kept]


def rarities(question: Question, postings: Mapping[str, Found], pages: int) -> dict[str, float]:
    """Return the weight of each term of a question times its inverse frequency."""
    rarity = {}
    for term, weight in question.weights.items():
        frequency = len(postings[term][0]) if term in postings else 0
        inverse = math.log(1 + (pages - frequency + 0.5) / (frequency + 0.5))
        rarity[term] = weight * inverse * (1.0 if frequency else ABSENT)
    return rarity


def _best(scores: NDArray[np.float64], most: int) -> list[int]:
    """Return the places of the highest scores above 0, highest first, the first of equals first."""
    count = min(most, int((scores > 0).sum()))
    if not count:
        return []
    chosen = np.argpartition(-scores, count - 1)[:count]
    return sorted((int(at) for at in chosen), key=lambda at: (-scores[at], at))
