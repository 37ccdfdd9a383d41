"""Turns lines into pieces - headings, paragraphs, items, cells - with their markers; no levels yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.model import BlockKind, Language
from dragoman.read.cues import HeadingCues, dateline_pattern
from dragoman.read.draft import Mark
from dragoman.read.lines import Line
from dragoman.read.markers import Marker, find_marker
from dragoman.read.titles import MAX_FIRST_TITLE, MAX_TITLE, inline_title, introduces_by_title, reads_as_title

_LETTER = re.compile(r"[^\W_]")
_DATELINE_LENGTH = 50
_SECTION_FORMS = frozenset({"hash", "section", "article"})
_LIST_FORMS = frozenset({"bullet", "paren", "half", "circled"})
_MAX_MARKERS = 3
"""Markers that may follow each other in a line: "(a) (1) (i)"."""
_FAST = re.compile(r"[a-z“\"‘'《]|[A-Z][a-z’']*[\s,;]")
"""Openings of a line that no marker has, unless the word is a section word."""


@dataclass(slots=True)
class Piece:
    """A block in the making.

    Attributes:
        start, end: its own text, marker excluded.
        kind: what it is.
        line: offset of the start of its line, marker included.
        marker: marker as it stands, inner white space included where two markers follow each other.
        last: the last of its markers, or None.
        indent: white space before the line, in characters.
        rank: rank of a heading, 0 for others.
        level: depth of heading or item; for marked lines as the format says, else filled in later.
        language: language of its run.
        stem: index of the piece that introduces it, filled in later.
        page: page of a PDF.
        role: role of furniture.
    """

    start: int
    end: int
    kind: BlockKind
    line: int
    language: Language
    marker: str = ""
    last: Marker | None = None
    indent: int = 0
    rank: int = 0
    level: int = 0
    stem: int | None = None
    page: int | None = None
    role: str = ""


@dataclass(slots=True)
class PieceMaker:
    """Makes the pieces of one text.

    Attributes:
        text: the whole text.
        lines: its lines.
        languages: language of each line.
        cues: words of headings.
    """

    text: str
    lines: Sequence[Line]
    languages: Sequence[Language]
    cues: HeadingCues
    _numbered_heading: Marker | None = field(init=False, default=None)

    def __iter__(self) -> Iterator[Piece]:
        for index, line in enumerate(self.lines):
            body = self.text[line.start : line.end]
            if not _LETTER.search(body):
                continue
            if line.mark is not None and line.mark.kind is not None:
                yield self._marked(index, line.mark, line.mark.kind, body)
            else:
                yield from self._plain(index, line, body)

    def _piece(self, index: int, offset: int, kind: BlockKind) -> Piece:
        line = self.lines[index]
        page = line.mark.page if line.mark else None
        return Piece(
            line.start + offset, line.end, kind, line.start, self.languages[index], indent=line.indent, page=page
        )

    def _marked(self, index: int, mark: Mark, kind: BlockKind, body: str) -> Piece:
        """Return the piece of a line whose kind the format states; a number in it becomes its marker."""
        marker = find_marker(body)
        if marker is None or marker.end >= len(body):
            piece = self._piece(index, 0, kind)
        elif kind is BlockKind.HEADING and marker.form not in _LIST_FORMS:
            piece = self._heading(index, marker, 0, marker.end, len(body))
        elif kind is BlockKind.ITEM:
            piece = self._item(index, body, marker)
        else:
            piece = self._piece(index, 0, kind)
        piece.level, piece.role = mark.level, mark.role
        if kind is BlockKind.HEADING:
            piece.rank = mark.level or self.cues.ranks["plain"]
        return piece

    def _plain(self, index: int, line: Line, body: str) -> Iterator[Piece]:
        if len(body) <= _DATELINE_LENGTH and dateline_pattern().fullmatch(body):
            piece = self._piece(index, 0, BlockKind.FURNITURE)
            piece.role = "dateline"
            yield piece
            return
        marker = self._marker(body)
        if marker is None:
            yield self._unmarked(index, body)
        elif marker.form in _SECTION_FORMS:
            yield from self._section(index, body, marker)
        elif marker.form == "bullet":
            yield self._bulleted(index, line, body, marker)
        else:
            yield self._numbered(index, body, marker)

    def _marker(self, body: str) -> Marker | None:
        fast = _FAST.match(body)
        if fast is not None and fast.group().strip(" \t\xa0.,;").lower() not in self.cues.ranks:
            return None
        marker = find_marker(body)
        return marker if marker is not None and marker.end < len(body) else None

    def _unmarked(self, index: int, body: str) -> Piece:
        if self._is_heading(index, body):
            piece = self._piece(index, 0, BlockKind.HEADING)
            piece.rank = self.cues.ranks["capitals" if body.isupper() and body.isascii() else "plain"]
            return piece
        return self._piece(index, 0, BlockKind.PARAGRAPH)

    def _is_heading(self, index: int, body: str) -> bool:
        limit = MAX_FIRST_TITLE if index == 0 else MAX_TITLE
        if len(body) > limit:
            return False
        language = self.languages[index]
        if body[-1] in ":：":
            return self._list_follows(index) and introduces_by_title(body, language, self.cues)
        return reads_as_title(body, language, self.cues, limit)

    def _list_follows(self, index: int) -> bool:
        following = self._following(index)
        return following is not None and (following[1] is not None or self.languages[index] is Language.ZH)

    def _following(self, index: int) -> tuple[Line, Marker | None] | None:
        if index + 1 >= len(self.lines):
            return None
        line = self.lines[index + 1]
        return line, self._marker(self.text[line.start : line.end])

    def _section(self, index: int, body: str, marker: Marker) -> Iterator[Piece]:
        """Yield the heading of a numbered section, and what follows it in the same line."""
        rest = body[marker.end :]
        language = self.languages[index]
        if marker.form == "section" and not self._opens_section(marker, rest):
            yield self._unmarked(index, body)
            return
        rank = len(marker.text) if marker.form == "hash" else self.cues.ranks[marker.unit or "plain"]
        article = marker.unit == "条"
        if marker.form == "hash" or (not article and reads_as_title(rest, language, self.cues)):
            yield self._heading(index, marker, rank, marker.end, len(body))
            return
        cut = inline_title(rest, language, self.cues, named_only=article)
        if cut is None:
            yield self._numbered_text(index, marker, rank)
            return
        yield self._heading(index, marker, rank, marker.end, marker.end + cut[0])
        yield from self._after_title(index, body, marker.end + cut[1])

    def _opens_section(self, marker: Marker, rest: str) -> bool:
        closed = marker.text[-1] in ".:"
        return closed or not rest or reads_as_title(rest, Language.EN, self.cues)

    def _heading(self, index: int, marker: Marker, rank: int, start: int, end: int) -> Piece:
        piece = self._piece(index, start, BlockKind.HEADING)
        piece.end = self.lines[index].start + end
        if marker.form == "hash":
            self._number_in_hash(piece)
        else:
            piece.marker, piece.last = marker.text, marker
        piece.rank = rank
        return piece

    def _number_in_hash(self, piece: Piece) -> None:
        """Take the number of a Markdown heading ("## 2. Scope") as its marker."""
        inner = find_marker(self.text[piece.start : piece.end])
        if inner is not None and inner.form != "bullet" and inner.end < piece.end - piece.start:
            piece.marker, piece.last = inner.text, inner
            piece.start += inner.end

    def _numbered_text(self, index: int, marker: Marker, rank: int) -> Piece:
        piece = self._piece(index, marker.end, BlockKind.PARAGRAPH)
        piece.marker, piece.last, piece.rank = marker.text, marker, rank
        return piece

    def _after_title(self, index: int, body: str, offset: int) -> Iterator[Piece]:
        rest = body[offset:]
        if not _LETTER.search(rest):
            return
        marker = find_marker(rest)
        if marker is not None and marker.form in _LIST_FORMS and marker.end < len(rest):
            yield self._item(index, body, marker, offset)
        else:
            yield self._piece(index, offset, BlockKind.PARAGRAPH)

    def _bulleted(self, index: int, line: Line, body: str, marker: Marker) -> Piece:
        rest = body[marker.end :]
        following = self._following(index)
        titled = (
            following is not None
            and following[1] is None
            and not following[0].gap
            and following[0].indent <= line.indent
            and following[0].end - following[0].start > len(rest)
            and reads_as_title(rest, self.languages[index], self.cues)
        )
        if titled:
            piece = self._piece(index, marker.end, BlockKind.HEADING)
            piece.marker, piece.rank = marker.text, self.cues.ranks["plain"] + 1
            return piece
        return self._item(index, body, marker)

    def _item(self, index: int, body: str, marker: Marker, offset: int = 0) -> Piece:
        """Return an item, all markers that follow each other taken off ("- a. ", "(a) (1) ")."""
        end, last = offset + marker.end, marker
        for _ in range(_MAX_MARKERS - 1):
            inner = find_marker(body[end : end + MAX_TITLE])
            if inner is None or inner.form not in _LIST_FORMS | {"dot"} or end + inner.end >= len(body):
                break
            if inner.form == "dot" and last.form != "bullet":
                break
            end, last = end + inner.end, inner
        piece = self._piece(index, end, BlockKind.ITEM)
        piece.marker, piece.last = body[offset:end].strip(), last
        return piece

    def _numbered(self, index: int, body: str, marker: Marker) -> Piece:
        """Return a numbered line: a heading where it reads as one and no list runs on, else an item."""
        rest = body[marker.end :]
        if marker.form == "decimal" and not reads_as_title(rest, self.languages[index], self.cues):
            return self._piece(index, 0, BlockKind.PARAGRAPH)
        if self._is_numbered_heading(index, rest, marker) or self._goes_on(index, rest, marker):
            self._numbered_heading = marker
            return self._heading(index, marker, self._rank(marker), marker.end, len(body.removesuffix("。")))
        return self._item(index, body, marker)

    def _is_numbered_heading(self, index: int, rest: str, marker: Marker) -> bool:
        if not reads_as_title(rest, self.languages[index], self.cues):
            return False
        if index + 1 >= len(self.lines):
            return False
        return marker.form == "chinese" or not (
            self._continues(index, marker, 1) or self._continues(index, marker, -1)
        )

    def _goes_on(self, index: int, rest: str, marker: Marker) -> bool:
        """Whether a closed line bears the number after the last heading's and reads like one: "2. 深化合作。"."""
        before = self._numbered_heading
        if before is None or before.form != marker.form or not rest.endswith("。"):
            return False
        follows = any((style, value - 1) in before.values for style, value in marker.values)
        title = rest.removesuffix("。")
        return (
            follows
            and self.cues.verbs_zh.search(title) is None
            and self._is_numbered_heading(index, title, marker)
        )

    def _continues(self, index: int, marker: Marker, step: int) -> bool:
        """Whether the next line (or with step -1 the one before) bears the next number of the same style."""
        if not 0 <= index + step < len(self.lines):
            return False
        line = self.lines[index + step]
        other = self._marker(self.text[line.start : line.end])
        if other is None or other.form != marker.form:
            return False
        return any((style, value + step) in other.values for style, value in marker.values)

    def _rank(self, marker: Marker) -> int:
        ranks = self.cues.ranks
        if marker.form == "decimal":
            return ranks["decimal"] + marker.text.count(".")
        style = marker.values[0][0] if marker.values else ""
        if marker.form == "chinese":
            return ranks["chinese"]
        names = {"chinese": "chinese-parens", "arabic": "arabic", "upper-letter": "upper", "upper-roman": "roman"}
        return ranks[names.get(style, "plain")]
