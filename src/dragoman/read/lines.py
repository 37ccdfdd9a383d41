"""Splits a text into lines with offsets, and joins lines that were wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from dragoman.model import BlockKind
from dragoman.read.draft import Draft, Mark

BLANK = (
    " \t\x0b\x00\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u3000\ufeff\x1c\x1d\x1e\x1f\r\n\x0c\x85\u2028\u2029"
)
"""Characters that never begin or end a block."""

_BLANKS = frozenset(BLANK)
_LINE = re.compile(r"[^\n\r\x0c\x85\u2028\u2029]+")
_STOP = '.!?。！？;；:：”"’)）'
_WRAP_MIN, _WRAP_MAX = 25, 110
"""Widths between which a plain text is wrapped by machines (72 to 80 for mail, 35 to 40 Chinese characters)."""
_WRAP_SAMPLE = 400
_WRAP_SHARE = 0.6


@dataclass(slots=True)
class Line:
    """A line of the text, without surrounding white space.

    Attributes:
        start, end: offsets.
        indent: characters of white space before it.
        gap: whether a blank line stands before it.
        mark: what the file format says about it, or None.
    """

    start: int
    end: int
    indent: int
    gap: bool
    mark: Mark | None = None


def draft_lines(draft: Draft) -> list[Line]:
    """Return the lines of a draft that hold more than white space."""
    if draft.marks is None:
        return scan_lines(draft.text)
    return [line for mark in draft.marks if (line := _marked(draft.text, mark)) is not None]


def scan_lines(text: str) -> list[Line]:
    """Return the lines of a plain text that hold more than white space."""
    lines: list[Line] = []
    gap, last = True, 0
    for found in _LINE.finditer(text):
        body = found.group()
        raw_start, end = found.span()
        gap = gap or raw_start - last > 2 or (raw_start - last == 2 and text[last:raw_start] != "\r\n")  # noqa: PLR2004 - two line ends make a gap
        last, start = end, raw_start
        if body[0] in _BLANKS or body[-1] in _BLANKS:
            start, end = _trimmed(body, raw_start, end)
            if start == end:
                gap = True
                continue
        lines.append(Line(start, end, start - raw_start, gap))
        gap = False
    return lines


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    body = raw.lstrip(BLANK)
    start = end - len(body)
    return start, start + len(body.rstrip(BLANK))


def _marked(text: str, mark: Mark) -> Line | None:
    body = text[mark.start : mark.end]
    start = mark.end - len(body.lstrip(BLANK))
    end = start + len(text[start : mark.end].rstrip(BLANK))
    return Line(start, end, start - mark.start, gap=True, mark=mark) if end > start else None


def join_wrapped(text: str, lines: list[Line], starts_block: Callable[[str], bool]) -> list[Line]:
    """Join the lines of paragraphs that were wrapped at a fixed width; other texts come back as they are.

    Args:
        text: the whole text.
        lines: its lines.
        starts_block: whether a line's text opens a block of its own (a heading or item marker).
    """
    width = _wrap_width(text, lines)
    if not width:
        return lines
    joined: list[Line] = []
    full = 0
    for line in lines:
        runs_on = joined and not line.gap and full >= width * _WRAP_SHARE
        full = line.end - line.start + line.indent
        if runs_on and not starts_block(text[line.start : line.end]):
            joined[-1].end = line.end
        else:
            joined.append(line)
    return joined


def _wrap_width(text: str, lines: list[Line]) -> int:
    """Return the width at which the text is wrapped, or 0 if it is not.

    A text is wrapped where most lines that another line follows directly stop without punctuation, and
    none of them is long.
    """
    inner = [one for one, two in pairwise(lines) if not two.gap][:_WRAP_SAMPLE]
    if len(inner) < 4 or len(inner) * 3 < min(len(lines), _WRAP_SAMPLE):  # noqa: PLR2004 - too few to tell
        return 0
    lengths = sorted(line.end - line.start for line in inner)
    middle, top = lengths[len(lengths) // 2], lengths[-1]
    if not _WRAP_MIN <= middle <= _WRAP_MAX or top > _WRAP_MAX or top > middle * 1.6:
        return 0
    open_ended = sum(text[line.end - 1] not in _STOP for line in inner)
    return middle if open_ended >= len(inner) * _WRAP_SHARE else 0


def is_marked(line: Line, kind: BlockKind) -> bool:
    """Whether the file format says that the line is of a kind."""
    return line.mark is not None and line.mark.kind is kind
