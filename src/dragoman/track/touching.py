"""Which commitments a new document touches, and which dropped promises it makes again; each with its reasons."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from dragoman.lexicon import fold, load_pack
from dragoman.model import Document, Provision
from dragoman.model.watch import Return, Touch, Watch
from dragoman.track.terms import ACTOR_SIGN, INSTRUMENT_SIGN, TECHNOLOGY_SIGN, Tagger, is_tag

PACK = "tracking/watching.yaml"
MOST_REASONS = 8
LEAST_WEIGHT = 0.05
"""Weight of a term that stands in every text."""
_WORD = re.compile(r"[^\W_]+")
Terms: TypeAlias = frozenset[str]
Place: TypeAlias = tuple[int, int, Terms]
"""A sentence of a document: offsets and terms."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of the register with its terms."""

    line: Provision
    terms: Terms


@dataclass(slots=True)
class Likeness:
    """Weighs what two texts share: the rarer a term is among the promises and sentences at hand, the more.

    Attributes:
        texts: how many texts were counted.
        counts: in how many of them a term stands.
    """

    texts: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def learn(self, texts: Iterable[Terms]) -> None:
        """Count the terms of texts."""
        for terms in texts:
            self.texts += 1
            self.counts.update(terms)

    def weight(self, term: str) -> float:
        """Return the weight of a term: its inverse frequency, tags somewhat more."""
        rarity = math.log((1 + self.texts) / (1 + self.counts[term])) + LEAST_WEIGHT
        return rarity * load_pack(PACK)["tag"] if is_tag(term) else rarity

    def total(self, terms: Iterable[str]) -> float:
        """Return the sum of weights."""
        return sum(map(self.weight, sorted(terms)))

    def met(self, promise: Terms, sentence: Terms) -> float:
        """Return how far a sentence is about a promise, 0 to 1.

        It is the F-measure with beta = 2 (van Rijsbergen 1979): the share of the promise that the sentence has
        counts four times the share of the sentence that is about the promise, so that a sentence on everything
        meets little.
        """
        shared = self.total(promise & sentence)
        total = 4 * self.total(promise) + self.total(sentence)
        return 5 * shared / total if total else 0.0

    def alike(self, one: Terms, other: Terms) -> float:
        """Return the likeness of two texts: twice what they share through what both have (Dice), 0 to 1."""
        total = self.total(one) + self.total(other)
        return 2 * self.total(one & other) / total if total else 0.0

    def reasons(self, shared: Terms, text: str, tagger: Tagger) -> tuple[str, ...]:
        """Return the weightiest terms, tags without their signs and words as a text has them."""
        written = {tagger.words.stem(fold(word)): word.lower() for word in _WORD.findall(text)}
        best = sorted(shared, key=lambda term: (-self.weight(term), term))
        words = dict.fromkeys(term[1:] if is_tag(term) else written.get(term, term) for term in best)
        return tuple(words)[:MOST_REASONS]


def terms_of(text: str, tagger: Tagger) -> Terms:
    """Return the words and tags of a text."""
    return frozenset(tagger.count(text))


def promise_of(line: Provision, tagger: Tagger) -> Promise:
    """Return a line with the terms of its sentence and the tags it was coded with."""
    tags = (
        *(ACTOR_SIGN + name for name in (*line.actors, *line.counterparties)),
        *(TECHNOLOGY_SIGN + tag for tag in line.technologies),
        *(INSTRUMENT_SIGN + tag for tag in line.instruments),
    )
    return Promise(line, terms_of(line.quote.exact, tagger) | frozenset(tags))


def touches_of(document: Document, promises: Sequence[Promise], tagger: Tagger) -> tuple[Touch, ...]:
    """Return the commitments that a document touches, each with its best sentence, best first.

    A sentence touches a commitment when it has enough of the commitment's terms (data/tracking/watching.yaml),
    among them a tag or a word that at most a tenth of all texts at hand have; and when the sentence, the title,
    the parties or the first sentences of the document name all parties of the commitment, where these are few.

    Args:
        document: the new document; its own lines are left out.
        promises: lines of the register.
        tagger: finds terms.
    """
    pack = load_pack(PACK)
    others = [promise for promise in promises if promise.line.doc != document.slug]
    sentences = [
        (sentence.start, sentence.end, terms_of(document.slice(sentence.start, sentence.end), tagger))
        for sentence in document.sentences
    ]
    likeness = Likeness()
    likeness.learn(promise.terms for promise in others)
    likeness.learn(terms for _, _, terms in sentences)
    lead = _lead(document, sentences, tagger)
    found = [
        touch
        for promise in others
        if (touch := _best(promise, document, sentences, likeness, lead, tagger)) and touch.score >= pack["touch"]
    ]
    return tuple(sorted(found, key=lambda touch: (-touch.score, touch.provision))[: pack["most_touches"]])


def _best(
    promise: Promise,
    document: Document,
    sentences: Sequence[Place],
    likeness: Likeness,
    lead: Terms,
    tagger: Tagger,
) -> Touch | None:
    """Return the sentence that has most of a commitment, None where none has enough of it."""
    least = load_pack(PACK)["least_shared"]
    parties = _parties(promise)
    scored = [
        (likeness.met(promise.terms, terms), -start, end, shared)
        for start, end, terms in sentences
        if len(shared := promise.terms & terms) >= least
        and parties <= terms | lead
        and _says_something(shared, likeness)
    ]
    if not scored:
        return None
    score, minus_start, end, shared = max(scored, key=lambda one: one[:3])
    start = -minus_start
    return Touch(
        promise.line.id,
        promise.line.quote.exact,
        document.slice(start, end),
        start,
        end,
        round(score, 4),
        likeness.reasons(shared, document.slice(start, end), tagger),
    )


def _parties(promise: Promise) -> Terms:
    """Return the tags of who acts and toward whom, none where there are many: a text need not name them all."""
    names = {*promise.line.actors, *promise.line.counterparties}
    few = len(names) <= load_pack(PACK)["most_parties"]
    return frozenset(ACTOR_SIGN + name for name in names) if few else frozenset()


def _lead(document: Document, sentences: Sequence[Place], tagger: Tagger) -> Terms:
    """Return the tags that say what a document is about: of its parties, its title and its first sentences."""
    first = sentences[: load_pack(PACK)["lead_sentences"]]
    tags = {tag for _, tag in tagger.tags(document.title)} | {ACTOR_SIGN + party for party in document.parties}
    return frozenset(tags.union(*(terms for _, _, terms in first)))


def _says_something(shared: Terms, likeness: Likeness) -> bool:
    """Return whether terms that are shared are more than names of parties and common words."""
    return any(
        not term.startswith(ACTOR_SIGN) and likeness.counts[term] * 10 <= max(likeness.texts, 20)
        for term in shared
    )


def returns_of(
    series: Sequence[Sequence[Promise]], fresh: Sequence[Promise], tagger: Tagger
) -> tuple[Return, ...]:
    """Return the promises that the series had dropped and a new document makes again, best first.

    A promise is dropped when the series has later documents with lines, and none of those is like it. It comes
    back when a line of the new document is like it.

    Args:
        series: the lines of each document, oldest first.
        fresh: the lines of the new document.
        tagger: cuts words.
    """
    pack, likeness = load_pack(PACK), Likeness()
    likeness.learn(promise.terms for promises in (*series, fresh) for promise in promises)
    found = []
    for promise, later in _dropped(series, likeness):
        again = max(
            fresh, key=lambda line: (likeness.alike(promise.terms, line.terms), line.line.id), default=None
        )
        if again is None:
            continue
        score = likeness.alike(promise.terms, again.terms)
        if score >= pack["again"]:
            shared = promise.terms & again.terms
            why = likeness.reasons(shared, again.line.quote.exact, tagger)
            found.append(_return(promise, later, again, score, why))
    return tuple(sorted(found, key=lambda one: (-one.score, one.provision)))


def _return(promise: Promise, lacking: str, again: Promise, score: float, why: tuple[str, ...]) -> Return:
    line, new = promise.line, again.line
    return Return(line.id, line.quote.exact, lacking, new.id, new.quote.exact, round(score, 4), why)


def _dropped(series: Sequence[Sequence[Promise]], likeness: Likeness) -> Iterator[tuple[Promise, str]]:
    """Yield the promises that no later document of a series has, with the slug of its latest document."""
    least = load_pack(PACK)["lacking"]
    for at, promises in enumerate(series):
        later = [other for lines in series[at + 1 :] for other in lines]
        if not later:
            continue
        for promise in promises:
            if all(likeness.alike(promise.terms, other.terms) < least for other in later):
                yield promise, later[-1].line.doc


def reasons_of(watch: Watch, document: Document, tagger: Tagger) -> tuple[str, ...] | None:
    """Return what of a question stands in a document: () where nothing is asked, None where it does not fit."""
    folded = fold(document.text)
    words = [fold(word) for word in watch.query.split()]
    if any(word not in folded for word in words):
        return None
    tags = frozenset(tag for _, tag in tagger.tags(document.text, folded))
    found = [f"“{word}”" for word in watch.query.split()]
    for wanted, sign in (
        (watch.actors, ACTOR_SIGN),
        (watch.technologies, TECHNOLOGY_SIGN),
        (watch.instruments, INSTRUMENT_SIGN),
    ):
        there = [name for name in wanted if sign + name in tags]
        if wanted and not there:
            return None
        found += there
    return tuple(found)


def by_document(promises: Iterable[Promise]) -> Mapping[str, list[Promise]]:
    """Return promises by the slug of their document."""
    found: dict[str, list[Promise]] = {}
    for promise in promises:
        found.setdefault(promise.line.doc, []).append(promise)
    return found
