"""What is read of a page when its passages are compared: sentences, their terms, and the order of its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.lexicon import fold
from dragoman.model.corpus import CorpusPage
from dragoman.track.terms import Tagger

Cutter = Callable[[str, int, int], list[tuple[int, int]]]
"""Cuts a paragraph into sentences: text, start and end of the paragraph to offsets in the text."""

LONGEST_SENTENCE = 1_500
"""Characters of a passage; what runs on without a full stop is cut at a blank."""
LEAD = 3
"""Sentences at the beginning of a page that say what it is about."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a page.

    Attributes:
        start, end: its offsets.
        paragraph: number of its paragraph.
        terms: terms that stand in it.
        first, last: its words in `Reading.stems`, end exclusive.
    """

    start: int
    end: int
    paragraph: int
    terms: frozenset[str]
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A page as it is compared.

    Attributes:
        page: the page.
        folded: its text in lower case.
        passages: its sentences.
        stems: its words, in order.
        terms: all its terms.
        title_terms: those of its title.
        lead_terms: those of its title and its first sentences: what it is about.
    """

    page: CorpusPage
    folded: str
    passages: tuple[Passage, ...]
    stems: tuple[str, ...]
    terms: frozenset[str]
    title_terms: frozenset[str]
    lead_terms: frozenset[str]


def read_page(page: CorpusPage, tagger: Tagger, cut: Cutter) -> Reading:
    """Return a page as it is compared."""
    text = page.text
    folded = fold(text)
    spans = list(_sentences(text, cut))
    starts = [start for start, _, _ in spans]
    stems, places = tagger.words.places_of(folded)
    bounds = [bisect_left(places, start) for start in starts] + [len(stems)]
    tags: list[list[str]] = [[] for _ in spans]
    for hit, tag in tagger.tags(text, folded):
        at = bisect_right(starts, hit.start) - 1
        if at >= 0:
            tags[at].append(tag)
    passages = tuple(
        Passage(start, end, paragraph, frozenset((*stems[first:last], *own)), first, last)
        for (start, end, paragraph), own, first, last in zip(spans, tags, bounds, bounds[1:], strict=False)
    )
    every = _all_terms(passages)
    title = frozenset(tagger.count(page.title))
    return Reading(page, folded, passages, tuple(stems), every, title, _all_terms(passages[:LEAD]) | title)


def _all_terms(passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset().union(*(passage.terms for passage in passages))


def _sentences(text: str, cut: Cutter) -> Iterator[tuple[int, int, int]]:
    """Yield the sentences of a text with the number of their paragraph; a line is a paragraph."""
    start = 0
    for paragraph, line in enumerate(text.splitlines(keepends=True)):
        inner = line.strip()
        if inner:
            begin = start + line.index(inner[0])
            for low, high in cut(text, begin, begin + len(inner)):
                yield from ((a, b, paragraph) for a, b in _short_enough(text, low, high))
        start += len(line)


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, in parts where it is too long."""
    while end - start > LONGEST_SENTENCE:
        blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        stop = blank if blank > start else start + LONGEST_SENTENCE
        yield start, stop
        start = stop + (blank > start)
    if start < end:
        yield start, end
