"""Gives back, in the structure of a text that was read in simplified characters, the words as written.

Traditional Chinese is read with the same cues as simplified: the structure stage looks at `simplified(text)`,
which has the same offsets, and takes what it shows - markers, titles - from the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dragoman.lexicon.script import simplified
from dragoman.read.metadata import Description, Facts, describe
from dragoman.read.pieces import Piece


def restore_markers(pieces: Iterable[Piece], plain: str, text: str) -> None:
    """Set the markers of pieces, read in a text in simplified characters, as they stand in the text itself."""
    if plain is text:
        return
    for piece in pieces:
        if piece.marker:
            piece.marker = as_written(piece.marker, plain, text, piece.line, piece.start)


def described(facts: Facts, plain: str, stated: Mapping[str, Any]) -> Description:
    """Return the metadata of a text, found in its simplified characters, with the title as written.

    Args:
        facts: the text as written.
        plain: the same in simplified characters.
        stated: see `describe`.
    """
    titles = [title for title in (stated.get("title"), facts.title) if title]
    if plain is facts.text and all(simplified(str(title)) == title for title in titles):
        return describe(facts, stated)
    known = {**stated, "title": simplified(str(stated["title"]))} if stated.get("title") else stated
    found = describe(Facts(plain, facts.pieces, simplified(facts.title)), known)
    return replace(found, title=str(titles[0]) if titles else title_as_written(found.title, facts, plain))


def title_as_written(title: str, facts: Facts, plain: str) -> str:
    """Return a title that was found in the simplified characters of a piece as the piece is written."""
    for piece in facts.pieces:
        if " ".join(plain[piece.start : piece.end].split()) == title:
            return " ".join(facts.text[piece.start : piece.end].split())
    return title


def as_written(words: str, plain: str, text: str, start: int, end: int) -> str:
    """Return words of a stretch of a text in simplified characters as the text itself has them."""
    at = plain.find(words, start, end)
    return words if at < 0 else text[at : at + len(words)]
