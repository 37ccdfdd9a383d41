"""The texts of a series: their order, which meeting each is of, which are missing, and what is odd about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dragoman.compare.problems import problem
from dragoman.compare.settings import Wording, load_wording
from dragoman.model import BlockKind, Document, Problem, Provision
from dragoman.model.lineage import SeriesGap, SeriesText

OPENING = 1_500
"""Characters from the start of a text in which it may say which meeting it is of."""
_NUMBERED = re.compile(r"^(?P<series>[a-z][a-z0-9]*(?:-[a-z]+)*?)-(?P<number>\d{1,2})(?=-|\.|$)")

Given = tuple[Document, Sequence[Provision]]


def series_of(
    given: Iterable[Given], wording: Wording | None = None
) -> tuple[tuple[SeriesText, ...], tuple[SeriesGap, ...], tuple[Problem, ...]]:
    """Return the texts of a series in order, what is missing between them, and what is odd.

    Args:
        given: documents with their lines, in the order in which they were named.
        wording: the words to go by; by default those that ship.
    """
    words = wording or load_wording()
    once, found = without_doubles(given)
    ordered, remarks = in_order(once)
    numbers = ordinals_of([document for document, _ in ordered], words)
    texts = tuple(
        SeriesText(document, tuple(lines), number, sums_up(document, words))
        for (document, lines), number in zip(ordered, numbers, strict=True)
    )
    gaps = tuple(gaps_of(texts))
    return texts, gaps, (*found, *remarks, *copies(texts), *empty(texts), *map(missing, gaps))


def without_doubles(given: Iterable[Given]) -> tuple[list[Given], list[Problem]]:
    """Return each document once, and a note for each that was named again."""
    seen: dict[str, Given] = {}
    found = []
    for document, lines in given:
        if document.slug in seen:
            found.append(problem("series-same-document", document.slug))
        seen.setdefault(document.slug, (document, lines))
    if len(seen) == 1:
        found.append(problem("series-one-text", next(iter(seen))))
    return list(seen.values()), found


def in_order(given: list[Given]) -> tuple[list[Given], list[Problem]]:
    """Return documents by date, or as they were given where a date is missing, and what was assumed."""
    undated = [document.slug for document, _ in given if document.date is None]
    if undated:
        return given, [problem("series-undated", slug) for slug in undated] if len(given) > 1 else []
    ordered = sorted(given, key=lambda one: one[0].date.toordinal() if one[0].date else 0)
    found = [
        problem("series-same-day", later[0].slug, other=earlier[0].slug)
        for earlier, later in pairwise(ordered)
        if earlier[0].date == later[0].date
    ]
    if ordered != given:
        order = ", ".join(f"{document.slug} ({document.date})" for document, _ in ordered)
        found.insert(0, problem("series-reordered", order=order))
    return ordered, found


def sums_up(document: Document, words: Wording) -> bool:
    """Return whether a document only sums up another, by its kind."""
    kind = document.kind.lower()
    return any(word in kind for word in words.summaries)


def ordinals_of(documents: Sequence[Document], words: Wording) -> list[int | None]:
    """Return which meeting each document is of: by its title, its headings, its first sentences, or its slug."""
    slugs = [_NUMBERED.match(document.slug) for document in documents]
    series = Counter(match["series"] for match in slugs if match)
    numbers: list[int | None] = []
    for document, match in zip(documents, slugs, strict=True):
        by_slug = int(match["number"]) if match and series[match["series"]] > 1 else None
        numbers.append(ordinal_in(document, words) or by_slug)
    return numbers


def ordinal_in(document: Document, words: Wording) -> int | None:
    """Return the number of the meeting that a document names as its own."""
    headings = " \n".join(
        document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING
    )
    for place in (document.title, headings, document.text[:OPENING]):
        if match := words.ordinals.search(place):
            word = match["word"] or match["han"]
            return words.numbers[word.lower()]
    return None


def gaps_of(texts: Sequence[SeriesText]) -> Iterator[SeriesGap]:
    """Yield the numbers that are skipped from one text to the next."""
    numbered = [text for text in texts if text.ordinal is not None]
    known = {text.ordinal for text in numbered}
    for earlier, later in pairwise(numbered):
        skipped = range((earlier.ordinal or 0) + 1, later.ordinal or 0)
        lacking = tuple(number for number in skipped if number not in known)
        if lacking:
            yield SeriesGap(lacking, earlier.document.slug, later.document.slug)


def missing(gap: SeriesGap) -> Problem:
    """Return the note of a gap."""
    numbers = ", ".join(map(str, gap.ordinals))
    return problem("series-gap", gap.before, ordinals=numbers, after=gap.after)


def copies(texts: Sequence[SeriesText]) -> Iterator[Problem]:
    """Yield a warning for each text that an earlier document has too."""
    seen: dict[str, str] = {}
    for text in texts:
        document = text.document
        if document.text_sha256 in seen:
            yield problem("series-copy", document.slug, other=seen[document.text_sha256])
        seen.setdefault(document.text_sha256, document.slug)


def empty(texts: Sequence[SeriesText]) -> Iterator[Problem]:
    """Yield a warning for each text without provisions."""
    return (problem("series-no-provisions", text.document.slug) for text in texts if not text.provisions)
