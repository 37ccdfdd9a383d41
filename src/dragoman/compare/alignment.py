"""Links of the provisions of one text to those of earlier ones: one to one first, then splits and merges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from dragoman.compare.index import Index
from dragoman.compare.pairs import FAINTEST, Model, Pair, PairReader, load_model
from dragoman.compare.settings import LinkRules, Settings, load_wording
from dragoman.compare.traits import Marked, across, cosine, crossed, inverse_frequencies, vector
from dragoman.model import Kind, Provision

_OTHER_THAN_BANS = frozenset({Kind.COMMITMENT, Kind.PERMISSION, Kind.MEASURE})
Spot = tuple[str, int]
"""Slug of a document and offset of a sentence."""
Crossed = Mapping[Spot, Mapping[Spot, float]]
"""How surely sentences of two languages say the same, 0 to 1, each by the other."""


class Link(NamedTuple):
    """A later and an earlier line, by their numbers in the series, and how alike they are."""

    score: float
    later: int
    earlier: int


@dataclass(frozen=True, slots=True, eq=False)
class _Vectors:
    own: Mapping[str, float]
    across: Mapping[str, float]


class Aligner:
    """Aligns the texts of a series, one after the other."""

    def __init__(
        self,
        lines: Sequence[Marked],
        settings: Settings,
        model: Model | None = None,
        crossed: Crossed | None = None,
        summaries: frozenset[int] = frozenset(),
    ) -> None:
        """Take all lines of the series in order; their numbers are their places.

        Args:
            lines: of all texts.
            settings: which links are kept.
            model: tells how likely two lines are of one thread; by default that which ships.
            crossed: how surely sentences of two languages say the same, where that is known.
            summaries: numbers of the texts that only sum up.
        """
        self._lines = lines
        self._summaries = summaries
        self._rules: LinkRules = settings.links
        self._bans = load_wording().bans
        rarity = inverse_frequencies(lines)
        self._vectors = [
            _Vectors(vector(line.traits, rarity), vector(across(line.traits), rarity)) for line in lines
        ]
        common = rarity_of_share(settings.index.common) if len(lines) > settings.index.postings else 0.0
        self._index = Index(settings.index, rarity, common)
        self._reader = PairReader(lines, rarity)
        self._model = model or load_model()
        self._crossing = crossed or {}
        self._first: dict[Spot, int] = {}
        self._continued: dict[int, int] = {}
        self._clauses: dict[int, list[int]] = {}

    def links(self, numbers: Sequence[int]) -> list[Link]:
        """Return the links of a text's lines to lines that were added before, best first for each line.

        Sentences are linked; of an earlier sentence's clauses, each later clause takes the one most like it. What
        no line of the nearest texts continues may return from an older one.
        """
        sentences = sentences_of(self._lines, numbers)
        possible = list(self._possible([*sentences]))
        kept = self._of_one_text(kept_of(filter(self._near, possible), self._rules))
        found = {link.later for link in kept}
        older = (link for link in possible if link.later not in found and self._returns(link))
        kept += self._of_one_text(kept_of(older, self._rules))
        for link in kept:
            self._continued[link.earlier] = self._lines[link.later].text
        return [
            Link(link.score, number, self._clause(number, link.earlier))
            for link in kept
            for number in sentences[link.later]
        ]

    def _near(self, link: Link) -> bool:
        """Return whether no full text lies between the two lines."""
        between = range(self._lines[link.earlier].text + 1, self._lines[link.later].text)
        return self._summaries.issuperset(between)

    def _returns(self, link: Link) -> bool:
        """Return whether a line of an older text is so alike that it comes back."""
        return not self._near(link) and (
            link.score >= self._rules.returns or self._crossed(link.later, link.earlier)
        )

    def _of_one_text(self, links: Iterable[Link]) -> list[Link]:
        """Return the links of each line to the text of its first predecessor, best first."""
        text: dict[int, int] = {}
        return [
            link
            for link in links
            if text.setdefault(link.later, self._lines[link.earlier].text) == self._lines[link.earlier].text
        ]

    def add(self, numbers: Iterable[int]) -> None:
        """Let the lines of a text be found by later ones."""
        for first, clauses in sentences_of(self._lines, numbers).items():
            self._clauses[first] = clauses
            self._first[spot(self._lines[first].provision)] = first
            self._index.add(first, self._vectors[first].own)

    def _clause(self, number: int, earlier: int) -> int:
        """Return the clause of an earlier sentence that is most like a later one."""
        clauses = self._clauses[earlier]
        if len(clauses) == 1:
            return clauses[0]
        words = clause_of(self._lines[number].provision)
        alike = {one: fuzz.token_sort_ratio(words, clause_of(self._lines[one].provision)) for one in clauses}
        return max(clauses, key=lambda one: alike[one])

    def pairs(self, numbers: Sequence[int]) -> list[Pair]:
        """Return the pairs of a text's lines and earlier ones of one language that may be linked."""
        return self._reader.pairs(
            (number, earlier)
            for number in numbers
            for earlier in self._index.candidates(self._vectors[number].own)
            if not self._crossed(number, earlier) and self._alike(number, earlier) >= FAINTEST
        )

    def _alike(self, number: int, earlier: int) -> float:
        return cosine(self._vectors[number].own, self._vectors[earlier].own)

    def _possible(self, numbers: Sequence[int]) -> Iterator[Link]:
        """Yield the links that are likely enough."""
        for pair in self.pairs(numbers):
            number, earlier = pair.later, pair.earlier
            score = self._discounted(self._model.probability(pair.features), number, earlier)
            if self._opposed(number, earlier):
                score *= self._rules.opposed
            if score < self._rules.returns and self._verbatim(number, earlier):
                score = self._rules.returns
            if score >= self._rules.least and pair.words >= self._rules.faintest:
                yield Link(score, number, earlier)
        yield from self._across(numbers)

    def _across(self, numbers: Sequence[int]) -> Iterator[Link]:
        """Yield the links between two languages: by what is known, or by what does not depend on the language."""
        for number in numbers:
            known = self._known(number)
            signs = {
                earlier: cosine(self._vectors[number].across, self._vectors[earlier].across)
                for earlier in self._index.candidates(self._vectors[number].own)
                if self._crossed(number, earlier) and earlier not in known and self._named_alike(number, earlier)
            }
            for earlier, alike in (known | signs).items():
                score = self._discounted(alike, number, earlier)
                if score >= self._rules.least_crossed:
                    yield Link(score, number, earlier)

    def _named_alike(self, number: int, earlier: int) -> bool:
        """Return whether two lines share a name, actor or number: tags alone tell too little."""
        return not self._lines[number].specifics.isdisjoint(self._lines[earlier].specifics)

    def _known(self, number: int) -> dict[int, float]:
        """Return how surely earlier lines of another language say the same as a line, where that is known."""
        others = self._crossing.get(spot(self._lines[number].provision), {})
        return {self._first[one]: sure for one, sure in others.items() if one in self._first}

    def _crossed(self, number: int, earlier: int) -> bool:
        return crossed(self._lines[number].provision, self._lines[earlier].provision)

    def _discounted(self, alike: float, number: int, earlier: int) -> float:
        """Return a likeness less what lies between the two texts."""
        rules = self._rules
        text = self._lines[number].text
        between = sum(one not in self._summaries for one in range(self._lines[earlier].text + 1, text))
        alike *= max(rules.oldest, 1 - rules.older * between)
        went_on = self._continued.get(earlier)
        return alike * rules.continued if went_on is not None and went_on < text else alike

    def _opposed(self, number: int, earlier: int) -> bool:
        """Return whether one of two lines forbids, and the other promises, allows or tells something else."""
        lines = [self._lines[at].provision for at in (number, earlier)]
        others = [line for line in lines if line.kind is not Kind.PROHIBITION]
        return (
            len(others) == 1
            and others[0].kind in _OTHER_THAN_BANS
            and not self._bans.search(f"{others[0].trigger} {others[0].aim} {others[0].object}")
        )

    def _verbatim(self, number: int, earlier: int) -> bool:
        least = 100 * self._rules.verbatim
        one, other = (self._lines[at].provision.quote.exact for at in (number, earlier))
        return fuzz.ratio(one, other, score_cutoff=least) >= least


def kept_of(possible: Iterable[Link], rules: LinkRules) -> list[Link]:
    """Return the links that are kept of those that are possible: one to one, then splits and merges."""
    best: dict[int, float] = {}
    taken: set[int] = set()
    kept = []
    for link in sorted(possible, key=lambda link: (-link.score, link.later, link.earlier)):
        if link.later not in best:
            if link.earlier in taken and link.score < rules.split:
                continue
            best[link.later] = link.score
        elif link.earlier in taken or link.score < max(rules.merge, rules.merge_share * best[link.later]):
            continue
        taken.add(link.earlier)
        kept.append(link)
    return kept


def sentences_of(lines: Sequence[Marked], numbers: Iterable[int]) -> dict[int, list[int]]:
    """Return the numbers of the lines of each sentence by that of its first line."""
    first: dict[tuple[str, int], int] = {}
    sentences: dict[int, list[int]] = {}
    for number in numbers:
        line = lines[number].provision
        sentences.setdefault(first.setdefault((line.doc, line.start), number), []).append(number)
    return sentences


def spot(line: Provision) -> Spot:
    """Return where a line's sentence stands."""
    return line.doc, line.start


def clause_of(line: Provision) -> str:
    """Return the words of a line's own clause: trigger, act and object."""
    return f"{line.trigger} {line.aim} {line.object}"


def rarity_of_share(share: float) -> float:
    """Return the rarity of a trait that a share of all lines has."""
    return math.log(1 / share)
