"""The report of extracted terms: the inconsistent ones first, then all, ranked."""

from __future__ import annotations

from collections import defaultdict
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
    first = (*inconsistent(extraction, odd, texts), *shared(extraction, texts))
    blocks = (*remarks(alignment, texts), *first, *ranked(extraction, texts))
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


def shared(extraction: Extraction, texts: Catalogue) -> Iterator[Block]:
    """Yield the part with Chinese terms that stand for several English ones."""
    by_chinese: dict[str, list[TermCandidate]] = defaultdict(list)
    for one in extraction.candidates:
        if one.score >= LEAST:
            by_chinese[one.zh].append(one)
    found = {chinese: distinct(group) for chinese, group in by_chinese.items() if len(distinct(group)) > 1}
    if found:
        head = (texts.text("language.zh"), texts.text("language.en"), texts.text("extraction.places"))
        rows = tuple(
            (line(Run(chinese, Style.STRONG)), line(one.en), line(shown(extraction, one.contexts[:2])))
            for chinese, group in found.items()
            for one in group
        )
        yield Table(head, rows, texts.text("extraction.shared_caption"), ODD_WIDTHS)


def distinct(group: Sequence[TermCandidate]) -> list[TermCandidate]:
    """Return the candidates of which none holds another."""
    words = [one.en.lower() for one in group]
    return [
        one for one in group if not any(other != one.en.lower() and (other in one.en.lower()) for other in words)
    ]


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
    return " · ".join(around(text, start, end) for start, end in dict.fromkeys(one.en for one in contexts))


def around(text: str, start: int, end: int) -> str:
    """Return a stretch with whole words on either side."""
    before = text[max(0, start - AROUND) : start].partition(" ")[2]
    after = text[end : end + AROUND].rpartition(" ")[0]
    return f"… {' '.join(f'{before}{text[start:end]}{after}'.split())} …"
