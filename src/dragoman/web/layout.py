"""A document as the reader shows it: blocks, sentences and marked words, with the provisions in their places.

Pure functions on model objects; every piece of text keeps the offset at which it stands in the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from dragoman.model import Block, BlockKind, Document, Entry, Language, Section

Span = tuple[int, int]

TOP_HEADING = 2
"""Level of the outermost heading of a text; level 1 is the page's own."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text that is shown in one way; `marked` where it belongs to a trigger."""

    start: int
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or what stands between sentences (`sentence` False), with its provisions."""

    start: int
    end: int
    chunks: tuple[Chunk, ...]
    sentence: bool = True
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its lines.

    Attributes:
        block: the block.
        lines: its text.
        language: language of its run.
        gap: what stands between the block before and this one, without white space: a list marker, most often.
        row: whether a new table row begins here.
        page: page that begins here, if any.
        section: index of the section that begins here, if any.
        run: index of the language run that begins here, if any.
    """

    block: Block
    lines: tuple[Line, ...]
    language: Language
    gap: str = ""
    row: bool = False
    page: int | None = None
    section: int | None = None
    run: int | None = None

    @property
    def heading(self) -> int:
        """Level of the HTML heading."""
        return min(6, max(TOP_HEADING, self.block.level + TOP_HEADING - 1))


@dataclass(frozen=True, slots=True)
class Group:
    """Parts in a row that are shown together: "text", "list", "table" or "furniture"."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A section with the number of provisions in it."""

    index: int
    section: Section
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A document ready to be shown; `unplaced` are provisions whose sentence this text does not have."""

    groups: tuple[Group, ...]
    outline: tuple[OutlineItem, ...]
    unplaced: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def trigger_span(entry: Entry) -> Span:
    """Return the offsets of a provision's trigger."""
    start = entry.provision.trigger_start
    return start, start + len(entry.provision.trigger)


def chunks_of(text: str, span: Span, marks: Iterable[Span]) -> tuple[Chunk, ...]:
    """Cut `text[span]` at the edges of the marks."""
    start, end = span
    inside = [(max(start, a), min(end, b)) for a, b in marks if a < end and b > start]
    edges = sorted({start, end, *(edge for mark in inside for edge in mark)})
    return tuple(
        Chunk(a, text[a:b], any(left <= a and b <= right for left, right in inside)) for a, b in pairwise(edges)
    )


def _cover(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Yield stretches that cover start to end: the spans (True) and what is between them (False)."""
    at = start
    for left, right in spans:
        if left < at or right > end:
            continue
        if left > at:
            yield at, left, False
        yield left, right, True
        at = right
    if at < end:
        yield at, end, False


def _placed(starts: Sequence[int], spans: Sequence[Span], entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Return the entries by the start of the sentence they stand in."""
    places: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        at = bisect_right(starts, entry.provision.start) - 1
        if at >= 0 and entry.provision.start < spans[at][1]:
            places[starts[at]].append(entry)
    return places


def _lines(
    text: str, block: Block, spans: Sequence[Span], places: Mapping[int, list[Entry]], marks: Sequence[Span]
) -> Iterator[Line]:
    near = [mark for mark in marks if mark[0] < block.end and mark[1] > block.start]
    for start, end, sentence in _cover(block.start, block.end, spans):
        entries = tuple(places.get(start, ())) if sentence else ()
        yield Line(start, end, chunks_of(text, (start, end), near), sentence, entries)


def _first_at(starts: Iterable[int], blocks: Sequence[Block]) -> dict[int, int]:
    """Return, by index of the block in which each start lies, the index of the first start there."""
    ends = [block.end for block in blocks]
    found: dict[int, int] = {}
    for index, start in enumerate(starts):
        found.setdefault(bisect_right(ends, start), index)
    return found


def _language_at(document: Document, offset: int) -> Language:
    fallback = document.languages[0] if document.languages else Language.EN
    return next((run.language for run in document.runs if run.start <= offset < run.end), fallback)


def _blocks(document: Document) -> Sequence[Block]:
    """Return the blocks; a text without any is one paragraph."""
    if document.blocks or not document.text.strip():
        return document.blocks
    return (Block(0, len(document.text), BlockKind.PARAGRAPH),)


def _shown_gap(gap: str) -> str:
    """Return what stands between two blocks on one line, without the signs of a Markdown heading."""
    return " ".join(gap.split()).strip("#").strip()


def _parts(document: Document, places: Mapping[int, list[Entry]], marks: Sequence[Span]) -> Iterator[Part]:
    blocks = _blocks(document)
    by_block: dict[int, list[Span]] = defaultdict(list)
    for sentence in document.sentences:
        by_block[sentence.block].append((sentence.start, sentence.end))
    sections = _first_at((section.start for section in document.sections), blocks)
    runs = _first_at((run.start for run in document.runs), blocks)
    page, at = None, 0
    for index, block in enumerate(blocks):
        gap = document.text[at : block.start] if block.start > at else ""
        yield Part(
            block=block,
            lines=tuple(_lines(document.text, block, by_block[index], places, marks)),
            language=_language_at(document, block.start),
            gap=_shown_gap(gap) or block.marker,
            row="\n" in gap,
            page=block.page if block.page != page else None,
            section=sections.get(index),
            run=runs.get(index),
        )
        page, at = block.page, max(at, block.end)


def _group_name(part: Part) -> str:
    names = {BlockKind.ITEM: "list", BlockKind.CELL: "table", BlockKind.FURNITURE: "furniture"}
    return names.get(part.block.kind, "text")


def _outline(document: Document, entries: Sequence[Entry]) -> tuple[OutlineItem, ...]:
    starts = [entry.provision.start for entry in entries]
    return tuple(
        OutlineItem(index, section, sum(section.start <= start < section.end for start in starts))
        for index, section in enumerate(document.sections)
    )


def lay_out(document: Document, entries: Sequence[Entry]) -> Layout:
    """Return a document with its provisions in their sentences.

    Args:
        document: the text with its structure.
        entries: its lines of the register, in any order.
    """
    ordered = sorted(entries, key=lambda entry: (entry.provision.start, entry.provision.trigger_start))
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    places = _placed([start for start, _ in spans], spans, ordered)
    marks = [trigger_span(entry) for entry in ordered]
    groups = groupby(_parts(document, places, marks), key=_group_name)
    placed = {entry.provision.id for found in places.values() for entry in found}
    return Layout(
        groups=tuple(Group(name, tuple(parts)) for name, parts in groups),
        outline=_outline(document, ordered),
        unplaced=tuple(entry for entry in ordered if entry.provision.id not in placed),
        entries=tuple(ordered),
    )
