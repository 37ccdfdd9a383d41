"""The report of an alignment: English and Chinese sentences side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.model import Language, Severity
from dragoman.model.bilingual import Alignment, Link
from dragoman.report.blocks import Block, Callout, Line, Report, Run, Style, Table, line
from dragoman.wording import Catalogue, catalogue

UNSURE = 0.5
"""Confidence below which a link is marked to be looked at."""
WIDTHS = (1.2, 6.0, 5.0)


def report_of(alignment: Alignment, language: Language, reproduce: str = "") -> Report:
    """Return the report of an alignment.

    Args:
        alignment: what is shown.
        language: of the report's own words.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    shapes = Counter(link.shape for link in alignment.links)
    facts = (
        (texts.text("language.en"), alignment.english.title or alignment.english.slug),
        (texts.text("language.zh"), alignment.chinese.title or alignment.chinese.slug),
        (texts.text("alignment.links"), ", ".join(f"{shape}: {count}" for shape, count in shapes.most_common())),
        (texts.text("alignment.score"), f"{alignment.score:.2f}"),
        (
            texts.text("alignment.means"),
            ", ".join(texts.text(f"alignment.{name}") for name in ("signs", *alignment.means)),
        ),
    )
    head = (texts.text("alignment.link"), texts.text("language.en"), texts.text("language.zh"))
    rows = tuple(row_of(alignment, link, texts) for link in alignment.links)
    blocks = (*remarks(alignment, texts), Table(head, rows, texts.text("alignment.caption"), WIDTHS))
    return Report(texts.text("alignment.title"), language, blocks, facts, reproduce, wide=True)


def remarks(alignment: Alignment, texts: Catalogue) -> Iterator[Block]:
    """Yield what is wrong with the versions."""
    for problem in alignment.problems:
        style = Style.SOFT if problem.severity is Severity.NOTE else Style.OPEN
        yield Callout(line(Run(texts.said(problem).message, style)), style)


def row_of(alignment: Alignment, link: Link, texts: Catalogue) -> tuple[Line, ...]:
    """Return a link as a row; what stands in one version only, what is unsure and who set it is marked."""
    sure = link.confidence >= UNSURE and link.en and link.zh
    trust = texts.text("alignment.by", name=link.by) if link.by else f"{link.confidence:.2f}"
    mark = Run(f"{link.shape} · {trust}", Style.SOFT if sure or link.by else Style.OPEN)
    missing = Run(texts.text("alignment.missing"), Style.SOFT if link.by else Style.OPEN)
    return line(mark), *(line(words or missing) for words in alignment.words(link))
