"""The report of the coordination of two parties: figures first, each with its sentences, then the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.model import Language
from dragoman.model.coordination import NONE_NAMED, Agreement, Coordination, Drift, Figures, Measure, Mode
from dragoman.model.coordination_format import all_measures, cite
from dragoman.report.blocks import (
    Block,
    Callout,
    Chart,
    Heading,
    Items,
    Line,
    Paragraph,
    Report,
    Run,
    Style,
    Table,
    line,
)
from dragoman.report.charts import width
from dragoman.report.comparison_words import Words, anchor_of, counted, decimal, words_of

DUAL = 2
"""Targets named in the summary."""
BAR = 26


class _Page:
    """The parts of one report."""

    def __init__(self, found: Coordination, words: Words) -> None:
        self.found = found
        self.words = words
        self.parties = tuple(map(words.name, found.parties))
        listed = [*all_measures(found), *(one for period in found.wide.periods for one in period.measures)]
        ids = dict.fromkeys(one.id for one in listed)
        self.numbers = {identifier: number for number, identifier in enumerate(ids, 1)}

    def of(self, measures: Iterable[Measure]) -> list[int]:
        return sorted(self.numbers[one.id] for one in measures)

    def figure(self, measures: tuple[Measure, ...]) -> Line:
        return counted(str(len(measures)), self.of(measures))

    def blocks(self) -> Iterator[Block]:
        yield from self.summary()
        yield from self.targets()
        yield from self.meetings()
        yield from self.matches()
        yield from self.drift()
        yield from self.assumed()
        yield from self.sentences()

    def summary(self) -> Iterator[Block]:
        yield Callout(line(self.words.text("summary", **self.counts(self.found.overall))))
        for figures in self.found.targets[:DUAL]:
            yield Paragraph(
                line(self.words.text("dual", target=self.words.name(figures.target), **self.counts(figures)))
            )

    def counts(self, figures: Figures) -> Mapping[str, int]:
        return {
            "total": figures.total,
            "joint": len(figures.joint),
            "matched": len(figures.matches),
            "unilateral": len(figures.unilateral),
        }

    def targets(self) -> Iterator[Block]:
        yield Heading(self.words.text("by_target"))
        head = (
            *self.words.head("target", "total", "joint"),
            *self.parties,
            *self.words.head(
                "matched", "unilateral", "lag", "congruence", "conflict", "subtract", "subtract_separate"
            ),
        )
        rows = tuple(self.target_row(figures) for figures in (self.found.overall, *self.found.targets))
        yield Table(head, rows, widths=(1.4, 1.1, 1.8, 1.4, 1.4, 1.1, 1.5, 1, 1.4, 1.1, 1.1, 1.2))
        yield Paragraph(line(self.words.text("lag_note", first=self.parties[0])))

    def target_row(self, figures: Figures) -> tuple[Line, ...]:
        name = self.words.name(figures.target) if figures.target else self.words.text("all")
        shares = figures.shares()
        agreed = figures.credited
        return (
            (Run(name, Style.STRONG),),
            line(str(figures.total)),
            (*self.figure(figures.joint), Run(f" {shares.get('joint', 0):.0%}", Style.SOFT)),
            self.figure(figures.first),
            self.figure(figures.second),
            line(str(len(figures.matches)), Run(f" {shares.get('matched', 0):.0%}", Style.SOFT)),
            (*self.figure(figures.unilateral), Run(f" {shares.get('unilateral', 0):.0%}", Style.SOFT)),
            line(decimal(figures.median_lag(), 0)),
            line(normal(agreed, agreed.congruence)),
            line(normal(agreed, agreed.conflict)),
            line(normal(agreed, agreed.subtract)),
            line(normal(figures.separate, figures.separate.subtract)),
        )

    def meetings(self) -> Iterator[Block]:
        yield Heading(self.words.text("by_meeting"))
        names = [figures.target for figures in self.found.targets]
        head = (*self.words.head("document", "date"), *map(self.words.name, names))
        rows = tuple(
            (line(doc), line(day.isoformat()), *(self.figure(row.get(name, ())) for name in names))
            for doc, day, row in self.found.meetings
        )
        values = [
            {"document": f"{day} {doc}", "target": self.words.name(name), "n": len(measures)}
            for doc, day, row in self.found.meetings
            for name, measures in (row or {NONE_NAMED: ()}).items()
        ]
        table = Table(head, rows)
        yield Chart(bars(values, "target", self.words), self.words.text("chart_alt"), table) if values else table

    def matches(self) -> Iterator[Block]:
        yield Heading(self.words.text("matches"))
        matches = self.found.overall.matches
        if not matches:
            yield Paragraph(line(self.words.text("none")))
            return
        head = (
            *(self.words.text("first_measure", party=party) for party in self.parties),
            self.words.text("target"),
            self.words.text("lag"),
        )
        rows = tuple(
            (
                self.told(match.first),
                self.told(match.second),
                line(
                    ", ".join(self.words.name(one) for one in match.first.against if one in match.second.against)
                ),
                line(f"{match.lag:+d}"),
            )
            for match in matches
        )
        yield Table(head, rows, widths=(4, 4, 1.4, 1))

    def told(self, measure: Measure) -> Line:
        return line(Run(f"[{self.numbers[measure.id]}] {measure.day} ", Style.SOFT), measure.text)

    def drift(self) -> Iterator[Block]:
        yield Heading(self.words.text("drift"))
        for key, drift in (("drift_topic", self.found.topical), ("drift_all", self.found.wide)):
            yield Heading(self.words.text(key), 3)
            yield self.drift_chart(drift)
            yield Paragraph(
                line(
                    self.words.text(
                        "drift_note",
                        weights=self.found.settings.get("weights", ""),
                        force=signed(drift.force_slope),
                        index=signed(drift.index_slope),
                        hard=signed(drift.hard_slope),
                    )
                )
            )

    def drift_chart(self, drift: Drift) -> Block:
        head = self.words.head(
            "document", "total", "hard", "soft", "force", "obligation", "precision", "delegation", "index"
        )
        rows = tuple(
            (
                line(f"{period.day} {period.name}"),
                line(str(len(period.measures))),
                self.figure(period.hard),
                self.figure(period.soft),
                line(decimal(period.force)),
                *(line(decimal(part)) for part in period.profile or (None, None, None)),
                line(decimal(period.index)),
            )
            for period in drift.periods
        )
        table = Table(head, rows, widths=(3, 0.8, 1.6, 1.6, 0.7, 0.9, 0.9, 0.9, 0.7))
        values = [
            {"document": f"{period.day} {period.name}", "kind": self.words.text(kind), "n": len(measures)}
            for period in drift.periods
            for kind, measures in (("hard", period.hard), ("soft", period.soft))
        ]
        return Chart(bars(values, "kind", self.words), self.words.text("drift_alt"), table) if values else table

    def setting(self, name: str, text: str) -> Line:
        texts = self.words.texts
        said = texts.tags(texts.phrase("assumption", text))
        return line(Run(f"{texts.phrase('assumed', name)}: ", Style.STRONG), said)

    def assumed(self) -> Iterator[Block]:
        yield Heading(self.words.text("settings"))
        yield Items(tuple(self.setting(name, text) for name, text in self.found.settings.items()))
        if self.found.problems:
            yield Heading(self.words.text("problems"))
            yield Items(tuple(line(self.words.texts.said(one).whole) for one in self.found.problems))

    def sentences(self) -> Iterator[Block]:
        yield Heading(self.words.text("sentences"))
        head = ("", *self.words.head("date", "who", "target", "sentences"))
        yield Table(head, tuple(map(self.sentence, self.listed())), widths=(0.4, 1, 1.2, 1.2, 6))

    def listed(self) -> Iterator[Measure]:
        seen: set[str] = set()
        wide = (one for period in self.found.wide.periods for one in period.measures)
        for one in (*all_measures(self.found), *wide):
            if one.id not in seen:
                seen.add(one.id)
                yield one

    def sentence(self, measure: Measure) -> tuple[Line, ...]:
        who = self.words.text("joint") if measure.mode is Mode.JOINT else self.party(measure)
        place = Run(f" ({cite(measure)})", Style.SOFT, measure.url)
        return (
            line(Run(str(self.numbers[measure.id]), anchor=anchor_of(measure.id))),
            line(measure.day.isoformat()),
            line(who),
            line(", ".join(map(self.words.name, measure.against))),
            line(measure.text, place),
        )

    def party(self, measure: Measure) -> str:
        return self.parties[measure.mode is Mode.SECOND]


def normal(agreement: Agreement, value: float) -> str:
    """Return a normalised value in words."""
    return decimal(agreement.normalised(value))


def signed(value: float | None) -> str:
    """Return a slope with its sign."""
    return "–" if value is None else f"{value:+.3f}"


def bars(values: list[dict[str, Any]], colour: str, words: Words) -> Mapping[str, Any]:
    """Return stacked bars by document."""
    return {
        "data": {"values": values},
        "width": width() - 260,
        "height": {"step": BAR},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "document", "type": "nominal", "axis": {"title": None, "labelLimit": 250}},
            "x": {
                "field": "n",
                "type": "quantitative",
                "aggregate": "sum",
                "axis": {"title": words.text("provisions"), "tickMinStep": 1},
            },
            "color": {"field": colour, "type": "nominal", "legend": {"title": None}},
        },
    }


def coordination_report(
    found: Coordination, language: Language, names: Mapping[str, str], reproduce: str = ""
) -> Report:
    """Return the report of a coordination.

    Args:
        found: the figures.
        language: of the report's own words.
        names: what actors are called in it, by canonical name.
        reproduce: the command that makes it again.
    """
    words = words_of(language, names)
    page = _Page(found, words)
    topic = words.tag(found.topic) if found.topic else words.text("all")
    title = words.text("coordination_title", first=page.parties[0], second=page.parties[1], topic=topic)
    bounds = [day.isoformat() if day else words.text("open") for day in (found.since, found.until)]
    facts = (
        (words.text("parties"), " / ".join(page.parties)),
        (words.text("topic"), topic),
        (words.text("period"), " – ".join(bounds)),
        (words.text("window"), words.text("days", n=found.window)),
    )
    return Report(title, language, tuple(page.blocks()), facts, reproduce, wide=True)
