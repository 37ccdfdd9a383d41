"""The report of a profile over time: a chart, tables of figures with their sentences, then the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.model import Language
from dragoman.model.coordination import Measure
from dragoman.model.coordination_format import cite
from dragoman.model.profile import Profile, ProfileCell
from dragoman.report.blocks import Block, Chart, Heading, Items, Line, Report, Run, Style, Table, line
from dragoman.report.comparison_words import Words, counted, decimal, words_of
from dragoman.report.coordination import bars

MOST_VALUES = 8
"""Values that have a colour of their own in the picture; all have a row."""


class _Page:
    """The parts of one profile."""

    def __init__(self, profile: Profile, words: Words) -> None:
        self.profile = profile
        self.words = words
        ids = dict.fromkeys(one.id for cell in profile.cells.values() for one in cell.measures)
        self.numbers = {identifier: number for number, identifier in enumerate(ids, 1)}

    def figure(self, measures: tuple[Measure, ...]) -> Line:
        return counted(str(len(measures)), [self.numbers[one.id] for one in measures])

    def value(self, value: str) -> str:
        return self.words.name(self.words.tag(value))

    def blocks(self) -> Iterator[Block]:
        yield self.chart()
        for doc, day in self.profile.documents:
            found = (self.profile.cells.get((doc, value)) for value in self.profile.values)
            rows = tuple(self.row(cell) for cell in found if cell)
            head = self.words.head("value", "provisions", "hard", "soft", "joint", "mean_force", "mean_precision")
            yield Heading(f"{doc} ({day or '–'})", 3)
            yield Table(head, rows, widths=(2, 2.4, 1.6, 1.6, 2, 0.8, 0.8))
        if self.profile.problems:
            yield Heading(self.words.text("problems"))
            yield Items(tuple(line(self.words.texts.said(one).whole) for one in self.profile.problems))
        yield from self.sentences()

    def chart(self) -> Block:
        shown = self.profile.values[:MOST_VALUES]
        head = (*self.words.head("document"), *map(self.value, self.profile.values))
        rows = tuple(
            (line(doc), *(line(str(self.count(doc, value))) for value in self.profile.values))
            for doc, _ in self.profile.documents
        )
        values = [
            {"document": f"{day or '–'} {doc}", "value": self.value(value), "n": self.count(doc, value)}
            for doc, day in self.profile.documents
            for value in shown
        ]
        table = Table(head, rows)
        alt = self.words.text("profile_alt", by=self.words.text(f"by {self.profile.by}"))
        return Chart(bars(values, "value", self.words), alt, table) if values else table

    def count(self, doc: str, value: str) -> int:
        cell = self.profile.cells.get((doc, value))
        return len(cell.measures) if cell else 0

    def row(self, cell: ProfileCell) -> tuple[Line, ...]:
        return (
            (Run(self.value(cell.value), Style.STRONG),),
            self.figure(cell.measures),
            self.figure(cell.hard),
            self.figure(cell.soft),
            self.figure(cell.joint),
            line(decimal(cell.force)),
            line(decimal(cell.precision)),
        )

    def sentences(self) -> Iterator[Block]:
        yield Heading(self.words.text("sentences"))
        seen = {one.id: one for cell in self.profile.cells.values() for one in cell.measures}
        rows = tuple(
            (line(str(self.numbers[one.id])), line(one.text, Run(f" ({cite(one)})", Style.SOFT)))
            for one in seen.values()
        )
        yield Table(("", self.words.text("sentences")), rows, widths=(0.5, 9))


def profile_report(profile: Profile, language: Language, names: Mapping[str, str], reproduce: str = "") -> Report:
    """Return the report of a profile.

    Args:
        profile: the figures.
        language: of the report's own words.
        names: what actors are called in it, by canonical name.
        reproduce: the command that makes it again.
    """
    words = words_of(language, names)
    title = words.text("profile_title", by=words.text(f"by {profile.by}"))
    return Report(title, language, tuple(_Page(profile, words).blocks()), (), reproduce, wide=True)
