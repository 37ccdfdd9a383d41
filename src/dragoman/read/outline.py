"""Gives headings and list items their depth, and items the block that introduces them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.model import BlockKind
from dragoman.read.cues import HeadingCues
from dragoman.read.pieces import Piece

_FULL_STOPS = ".!?。！？;；…"
_CLOSERS = "*_ \xa0\"”’')）]】"
_INDENT_STEP = 2
"""Characters of white space that make a bullet a level deeper than the one above it."""
_GAP = 2
"""Ordinals that may be missing in a list that still goes on (an item lost in conversion)."""


@dataclass(slots=True)
class _Level:
    """A list that is open: how its items are numbered, and what introduces them."""

    wrap: str
    style: str
    last: int
    indent: int
    stem: int | None
    index: int
    depth: int = 0


@dataclass(slots=True)
class Outliner:
    """Walks the pieces of a text once, in order, and fills in `level`, `rank` and `stem`.

    Attributes:
        text: the whole text.
        cues: words of headings.
    """

    text: str
    cues: HeadingCues
    _headings: list[int] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _lists: list[_Level] = field(default_factory=list)
    _before: int | None = None
    _over: int | None = None
    _interrupted: bool = False

    def run(self, pieces: Sequence[Piece]) -> None:
        """Fill in the levels and stems of all pieces."""
        language = None
        for index, piece in enumerate(pieces):
            if piece.language is not language:
                self._reset()
                self._headings.clear()
                language = piece.language
            self._visit(pieces, index, piece)

    def _visit(self, pieces: Sequence[Piece], index: int, piece: Piece) -> None:
        if piece.kind is BlockKind.FURNITURE:
            return
        if piece.kind is BlockKind.HEADING:
            self._heading(pieces, piece)
        elif piece.kind is BlockKind.ITEM:
            self._item(pieces, index, piece)
        else:
            self._paragraph(piece)
        self._before = index

    def _reset(self) -> None:
        self._lists.clear()
        self._before = self._over = None
        self._interrupted = False

    def _paragraph(self, piece: Piece) -> None:
        self._interrupted = bool(self._lists)
        self._over = None
        if piece.rank:
            self._lists.clear()
            self._open_section(piece.rank)

    def _heading(self, pieces: Sequence[Piece], piece: Piece) -> None:
        piece.rank = self._resolved_rank(piece)
        self._over = self._stem_over_heading(pieces)
        self._lists.clear()
        self._interrupted = False
        self._raise_title(pieces, piece)
        piece.level = self._open_section(piece.rank)
        piece.stem = self._over

    def _raise_title(self, pieces: Sequence[Piece], piece: Piece) -> None:
        """Let a heading without a number stand above the numbered headings right behind it ("建议", "（一）…")."""
        before = pieces[self._before] if self._before is not None else None
        if before is None or before.kind is not BlockKind.HEADING or before.last is not None or piece.last is None:
            return
        opens = piece.last.form == "paren" and piece.last.values[:1] and piece.last.values[0][1] == 1
        if opens and self._headings and self._headings[-1] >= piece.rank > 1:
            self._headings[-1] = before.rank = piece.rank - 1

    def _stem_over_heading(self, pieces: Sequence[Piece]) -> int | None:
        """Return the paragraph that introduces a series of headings with their lists ("..., including:")."""
        if self._before is None:
            return None
        before = pieces[self._before]
        if before.kind is BlockKind.PARAGRAPH:
            return self._before if self._ends_with_colon(before) else None
        return self._over

    def _open_section(self, rank: int) -> int:
        while self._headings and self._headings[-1] >= rank:
            self._headings.pop()
        self._headings.append(rank)
        return len(self._headings)

    def _resolved_rank(self, piece: Piece) -> int:
        """Return the rank of a heading, "C." and "I." read as letter or numeral by what came before."""
        if piece.last is None or piece.last.form != "dot":
            return piece.rank
        names = {"upper-letter": "upper", "upper-roman": "roman"}
        readings = [(names[style], value) for style, value in piece.last.values if style in names]
        if not readings:
            return piece.rank
        name, value = min(readings, key=lambda reading: self._surprise(*reading))
        self._numbers[name] = value
        if name == "roman":
            self._numbers.pop("upper", None)
        return self.cues.ranks[name]

    def _surprise(self, name: str, value: int) -> int:
        expected = self._numbers.get(name, 0) + 1
        return abs(value - expected) * 2 + (name == "upper")

    def _item(self, pieces: Sequence[Piece], index: int, piece: Piece) -> None:
        level = self._continue(piece) or self._open(pieces, piece)
        level.index, level.indent = index, piece.indent
        piece.stem = self._same_level_stem(pieces, index, level)
        piece.level = piece.level or len(self._lists)
        self._interrupted = False

    def _same_level_stem(self, pieces: Sequence[Piece], index: int, level: _Level) -> int | None:
        """Let a bullet that ends in a colon introduce the bullets behind it at its own level."""
        before = pieces[index - 1] if index else None
        colon = before is not None and before.kind is BlockKind.ITEM and self._ends_with_colon(before)
        if colon and self._before == index - 1 and level.stem != index - 1 and level.style == "bullet":
            level.stem = index - 1
        return level.stem

    def _continue(self, piece: Piece) -> _Level | None:
        """Return the open list that the item goes on with, deeper lists closed, or None."""
        for exact in (True, False):
            for position in range(len(self._lists) - 1, -1, -1):
                if self._goes_on(self._lists[position], piece, exact=exact):
                    del self._lists[position + 1 :]
                    return self._lists[position]
        return None

    def _goes_on(self, level: _Level, piece: Piece, *, exact: bool) -> bool:
        wrap = _wrap(piece)
        if wrap != level.wrap:
            return False
        if piece.last is None or not piece.last.values:
            return not self._interrupted and self._same_depth(level, piece)
        for style, value in piece.last.values:
            if _follows(level, style, value, exact=exact):
                level.last = value
                return True
        return False

    def _same_depth(self, level: _Level, piece: Piece) -> bool:
        if piece.level:
            return piece.level == level.depth
        outermost = level is self._lists[0] and piece.indent < level.indent
        return outermost or abs(piece.indent - level.indent) < _INDENT_STEP

    def _open(self, pieces: Sequence[Piece], piece: Piece) -> _Level:
        """Open a list: within the list that is open where a stem or deeper indent allows it, else anew."""
        if piece.level:
            while self._lists and self._lists[-1].depth >= piece.level:
                self._lists.pop()
        elif self._interrupted or not self._nests(pieces, piece):
            self._lists.clear()
        style, value = _first_reading(piece)
        self._close_same(_wrap(piece), style)
        level = _Level(_wrap(piece), style, value, piece.indent, self._stem(pieces), 0, piece.level)
        self._lists.append(level)
        return level

    def _close_same(self, wrap: str, style: str) -> None:
        """Close the lists from the one on that is numbered like the new one: lists do not nest in their like."""
        for position, level in enumerate(self._lists):
            if style != "bullet" and (level.wrap, level.style) == (wrap, style):
                del self._lists[position:]
                return

    def _nests(self, pieces: Sequence[Piece], piece: Piece) -> bool:
        if not self._lists or self._before is None:
            return False
        top = self._lists[-1]
        before = pieces[self._before]
        opens = _first_reading(piece)[1] == 1 and _wrap(piece) == top.wrap == "paren"
        return opens or piece.indent >= top.indent + _INDENT_STEP or not self._closed(before)

    def _stem(self, pieces: Sequence[Piece]) -> int | None:
        if self._before is None:
            return None
        before = pieces[self._before]
        if before.kind is BlockKind.HEADING:
            return self._before if self._ends_with_colon(before) or before.stem is not None else None
        if self._lists and before.kind is BlockKind.ITEM:
            return self._before
        return self._before if not self._closed(before) else None

    def _ends_with_colon(self, piece: Piece) -> bool:
        return self._tail(piece)[-1:] in {":", "："}

    def _closed(self, piece: Piece) -> bool:
        return self._tail(piece)[-1:] in set(_FULL_STOPS)

    def _tail(self, piece: Piece) -> str:
        return self.text[max(piece.start, piece.end - 12) : piece.end].rstrip(_CLOSERS)


def _follows(level: _Level, style: str, value: int, *, exact: bool) -> bool:
    """Whether a number is the next of a list: of its style, or else of any style with few numbers missing."""
    if exact:
        return style == level.style and value == level.last + 1
    return 0 < level.last < value <= level.last + _GAP


def _wrap(piece: Piece) -> str:
    """Return the form of an item's marker with full-width signs folded: what must stay the same in a list."""
    if piece.last is None:
        return "none"
    if piece.last.form == "bullet":
        return "bullet"
    return piece.last.form


def _first_reading(piece: Piece) -> tuple[str, int]:
    """Return the likeliest style and ordinal of an item that opens a list."""
    if piece.last is None or not piece.last.values:
        return "bullet", 0
    for style, value in piece.last.values:
        if value == 1:
            return style, value
    return piece.last.values[0]
