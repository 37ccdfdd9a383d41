"""From a draft to a document: lines, runs, blocks, sections, sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.lexicon.script import simplified
from dragoman.model import Block, BlockKind, Document, Language, Run, Section, Sentence
from dragoman.model.identity import sha256_of_text
from dragoman.read.bare_items import mark_bare_items
from dragoman.read.chinese import chinese_spans
from dragoman.read.cues import furniture_cues, heading_cues
from dragoman.read.draft import Draft
from dragoman.read.english import english_spans
from dragoman.read.furniture import mark_furniture
from dragoman.read.languages import language_runs, languages_by_size
from dragoman.read.leads import cut_leads
from dragoman.read.lines import Line, draft_lines, join_wrapped
from dragoman.read.markers import find_marker
from dragoman.read.metadata import Facts, stated_languages
from dragoman.read.outline import Outliner
from dragoman.read.pieces import Piece, PieceMaker
from dragoman.read.script import described, restore_markers
from dragoman.read.sections import make_sections, paths_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft came from.

    Attributes:
        slug: name of the document.
        source: path or address.
        sha256: of the bytes, "" to take the text's.
    """

    slug: str
    source: str = ""
    sha256: str = ""


def build_document(draft: Draft, origin: Origin, metadata: Mapping[str, Any] | None = None) -> Document:
    """Return the document of a draft.

    Args:
        draft: its text, and what the format says about it.
        origin: its name and where it came from.
        metadata: what is stated about it: title, date, kind, parties, languages, work.
    """
    text, stated = draft.text, metadata or {}
    plain = simplified(text)
    lines = draft_lines(draft)
    if draft.marks is None:
        lines = join_wrapped(plain, lines, _opens_block)
    runs = language_runs(text, lines, stated_languages(metadata))
    pieces = make_pieces(plain, lines, runs)
    facts = described(Facts(text, tuple(pieces), draft.title), plain, stated)
    restore_markers(pieces, plain, text)
    sections = make_sections(text, pieces)
    blocks = tuple(map(_block, pieces))
    sentences = make_sentences(text, pieces, sections)
    digest = sha256_of_text(text)
    return Document(
        slug=origin.slug,
        title=facts.title,
        date=facts.date,
        kind=facts.kind,
        parties=facts.parties,
        languages=languages_by_size(runs),
        source=origin.source,
        sha256=origin.sha256 or digest,
        text_sha256=digest,
        text=text,
        work=facts.work,
        runs=runs,
        blocks=blocks,
        sections=sections,
        sentences=sentences,
        guessed=facts.guessed,
        media_type=draft.media_type,
    )


def _opens_block(line: str) -> bool:
    return find_marker(line) is not None


def make_pieces(text: str, lines: Sequence[Line], runs: Sequence[Run]) -> list[Piece]:
    """Return the pieces of a text with their levels and stems, furniture marked."""
    languages = _line_languages(lines, runs)
    cues = heading_cues()
    pieces = list(PieceMaker(text, lines, languages, cues))
    mark_furniture(text, pieces, furniture_cues())
    mark_bare_items(text, pieces)
    Outliner(text, cues).run(pieces)
    return pieces


def _line_languages(lines: Sequence[Line], runs: Sequence[Run]) -> list[Language]:
    if len(runs) <= 1:
        return [runs[0].language if runs else Language.EN] * len(lines)
    starts = [run.start for run in runs]
    return [runs[max(0, bisect_right(starts, line.start) - 1)].language for line in lines]


def _block(piece: Piece) -> Block:
    leveled = piece.kind is BlockKind.ITEM or piece.kind is BlockKind.HEADING
    return Block(
        piece.start,
        piece.end,
        piece.kind,
        piece.level if leveled else 0,
        piece.marker,
        piece.page,
        piece.stem,
        piece.role,
    )


def make_sentences(text: str, pieces: Sequence[Piece], sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Return the sentences of all pieces, in text order."""
    sentences: list[Sentence] = []
    last_of: list[int] = []
    paths = paths_of(pieces, sections)
    for number, piece in enumerate(pieces):
        stem = last_of[piece.stem] if piece.stem is not None else None
        first = True
        for start, end in piece_spans(text, piece):
            sentences.append(
                Sentence(
                    len(sentences), start, end, piece.language, number, piece.kind, paths[number], stem, first
                )
            )
            first = False
        last_of.append(len(sentences) - 1)
    return tuple(sentences)


def piece_spans(text: str, piece: Piece) -> list[tuple[int, int]]:
    """Return the sentences of one piece; a heading or a piece of furniture is one."""
    if piece.kind is BlockKind.HEADING or piece.kind is BlockKind.FURNITURE:
        return [(piece.start, piece.end)]
    split = chinese_spans if piece.language is Language.ZH else english_spans
    return cut_leads(text, piece, split(text, piece.start, piece.end))
