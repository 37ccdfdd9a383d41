"""What an English stretch is in Chinese: in each link the stretch of words that says the same, no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.model.bilingual import Span
from dragoman.terms.candidates import Occurrence
from dragoman.terms.wordlinks import SPACE, Pairing, Vector

APART = re.compile(r"[,，。;；:：、!！?？()（）《》“”\"\s]")
LOOSE = 0.06
"""What a word that goes with nothing costs a stretch."""
BEST = 6
"""Stretches of a link that are looked at."""
LEAST_BARE = 3
"""Characters from which on a particle within a term says nothing."""
CONJUNCTIONS = frozenset("和与及或、")
JOINED = 3
"""English words from which on a term may hold a conjunction."""
DOUBLE = 0.9
"""What a word said twice, or a conjunction too many, costs."""
EDGE = 0.05
"""What the first and last word of a stretch must give."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A Chinese stretch that may stand for an occurrence.

    Attributes:
        text: without white space.
        start, end: offsets in the Chinese document.
        score: 0 to 1.
        weight: what its words give, to compare stretches of one link.
        link: number of the link in the alignment.
    """

    text: str
    start: int
    end: int
    score: float
    weight: float
    link: int


def guesses(pair: Pairing, occurrence: Occurrence, text: str) -> list[Guess]:
    """Return the Chinese stretches that may stand for an English one, best first.

    Args:
        pair: the link word by word.
        occurrence: the English stretch.
        text: of the Chinese document.
    """
    inside = np.zeros(len(pair.english), dtype=bool)
    inside[occurrence.first : occurrence.last + 1] = True
    if not pair.chinese:
        return []
    own = [token.root for token in pair.english[occurrence.first : occurrence.last + 1] if token.content]
    twins = {root: [at for at, token in enumerate(pair.english) if token.root == root] for root in own}
    inside = np.zeros(len(pair.english), dtype=bool)
    inside[[at for places in twins.values() for at in places]] = True
    give = pair.shared[inside].sum(axis=0)
    take = pair.shared[~inside].max(axis=0, initial=0.0)
    weights = np.minimum(give, 1.0) - np.minimum(take, 1.0) - LOOSE
    rows = np.array([pair.shared[places].max(axis=0) for places in twins.values()]).reshape(-1, len(pair.chinese))
    found = [guess_of(pair, rows, weights, stretch, text) for stretch in stretches(pair, weights, give, text)]
    return sorted(found, key=lambda one: -one.weight)[:BEST]


def stretches(pair: Pairing, weights: Vector, give: Vector, text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last word of stretches that begin and end with a word of the term."""
    anchors = [at for at, value in enumerate(give) if value > EDGE and weights[at] > -LOOSE]
    for place, first in enumerate(anchors):
        for last in anchors[place:]:
            start, end = pair.chinese[first].start, pair.chinese[last].end
            if APART.search(text, start, end):
                break
            yield first, last


def guess_of(pair: Pairing, rows: Vector, weights: Vector, stretch: tuple[int, int], text: str) -> Guess:
    """Return a stretch with how well it stands for the English words, of which each has a row."""
    first, last = stretch
    part = rows[:, first : last + 1]
    words = [token.content for token in pair.chinese[first : last + 1]]
    covered = float(np.minimum(part.sum(axis=1), 1.0).mean()) if part.size else 0.0
    used = float(np.minimum(part.sum(axis=0), 1.0)[words].mean()) if any(words) else 0.0
    score = 2 * covered * used / (covered + used) if covered + used else 0.0
    start, end = pair.chinese[first].start, pair.chinese[last].end
    found = SPACE.sub("", text[start:end])
    weight = float(weights[first : last + 1].sum()) - excess(pair, rows, first, last)
    return Guess(found, start, end, score, weight, pair.number)


def excess(pair: Pairing, rows: Vector, first: int, last: int) -> float:
    """Return what a stretch loses for words that it says twice, and for "and" where the English has none."""
    words = [token.text for token in pair.chinese[first : last + 1]]
    content = [token.text for token in pair.chinese[first : last + 1] if token.content]
    twice = len(content) - len(set(content))
    joined = sum(word in CONJUNCTIONS for word in words) if len(rows) < JOINED else 0
    return DOUBLE * (twice + joined)


def bare(text: str) -> str:
    """Return a Chinese term without the particle that may stand in it or not."""
    return text.replace("的", "") if len(text) > LEAST_BARE else text


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands for a term in one link."""

    occurrence: Occurrence
    guess: Guess

    @property
    def span(self) -> Span:
        """Offsets of the English words."""
        return self.occurrence.start, self.occurrence.end


def choose(found: Sequence[tuple[Occurrence, Sequence[Guess]]]) -> list[Choice]:
    """Return for each occurrence what stands for it; what several links agree on goes before the best of one."""
    votes: dict[str, float] = defaultdict(float)
    for _, offered in found:
        for guess in offered:
            votes[bare(guess.text)] += max(0.0, guess.weight) * guess.score
    chosen: list[Choice] = []
    for occurrence, offered in found:
        taken = [one.guess for one in chosen if one.occurrence.link == occurrence.link]
        free = [guess for guess in offered if not any(overlap(guess, one) for one in taken)] or offered
        if free:
            best = max(free, key=lambda guess: guess.weight * guess.score + 0.5 * votes[bare(guess.text)])
            chosen.append(Choice(occurrence, best))
    return chosen


def overlap(one: Guess, other: Guess) -> bool:
    """Return whether two stretches share words."""
    return one.start < other.end and other.start < one.end
