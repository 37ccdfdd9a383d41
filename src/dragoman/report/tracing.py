"""The report of a workbook of process tracing: verdict, hypotheses, evidence with its weight, sensitivity."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Language
from dragoman.model.tracing import EvidenceItem, Tracing, TracingReading, Weighed
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Run,
    Style,
    Table,
    line,
)
from dragoman.report.comparison_words import Words, words_of


class _Page:
    """The parts of one report."""

    def __init__(self, found: Tracing, words: Words) -> None:
        self.found = found
        self.words = words

    def blocks(self) -> Iterator[Block]:
        yield from self.verdict()
        yield from self.hypotheses()
        yield from self.evidence()
        yield from self.weights()
        yield from self.clusters()
        yield from self.sensitivity()

    def verdict(self) -> Iterator[Block]:
        found = self.found
        yield Callout(
            line(
                self.words.text(
                    "verdict",
                    leader=found.leader,
                    share=f"{found.posteriors[found.leader]:.1%}",
                    second=found.second,
                    other=f"{found.posteriors[found.second]:.1%}",
                    db=f"{found.decibels[found.leader, found.second]:.1f}",
                )
            )
        )
        key = "robust" if found.robust else "not_robust"
        robust = self.words.text(key, n=len(found.strong), bits=found.nepers, least=found.least)
        yield Callout(line(robust), Style.GOOD if found.robust else Style.OPEN)
        yield Paragraph(line(self.words.text("people", author=found.workbook.author or "–")))
        if found.workbook.question:
            question = self.words.text("question")
            yield Paragraph(line(Run(f"{question}: ", Style.STRONG), found.workbook.question))

    def hypotheses(self) -> Iterator[Block]:
        found = self.found
        yield Heading(self.words.text("hypotheses"))
        head = (
            *self.words.head("hypothesis", "prior", "posterior"),
            self.words.text("weight", other=found.leader),
        )
        rows = tuple(
            (
                line(Run(one.id, Style.STRONG), f" {one.title}"),
                line(f"{one.prior:.3f}"),
                line(f"{found.posteriors[one.id]:.3f}"),
                line("–" if one.id == found.leader else f"{found.decibels[one.id, found.leader]:+.1f}"),
            )
            for one in found.workbook.hypotheses
        )
        yield Table(head, rows, widths=(6, 1, 1, 1.6))

    def evidence(self) -> Iterator[Block]:
        yield Heading(self.words.text("evidence"))
        for item in self.found.workbook.items:
            yield Paragraph(line(Run(f"{item.id} ", Style.STRONG), item.title))
            yield from self.source(item)
            told = ", ".join(f"{name} {value:.2f}" for name, value in item.likelihoods.items())
            notes = [f"{self.words.text('likelihood')}: {told}"]
            notes += [self.words.text("interpretive")] if item.interpretive else []
            notes += [item.note] if item.note else []
            yield Paragraph(line(Run(". ".join(notes), Style.SOFT)))

    def source(self, item: EvidenceItem) -> Iterator[Block]:
        if item.pin:
            place = f"{item.pin.doc}:{item.pin.start}-{item.pin.end}"
            yield Quotation(item.pin.quote, line(place))
        if item.event:
            yield Paragraph(line(f"{item.event.day} ", Run(item.event.source, href=item.event.url)))

    def weights(self) -> Iterator[Block]:
        found = self.found
        yield Heading(self.words.text("tests"))
        head = (
            self.words.text("item"),
            self.words.text("weighed", first=found.leader, second=found.second),
            *(self.words.text("test", hypothesis=one.id) for one in found.workbook.hypotheses),
            self.words.text("note"),
        )
        rows = tuple(self.weight(one) for one in found.items)
        yield Table(head, rows)

    def weight(self, one: Weighed) -> tuple[Line, ...]:
        tests = (one.tests.get(hypothesis.id) for hypothesis in self.found.workbook.hypotheses)
        return (
            line(one.name),
            line(self.between(one)),
            *(line(self.words.text(f"test {test.value}") if test else "–") for test in tests),
            line(self.remark(one)),
        )

    def between(self, one: Weighed) -> str:
        return f"{self.found.between(one):+.1f}"

    def remark(self, one: Weighed) -> str:
        if one.left_out:
            return self.words.text("weak")
        return self.words.text("capped") if one.capped else ""

    def clusters(self) -> Iterator[Block]:
        pooled = [one for one in self.found.units if len(one.items) > 1]
        if not pooled:
            return
        yield Heading(self.words.text("clusters"))
        yield Paragraph(line(self.words.text("pooled")))
        head = (
            *self.words.head("clusters", "item"),
            self.words.text("weighed", first=self.found.leader, second=self.found.second),
        )
        yield Table(
            head, tuple((line(one.name), line(", ".join(one.items)), line(self.between(one))) for one in pooled)
        )

    def sensitivity(self) -> Iterator[Block]:
        yield Heading(self.words.text("sensitivity"))
        leads = self.words.text("leader_of", leader=self.found.leader)
        head = (*self.words.head("change", "low", "high"), leads)
        rows = tuple(
            (
                line(one.driver),
                line(f"{one.low:.3f}"),
                line(f"{one.high:.3f}"),
                line("✓" if one.leads else Run("✗", Style.BAD)),
            )
            for one in self.found.swings
        )
        yield Table(head, rows, widths=(3, 1.4, 1.4, 2))


def tracing_report(reading: TracingReading, language: Language, reproduce: str = "") -> Report:
    """Return the report of a workbook; of one that is refused, its faults.

    Args:
        reading: what became of it.
        language: of the report's own words.
        reproduce: the command that makes it again.
    """
    words = words_of(language, {})
    blocks: list[Block] = []
    if reading.tracing is None:
        blocks.append(Callout(line(words.text("unfinished")), Style.BAD))
    else:
        blocks += _Page(reading.tracing, words).blocks()
    if reading.problems:
        blocks.append(Heading(words.text("problems")))
        told = (f"{f'{one.line}: ' if one.line else ''}{words.texts.said(one).whole}" for one in reading.problems)
        blocks.append(Items(tuple(line(one) for one in told)))
    title = reading.tracing.workbook.title if reading.tracing else reading.source
    return Report(words.text("tracing_title", title=title), language, tuple(blocks), (), reproduce, wide=True)
