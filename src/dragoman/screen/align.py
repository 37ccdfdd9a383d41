"""Two names word by word: which word of one stands for which of the other, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from dragoman.model import TokenEvidence
from dragoman.screen.likeness import Likeness, likeness
from dragoman.screen.vocabulary import Analysed, Vocabulary

Weigh = Callable[[str], float]

LEAST = 0.5
"""Likeness under which two words are not the same word."""
CONTRADICTED = 1.6
"""What a word of each side that has no partner on the other costs, as a share of their mean weight: names that
differ in a word say more against one another than names of which one leaves a word out."""
JOINED = 0.97
"""What words are worth that are equal but for the spaces."""
JOINED_LEAST = 0.86
"""Likeness of words written as one under which they are not the same."""
WHOLE_LEAST = 0.9
"""The same for whole names written as one."""
FORM = 0.05
"""Share of the legal form of a company."""
ANY_FORM = "any"
"""Class of the words that stand for any legal form: "company" says no more than that it is one."""
ONE_FORM = 0.7
"""What a legal form is worth that only one of the names has."""
ALONE = 0.1
"""What a likeness below 1 loses where it is all that two names have in common: "Visa" is not "Vista"."""


class Costs(NamedTuple):
    """What a word costs that only one of two names has, as a share of its weight."""

    added: float
    """Of the query."""
    left_out: float
    """Of the listed name."""


COMPANY = Costs(0.75, 0.6)
PERSON = Costs(0.45, 0.4)
HALF_A_NAME = Costs(0.9, 0.9)
"""Of a person of whom fewer than two words agree."""


class Pair(NamedTuple):
    """A word of the query and a word of the listed name that stand for one another."""

    query: str
    listed: str
    how: str
    weight: float
    value: float


class Query:
    """A name to be compared with many.

    Args:
        name: taken apart.
        weigh: weight of a word.
        known: the vocabulary.
        person: whether it is the name of a person.
        like: per word, likenesses that are known already, by listed word.
    """

    __slots__ = ("known", "like", "name", "person", "weigh", "weights")

    def __init__(
        self,
        name: Analysed,
        weigh: Weigh,
        known: Vocabulary,
        like: Sequence[Mapping[str, Likeness]] = (),
        *,
        person: bool = False,
    ) -> None:
        self.name = name
        self.weigh = weigh
        self.known = known
        self.person = person
        self.like = like or [{}] * len(name.words)
        self.weights = list(map(weigh, name.words))


class Aligned(NamedTuple):
    """Two names compared.

    Attributes:
        score: 0 to 1.
        pairs: words that stand for one another.
        added: words of the query that stand alone, with their share of the score.
        left_out: those of the listed name.
        form: the legal forms of both names and what they are worth together; None where neither has one.
        total: what everything but the form weighs.
    """

    score: float
    pairs: Sequence[Pair]
    added: Sequence[tuple[str, float]]
    left_out: Sequence[tuple[str, float]]
    form: tuple[str, str, float] | None
    total: float

    def evidence(self) -> tuple[TokenEvidence, ...]:
        """Return what became of each word; the weights sum to 1, the weighted similarities to the score."""
        share = (1.0 - FORM if self.form else 1.0) / self.total if self.total else 0.0
        lines = [
            TokenEvidence(query, listed, how, weight * share, value)
            for query, listed, how, weight, value in self.pairs
        ]
        lines += [TokenEvidence(word, "", "unmatched", cost * share, 0.0) for word, cost in self.added]
        lines += [TokenEvidence("", word, "unmatched", cost * share, 0.0) for word, cost in self.left_out]
        if self.form:
            lines.append(TokenEvidence(self.form[0], self.form[1], "legal form", FORM, self.form[2]))
        return tuple(lines)


NOT_ALIKE = Aligned(0.0, (), (), (), None, 0.0)


class _Matching:
    """Pairs the words of two names, each word once."""

    __slots__ = ("listed", "pairs", "places", "query", "spots", "weights")

    def __init__(self, query: Query, listed: Sequence[str]) -> None:
        self.query = query
        self.listed = listed
        self.weights = list(map(query.weigh, listed))
        self.pairs: list[Pair] = []
        self.places = list(range(len(query.name.words)))
        """Places of the query's words without a partner."""
        self.spots = list(range(len(listed)))
        """Places of the listed name's words without a partner."""

    def known_pairs(self) -> None:
        """Pair words whose likeness the index knows, the most alike first."""
        found = []
        for at in self.places:
            like = self.query.like[at]
            if like:
                found += [
                    (-known[0], abs(at - spot), at, spot, known)
                    for spot in self.spots
                    if (known := like.get(self.listed[spot])) is not None
                ]
        self._take(sorted(found))

    def other_pairs(self) -> None:
        """Pair the words that are left by what can be seen of them."""
        found = []
        for at in self.places:
            for spot in self.spots:
                value = likeness(self.query.name.words[at], self.listed[spot], self.query.known)
                if value[0] >= LEAST and (self.query.person or value[1] != "initial"):
                    found.append((-value[0], abs(at - spot), at, spot, value))
        self._take(sorted(found))

    def _take(self, found: Sequence[tuple[float, int, int, int, Likeness]]) -> None:
        for _, _, at, spot, (value, how) in found:
            if at in self.places and spot in self.spots:
                self.places.remove(at)
                self.spots.remove(spot)
                weight = (self.query.weights[at] + self.weights[spot]) / 2
                self.pairs.append(Pair(self.query.name.words[at], self.listed[spot], how, weight, value))

    def written_as_one(self) -> None:
        """Pair two lone words of one name with a lone word of the other that joins them."""
        words, weights = self.query.name.words, self.query.weights
        for first, second, spot, value in _joined(words, self.places, self.listed, self.spots):
            weight = (weights[first] + weights[second] + self.weights[spot]) / 2
            self.pairs.append(Pair(f"{words[first]} {words[second]}", self.listed[spot], "joined", weight, value))
        for first, second, at, value in _joined(self.listed, self.spots, words, self.places):
            weight = (self.weights[first] + self.weights[second] + weights[at]) / 2
            self.pairs.append(
                Pair(words[at], f"{self.listed[first]} {self.listed[second]}", "joined", weight, value)
            )


def _joined(
    many: Sequence[str], many_lone: list[int], one: Sequence[str], one_lone: list[int]
) -> list[tuple[int, int, int, float]]:
    """Return the lone words of one name, two by two, that one of the other joins; take them out."""
    found = []
    for first, second in pairwise(tuple(many_lone)):
        for place in tuple(one_lone):
            value = Indel.normalized_similarity(many[first] + many[second], one[place], score_cutoff=JOINED_LEAST)
            if value and first in many_lone and second in many_lone:
                many_lone.remove(first)
                many_lone.remove(second)
                one_lone.remove(place)
                found.append((first, second, place, JOINED * value))
    return found


def _costs(matching: _Matching) -> Costs:
    if not matching.query.person:
        return COMPANY
    whole = sum(1 for pair in matching.pairs if pair.how not in {"initial", "particle"})
    return PERSON if whole > 1 else HALF_A_NAME


def _form(query: Analysed, listed: Analysed) -> tuple[str, str, float] | None:
    if not query.forms and not listed.forms:
        return None
    forms = query.forms - {ANY_FORM}, listed.forms - {ANY_FORM}
    if query.forms == listed.forms or not forms[0].isdisjoint(forms[1]):
        value = 1.0
    else:
        value = 0.0 if all(forms) else ONE_FORM
    return " ".join(query.form_words), " ".join(listed.form_words), value


def align(query: Query, listed: Analysed) -> Aligned:
    """Return how well the words of a query and of a listed name account for one another.

    Every pair weighs the mean of its words; words without a partner weigh by `Costs` and `CONTRADICTED` and are
    worth nothing. The score is the weighted mean of the similarities.
    """
    matching = _Matching(query, listed.words)
    matching.known_pairs()
    if matching.places and matching.spots:
        matching.other_pairs()
        if matching.places and matching.spots:
            matching.written_as_one()
    compared = _weighed(matching, _form(query.name, listed))
    whole = _as_one(query.name.words, listed.words)
    if whole * (1.0 - FORM) > compared.score:
        pair = Pair(" ".join(query.name.words), " ".join(listed.words), "joined", 1.0, whole)
        return scored([pair], [], [], compared.form)
    return compared


def _weighed(matching: _Matching, form: tuple[str, str, float] | None) -> Aligned:
    lone_query = sum([matching.query.weights[at] for at in matching.places])
    lone_listed = sum([matching.weights[spot] for spot in matching.spots])
    costs = _costs(matching)
    both = min(lone_query, lone_listed)
    rate_query = (CONTRADICTED * both / 2 + costs.added * (lone_query - both)) / (lone_query or 1.0)
    rate_listed = (CONTRADICTED * both / 2 + costs.left_out * (lone_listed - both)) / (lone_listed or 1.0)
    added = [(matching.query.name.words[at], rate_query * matching.query.weights[at]) for at in matching.places]
    left_out = [(matching.listed[spot], rate_listed * matching.weights[spot]) for spot in matching.spots]
    pairs = matching.pairs
    if len(pairs) == 1 and pairs[0].value < 1.0 and pairs[0].how != "joined":
        pairs = [pairs[0]._replace(value=max(0.0, pairs[0].value - ALONE))]
    return scored(pairs, added, left_out, form)


def scored(
    pairs: Sequence[Pair],
    added: Sequence[tuple[str, float]],
    left_out: Sequence[tuple[str, float]],
    form: tuple[str, str, float] | None,
) -> Aligned:
    """Return two names whose words have been paired, with the weighted mean of the similarities."""
    if not pairs:
        return NOT_ALIKE
    total = gained = 0.0
    for _, _, _, weight, value in pairs:
        total += weight
        gained += weight * value
    for _, cost in added:
        total += cost
    for _, cost in left_out:
        total += cost
    score = gained / total
    if form:
        score = (1.0 - FORM) * score + FORM * form[2]
    return Aligned(min(1.0, score), pairs, added, left_out, form, total)


def _as_one(query: Sequence[str], listed: Sequence[str]) -> float:
    """Return the likeness of names of different numbers of words, written without spaces; else 0."""
    if len(query) == len(listed):
        return 0.0
    one, other = "".join(query), "".join(listed)
    if abs(len(one) - len(other)) > len(one) // 4:
        return 0.0
    return JOINED * Indel.normalized_similarity(one, other, score_cutoff=WHOLE_LEAST)
