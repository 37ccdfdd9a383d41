"""Who works with whom, on what, by which instrument, since when, for the faces; a part of the facade.

with Workspace.open("workspace") as workspace:
    found = workspace.mapping.find(AllianceRequest(actor="Japan"))
    for cell in found.cells:
        print(cell.partner, cell.column, cell.count)
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from dragoman.alliances.choosing import Choice, chosen, has_members
from dragoman.alliances.columns import Columns
from dragoman.alliances.counting import Numbers
from dragoman.alliances.graph_files import GRAPH_FORMATS, GraphFormat, graph_bytes
from dragoman.alliances.layout import layout_of
from dragoman.alliances.network import ALLOWED, check_mode, network_of
from dragoman.alliances.opening import behind, by_day, first_of_each, head_of_cell
from dragoman.alliances.picture import Entries, activity, cells_of, entries_of, matrix_of, points_of, timeline_of
from dragoman.alliances.remarks import remark
from dragoman.alliances.settings import load_reading
from dragoman.exchange import spreadsheet_of
from dragoman.lexicon import Lexicon, fold, load_lexicon, load_pack
from dragoman.model import Document, Language, LibraryQuery, Problem, UsageError
from dragoman.model.alliance import (
    Alliances,
    Axis,
    Cell,
    Groups,
    Level,
    Measure,
    Mode,
    Network,
    Normalisation,
    Place,
    Stance,
    Tie,
)
from dragoman.model.alliance_format import alliances_to_row, cell_head, cell_rows, cell_to_row
from dragoman.register import Register
from dragoman.report import Chart, ReportFormat, write
from dragoman.report.alliances import Drawn, alliance_chart, alliances_report
from dragoman.report.charts import can_draw, svg_of
from dragoman.tying import KeptTies, Progress

__all__ = [
    "ALLOWED",
    "GRAPH_FORMATS",
    "AllianceRequest",
    "CellFormat",
    "Drawn",
    "GraphFormat",
    "Mapper",
    "Opened",
    "Progress",
    "ReportFormat",
]

CellFormat = Literal["json", "csv"]
NamesOf = Callable[[Language], Mapping[str, str]]
NEAREST, NAMED = 3, 6


class UnknownActorError(UsageError):
    """An actor that the register of actors does not know."""

    def __init__(self, name: str, known: Mapping[str, str]) -> None:
        close = difflib.get_close_matches(fold(name), sorted(known), n=NEAREST)
        names = ", ".join(f"`{one}`" for one in dict.fromkeys(known[one] for one in close))
        remedy = f"Nearest: {names}." if names else "docs/actors.md describes the register of actors."
        super().__init__(f"The register of actors has no `{name}`.", remedy)


class NoPartyError(UsageError):
    """An actor that is of no state."""

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` is of no state that is known.", "Name a state, a union or a group.")


class DatesReversedError(UsageError):
    """A span that ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"The span from {since} to {until} ends before it begins.", "Turn the dates round.")


class NoPictureError(UsageError):
    """A picture that cannot be drawn."""

    def __init__(self, picture: str) -> None:
        if can_draw():
            super().__init__(f"There is nothing to draw as {picture}.", "Widen the dates or name another actor.")
        else:
            remedy = 'Install it with: pip install "dragoman[charts]".'
            super().__init__("The package that draws pictures is not installed.", remedy)


@dataclass(frozen=True, slots=True)
class AllianceRequest:
    """What is asked.

    Attributes:
        by: what the columns are.
        actor: by any name the register of actors knows; a firm or agency stands for its state; "" for all.
        since, until: bounds of days, inclusive.
        documents: slugs; () for all of the register.
        groups: how groups of states are shown.
        least: confidence below which a tie does not count; by default that of the pack.
        stances: how the two may stand to each other; () for all.
        levels: at which they may meet; () for all.
        quarters: whether the timeline is by quarter.
        most: sentences that a cell lists; None lists all, and looks at all ties for it.
    """

    by: Axis = Axis.TECHNOLOGY
    actor: str = ""
    since: date | None = None
    until: date | None = None
    documents: tuple[str, ...] = ()
    groups: Groups = Groups.AS_NAMED
    least: float | None = None
    stances: tuple[Stance, ...] = ()
    levels: tuple[Level, ...] = ()
    quarters: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The sentences behind a cell.

    Attributes:
        ties: with the words of their sentences, by document and position.
        total: how many there are.
    """

    ties: tuple[tuple[Tie, str], ...]
    total: int


class Mapper:
    """Draws who works with whom."""

    def __init__(self, register: Register, names: NamesOf, lexicon: Callable[[], Lexicon] = load_lexicon) -> None:
        self._register = register
        self._names = names
        self._kept = KeptTies(register, lexicon)

    @property
    def _lexicon(self) -> Lexicon:
        return self._kept.lexicon

    def refresh(self, slugs: Sequence[str] = (), progress: Progress | None = None) -> int:
        """Read the ties of documents anew where they, their lines or the rules have changed.

        Args:
            slugs: of the documents; () for all.
            progress: told what is done.

        Returns:
            How many documents were read.
        """
        return self._kept.refresh(slugs, progress)

    def _ties(self, request: AllianceRequest, progress: Progress | None) -> Columns:
        """Return the ties that count, each with its place."""
        actor = self.check(request)
        self.refresh(request.documents, progress)
        return self._chosen(self._kept.of_documents(request.documents), request, actor)

    def _counted(self, request: AllianceRequest, progress: Progress | None) -> tuple[Columns, Numbers | None]:
        """Return the ties that count, kept kinds of sentences in place of all where none is wanted by its place.

        The other is number and day of the kinds, None where they are ties of documents.
        """
        if request.documents or request.most is None:
            return self._ties(request, progress), None
        actor = self.check(request)
        self.refresh((), progress)
        said, sayings = self._kept.said()
        return self._chosen(said, request, actor), sayings

    def _chosen(self, columns: Columns, request: AllianceRequest, actor: str) -> Columns:
        least = load_reading().shown if request.least is None else request.least
        choice = Choice(
            actor, request.since, request.until, request.groups, least, request.stances, request.levels
        )
        return chosen(columns, choice, self._lexicon.actors)

    def check(self, request: AllianceRequest) -> str:
        """Return the party that a request is about, "" for all.

        Raises:
            UsageError: an unknown actor, or dates reversed.
            NotFoundError: no such document.
        """
        if request.since and request.until and request.since > request.until:
            raise DatesReversedError(request.since, request.until)
        for slug in request.documents:
            self._register.version(slug)
        return self._actor(request.actor)

    def _actor(self, name: str) -> str:
        """Return the party that a name stands for. Raises UnknownActorError, NoPartyError."""
        if not name:
            return ""
        actors = self._lexicon.actors
        known = actors.canonical(name)
        if known is None:
            raise UnknownActorError(name, {spelling: names[0] for spelling, names in actors.names.items()})
        parties = self._kept.reader().parties_of(known)
        if len(parties) != 1:
            raise NoPartyError(known)
        return parties[0]

    def find(self, request: AllianceRequest, progress: Progress | None = None) -> Alliances:
        """Return who works with whom.

        Args:
            request: what is asked.
            progress: told what is done where documents must be read first.

        Raises:
            UsageError: an unknown actor, or dates reversed.
            NotFoundError: no such document.
            DataPackError: groups that are members of each other.
        """
        ties, sayings = self._counted(request, progress)
        return self._found(ties, sayings, entries_of(ties, request.by), request)

    def _found(
        self, ties: Columns, sayings: Numbers | None, entries: Entries, request: AllianceRequest
    ) -> Alliances:
        """Return cells, matrix, timeline and map of the ties that count."""
        actor = self._actor(request.actor)
        cells = cells_of(ties, entries, actor, request.most)
        if sayings is not None and request.most:
            cells = self._with_places(cells, ties, sayings, request)
        return Alliances(
            axis=request.by,
            groups=request.groups,
            actor=actor,
            since=request.since,
            until=request.until,
            documents=request.documents,
            cells=cells,
            matrix=matrix_of(ties, entries, request.by, actor),
            timeline=timeline_of(ties, entries, actor, quarters=request.quarters),
            points=points_of(ties, places(), actor),
            ties=int(ties.sizes.sum()),
            unnamed=entries.unnamed,
            problems=tuple(self._remarks(ties, entries.unnamed, request)),
        )

    def _with_places(
        self, cells: Sequence[Cell], ties: Columns, sayings: Numbers, request: AllianceRequest
    ) -> tuple[Cell, ...]:
        """Return cells with the first sentences of each, looked up in as many documents as they need."""
        actor, most = self._actor(request.actor), request.most or 0
        wanted = first_of_each(ties, entries_of(ties, request.by), most)
        near = self._restricted(self._kept.of_those_saying(sayings[wanted], most), ties, request)
        found = {head_of_cell(one): one for one in cells_of(near, entries_of(near, request.by), actor, most)}
        return tuple(replace(cell, sentences=found.get(head_of_cell(cell), cell).sentences) for cell in cells)

    def _restricted(self, some: Columns, ties: Columns, request: AllianceRequest) -> Columns:
        """Return those ties of some documents that count; pairs in the order of all ties."""
        near = self._chosen(some, request, self._actor(request.actor))
        numbers = activity(ties)
        by_name = {name: int(numbers[at]) for at, name in enumerate(ties.names)}
        near.known["activity"] = np.array([by_name.get(name, 0) for name in near.names], np.int64)
        return near

    def draw(
        self,
        request: AllianceRequest,
        mode: Mode = Mode.TIES,
        measure: Measure = Measure.SUBTRACT,
        normalisation: Normalisation = Normalisation.NONE,
        progress: Progress | None = None,
    ) -> Drawn:
        """Return all that pictures and reports are drawn from; as `find` and `network` in one.

        Args:
            request: what is asked.
            mode: of the network.
            measure: of the network.
            normalisation: of the network.
            progress: told what is done.
        """
        check_mode(mode, measure, normalisation)
        ties, sayings = self._counted(request, progress)
        entries = entries_of(ties, request.by)
        network = network_of(ties, entries, self._lexicon.actors, mode, measure, normalisation)
        return Drawn(
            found=self._found(ties, sayings, entries, request),
            layers=matrix_of(ties, entries_of(ties, Axis.LAYER), Axis.LAYER, self._actor(request.actor)),
            network=network,
            places=layout_of(network),
        )

    def ties(self, request: AllianceRequest, progress: Progress | None = None) -> Iterator[Tie]:
        """Yield the ties that count, by document and position. Raises as `find`."""
        columns = self._ties(request, progress)
        for at in range(len(columns)):
            yield columns.tie(at)

    def opened(
        self, request: AllianceRequest, pair: tuple[str, str], column: str = "", most: int | None = None
    ) -> Opened:
        """Return the sentences behind a square of the matrix of a request.

        Args:
            request: what the matrix was asked for by.
            pair: of the row, canonical names in its order; with "" as the second, all of the first.
            column: of the square; "" for all of the row.
            most: sentences to return; None for all.

        Raises:
            UsageError, NotFoundError: as `find`.
        """
        actor = self.check(request)
        ties, sayings = self._counted(replace(request, most=most), None)
        at = behind(ties, entries_of(ties, request.by), actor, pair, column)
        total = len(at)
        if sayings is not None and most is not None:
            total = int(ties.sizes[at].sum())
            days = [sayings[ties.docs[one]] for one in by_day(ties, at, most)]
            ties = self._restricted(self._kept.of_the_first_saying(days, most), ties, request)
            at = behind(ties, entries_of(ties, request.by), actor, pair, column)
        shown = [ties.tie(int(one)) for one in at[:most]]
        words = self._register.words_at([place_of(tie) for tie in shown])
        return Opened(tuple((tie, words[place_of(tie)]) for tie in shown), total)

    def between(self, request: AllianceRequest, actor: str, partner: str = "") -> tuple[Tie, ...]:
        """Return the ties of two parties, whoever acts, by day; those without a day last.

        Args:
            request: what is asked; its actor is the first of the two.
            actor: canonical name.
            partner: the same; "" for all partners.
        """
        ties, sayings = self._counted(replace(request, most=0), None)
        pairs = ((actor, partner), (partner, actor)) if partner else ((actor, ""),)
        if sayings is not None:
            entries = entries_of(ties, request.by)
            at = np.concatenate([behind(ties, entries, actor, pair) for pair in pairs])
            ties = self._restricted(self._kept.of_all_saying(sayings[ties.docs[at]]), ties, request)
        entries = entries_of(ties, request.by)
        found = [ties.tie(int(one)) for pair in pairs for one in behind(ties, entries, actor, pair)]
        return tuple(sorted(found, key=lambda tie: (tie.day or date.max, tie.doc, tie.start)))

    def party(self, name: str) -> str:
        """Return the state, union or group that a name stands for. Raises UsageError."""
        return self._actor(name)

    def network(
        self,
        request: AllianceRequest,
        mode: Mode = Mode.TIES,
        measure: Measure = Measure.SUBTRACT,
        normalisation: Normalisation = Normalisation.NONE,
        progress: Progress | None = None,
    ) -> Network:
        """Return the network of who works with whom.

        Args:
            request: what is asked; its axis gives the concepts.
            mode: what is joined; `ALLOWED` lists what goes together.
            measure: what the weights count.
            normalisation: what they are divided by.
            progress: told what is done.

        Raises:
            UsageError: as `find`, or what does not go together.
        """
        check_mode(mode, measure, normalisation)
        ties, _ = self._counted(replace(request, most=0), progress)
        return network_of(ties, entries_of(ties, request.by), self._lexicon.actors, mode, measure, normalisation)

    def _remarks(self, ties: Columns, unnamed: int, request: AllianceRequest) -> Iterator[Problem]:
        """Yield what should be known about what was found."""
        if not len(ties):
            documents = len(request.documents) or self._register.library(LibraryQuery(limit=1), {}).in_all
            yield remark("alliances-nothing", documents=documents)
            return
        in_all = int(ties.sizes.sum())
        if unnamed:
            yield remark("alliances-unnamed", n=unnamed, all=in_all, axis=request.by.value)
        if undated := int(ties.sizes[ties.rows["day"] == 0].sum()):
            yield remark("alliances-undated", n=undated, all=in_all)
        if request.groups is Groups.MEMBERS and (left := self._groups_left(ties)):
            yield remark("alliances-no-members", names=", ".join(left))

    def _groups_left(self, ties: Columns) -> list[str]:
        """Return the groups that stand as named since their members are not known."""
        numbers = {int(one) for field in ("actor", "partner") for one in ties.rows[field]}
        names = sorted(ties.names[number] for number in numbers)
        return [
            name
            for name in names
            if self._lexicon.actors.type_of(name) == "group" and not has_members(name, self._lexicon.actors)
        ]

    def written(self, found: Alliances, form: CellFormat) -> bytes:
        """Return cells as the bytes of a file: "json" (one array) or "csv"."""
        if form == "json":
            rows = [cell_to_row(cell, found.axis) for cell in found.cells]
            return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
        return spreadsheet_of(cell_head(found.axis), cell_rows(found.cells))

    def report(self, drawn: Drawn, form: ReportFormat, language: Language, reproduce: str = "") -> bytes:
        """Return the report as the bytes of a file: "html", "docx" or "md".

        Args:
            drawn: what it is drawn from.
            form: of the file.
            language: of the report's own words.
            reproduce: the command that makes it again.
        """
        made = alliances_report(drawn, language, self._names(language), self._quoting(), reproduce)
        return write(made, form)

    def chart(self, drawn: Drawn, picture: str, language: Language) -> Chart | None:
        """Return one picture as a Vega-Lite specification with the table behind it; None where nothing is found.

        Args:
            drawn: what it is drawn from.
            picture: "matrix", "network", "timeline", "layers" or "map".
            language: of its words.
        """
        return alliance_chart(drawn, picture, language, self._names(language))

    def svg(self, drawn: Drawn, picture: str, language: Language) -> bytes:
        """Return one picture as an SVG file. Raises NoPictureError."""
        chart = self.chart(drawn, picture, language)
        picture_of_it = svg_of(chart.spec) if chart else None
        if picture_of_it is None:
            raise NoPictureError(picture)
        return (picture_of_it + "\n").encode()

    def _quoting(self) -> Callable[[Place], str]:
        """Return what gives the words of sentences, each document opened once."""
        documents: dict[str, Document] = {}

        def text_of(place: Place) -> str:
            if place.doc not in documents:
                documents[place.doc] = self._register.document(place.doc)
            return documents[place.doc].slice(place.start, place.end)

        return text_of

    def whole(self, found: Alliances) -> bytes:
        """Return all that was found as one JSON object: cells, timeline, map."""
        return (json.dumps(alliances_to_row(found), ensure_ascii=False, indent=1) + "\n").encode()

    def graph(self, network: Network, form: GraphFormat, language: Language = Language.EN) -> bytes:
        """Return a network as "graphml" or "gexf"; labels are in the language, ids are canonical names."""
        return graph_bytes(network, form, self._names(language))


def place_of(tie: Tie) -> Place:
    """Return where the sentence of a tie stands."""
    return Place(tie.doc, tie.start, tie.end)


def places() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of states by canonical name."""
    rows = load_pack("alliances/places.yaml")["places"]
    return {name: (float(at[0]), float(at[1])) for name, at in rows.items()}
