"""The memo of a case: what was handed in, what stands against it, who said what, the decision and its grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.model import Language
from dragoman.model.docket import Act, ActKind, DocketCase
from dragoman.model.procedure import Origin, Procedure
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

SHOWN = ("not met", "conflict", "unknown")
"""Results of findings that the memo lists one by one."""
Tools = Mapping[str, tuple[str, Sequence[tuple[str, str, str]]]]


def memo_of(
    procedure: Procedure,
    case: DocketCase,
    acts: Sequence[Act],
    tools: Tools,
    language: Language,
    as_of: date,
) -> Report:
    """Return the memo of a case.

    Args:
        procedure: of the case.
        case: as it stands.
        acts: all its acts.
        tools: result of each financing tool by its name; rule, subject and result of the findings it rests on.
        language: of the memo's own words.
        as_of: the day it is written.
    """
    return _Memo(procedure, case, acts, tools, language).report(as_of)


class _Memo:
    """The parts of one memo in one language."""

    def __init__(
        self,
        procedure: Procedure,
        case: DocketCase,
        acts: Sequence[Act],
        tools: Tools,
        language: Language,
    ) -> None:
        self.procedure, self.case, self.acts, self.tools = procedure, case, acts, tools
        self.language, self.code = language, language.value
        self.texts: Catalogue = catalogue(language)

    def words(self, key: str, **values: object) -> str:
        return self.texts.text(f"docket.{key}", **values)

    def report(self, as_of: date) -> Report:
        case = self.case
        facts = (
            (self.words("memo.procedure"), self.procedure.title.text(self.code)),
            (self.words("memo.state"), self.procedure.stages[case.stage].title.text(self.code)),
            (self.words("memo.organisation"), case.organisation or "–"),
            (self.words("memo.version"), str(case.version)),
            (self.words("memo.day"), self.texts.date(as_of)),
        )
        blocks = (
            *self.decision(),
            *self.findings(),
            *self.positions(),
            *self.requests(),
            *self.conditions(),
            *self.tool_table(),
            *self.documents(),
            *self.unsettled(),
            Signature((self.words("memo.signed"), self.words("memo.date"))),
        )
        title = f"{case.number} · {case.title}"
        again = f"dragoman docket memo {case.number} --language {self.code}"
        return Report(title, self.language, blocks, facts, again)

    def decision(self) -> Iterator[Block]:
        yield Heading(self.words("memo.decision"))
        made = self.case.decision
        if not made:
            yield Callout(line(self.words("memo.undecided")))
            return
        move = self.procedure.moves[made["move"]]
        yield Paragraph(
            line(Run(move.title.text(self.code), Style.STRONG), f" – {made['account']}, {made['at'][:10]}")
        )
        for key in ("reason", "scope", "expires"):
            if made.get(key):
                yield Paragraph(line(Run(f"{_head(self.words(f'field.{key}'))}: ", Style.STRONG), str(made[key])))
        cited = tuple(line(one) for one in made.get("citations", ()))
        if cited:
            yield Paragraph(line(Run(_head(self.words("field.citations")), Style.STRONG)))
            yield Items(cited)
        if not move.basis.citation and move.basis.note:
            yield Callout(line(move.basis.note.text(self.code)))

    def findings(self) -> Iterator[Block]:
        yield Heading(self.words("memo.findings"))
        last = next((act for act in reversed(self.acts) if act.kind is ActKind.CHECKED), None)
        if last is None:
            yield Callout(line(self.words("memo.unchecked")))
            return
        counts = (
            f"{number} {self.texts.text(f'result.{result}')}" for result, number in self.case.results.items()
        )
        outcome = self.texts.text(f"result.{last.payload['outcome']}")
        yield Paragraph(line(Run(outcome, Style.STRONG), f" ({self.texts.text('word.between').join(counts)})"))
        findings = last.payload["findings"]
        yield from self.finding_table([one for one in findings if one["counted"] and one["result"] in SHOWN])
        advised = {rule for result in SHOWN for rule in self.case.advised.get(result, ())}
        proposed = [one for one in findings if one["rule"] in advised and one["result"] in SHOWN]
        if proposed:
            yield Paragraph(line(self.words("memo.advised")))
            yield from self.finding_table(proposed)

    def finding_table(self, findings: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
        rows = tuple(self.finding(one) for one in findings)
        if rows:
            head = tuple(self.words(f"memo.{key}") for key in ("result", "rule", "citation"))
            yield Table(head, rows, widths=(0.15, 0.5, 0.35))

    def finding(self, one: Mapping[str, Any]) -> tuple[Line, ...]:
        sure = self.texts.text(f"rule_confidence.{one['confidence']}")
        subject = f" ({one['subject']})" if one["subject"] else ""
        return (
            line(self.texts.text(f"result.{one['result']}")),
            line(one["title"][self.code], Run(subject, Style.SOFT)),
            line(one["citation"], Run(f" ({sure})", Style.SOFT)),
        )

    def positions(self) -> Iterator[Block]:
        if not self.procedure.seats:
            return
        yield Heading(self.words("memo.positions"))
        said = {one.seat: one for one in self.case.positions}
        rows = []
        for seat in self.procedure.seats:
            one = said.get(seat.name)
            position = self.words(f"position.{one.position.value.replace(' ', '_')}") if one else "–"
            rows.append((line(seat.title.text(self.code)), line(position), line(one.reason if one else "")))
        head = tuple(self.words(f"memo.{key}") for key in ("seat", "position", "reason"))
        yield Table(head, tuple(rows))

    def requests(self) -> Iterator[Block]:
        if not self.case.requests:
            return
        yield Heading(self.words("requests_title"))
        head = (self.words("question"), self.words("due"), self.words("answer"))
        rows = tuple(
            (
                line(one.text),
                line(self.texts.date(one.due) if one.due else "–"),
                line(one.answer or "–", Run(f" {one.answered:%Y-%m-%d}" if one.answered else "", Style.SOFT)),
            )
            for one in self.case.requests
        )
        yield Table(head, rows, widths=(0.45, 0.15, 0.4))

    def conditions(self) -> Iterator[Block]:
        if not self.case.conditions:
            return
        yield Heading(self.words("memo.conditions"))
        yield Items(
            tuple(
                line(one.text, Run(f" {one.due or ''} {one.every}".rstrip(), Style.SOFT))
                for one in self.case.conditions
            ),
            ordered=True,
        )

    def tool_table(self) -> Iterator[Block]:
        if not self.procedure.tools:
            return
        yield Heading(self.words("memo.tools"))
        titles = self.titles()
        rows: list[tuple[Line, ...]] = []
        for tool in self.procedure.tools:
            result, findings = self.tools[tool.name]
            word = line(self.words(f"tool.{result.replace(' ', '_')}"))
            rows.append((line(Run(tool.title.text(self.code), Style.STRONG)), word, line(tool.basis.citation)))
            rows += [self.eligibility(*found, titles) for found in findings]
        head = tuple(self.words(f"memo.{key}") for key in ("tool", "result", "citation"))
        yield Table(head, tuple(rows), widths=(0.5, 0.15, 0.35))

    def eligibility(
        self, rule: str, subject: str, result: str, titles: Mapping[str, Mapping[str, Any]]
    ) -> tuple[Line, ...]:
        one = titles[rule]
        sure = self.texts.text(f"rule_confidence.{one['confidence']}")
        return (
            line("– ", one["title"][self.code], Run(f" ({subject})" if subject else "", Style.SOFT)),
            line(self.texts.text(f"result.{result}")),
            line(one["citation"], Run(f" ({sure})", Style.SOFT)),
        )

    def titles(self) -> dict[str, Mapping[str, Any]]:
        """Return the findings of the last check by their rule."""
        last = next((act for act in reversed(self.acts) if act.kind is ActKind.CHECKED), None)
        return {one["rule"]: one for one in last.payload["findings"]} if last else {}

    def documents(self) -> Iterator[Block]:
        if not self.case.attachments:
            return
        yield Heading(self.words("memo.documents"))
        yield Items(
            tuple(line(one.name, " ", Run(f"SHA-256 {one.sha256}", Style.CODE)) for one in self.case.attachments)
        )

    def unsettled(self) -> Iterator[Block]:
        yield Heading(self.words("memo.unsettled"))
        yield Paragraph(line(self.words("memo.unsettled_why")))
        yield Items(tuple(self.question(one.text.text(self.code), one.basis) for one in self.procedure.unsettled))

    def question(self, text: str, basis: Origin) -> Line:
        note = basis.note.text(self.code) if basis.note else ""
        return line(text, Run(f" {note}", Style.SOFT))


def _head(words: str) -> str:
    return words[:1].upper() + words[1:]
