"""Makes sections of headings, and tells in which section a block stands."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import BlockKind, Section
from dragoman.read.pieces import Piece


def make_sections(text: str, pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """Return the sections of a text, in text order; articles of a law, which have no title, are sections too."""
    openers = [piece for piece in pieces if opens_section(piece)]
    levels = _levels(openers)
    sections: list[Section] = []
    titles: list[tuple[int, str]] = []
    for number, (piece, level) in enumerate(zip(openers, levels, strict=True)):
        while titles and titles[-1][0] >= level:
            titles.pop()
        title = text[piece.start : piece.end].rstrip(":： ") if piece.kind is BlockKind.HEADING else ""
        numeral = piece.marker.rstrip(".、:") if piece.last is not None else ""
        titles.append((level, title or numeral))
        end = _end(openers, levels, number, pieces, len(text))
        sections.append(Section(piece.line, end, title, numeral, level, tuple(name for _, name in titles)))
    return tuple(sections)


def opens_section(piece: Piece) -> bool:
    """Whether a piece is a heading or an article with a number."""
    return piece.kind is BlockKind.HEADING or (piece.kind is BlockKind.PARAGRAPH and piece.rank > 0)


def _levels(openers: Sequence[Piece]) -> list[int]:
    levels: list[int] = []
    ranks: list[int] = []
    language = None
    for piece in openers:
        if piece.language is not language:
            ranks, language = [], piece.language
        while ranks and ranks[-1] >= piece.rank:
            ranks.pop()
        ranks.append(piece.rank)
        levels.append(len(ranks))
    return levels


def _end(
    openers: Sequence[Piece], levels: Sequence[int], number: int, pieces: Sequence[Piece], length: int
) -> int:
    language = openers[number].language
    for later in range(number + 1, len(openers)):
        if levels[later] <= levels[number] or openers[later].language is not language:
            return openers[later].line
    for piece in reversed(pieces):
        if piece.language is language:
            return length if piece is pieces[-1] else piece.end
    return length


def paths_of(pieces: Sequence[Piece], sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """Return for each piece the path of the section it stands in; a heading stands in its own."""
    paths: list[tuple[str, ...]] = []
    following = iter(sections)
    path: tuple[str, ...] = ()
    language = pieces[0].language if pieces else None
    for piece in pieces:
        if piece.language is not language:
            path, language = (), piece.language
        if opens_section(piece):
            path = next(following).path
        paths.append(path)
    return paths
