"""The report of extracted terms: the inconsistent ones first, then all, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model import Language
from dragoman.model.term_candidate import Context, Extraction, TermCandidate
from dragoman.report.alignment import remarks
from dragoman.report.blocks import Block, Heading, Line, Paragraph, Report, Run, Style, Table, line
from dragoman.wording import Catalogue, catalogue

TERM_WIDTHS = (3.0, 3.0, 1.0, 1.0, 5.0)
ODD_WIDTHS = (3.0, 3.0, 6.0)
AROUND = 24
"""Characters shown on either side of a term."""
LEAST = 0.5
"""Score from which on an inconsistent term is told first."""


def candidates_report(extraction: Extraction, language: Language, reproduce: str = "") -> Report:
    """Return the report of extracted terms.

    Args:
        extraction: what is shown.
        language: of the report's own words.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    alignment = extraction.alignment
    odd = [one for one in extraction.candidates if len(one.renderings) > 1 and one.score >= LEAST]
    facts = (
        (texts.text("language.en"), alignment.english.title or alignment.english.slug),
        (texts.text("language.zh"), alignment.chinese.title or alignment.chinese.slug),
        (texts.text("extraction.pairs"), str(len(extraction.candidates))),
        (texts.text("extraction.several"), str(len(odd))),
    )
    blocks = (*remarks(alignment), *inconsistent(extraction, odd, texts), *ranked(extraction, texts))
    return Report(texts.text("extraction.title"), language, blocks, facts, reproduce, wide=True)


def inconsistent(extraction: Extraction, odd: Sequence[TermCandidate], texts: Catalogue) -> Iterator[Block]:
    """Yield the part with terms of several renderings, each with where it stands."""
    yield Heading(texts.text("extraction.several"))
    if not odd:
        yield Paragraph(line(texts.text("extraction.none")))
        return
    head = (texts.text("language.en"), texts.text("language.zh"), texts.text("extraction.places"))
    rows = tuple(
        (line(Run(one.en, Style.STRONG)), line(rendering.text), line(shown(extraction, rendering.contexts)))
        for one in odd
        for rendering in one.renderings
    )
    yield Table(head, rows, texts.text("extraction.several_caption"), ODD_WIDTHS)


def ranked(extraction: Extraction, texts: Catalogue) -> Iterator[Block]:
    """Yield the part with all terms."""
    yield Heading(texts.text("extraction.all"))
    names = ("language.en", "language.zh", "extraction.score", "extraction.often", "extraction.places")
    rows = tuple(row_of(extraction, one) for one in extraction.candidates)
    yield Table(tuple(texts.text(name) for name in names), rows, texts.text("extraction.caption"), TERM_WIDTHS)


def row_of(extraction: Extraction, candidate: TermCandidate) -> tuple[Line, ...]:
    """Return a pair of terms as a row."""
    others = " / ".join(one.text for one in candidate.renderings[1:])
    chinese = line(candidate.zh, *([Run(f" / {others}", Style.OPEN)] if others else []))
    figures = line(f"{candidate.score:.2f}"), line(str(candidate.frequency))
    return line(candidate.en), chinese, *figures, line(shown(extraction, candidate.contexts[:1]))


def shown(extraction: Extraction, contexts: Sequence[Context]) -> str:
    """Return the English words around a term in each of its places."""
    text = extraction.alignment.english.text
    pieces = (text[max(0, start - AROUND) : end + AROUND] for start, end in (one.en for one in contexts))
    return " · ".join(f"…{' '.join(piece.split())}…" for piece in pieces)
