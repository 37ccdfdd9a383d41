"""Ranks the passages of an index as evidence for a commitment, each with the reasons for its rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dragoman.lexicon import fold
from dragoman.model import Candidate, Document, Provision, Search
from dragoman.model.corpus import REGISTER, CorpusPage, Found
from dragoman.track.copies import Original, runs_of
from dragoman.track.features import FEATURES, Feature, Meeting, delivery, other_parties
from dragoman.track.index import Index, Outline
from dragoman.track.passages import Cutter, Passage, Reading, read_page
from dragoman.track.question import Question, question_of
from dragoman.track.settings import Weights
from dragoman.track.shortlist import Shortlist, shortlist
from dragoman.track.stance import Cues
from dragoman.track.terms import Tagger, is_tag

MOST_READINGS = 600
"""Pages that are kept read while the commitments of a document are gone through."""
PASSAGES_WEIGHED = 3
"""Passages of a page whose features are worked out: those with most words of the commitment."""
ANCHORS = 2
"""Words of the commitment whose place in a passage tells which of several acts is meant."""
SEARCHED_TERMS = 12
"""Terms that a recorded search names, the weightiest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Tools:
    """What ranking works with.

    Attributes:
        tagger: finds terms.
        cut: cuts paragraphs into sentences.
        cues: of stance and stage.
        weights: of the features.
    """

    tagger: Tagger
    cut: Cutter
    cues: Cues
    weights: Weights


@dataclass(slots=True)
class Ranker:
    """Ranks evidence for the commitments of one document against one index."""

    document: Document
    index: Index
    tools: Tools
    outline: Outline = field(init=False)
    original: Original = field(init=False)
    _readings: dict[int, Reading] = field(default_factory=dict)
    _copies: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the outline of the index and the runs of words that copies are told by."""
        self.outline = self.index.outline()
        weights, words = self.tools.weights, self.tools.tagger.words
        stems = tuple(words.stems_of(fold(self.document.text)))
        self.original = Original(
            runs_of(stems, weights.shingle),
            weights.shingle,
            weights.copied_page,
            weights.copied_passage,
            weights.least_shingles,
        )

    def rank(self, provision: Provision, *, at: datetime, limit: int) -> Found:
        """Return the candidates for a commitment, best first, and the record of the search.

        Args:
            provision: a line of the document.
            at: time of the search.
            limit: most candidates returned.
        """
        tools = self.tools
        question = question_of(provision, self.document, tools.tagger, tools.weights)
        listed = shortlist(question, self.index, self.outline, tools.weights)
        readings = self._read([number for number, _ in listed.pages])
        found = [
            self._candidate(question, listed, readings[number], share)
            for number, share in listed.pages
            if number in readings and not self._is_source(readings[number].page)
        ]
        best = without_doubles(sorted(found, key=lambda candidate: (-candidate.score, candidate.page)))
        return Found(provision, tuple(best[:limit]), self._search(provision, listed, best, at))

    def _is_source(self, page: CorpusPage) -> bool:
        """Return whether a page is the document itself, as the register holds it."""
        return page.source == REGISTER and page.id == self.document.slug

    def _read(self, numbers: Sequence[int]) -> dict[int, Reading]:
        """Return pages as they are compared; those read for other commitments are at hand."""
        known = self._readings
        missing = [number for number in numbers if number not in known]
        if len(known) + len(missing) > MOST_READINGS:
            for number in [number for number in known if number not in set(numbers)]:
                del known[number]
        for number, page in self.index.pages(missing).items():
            known[number] = read_page(page, self.tools.tagger, self.tools.cut)
        return {number: known[number] for number in numbers if number in known}

    def _candidate(self, question: Question, listed: Shortlist, reading: Reading, share: float) -> Candidate:
        """Return the best passage of a page as a candidate."""
        places = best_passages(question, listed, reading, self.tools.weights)
        made = [self._weighed(question, listed, reading, place, share) for place in places]
        return max(made, key=lambda candidate: candidate.score)

    def _weighed(
        self, question: Question, listed: Shortlist, reading: Reading, place: int, share: float
    ) -> Candidate:
        page, weights, cues = reading.page, self.tools.weights, self.tools.cues
        passage = reading.passages[place]
        quote = page.text[passage.start : passage.end]
        around = neighbours(reading, place)
        meeting = Meeting(question, listed.rarity, reading, passage, fold(quote), around, share)
        stage = cues.stage_of(quote, self._anchors(question, listed, passage, quote))
        features = [feature(meeting, weights) for feature in FEATURES]
        features.append(delivery(meeting, cues, stage, features[0].value))
        whole, why = scored(features, weights, idle_features(question))
        factors = list(self._factors(question, reading, passage))
        for _, _, factor in factors:
            whole *= factor
        later = not factors or factors[0][0] not in {"before", "same day", "copy"}
        return Candidate(
            page=page.id,
            score=round(whole, 4),
            quote=quote,
            start=passage.start,
            end=passage.end,
            why=(*why, *((name, words, round(factor - 1, 4)) for name, words, factor in factors)),
            title=page.title,
            day=page.day,
            address=page.address,
            stance=cues.stance_of(quote, stage, later=later),
            stage=stage if later else None,
        )

    def _anchors(self, question: Question, listed: Shortlist, passage: Passage, quote: str) -> list[int]:
        """Return where the rarest words of the commitment stand in a passage."""
        shared = sorted(passage.terms & question.own_words, key=lambda term: -listed.rarity[term])[:ANCHORS]
        stems, starts = self.tools.tagger.words.places_of(fold(quote))
        return [start for stem, start in zip(stems, starts, strict=True) if stem in shared]

    def _factors(self, question: Question, reading: Reading, passage: Passage) -> Iterator[tuple[str, str, float]]:
        """Yield what speaks against a passage: name, words, what the score is multiplied by."""
        factors, day = self.tools.weights.factors, reading.page.day
        if self._is_copy(reading):
            yield "copy", reading.page.title, factors["copy"]
            return
        if day is None:
            yield "undated", "", factors["undated"]
        elif question.day and abs((day - question.day).days) <= self.tools.weights.same_day:
            yield "same day", day.isoformat(), factors["same day"]
        elif question.day and day < question.day:
            yield "before", day.isoformat(), factors["before"]
        if self.original.is_repeated_by(reading, passage):
            yield "repeats", "", factors["repeats"]
        if others := other_parties(question, reading):
            yield "other parties", ", ".join(party[1:] for party in others), factors["other parties"]

    def _is_copy(self, reading: Reading) -> bool:
        known = self._copies.get(reading.page.id)
        if known is None:
            known = self._copies[reading.page.id] = self.original.is_copied_by(reading)
        return known

    def _search(self, provision: Provision, listed: Shortlist, found: Sequence[Candidate], at: datetime) -> Search:
        """Return the record of a search."""
        rarest = sorted(listed.rarity, key=lambda term: (-listed.rarity[term], term))[:SEARCHED_TERMS]
        return Search(
            provision=provision.id,
            sources=tuple(f"{source}: {pages} pages" for source, pages in self.outline.sources),
            terms=tuple(term[1:] if is_tag(term) else term for term in rarest),
            until=self.outline.newest,
            made=at,
            found=sum(candidate.score >= self.tools.weights.threshold for candidate in found),
        )


def without_doubles(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without those that quote the same words of a page of the same day and title again.

    A page may be in the corpus and, as a document, in the register.
    """
    first: dict[tuple[str, date | None, str], Candidate] = {}
    for candidate in found:
        first.setdefault((candidate.quote, candidate.day, candidate.title), candidate)
    return list(first.values())


def best_passages(question: Question, listed: Shortlist, reading: Reading, weights: Weights) -> list[int]:
    """Return the places of the passages that hold most of the question, best first; there is always one."""
    rarity = listed.rarity
    keys = question.own_terms
    own = [sum(rarity[term] for term in passage.terms & keys) for passage in reading.passages]
    worth = [
        points + weights.neighbour / 2 * max((own[other] for other in beside(reading, place)), default=0.0)
        for place, points in enumerate(own)
    ]
    return sorted(range(len(worth)), key=lambda place: (-worth[place], place))[:PASSAGES_WEIGHED]


def neighbours(reading: Reading, place: int) -> frozenset[str]:
    """Return the terms of the sentences beside a passage in its paragraph."""
    return frozenset().union(*(reading.passages[other].terms for other in beside(reading, place)))


def beside(reading: Reading, place: int) -> list[int]:
    """Return the places of the sentences beside a passage in its paragraph."""
    passages = reading.passages
    return [
        other
        for other in (place - 1, place + 1)
        if 0 <= other < len(passages) and passages[other].paragraph == passages[place].paragraph
    ]


def idle_features(question: Question) -> frozenset[str]:
    """Return the features that no page can have, because the commitment names nothing of the kind."""
    asked = {
        "named things": question.things,
        "document named": question.document,
        "parties": question.parties,
        "technology": question.technologies,
        "instrument": question.instruments,
    }
    return frozenset(name for name, values in asked.items() if not values)


def scored(
    features: Sequence[Feature], weights: Weights, idle: frozenset[str] = frozenset()
) -> tuple[float, tuple[tuple[str, str, float], ...]]:
    """Return the score of some features, 0 to 1, and each feature's share of it, the largest first.

    Args:
        features: of a passage.
        weights: of the features.
        idle: features that do not count, neither for the score nor for the most that could be had.
    """
    points = [(feature, weights.features[feature.name] * feature.value) for feature in features]
    whole = sum(point for _, point in points)
    shares = [(feature.name, feature.words, round(point / whole, 4)) for feature, point in points if point]
    shares.sort(key=lambda share: -share[2])
    most = sum(weight for name, weight in weights.features.items() if name not in idle)
    return whole / most, tuple(shares)


def within(found: Found, least: float) -> Found:
    """Return what was found without the candidates below a score."""
    return replace(found, candidates=tuple(one for one in found.candidates if one.score >= least))
