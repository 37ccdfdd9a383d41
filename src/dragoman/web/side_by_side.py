"""Two versions as rows of a page: linked sentences, how sure a link is, the words that differ marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from dragoman.model import Document, Language
from dragoman.model.bilingual import Alignment, Link, LinkAction, LinkCorrection, Span
from dragoman.model.force_difference import ForceDifference, ForceReport, Gravity, Remark
from dragoman.report.alignment import UNSURE

SURE = 0.8
"""Confidence from which on a link is called sure."""
SHORT = 90
"""Characters of a sentence shown in the history of links."""


class Trust(StrEnum):
    """How sure a link is, or who vouches for it."""

    HAND = "hand"
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"
    ALONE = "alone"


class Show(StrEnum):
    """Which links are shown."""

    ALL = "all"
    DIFFERENCES = "differences"
    MAJOR = "major"
    UNSURE = "unsure"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence.

    Attributes:
        text: the words.
        number: of the remark that is about them, from 1; 0 for none.
        gravity: of that remark, None for none.
    """

    text: str
    number: int = 0
    gravity: Gravity | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of one version.

    Attributes:
        start, end: its offsets in the document.
        href: its place in the reader.
        pieces: its words.
    """

    start: int
    end: int
    href: str
    pieces: tuple[Piece, ...]

    @property
    def value(self) -> str:
        """Its offsets as a form sends them."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Row:
    """A link as it is shown.

    Attributes:
        number: of the link, from 1.
        anchor: name of the row in an address; it stays when other links change.
        link: the link.
        trust: how sure it is.
        en, zh: the sentences; empty where a version leaves the others out.
        difference: what differs, None for nothing.
    """

    number: int
    anchor: str
    link: Link
    trust: Trust
    en: tuple[Said, ...]
    zh: tuple[Said, ...]
    difference: ForceDifference | None = None

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What differs, the gravest first."""
        return self.difference.remarks if self.difference else ()


def trust_of(link: Link) -> Trust:
    """Return how sure a link is."""
    if link.by:
        return Trust.HAND
    if not (link.en and link.zh):
        return Trust.ALONE
    return Trust.SURE if link.confidence >= SURE else Trust.LIKELY if link.confidence >= UNSURE else Trust.UNSURE


def anchor_of(link: Link) -> str:
    """Return the name of a link's row: side and start of its first sentence."""
    return f"e-{link.en[0][0]}" if link.en else f"z-{link.zh[0][0]}"


def rows_of(report: ForceReport) -> tuple[Row, ...]:
    """Return all links of two versions with what differs in each, in their order."""
    alignment = report.alignment
    by_link = {one.link: one for one in report.differences}
    english, chinese = Place(alignment.english), Place(alignment.chinese)
    return tuple(
        row_of(number, link, by_link.get(number), english, chinese) for number, link in enumerate(alignment.links)
    )


class Place:
    """A document, and where its sentences are in the reader."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.path = f"/d/{quote(document.slug, safe='')}"
        self.starts = {sentence.start for sentence in document.sentences}

    def href(self, span: Span) -> str:
        """Return the address of a stretch in the reader: of its sentence where one begins there."""
        start, end = span
        return f"{self.path}#s-{start}" if start in self.starts else f"{self.path}#at-{start}-{end}"


def row_of(number: int, link: Link, difference: ForceDifference | None, english: Place, chinese: Place) -> Row:
    """Return a link, numbered from 0, as a row."""
    remarks = difference.remarks if difference else ()
    en = said(english, link.en, [(one.en, one.gravity) for one in remarks], Language.EN)
    zh = said(chinese, link.zh, [(one.zh, one.gravity) for one in remarks], Language.ZH)
    return Row(number + 1, anchor_of(link), link, trust_of(link), en, zh, difference)


def said(
    place: Place, spans: Sequence[Span], words: Sequence[tuple[str, Gravity]], language: Language
) -> tuple[Said, ...]:
    """Return sentences with the words of remarks marked."""
    marks = tuple(marks_in(place.document.text, spans, words, language))
    return tuple(
        Said(*span, place.href(span), tuple(pieces_of(place.document.text, span, marks))) for span in spans
    )


Mark = tuple[Span, int, Gravity]


def marks_in(
    text: str, spans: Sequence[Span], words: Sequence[tuple[str, Gravity]], language: Language
) -> Iterator[Mark]:
    """Yield where the words of remarks stand first in some sentences, the gravest first; no two overlap."""
    taken: list[Span] = []
    for number, (found, gravity) in enumerate(words, start=1):
        place = next((one for one in occurrences(text, spans, found, language) if free(one, taken)), None)
        if place:
            taken.append(place)
            yield place, number, gravity


def free(span: Span, taken: Iterable[Span]) -> bool:
    """Return whether a stretch meets none that is taken."""
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def occurrences(text: str, spans: Sequence[Span], words: str, language: Language) -> Iterator[Span]:
    """Yield where words stand in sentences; English ones whole, in any case, over any white space."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return
    pattern = r"\s+".join(parts)
    sought = re.compile(rf"(?<!\w){pattern}(?!\w)" if language is Language.EN else pattern, re.IGNORECASE)
    for start, end in spans:
        yield from (match.span() for match in sought.finditer(text, start, end))


def pieces_of(text: str, span: Span, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield a sentence cut at the marks in it."""
    at, end = span
    for (left, right), number, gravity in sorted(one for one in marks if span[0] <= one[0][0] < span[1]):
        if left > at:
            yield Piece(text[at:left])
        yield Piece(text[left:right], number, gravity)
        at = right
    if at < end:
        yield Piece(text[at:end])


FITS: Mapping[Show, Callable[[Row], bool]] = {
    Show.ALL: lambda _row: True,
    Show.DIFFERENCES: lambda row: row.difference is not None,
    Show.MAJOR: lambda row: row.difference is not None and row.difference.gravity is Gravity.MAJOR,
    Show.UNSURE: lambda row: row.trust in {Trust.LIKELY, Trust.UNSURE},
    Show.LEFT_OUT: lambda row: not (row.link.en and row.link.zh),
}
"""Which rows a filter keeps."""


def counts_of(rows: Sequence[Row]) -> dict[Show, int]:
    """Return how many rows each filter keeps."""
    return {show: sum(map(fits, rows)) for show, fits in FITS.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """A link set by hand or taken back, as the history shows it.

    Attributes:
        correction: what was said.
        en, zh: the beginning of each sentence; empty where the text is another by now.
        anchor: of the row that stands by it, "" where it does not count any more.
        current: whether it was said of the texts as they are.
    """

    correction: LinkCorrection
    en: tuple[str, ...]
    zh: tuple[str, ...]
    anchor: str
    current: bool


def steps_of(alignment: Alignment, history: Iterable[LinkCorrection]) -> Iterator[Step]:
    """Yield what was set by hand and taken back, the newest first."""
    english, chinese = alignment.english, alignment.chinese
    standing = {(link.en, link.zh, link.by): anchor_of(link) for link in alignment.links if link.by}
    for one in reversed(tuple(history)):
        current = one.texts == (english.text_sha256, chinese.text_sha256)
        en = tuple(shortened(english.slice(*span)) for span in one.en) if current else ()
        zh = tuple(shortened(chinese.slice(*span)) for span in one.zh) if current else ()
        counts = one.action is LinkAction.LINK and current
        anchor = standing.pop((one.en, one.zh, one.person), "") if counts else ""
        yield Step(one, en, zh, anchor, current)


def shortened(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
