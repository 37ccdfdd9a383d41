"""The report of alliances: matrix, network, timeline, layers and map, then each cell with its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.model import Language
from dragoman.model.alliance import Alliances, Cell, Matrix, Network, Place
from dragoman.report.alliance_charts import layers_chart, map_chart, matrix_chart, network_chart, timeline_chart
from dragoman.report.alliance_words import AllianceWords, alliance_words
from dragoman.report.blocks import (
    Block,
    Callout,
    Chart,
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

TOP = 3
TextOf = Callable[[Place], str]
"""Gives the words of a sentence."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a report is drawn from.

    Attributes:
        found: cells, matrix, timeline, points.
        layers: the same ties by layer.
        network: of the actors.
        places: where the network's nodes are drawn, from 0 to 1.
    """

    found: Alliances
    layers: Matrix
    network: Network
    places: Mapping[str, tuple[float, float]]


def alliance_chart(drawn: Drawn, picture: str, language: Language, names: Mapping[str, str]) -> Chart | None:
    """Return one picture with its table: "matrix", "network", "timeline", "layers" or "map"; None for nothing."""
    words = alliance_words(language, names)
    if not drawn.found.cells:
        return None
    if picture == "matrix":
        return matrix_chart(drawn.found.matrix, words)
    if picture == "network":
        return network_chart(drawn.network, drawn.places, words)
    if picture == "timeline":
        return timeline_chart(drawn.found, words)
    return layers_chart(drawn.found, drawn.layers, words) if picture == "layers" else map_chart(drawn.found, words)


def alliances_report(
    drawn: Drawn, language: Language, names: Mapping[str, str], text_of: TextOf, reproduce: str = ""
) -> Report:
    """Return the report.

    Args:
        drawn: what it is drawn from.
        language: of the report's own words.
        names: what actors are called in it, by canonical name.
        text_of: gives the words of a sentence.
        reproduce: the command that makes it again.
    """
    page = _Page(drawn, alliance_words(language, names), text_of)
    return Report(page.title(), language, tuple(page.blocks()), page.facts(), reproduce, wide=True)


class _Page:
    """The parts of one report."""

    def __init__(self, drawn: Drawn, words: AllianceWords, text_of: TextOf) -> None:
        self.drawn = drawn
        self.found = drawn.found
        self.words = words
        self.text_of = text_of

    def title(self) -> str:
        if self.found.actor:
            return self.words.text("title_actor", actor=self.words.name(self.found.actor))
        if self.found.documents:
            return self.words.text("title_documents", documents=self.words.listed(self.found.documents))
        return self.words.text("title")

    def facts(self) -> tuple[tuple[str, str], ...]:
        bounds = [
            day.isoformat() if day else self.words.text("open") for day in (self.found.since, self.found.until)
        ]
        documents = self.words.listed(self.found.documents, 12) if self.found.documents else self.words.text("all")
        values = {
            "facts_by": self.words.text(self.found.axis.value),
            "facts_groups": self.words.text(self.found.groups.value),
            "facts_period": " – ".join(bounds),
            "facts_documents": documents,
            "facts_ties": str(self.found.ties),
        }
        return tuple((self.words.text(key), value) for key, value in values.items())

    def blocks(self) -> Iterator[Block]:
        if not self.found.cells:
            yield Callout(line(self.words.text("none")))
        else:
            yield Callout(line(self.summary()))
            yield from self.pictures()
            yield from self.cells()
            yield from self.sentences()
        if self.found.problems:
            yield Heading(self.words.text("problems"))
            yield Items(tuple(line(self.words.texts.said(one).whole) for one in self.found.problems))

    def summary(self) -> str:
        top = [f"{self.words.pair(row)}" for row in self.found.matrix.rows]
        return self.words.text(
            "summary",
            ties=self.found.ties,
            cells=len(self.found.cells),
            pairs=len(self.found.matrix.rows),
            top=self.words.listed(top, TOP),
        )

    def pictures(self) -> Iterator[Block]:
        drawn, words = self.drawn, self.words
        network = drawn.network
        modularity = "–" if network.modularity is None else f"{network.modularity:.2f}"
        said = words.text(
            "network_note",
            measure=words.text(network.measure.value),
            normalisation=words.text(f"normal_{network.normalisation.value}"),
            modularity=modularity,
        )
        yield from self.picture("matrix", matrix_chart(self.found.matrix, words), words.text("matrix_note"))
        yield from self.picture("network", network_chart(network, drawn.places, words), said)
        yield from self.picture("timeline", timeline_chart(self.found, words))
        yield from self.picture("layers", layers_chart(self.found, drawn.layers, words))
        yield from self.picture("map", map_chart(self.found, words), words.text("map_note"))

    def picture(self, key: str, chart: Chart | None, note: str = "") -> Iterator[Block]:
        if chart is None:
            return
        yield Heading(self.words.text(key))
        yield chart
        if note:
            yield Paragraph(line(note))

    def cells(self) -> Iterator[Block]:
        words = self.words
        yield Heading(words.text("cells"))
        shown = self.found.cells[: words.most["table"]]
        head = words.head(
            "actor", "direction", "partner", self.found.axis.value, "level", "count", "force", "first", "last"
        )
        yield Table(head, tuple(map(self.cell, shown)), widths=(1.6, 0.9, 1.6, 1.5, 1.1, 0.7, 0.6, 0.9, 0.9))
        if left := len(self.found.cells) - len(shown):
            yield Paragraph(line(words.text("left_out", n=left)))

    def cell(self, cell: Cell) -> tuple[Line, ...]:
        words = self.words
        days = ("–" if day is None else day.isoformat() for day in (cell.first, cell.last))
        return (
            line(words.name(cell.actor)),
            line(words.text(cell.stance.value)),
            line(words.name(cell.partner)),
            line(words.column(self.found.axis, cell.column)),
            line(words.text(cell.level.value)),
            line(str(cell.count)),
            line(f"{cell.force:.1f}"),
            *(line(day) for day in days),
        )

    def sentences(self) -> Iterator[Block]:
        yield Heading(self.words.text("sentences"))
        left = self.words.most["sentences"]
        for cell in self.found.cells:
            places = cell.sentences[:left]
            if not places:
                return
            left -= len(places)
            yield Heading(self.heading(cell), 3)
            for place in places:
                source = line(Run(f"{place.doc} {place.start}–{place.end}", Style.CODE))
                yield Quotation(self.text_of(place), source)

    def heading(self, cell: Cell) -> str:
        words = self.words
        pair = f"{words.name(cell.actor)} {words.text(cell.stance.value)} {words.name(cell.partner)}"
        return f"{pair}: {words.column(self.found.axis, cell.column)} ({words.text(cell.level.value)})"
