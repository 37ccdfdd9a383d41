"""Measures of two parties from the register: its provisions, with who acts, toward whom, and how firmly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.compare.coordination_settings import CoordinationSettings
from dragoman.compare.sides import Sides
from dragoman.compare.targets import TargetFinder, directed
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Document, Provision
from dragoman.model.coordination import Measure, Mode, Target

Text = tuple[Document, Sequence[Provision]]
WEAK = ":weak"


@dataclass(frozen=True, slots=True)
class Headings:
    """Headings of a document with their topics, in order.

    Attributes:
        starts: their offsets.
        tags: topics that each names; those of a heading that says nothing are of the one before it.
    """

    starts: tuple[int, ...]
    tags: tuple[frozenset[str], ...]

    def above(self, offset: int) -> frozenset[str]:
        """Return the topics of the heading over an offset."""
        at = bisect_right(self.starts, offset) - 1
        return self.tags[at] if at >= 0 else frozenset()


def headings_of(document: Document, lexicon: Lexicon, settings: CoordinationSettings) -> Headings:
    """Return the headings of a document with the topics that they name."""
    starts: list[int] = []
    tags: list[frozenset[str]] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        title = document.slice(block.start, block.end)
        generic = settings.generic.match(title) is not None
        starts.append(block.start)
        tags.append(tags[-1] if generic and tags else tags_of(title, lexicon))
    return Headings(tuple(starts), tuple(tags))


def tags_of(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the tags whose own terms a text holds; words that only hint at one do not count."""
    hits = lexicon.terms.find(text)
    return frozenset(phrase.key for hit in hits for phrase in hit.phrases if not phrase.group.endswith(WEAK))


class MeasureReader:
    """Turns provisions into measures of two parties."""

    def __init__(self, lexicon: Lexicon, settings: CoordinationSettings, sides: Sides) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._sides = sides

    def of_text(self, text: Text, topic: str = "") -> Iterator[Measure]:
        """Yield the measures of a document, those of a topic where one is named; an undated document has none.

        A provision is of a topic by its tags, or because the heading over it names the topic, which is then added
        to its instruments.
        """
        document, provisions = text
        if document.date is None:
            return
        finder = TargetFinder(self._lexicon, self._settings.targets, self._sides.insiders(document.date))
        places = {sentence.start: sentence.index for sentence in document.sentences}
        headings = headings_of(document, self._lexicon, self._settings)
        for line in provisions:
            mode = self._sides.mode(line.actors, document.date, document.parties)
            why = topic_of(line, topic, headings)
            if mode is None or not why:
                continue
            named = targets_of(line, document, finder, places)
            yield self._measure(line, measure_of(line, document.date, mode), named, topic, why)

    def _measure(self, line: Provision, made: Measure, named: tuple[Target, ...], topic: str, why: str) -> Measure:
        """Return a measure with its targets, and how it came to be on the topic."""
        headed = why == "heading"
        added = (topic,) if headed and topic in self._lexicon.instruments.labels else ()
        return replace(
            made,
            targets=directed(named, line.actors, restricts=headed or restricts(line, self._settings)),
            instruments=(*line.instruments, *added),
            why=why,
            relaxes=self._settings.relaxes.search(line.quote.exact) is not None,
        )


def targets_of(
    line: Provision, document: Document, finder: TargetFinder, places: Mapping[int, int]
) -> tuple[Target, ...]:
    """Return whom the sentence of a line names, by `places`, the numbers of sentences by their offsets."""
    index = places.get(line.start)
    if index is None:
        return finder.of_text(line.quote.exact, line.start)
    return finder.of_sentence(document, index)


def measure_of(line: Provision, day: date, mode: Mode) -> Measure:
    """Return a line of the register as a measure; its targets are not looked for."""
    profile = line.legalization
    return Measure(
        id=line.id,
        day=day,
        mode=mode,
        technologies=line.technologies,
        instruments=line.instruments,
        force=line.force,
        text=line.quote.exact,
        legalization=(profile.obligation, profile.precision, profile.delegation) if profile else None,
        doc=line.doc,
        start=line.start,
        end=line.end,
        actors=line.actors,
    )


def restricts(line: Provision, settings: CoordinationSettings) -> bool:
    """Return whether a line has an instrument that directs itself against whom it names."""
    return bool(settings.restricting.intersection(line.instruments))


def topic_of(line: Provision, topic: str, headings: Headings) -> str:
    """Return what makes a line one of a topic ("tag" or "heading"), "" where nothing does."""
    if not topic or topic in line.instruments or topic in line.technologies:
        return "tag"
    return "heading" if topic in headings.above(line.start) else ""


def restated(texts: Sequence[Text], summaries: Iterable[str], days: int) -> frozenset[str]:
    """Return the slugs of documents that only sum up a full text of the same parties of the same days.

    Args:
        texts: all documents.
        summaries: words in the kind of a document that only sums up.
        days: between the two.
    """
    words = tuple(summaries)
    short = [document for document, _ in texts if any(word in document.kind.lower() for word in words)]
    full = [document for document, _ in texts if document not in short]
    return frozenset(
        one.slug
        for one in short
        if any(set(one.parties) <= set(other.parties) and near(one.date, other.date, days) for other in full)
    )


def near(one: date | None, other: date | None, days: int) -> bool:
    """Return whether two dates are known and at most some days apart."""
    return one is not None and other is not None and abs((one - other).days) <= days
