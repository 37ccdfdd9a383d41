"""The report of differences in force: both sentences and the reasons, the most serious first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.model import Language
from dragoman.model.force_difference import ForceDifference, ForceReport, Gravity
from dragoman.report.alignment import remarks
from dragoman.report.blocks import Block, Heading, Line, Paragraph, Report, Run, Style, Table, line
from dragoman.wording import Catalogue, catalogue

WIDTHS = (2.0, 4.5, 3.5, 4.0)
STYLES = {Gravity.MAJOR: Style.BAD, Gravity.CONTENT: Style.OPEN, Gravity.MINOR: Style.SOFT}


def force_report(report: ForceReport, language: Language, reproduce: str = "") -> Report:
    """Return the report of differences in force.

    Args:
        report: what is shown.
        language: of the report's own words.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    alignment = report.alignment
    counts = Counter(one.gravity for one in report.differences)
    facts = (
        (texts.text("language.en"), alignment.english.title or alignment.english.slug),
        (texts.text("language.zh"), alignment.chinese.title or alignment.chinese.slug),
        (texts.text("force_check.checked"), str(report.checked)),
        *((texts.text(f"force_check.{one.value}"), str(counts[one])) for one in Gravity),
    )
    blocks = (*remarks(alignment, texts), *(block for one in Gravity for block in part(report, one, texts)))
    if not report.differences:
        blocks = (*blocks, Paragraph(line(texts.text("force_check.none"))))
    note = Paragraph(line(Run(texts.text("force_check.note"), Style.SOFT)))
    return Report(texts.text("force_check.title"), language, (*blocks, note), facts, reproduce, wide=True)


def part(report: ForceReport, gravity: Gravity, texts: Catalogue) -> Iterator[Block]:
    """Yield the differences of one gravity as a table under a heading."""
    found = [one for one in report.differences if one.gravity is gravity]
    if found:
        name = texts.text(f"force_check.{gravity.value}")
        names = ("force_check.kind", "language.en", "language.zh", "force_check.reason")
        rows = tuple(row_of(report, one, texts) for one in found)
        yield Heading(name)
        yield Table(tuple(texts.text(key) for key in names), rows, texts.text("force_check.caption"), WIDTHS)


def row_of(report: ForceReport, difference: ForceDifference, texts: Catalogue) -> tuple[Line, ...]:
    """Return a difference as a row; what one version leaves out is said in words."""
    missing = Run(texts.text("alignment.missing"), Style.OPEN)
    english = " ".join(report.alignment.english.slice(*difference.en).split())
    chinese = report.alignment.chinese.slice(*difference.zh).strip()
    return (
        line(Run(texts.text(f"force_kind.{difference.kind}"), STYLES[difference.gravity])),
        line(english or missing),
        line(chinese or missing),
        line(difference.reason(texts.language)),
    )
