"""Recognises what stands around a text: menus, notices, credits, lists of participants, bibliographies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.model import BlockKind, Language
from dragoman.read.cues import HAN, FurnitureCues
from dragoman.read.pieces import Piece

_OUTER = " \t\xa0.:：·|*-–—()（）0123456789"
_TRAIL = re.compile(r"\s*(?:[>›»|]|\s\s|\xa0)\s*")
"""What stands between the steps of a breadcrumb."""
_LEADERS = re.compile(r"(?:\.\s?){6,}\s*[\divxlc]{1,5}$|…{3,}\s*\d{1,4}$")
"""Dots that lead to a page number in a table of contents."""
_NAMES = re.compile(f"[{HAN}]{{2,4}}(?:[\\s、]+[{HAN}]{{2,4}})+(?:\\s|$)")
_HEAD_BLOCKS = 25
_SENTENCE_END = re.compile(r"[.!?。！？；;]['\"”’)）]?$")
_NOTE = re.compile(r"\[\d{1,3}\]|①|\d{1,3}\s?[.、]?\s?(?:See|Ibid|Cf\.|参见|见|同上)")
_NUMBERED = frozenset({"paren", "article", "section"})
_NO_HEADING = 99
"""Rank of a line that opens a zone without being a heading: only its own end closes it."""
_MARKED = 6
"""Highest rank of a heading that the format marks; names under an unmarked heading look like headings."""
_ZONE_LINE = 220
"""Characters up to which a line of a participants' list or bibliography is one, and not running text."""


def mark_furniture(text: str, pieces: Sequence[Piece], cues: FurnitureCues) -> None:
    """Turn the pieces that are no text of the document into furniture with their role.

    Args:
        text: the whole text.
        pieces: its pieces, changed in place.
        cues: signs.
    """
    short = cues.thresholds["short"]
    for piece in pieces:
        if piece.end - piece.line <= short * 2 and _may_be_furniture(piece):
            role = line_role(text[piece.line : piece.end], cues)
            if role:
                _make(piece, role)
    _mark_zones(text, pieces, cues)
    _mark_head(text, pieces, cues)
    _mark_tail(text, pieces, cues)


def _may_be_furniture(piece: Piece) -> bool:
    """Whether a piece can be furniture by its words: an article or a numbered item of a law never is."""
    numbered = piece.last is not None and piece.last.form in _NUMBERED
    return piece.kind is not BlockKind.FURNITURE and not numbered


def line_role(line: str, cues: FurnitureCues) -> str:
    """Return the role of a line that is furniture by its own words, else ""."""
    if _LEADERS.search(line):
        return "contents"
    limits = cues.thresholds
    if len(line) > limits["short"]:
        return ""
    low = line.casefold()
    whole = cues.lines.get(low) or cues.lines.get(low.strip(_OUTER)) or cues.lines.get(_TRAIL.split(low)[0])
    if whole or line[-1] in "。；;":
        return whole or ""
    role = _held_role(low, cues)
    return "" if role == "source" and len(line) > limits["byline"] else role


def _held_role(low: str, cues: FurnitureCues) -> str:
    """Return the role of the first cue that a short line, case folded, holds; "" if none."""
    held = cues.contains_ascii if low.isascii() else cues.contains
    return next((role for word, role in held if word in low), "")


def _make(piece: Piece, role: str) -> None:
    piece.kind, piece.role, piece.stem, piece.level, piece.rank = BlockKind.FURNITURE, role, None, 0, 0


def _mark_zones(text: str, pieces: Sequence[Piece], cues: FurnitureCues) -> None:
    """Mark what stands under a heading such as "References" or "List of participants"."""
    role, rank, short = "", 0, cues.thresholds["short"]
    for piece in pieces:
        if not role and piece.end - piece.start > short:
            continue
        line = text[piece.start : piece.end]
        opened = zone_role(line, cues) if len(line) <= short else ""
        if opened and piece.kind is not BlockKind.ITEM:
            role, rank = opened, piece.rank or _NO_HEADING
            _make(piece, role)
        elif role and _leaves_zone(piece, line, role, rank):
            role = ""
        elif role and piece.kind is not BlockKind.FURNITURE:
            _make(piece, role)


def zone_role(line: str, cues: FurnitureCues) -> str:
    """Return the role of the stretch that a heading opens, or ""."""
    word = line.strip(_OUTER).casefold()
    return cues.zones.get(word) or cues.zones.get(word[2:], "")


def _leaves_zone(piece: Piece, line: str, role: str, rank: int) -> bool:
    if piece.kind is BlockKind.HEADING and piece.rank <= rank < _NO_HEADING:
        return piece.rank < rank or role != "participants" or piece.last is not None or rank <= _MARKED
    if role == "participants":
        return bool(_SENTENCE_END.search(line)) or len(line) > _ZONE_LINE
    return role == "menu" and len(line) > _ZONE_LINE and bool(_SENTENCE_END.search(line))


def _mark_head(text: str, pieces: Sequence[Piece], cues: FurnitureCues) -> None:
    """Mark the notices of a document site before the text, and names of authors under the title."""
    if not any(piece.language is Language.ZH for piece in pieces):
        return
    limit = len(text) * cues.thresholds["head"]
    head = [piece for piece in pieces if piece.line < limit]
    for number, piece in enumerate(head):
        role = "notice" if _is_notice(text, piece, cues) else ""
        if not role and 0 < number < _HEAD_BLOCKS:
            role = _under_title(text[piece.line : piece.end], piece, cues)
        if role:
            _make(piece, role)


def _under_title(line: str, piece: Piece, cues: FurnitureCues) -> str:
    """Return the role of a line under the title: names of authors, or when a law was passed; else ""."""
    if len(line) > cues.thresholds["byline"] or piece.kind is BlockKind.FURNITURE:
        return ""
    if cues.promulgation.fullmatch(line):
        return "promulgation"
    named = piece.kind is BlockKind.HEADING and piece.last is None and _NAMES.match(line)
    return "byline" if named or ("|" in line and cues.byline.search(line)) else ""


def _is_notice(text: str, piece: Piece, cues: FurnitureCues) -> bool:
    line = text[piece.line : piece.end]
    fits = len(line) <= cues.thresholds["notice"] and _may_be_furniture(piece)
    return fits and cues.notices.search(line) is not None


def _mark_tail(text: str, pieces: Sequence[Piece], cues: FurnitureCues) -> None:
    """Mark everything behind the first menu or notice of the tail, as long as no sentence follows."""
    limit = len(text) * cues.thresholds["tail"]
    last = len(pieces)
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        line = text[piece.line : piece.end]
        if piece.line < limit or (piece.kind is not BlockKind.FURNITURE and _is_running_text(line, piece)):
            break
        if piece.kind is BlockKind.FURNITURE and piece.role in {"menu", "notice"}:
            last = index
    for piece in pieces[last:]:
        if piece.kind is not BlockKind.FURNITURE:
            _make(piece, "menu")


def _is_running_text(line: str, piece: Piece) -> bool:
    long = 40 if piece.language is Language.ZH else 90
    return bool(_SENTENCE_END.search(line)) or len(line) > long
