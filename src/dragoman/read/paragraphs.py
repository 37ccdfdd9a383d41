"""Joins the lines of set pages to paragraphs, and knows headings and page furniture by their looks."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.model import BlockKind, Problem
from dragoman.read.cues import HAN
from dragoman.read.draft import Draft
from dragoman.read.drafting import BULLET, DraftWriter
from dragoman.read.markers import find_marker
from dragoman.read.seams import Seams, seams_of

_BIGGER = 1.08
"""How many times the size of the running text a heading's letters are at least."""
_SAME_SIZE = 0.6
"""Points by which sizes within a paragraph may differ."""
_MARGIN = 0.09
"""Share of a page's height at top and bottom in which running heads and page numbers stand."""
_REPEATS = 3
"""Pages on which a line must stand to be a running head."""
_MAX_HEADING = 250
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—\s]*(?:\d{1,4}|[ivxlc]{1,6})[-–—\s]*(?:(?:/|of)\s*\d{1,4})?|第\s*\d+\s*页.*", re.IGNORECASE
)
_STOP = re.compile(r"[.!?。！？:：;；][\"”’)）]?$")
_FIRST_WORD = re.compile(f"[{HAN}][^{HAN}\\s]*|[^{HAN}\\s]+[，。；：、）”]?")
_BULLETS = "•·‣◦▪■□●○–-*"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a set page; distances in points, from the top and left of the page.

    Attributes:
        text: without surrounding white space.
        page: 1-based.
        left, right, top, bottom: box of its characters.
        size: font size, the median of its characters.
        height: height of the page.
        hyphen: whether a hyphen stood at its end.
        bullet: whether a bullet is drawn before it.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    height: float
    hyphen: bool = False
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Looks:
    """How the running text of a file looks.

    Attributes:
        size: font size.
        step: distance of baselines within a paragraph.
        width: width of a full line.
        indents: left edges of list items, from the outermost.
    """

    size: float
    step: float
    right: float
    indents: tuple[float, ...]


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together."""

    lines: list[PageLine] = field(default_factory=list)


def draft_of_lines(lines: Sequence[PageLine], media_type: str, title: str, problems: tuple[Problem, ...]) -> Draft:
    """Return the draft of set lines: paragraphs, headings by size, running heads as furniture.

    Args:
        lines: all lines, in reading order.
        media_type: of the file.
        title: stated by the file.
        problems: found so far.
    """
    furniture = _page_furniture(lines)
    body = [line for index, line in enumerate(lines) if index not in furniture]
    looks = _looks(body or list(lines))
    seams = seams_of([f"{line.text}-" if line.hyphen else line.text for line in body])
    writer = DraftWriter(media_type)
    waiting = sorted(furniture)
    ranks = _heading_sizes(body, looks)
    positions = {id(line): index for index, line in enumerate(lines)}
    for paragraph in _paragraphs(body, looks):
        first = positions[id(paragraph.lines[0])]
        while waiting and waiting[0] < first:
            _add_furniture(writer, lines[waiting.pop(0)])
        _add(writer, paragraph, looks, ranks, seams)
    for index in waiting:
        _add_furniture(writer, lines[index])
    return writer.draft(title, problems)


def _add_furniture(writer: DraftWriter, line: PageLine) -> None:
    role = "page-number" if _PAGE_NUMBER.fullmatch(line.text) else "running-head"
    writer.add(line.text, BlockKind.FURNITURE, page=line.page, role=role)


def _page_furniture(lines: Sequence[PageLine]) -> set[int]:
    """Return the indexes of page numbers and of lines that come back at the edge of several pages."""
    edge = {index: line for index, line in enumerate(lines) if _at_edge(line)}
    shapes: Counter[str] = Counter()
    for shape, _ in {(_shape(line), line.page) for line in edge.values()}:
        shapes[shape] += 1
    return {
        index
        for index, line in edge.items()
        if shapes[_shape(line)] >= min(_REPEATS, max(2, lines[-1].page)) or _PAGE_NUMBER.fullmatch(line.text)
    }


def _at_edge(line: PageLine) -> bool:
    return line.bottom < line.height * _MARGIN or line.top > line.height * (1 - _MARGIN)


def _shape(line: PageLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _looks(lines: Sequence[PageLine]) -> _Looks:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    running = [line for line in lines if abs(line.size - size) <= _SAME_SIZE]
    rights = sorted(line.right for line in running)
    right = rights[int(len(rights) * 0.95)] if rights else 0.0
    indents = {round(line.left / 4) * 4.0 for line in lines if line.bullet or line.text[:1] in _BULLETS}
    return _Looks(size, _step(running, size), right, tuple(sorted(indents)))


def _step(running: Sequence[PageLine], size: float) -> float:
    """Return the distance of baselines within a paragraph."""
    pairs = [(one, two) for one, two in pairwise(running) if one.page == two.page]
    steps = [round(two.bottom - one.bottom, 1) for one, two in pairs if 0 < two.bottom - one.bottom < size * 3]
    return _usual(steps) if steps else size * 1.2


def _usual(steps: list[float]) -> float:
    """Return the smaller of the common distances: lines of a paragraph stand closer than paragraphs do."""
    common = Counter(round(step) for step in steps)
    floor = max(2, len(steps) * 0.1)
    frequent = [step for step, count in common.items() if count >= floor]
    nearest = min(frequent) if frequent else common.most_common(1)[0][0]
    return statistics.median(step for step in steps if abs(step - nearest) <= 1)


def _paragraphs(lines: Sequence[PageLine], looks: _Looks) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for line in lines:
        if paragraphs and _runs_on(paragraphs[-1].lines, line, looks):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(_Paragraph([line]))
    return paragraphs


def _runs_on(before: Sequence[PageLine], line: PageLine, looks: _Looks) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = before[-1]
    if abs(last.size - line.size) > _SAME_SIZE and not _same_row(last, line):
        return False
    if _same_row(last, line):
        return True
    if line.page != last.page:
        return _runs_over_page(last, line, looks)
    distance = line.bottom - last.bottom
    step = max(looks.step, last.size * looks.step / max(looks.size, 1))
    if not 0 < distance <= step * 1.35:
        return False
    return not _opens_item(line, before) and (_is_full(last, line, looks) or line.left > before[0].left + 2)


def _same_row(last: PageLine, line: PageLine) -> bool:
    overlap = min(last.bottom, line.bottom) - max(last.top, line.top)
    shorter = min(last.bottom - last.top, line.bottom - line.top)
    return last.page == line.page and shorter > 0 and overlap > shorter * 0.6 and line.left >= last.right - 1


def _runs_over_page(last: PageLine, line: PageLine, looks: _Looks) -> bool:
    at_foot = last.bottom > last.height * 0.75
    return (
        at_foot
        and _is_full(last, line, looks)
        and not _STOP.search(last.text)
        and find_marker(line.text) is None
        and line.page == last.page + 1
    )


def _opens_item(line: PageLine, before: Sequence[PageLine]) -> bool:
    marker = find_marker(line.text)
    if line.bullet or marker is None:
        return line.bullet
    return marker.form in {"bullet", "paren"} or _STOP.search(before[-1].text) is not None


def _is_full(last: PageLine, line: PageLine, looks: _Looks) -> bool:
    """Whether the first word of the next line had no room in this one."""
    found = _FIRST_WORD.match(line.text)
    word = found.group() if found else line.text
    width = (line.right - line.left) / max(1, len(line.text)) * len(word)
    return last.right + width + line.size * 0.25 >= looks.right - line.size * 0.8


def _heading_sizes(lines: Sequence[PageLine], looks: _Looks) -> dict[float, int]:
    sizes = sorted({line.size for line in lines if line.size >= looks.size * _BIGGER}, reverse=True)
    return {size: min(index + 1, 6) for index, size in enumerate(sizes)}


def _joined(lines: Sequence[PageLine], seams: Seams) -> str:
    text = lines[0].text
    for one, two in pairwise(lines):
        text = seams.join(text, two.text, hyphen=one.hyphen)
    return text


def _add(writer: DraftWriter, paragraph: _Paragraph, looks: _Looks, ranks: dict[float, int], seams: Seams) -> None:
    first = paragraph.lines[0]
    text = _joined(paragraph.lines, seams)
    level = ranks.get(first.size, 0)
    if level and len(text) <= _MAX_HEADING:
        writer.add(text, BlockKind.HEADING, level, page=first.page)
        return
    marker = find_marker(text) if text[:1] in _BULLETS else None
    if first.bullet or (marker is not None and marker.form == "bullet"):
        depth = sum(indent <= first.left + 2 for indent in looks.indents) or 1
        body = text if marker is None else text[marker.end :]
        writer.add(body, BlockKind.ITEM, depth, marker=BULLET if marker is None else marker.text, page=first.page)
    else:
        writer.add(text, page=first.page)
