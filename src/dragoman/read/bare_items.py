"""Items of a Chinese list without markers: lines behind a colon that end in semicolons, the last in a stop."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import BlockKind, Language
from dragoman.read.pieces import Piece

COLON, SEMICOLON, STOP = "：", "；", "。"


def mark_bare_items(text: str, pieces: Sequence[Piece]) -> None:
    """Make items of the paragraphs that go on with one which ends in a colon.

    Args:
        text: the whole text.
        pieces: its pieces, in text order; the kind of some is changed.
    """
    for place, piece in enumerate(pieces):
        if piece.kind is BlockKind.PARAGRAPH and ends_in(text, piece, COLON):
            for item in run_behind(text, pieces, place):
                item.kind = BlockKind.ITEM


def run_behind(text: str, pieces: Sequence[Piece], place: int) -> list[Piece]:
    """Return the paragraphs behind one that are a list, [] where they are none."""
    run: list[Piece] = []
    for piece in pieces[place + 1 :]:
        if piece.kind is not BlockKind.PARAGRAPH or piece.language is not Language.ZH:
            return []
        run.append(piece)
        if not ends_in(text, piece, SEMICOLON):
            return run if len(run) > 1 and ends_in(text, piece, STOP) else []
    return []


def ends_in(text: str, piece: Piece, sign: str) -> bool:
    """Return whether a piece ends in a sign."""
    return text.startswith(sign, piece.end - len(sign))
