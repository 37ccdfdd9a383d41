"""How likely a candidate is a term: head and qualifiers, names, registers, how often and within what it stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.lexicon import Lexicon
from dragoman.lexicon.tags import WEAK
from dragoman.terms.candidates import BETWEEN_NAMES, HYPHENS, Candidate, Words, load_words

Key = tuple[str, ...]
LONG = 5
"""Words from which on a term that is no name is long."""


class Termhood:
    """Weighs the candidates of one text against each other.

    Args:
        candidates: all of the text, by their words.
        lexicon: terms and names that are known.
    """

    def __init__(self, candidates: Mapping[Key, Candidate], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = load_words()
        self._longer: dict[Key, list[Candidate]] = defaultdict(list)
        for key, candidate in candidates.items():
            for part in set(inner(key)):
                if part in candidates:
                    self._longer[part].append(candidate)
        self._alone = {key: self.alone(candidate) for key, candidate in candidates.items()}

    def odds(self, candidate: Candidate, pair: float) -> float:
        """Return the log odds that a candidate is a term with its translation.

        Args:
            candidate: the English stretch.
            pair: 0 to 1, how sure its translation is.
        """
        weights = self._words.weights
        total = self._alone[candidate.words] + weights["pair"] * (pair - weights["middle"])
        return total + (weights["nested"] if self.is_nested(candidate) else 0.0)

    def alone(self, candidate: Candidate) -> float:
        """Return the log odds of a candidate, its translation and what it stands in aside."""
        weights = self._words.weights
        often = weights["often"] * math.log2(len(candidate.occurrences))
        within = len(self._longer.get(candidate.words, ())) if len(candidate.text.split()) == 1 else 0
        return (
            weights["bias"]
            + self.shape(candidate)
            + self.known(candidate)
            + often
            + weights["part"] * math.log2(1 + within)
        )

    def shape(self, candidate: Candidate) -> float:
        """Return what the words of a candidate say."""
        words, weights = self._words, self._words.weights
        plain = tuple(candidate.text.lower().split())
        flat = tuple(part for word in plain for part in HYPHENS.split(word))
        name = any(one.name for one in candidate.occurrences)
        total = weights["head"] * self.head(flat, plain)
        total += weights["qualifier"] * min(2, sum(is_qualifier(word, words) for word in plain[:-1]))
        total += weights["plain"] * (plain[0] in words.plain) + weights["plain_head"] * (plain[-1] in words.plain)
        total += weights["word"] if len(plain) == 1 and len(flat) == 1 else weights["length"] * (len(plain) < LONG)
        total += weights["long"] * (len(plain) >= LONG and not name)
        total += weights["joined"] * (not name and not BETWEEN_NAMES.isdisjoint(plain))
        total += weights["name"] * name + weights["figure"] * any(part[0].isdigit() for part in flat)
        told = [one for one in candidate.occurrences if not one.heading]
        broken = bool(told) and all(one.broken for one in told)
        return total + weights["broken_name"] * (broken and not name) + self.cut(candidate)

    def cut(self, candidate: Candidate) -> float:
        """Return what it says that the same word always stands before a candidate, or after it."""
        once = len(candidate.occurrences) == 1
        total = 0.0
        for side, weight in (("before", "cut_before"), ("after", "cut_after")):
            beside = {getattr(one, side) for one in candidate.occurrences if not one.name}
            if len(beside) == 1 and beside != {""}:
                total += self._words.weights[weight] * (0.5 if once else 1.0)
        return total

    def head(self, flat: Sequence[str], plain: Sequence[str]) -> float:
        """Return the weight of the head, 0 for a plain one."""
        heads = self._words.heads
        return max(heads.get(flat[-1], 0.0), heads.get(plain[-1], 0.0))

    def known(self, candidate: Candidate) -> float:
        """Return what the registers of actors, technologies and instruments say."""
        weights, text = self._words.weights, candidate.text
        hits = [
            hit
            for hit in (*self._lexicon.terms.find(text), *self._lexicon.names.find(text))
            if not all(one.group.endswith(WEAK) for one in hit.phrases)
        ]
        if any(hit.end - hit.start == len(text) for hit in hits):
            return weights["known"]
        return weights["holds_known"] if hits else 0.0

    def is_nested(self, candidate: Candidate) -> bool:
        """Return whether a candidate stands only within one longer one that is as likely a term."""
        often, own = len(candidate.occurrences), self._alone[candidate.words]
        return any(
            len(one.occurrences) >= often and self._alone[one.words] > own
            for one in self._longer.get(candidate.words, ())
        )


def is_qualifier(word: str, words: Words) -> bool:
    """Return whether a word before a head makes it a term."""
    return word in words.qualifiers or words.heads.get(word, 0.0) > 1


def inner(key: Key) -> list[Key]:
    """Return the parts of a candidate that are shorter."""
    size = len(key)
    return [key[at : at + length] for length in range(1, size) for at in range(size - length + 1)]
