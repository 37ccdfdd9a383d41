"""The memo of a checked case: what a lawyer reads, corrects and signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dragoman.model import (
    Bilingual,
    CheckReport,
    Confidence,
    FactSchema,
    Finding,
    Force,
    Language,
    Result,
    Standing,
    Value,
    Verdict,
)
from dragoman.model.screened import CheckedParties, CheckedParty
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Report,
    Run,
    Signature,
    Style,
    Table,
    line,
)
from dragoman.wording import Catalogue, catalogue

LOOKS: Mapping[Result, Style] = {
    Result.MET: Style.GOOD,
    Result.NOT_MET: Style.BAD,
    Result.UNKNOWN: Style.OPEN,
    Result.CONFLICT: Style.BAD,
    Result.NOT_APPLICABLE: Style.SOFT,
}
SIGNS: Mapping[Result, str] = {
    Result.MET: "✓",
    Result.NOT_MET: "✗",
    Result.UNKNOWN: "?",
    Result.CONFLICT: "≠",
    Result.NOT_APPLICABLE: "–",
}
"""A sign for each result, so that none is told by colour alone."""

OPEN_RESULTS = frozenset({Result.NOT_MET, Result.UNKNOWN, Result.CONFLICT})


def open_points(report: CheckReport) -> tuple[Finding, ...]:
    """Return the findings that a person must settle, those that are counted first."""
    found = [finding for finding in report.findings if finding.result in OPEN_RESULTS]
    return tuple(sorted(found, key=lambda finding: not finding.counted))


def unverified(report: CheckReport) -> tuple[Finding, ...]:
    """Return the findings whose rule was not read in its own text, or whose standing is not plain."""
    return tuple(
        finding
        for finding in report.findings
        if finding.result is not Result.NOT_APPLICABLE
        and (finding.confidence is not Confidence.SEEN or finding.standing is Standing.UNSETTLED)
    )


def value_words(value: Value, texts: Catalogue, schema: FactSchema | None = None) -> str:
    """Return a fact's value in the words of its schema."""
    options = dict(schema.options) if schema else {}
    code = texts.language.value
    if isinstance(value, bool):
        return texts.text("check.yes" if value else "check.no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return texts.text("word.between").join(_option(options, item, code) for item in sorted(value)) or "–"
    if isinstance(value, str):
        return _option(options, value, code)
    unit = schema.unit if schema else ""
    return f"{value:,} {unit}".strip()


def _option(options: Mapping[str, Bilingual], value: str, code: str) -> str:
    return options[value].text(code) if value in options else value


class _Memo:
    """The parts of one memo in one language."""

    def __init__(self, report: CheckReport, language: Language, schemas: Mapping[str, FactSchema]) -> None:
        self.report = report
        self.texts = catalogue(language)
        self.code = language.value
        self.schemas = schemas

    def words(self, key: str, **values: object) -> str:
        return self.texts.text(f"check.{key}", **values)

    def result(self, result: Result) -> Run:
        return Run(f"{SIGNS[result]} {self.texts.text(f'result.{result}')}", LOOKS[result])

    def rule(self, finding: Finding) -> Line:
        subject = f"{finding.subject}: " if finding.subject else ""
        return (
            Run(subject, Style.STRONG),
            Run(finding.title.text(self.code)),
            Run(f" [{finding.rule}]", Style.SOFT),
        )

    def citation(self, finding: Finding) -> Line:
        words = [Run(finding.citation, href=finding.url)]
        words.append(Run(f" ({self.texts.text(f'standing.{finding.standing}')}; ", Style.SOFT))
        words.append(Run(self.words("as_of", day=self.texts.date(finding.as_of)) + "; ", Style.SOFT))
        words.append(Run(self.texts.text(f"rule_confidence.{finding.confidence}") + ")", Style.SOFT))
        return tuple(words)

    def settle(self, finding: Finding) -> Line:
        """Return what would settle an open finding."""
        parts = [
            f"{missing.question.text(self.code)} ({_place(missing.subject, missing.fact)})"
            for missing in finding.missing
        ]
        parts += [text.text(self.code) for text in (finding.because, finding.remedy, finding.note) if text]
        return line(" ".join(parts) or "–")

    def summary(self) -> Iterator[Block]:
        counted = [finding for finding in self.report.findings if finding.counted]
        counts = self.texts.text("word.between").join(
            f"{number} {self.texts.text(f'result.{result}')}"
            for result in Result
            if (number := sum(finding.result is result for finding in counted))
        )
        outcome = self.report.outcome
        yield Callout(
            (self.result(outcome), Run(f" — {self.words(f'outcome.{outcome.name.lower()}')}")), LOOKS[outcome]
        )
        yield Paragraph(line(self.words("counted", counts=counts or "–")))

    def open(self) -> Iterator[Block]:
        yield Heading(self.words("open"))
        points = open_points(self.report)
        if not points:
            yield Paragraph(line(self.words("none_open")))
            return
        head = tuple(self.words(name) for name in ("result", "rule", "settle", "citation"))
        rows = tuple(
            (
                (self.result(point.result), *self.uncounted(point)),
                self.rule(point),
                self.settle(point),
                self.citation(point),
            )
            for point in points
        )
        yield Table(head, rows, widths=(1.2, 3, 3, 2.4))

    def uncounted(self, finding: Finding) -> Line:
        if finding.counted and finding.force is Force.MUST:
            return ()
        reason = finding.force if finding.force is not Force.MUST else None
        words = self.texts.text(f"rule_force.{reason}") if reason else self.words("not_counted")
        return (Run(f" ({words})", Style.SOFT),)

    def facts(self) -> Iterator[Block]:
        yield Heading(self.words("facts"))
        head = (self.words("fact"), self.words("value"))
        case = self.report.case
        rows = [self.fact_row(name, value, "") for name, value in case.facts.items()]
        for collection, members in case.collections.items():
            for at, member in enumerate(members):
                place = f"{collection}[{at}] {member.name}".rstrip()
                rows += [self.fact_row(name, value, place) for name, value in member.facts.items()]
        yield Table(head, tuple(rows), widths=(3, 2)) if rows else Paragraph(line(self.words("no_facts")))
        if case.notes:
            yield Paragraph(line(case.notes))

    def fact_row(self, name: str, value: Value, place: str) -> tuple[Line, Line]:
        schema = self.schemas.get(name)
        question = schema.question.text(self.code) if schema else name
        shown = (Run(f"{place}: ", Style.STRONG), Run(question)) if place else (Run(question),)
        return (*shown, Run(f" [{name}]", Style.SOFT)), line(value_words(value, self.texts, schema))

    def findings(self) -> Iterator[Block]:
        yield Heading(self.words("findings"))
        for pack in dict.fromkeys(finding.pack for finding in self.report.findings):
            mine = [finding for finding in self.report.findings if finding.pack == pack]
            bearing = [finding for finding in mine if finding.result is not Result.NOT_APPLICABLE]
            yield Heading(pack, 3)
            if bearing:
                head = tuple(self.words(name) for name in ("result", "rule", "trace", "citation"))
                yield Table(head, tuple(map(self.finding_row, bearing)), widths=(1.2, 3, 3, 2.4))
            yield Paragraph(line(self.words("others", n=len(mine) - len(bearing))))

    def finding_row(self, finding: Finding) -> tuple[Line, ...]:
        return (self.result(finding.result),), self.rule(finding), self.trace(finding), self.citation(finding)

    def trace(self, finding: Finding) -> Line:
        words: list[Run] = []
        for step in finding.trace:
            values = ", ".join(f"{name} = {value}" for name, value in zip(step.facts, step.values, strict=True))
            words.append(Run(step.text, Style.CODE))
            truth = self.texts.text(f"truth.{step.truth}")
            words.append(Run(f" {truth}{f' ({values})' if values else ''}; ", Style.SOFT))
        return tuple(words) or line("–")

    def doubts(self) -> Iterator[Block]:
        yield Heading(self.words("doubts"))
        found = unverified(self.report)
        if found:
            yield Items(tuple((*self.rule(finding), Run(" — "), *self.citation(finding)) for finding in found))
        else:
            yield Paragraph(line(self.words("no_doubts")))
        yield Heading(self.words("not_covered"))
        lines = tuple(
            (Run(f"{pack}: ", Style.STRONG), Run(text.text(self.code))) for pack, text in self.report.not_covered
        )
        yield Items(lines or (line("–"),))

    def parties(self, found: CheckedParties) -> Iterator[Block]:
        """Yield the parties of the case with their hits on the lists, and the lists with their age."""
        yield Heading(self.screened("parties_and_lists"))
        yield Paragraph(line(self.screened("not_in_case")))
        head = tuple(self.screened(name) for name in ("party", "listed", "list", "decision"))
        rows = tuple(row for one in found.parties for row in self.party_rows(one))
        if rows:
            yield Table(head, rows, widths=(2.4, 3, 2.4, 2.2))
        notes = [line(self.texts.said(problem).message) for problem in found.problems]
        used = ", ".join(f"{one.list.name} {one.list.version} ({one.days} d)" for one in found.lists)
        yield Items(
            (line(self.screened("lists_used", lists=used, day=self.texts.date(self.report.as_of))), *notes)
        )

    def screened(self, key: str, **values: object) -> str:
        return self.texts.text(f"screen.{key}", **values)

    def party_rows(self, one: CheckedParty) -> Iterator[tuple[Line, ...]]:
        name = line(Run(one.party.name, Style.STRONG), Run(f" [{one.place}]", Style.SOFT))
        hits = one.screening.hits if one.screening else ()
        if not hits:
            none = self.screened("no_hit" if one.screening else "not_screened")
            yield name, line(none), line("–"), line("–")
        for hit in hits:
            decision = hit.decision
            verdict = self.screened(f"verdict.{decision.verdict}" if decision else "undecided")
            look = Style.BAD if decision and decision.verdict is Verdict.CONFIRMED else Style.OPEN
            cleared = decision is not None and decision.verdict is Verdict.CLEARED
            why = f": {decision.reason} ({decision.reviewer})" if decision else ""
            yield (
                name,
                line(f"{hit.name} ({hit.score:.2f})", *(Run(f"; {text}", Style.SOFT) for text in hit.against)),
                (
                    Run(f"{hit.entry.list} {hit.entry.id}", href=hit.entry.url),
                    Run(f" {hit.entry.source}", Style.SOFT),
                ),
                (Run(verdict, Style.SOFT if cleared else look), Run(why)),
            )

    def blocks(self, parties: CheckedParties | None) -> Iterator[Block]:
        yield from self.summary()
        yield from self.open()
        if parties is not None:
            yield from self.parties(parties)
        yield from self.facts()
        yield from self.findings()
        yield from self.doubts()
        yield Signature(tuple(self.words(name) for name in ("prepared_by", "reviewed_by", "signed_on")))


def _place(subject: str, fact: str) -> str:
    return f"{subject}: {fact}" if subject else fact


def memo_of(
    report: CheckReport,
    language: Language,
    schemas: Iterable[FactSchema] = (),
    reproduce: str = "",
    parties: CheckedParties | None = None,
) -> Report:
    """Return the memo of a checked case: outcome, open points, facts, findings, citations, what is unverified.

    Args:
        report: the findings.
        language: of the memo.
        schemas: of the facts, for their questions and the words of their options.
        reproduce: the command that made the findings.
        parties: of the case, screened; None where nothing was.
    """
    memo = _Memo(report, language, {schema.name: schema for schema in schemas})
    case = report.case
    title = memo.words("memo", case=case.title or case.id or case.template)
    facts = (
        (memo.words("law_of"), memo.texts.date(report.as_of)),
        (memo.words("packs"), ", ".join(report.packs)),
    )
    return Report(title, language, tuple(memo.blocks(parties)), facts, reproduce)
