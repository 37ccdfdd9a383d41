"""The report of a lint of terms: text by text what should be looked at, with its place and what to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.model import Language, Severity
from dragoman.model.term import TermFinding, TermLint
from dragoman.report.blocks import Block, Callout, Heading, Line, Paragraph, Report, Run, Style, Table, line
from dragoman.wording import Catalogue, catalogue

WIDTHS = (1.0, 2.2, 2.2, 5.6)


def lint_report(
    lint: TermLint, language: Language, titles: Mapping[str, str] | None = None, reproduce: str = ""
) -> Report:
    """Return the report of a lint.

    Args:
        lint: what was found.
        language: of the report's own words.
        titles: titles of the texts, by slug.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    names = titles or {}
    facts = (
        (texts.text("terms.texts"), ", ".join(names.get(doc, doc) for doc in lint.docs)),
        (texts.text("terms.concepts"), texts.number(lint.concepts)),
        (texts.text("terms.version"), str(lint.version) if lint.version else texts.text("terms.unpublished")),
    )
    count = len(lint.findings)
    said = texts.count("terms.findings", count) if count else texts.text("terms.no_findings")
    head: tuple[Block, ...] = (Callout(line(said), Style.BAD if count else Style.GOOD), *_remarks(lint, texts))
    blocks = tuple(block for doc in lint.docs for block in _text(lint, doc, names.get(doc, doc), texts))
    return Report(texts.text("terms.lint_title"), language, (*head, *blocks), facts, reproduce, wide=True)


def _remarks(lint: TermLint, texts: Catalogue) -> Iterator[Block]:
    for problem in lint.problems:
        style = Style.SOFT if problem.severity is Severity.NOTE else Style.OPEN
        yield Paragraph(line(Run(texts.said(problem).whole, style)))


def _text(lint: TermLint, doc: str, title: str, texts: Catalogue) -> Iterator[Block]:
    found = [one for one in lint.findings if one.doc == doc]
    if len(lint.docs) > 1:
        yield Heading(title)
    if not found:
        yield Paragraph(line(texts.text("terms.no_findings")))
        return
    head = tuple(texts.text(f"terms.{name}") for name in ("place", "found", "use_instead", "why"))
    yield Table(head, tuple(_row(one, texts) for one in found), widths=WIDTHS)


def _row(finding: TermFinding, texts: Catalogue) -> tuple[Line, ...]:
    fault = texts.text(f"terms.fault.{finding.fault.name.lower()}")
    return (
        line(f"{finding.line}:{finding.column}"),
        line(Run(finding.text, Style.DELETED)),
        line(Run(finding.suggestion or "–", Style.INSERTED if finding.suggestion else Style.SOFT)),
        line(Run(f"{fault}. ", Style.STRONG), finding.message),
    )
