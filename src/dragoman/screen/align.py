"""Two names word by word: which word of one stands for which of the other, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from dragoman.model import TokenEvidence
from dragoman.screen.likeness import likeness
from dragoman.screen.vocabulary import Vocabulary

Weigh = Callable[[str], float]

LEAST = 0.5
"""Likeness under which two words are not the same word."""

EXTRA = 0.55
"""What a word of the listed name that the query does not have costs, as a share of its weight."""

JOINED = 0.97
"""What names are worth that are equal but for the spaces."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The score of two names, 0 to 1, and its evidence."""

    score: float
    why: tuple[TokenEvidence, ...]


def _pairs(query: Sequence[str], listed: Sequence[str], known: Vocabulary) -> list[tuple[float, int, int, str]]:
    found = []
    for at, word in enumerate(query):
        for place, other in enumerate(listed):
            value, how = likeness(word, other, known)
            if value >= LEAST:
                found.append((value, at, place, how))
    found.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1]))
    return found


def _joined(query: Sequence[str], listed: Sequence[str]) -> float:
    """Return the likeness of two names written without spaces."""
    one, other = "".join(query), "".join(listed)
    if one == other:
        return JOINED
    return JOINED * Indel.normalized_similarity(one, other, score_cutoff=0.85)


def align(query: Sequence[str], listed: Sequence[str], weigh: Weigh, known: Vocabulary) -> Aligned:
    """Return how well a query's words and a listed name's words account for one another.

    Each word weighs what `weigh` says; a word of the query without a partner costs its whole weight, one of the
    listed name `EXTRA` of it, since people leave words out more often than they add them.
    """
    taken_query: dict[int, tuple[float, int, str]] = {}
    taken_listed: set[int] = set()
    for value, at, place, how in _pairs(query, listed, known):
        if at not in taken_query and place not in taken_listed:
            taken_query[at] = (value, place, how)
            taken_listed.add(place)
    weights_query = [weigh(word) for word in query]
    weights_listed = [weigh(word) for word in listed]
    matched = sum(
        value * (weights_query[at] + weights_listed[place]) / 2 for at, (value, place, _) in taken_query.items()
    )
    shared = sum((weights_query[at] + weights_listed[place]) / 2 for at, (_, place, _) in taken_query.items())
    lone_query = sum(weight for at, weight in enumerate(weights_query) if at not in taken_query)
    lone_listed = sum(weight for place, weight in enumerate(weights_listed) if place not in taken_listed)
    total = shared + lone_query + EXTRA * lone_listed
    score = matched / total if total else 0.0
    joined = _joined(query, listed) if score < JOINED else 0.0
    if joined > score:
        evidence = TokenEvidence(" ".join(query), " ".join(listed), "joined", 1.0, joined)
        return Aligned(joined, (evidence,))
    return Aligned(score, _evidence(query, listed, taken_query, weights_query, sum(weights_query) or 1.0))


def _evidence(
    query: Sequence[str],
    listed: Sequence[str],
    taken: dict[int, tuple[float, int, str]],
    weights: Sequence[float],
    total: float,
) -> tuple[TokenEvidence, ...]:
    lines = []
    for at, word in enumerate(query):
        value, place, how = taken.get(at, (0.0, -1, "unmatched"))
        lines.append(TokenEvidence(word, listed[place] if place >= 0 else "", how, weights[at] / total, value))
    used = {place for _, place, _ in taken.values()}
    lines += [TokenEvidence("", word, "unmatched", 0.0, 0.0) for at, word in enumerate(listed) if at not in used]
    return tuple(lines)
