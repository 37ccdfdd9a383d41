"""Who works with whom, on what, by which instrument, since when, for the faces; a part of the facade.

with Workspace.open("workspace") as workspace:
    found = workspace.mapping.find(AllianceRequest(actor="Japan"))
    for cell in found.cells:
        print(cell.partner, cell.column, cell.count)
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Literal

from dragoman.alliances.choosing import Choice, chosen, has_members
from dragoman.alliances.columns import Columns, Tags, columns_of, packed
from dragoman.alliances.graph_files import GRAPH_FORMATS, GraphFormat, graph_bytes
from dragoman.alliances.layout import layout_of
from dragoman.alliances.network import ALLOWED, check_mode, network_of
from dragoman.alliances.opening import behind
from dragoman.alliances.picture import Entries, cells_of, entries_of, matrix_of, points_of, timeline_of
from dragoman.alliances.reader import READ_BY, TieReader
from dragoman.alliances.remarks import remark
from dragoman.alliances.settings import load_reading, pack_print
from dragoman.exchange import spreadsheet_of
from dragoman.lexicon import Lexicon, Phrase, fold, load_lexicon, load_pack
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Document, Language, Problem, Query, ReviewState, UsageError
from dragoman.model.alliance import (
    Alliances,
    Axis,
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
Progress = Callable[[int, int | None, str], None]
"""Called with (documents done, documents in all, slug) while ties are read."""
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
        most: sentences that a cell lists; None lists all.
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
        self._lexicon_of = lexicon

    @property
    def _lexicon(self) -> Lexicon:
        return self._lexicon_of()

    @cached_property
    def _tags(self) -> Tags:
        return Tags(tuple(self._lexicon.technologies.labels), tuple(self._lexicon.instruments.labels))

    @property
    def _read_by(self) -> str:
        """What ties are read by: the rules, and what the lexicon holds."""
        return f"{READ_BY} {pack_print()[:12]} {print_of(self._lexicon.actors)[:12]} {self._terms_print[:8]}"

    @cached_property
    def _terms_print(self) -> str:
        lexicon = self._lexicon
        return phrases_print((*lexicon.technologies.phrases, *lexicon.instruments.phrases))

    def refresh(self, slugs: Sequence[str] = (), progress: Progress | None = None) -> int:
        """Read the ties of documents anew where they, their lines or the rules have changed.

        Args:
            slugs: of the documents; () for all.
            progress: told what is done.

        Returns:
            How many documents were read.
        """
        wanted, read_by = frozenset(slugs), self._read_by
        stale = [
            (state, f"{read_by} {state.basis}")
            for state in self._register.ties.states(read_by)
            if not wanted or state.slug in wanted
        ]
        if not stale:
            return 0
        reader = TieReader(self._lexicon, load_reading())
        for done, (state, basis) in enumerate(stale, start=1):
            ties = self._ties_of(reader, state.slug)
            self._register.ties.keep(state.version, basis, packed(ties, self._tags))
            if progress:
                progress(done, len(stale), state.slug)
        return len(stale)

    def _ties_of(self, reader: TieReader, slug: str) -> tuple[Tie, ...]:
        """Return the ties of a document; lines that people rejected count for nothing."""
        page = self._register.provisions(Query(documents=(slug,), limit=None))
        lines = {
            entry.provision.id: entry.provision
            for entry in page.entries
            if entry.state is not ReviewState.REJECTED
        }
        return reader.read(self._register.document(slug), lines.values())

    def _columns(self, request: AllianceRequest, progress: Progress | None) -> tuple[Columns, str, int]:
        """Return the ties that count, the canonical actor, and how many documents were looked at."""
        actor = self.check(request)
        self.refresh(request.documents, progress)
        columns = columns_of(self._register.ties.packs(request.documents), self._tags)
        least = load_reading().shown if request.least is None else request.least
        choice = Choice(
            actor, request.since, request.until, request.groups, least, request.stances, request.levels
        )
        return chosen(columns, choice, self._lexicon.actors), actor, len(columns.slugs)

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
        parties = TieReader(self._lexicon, load_reading()).parties_of(known)
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
        ties, actor, documents = self._columns(request, progress)
        return self._found(ties, entries_of(ties, request.by), request, actor, documents)

    def _found(
        self, ties: Columns, entries: Entries, request: AllianceRequest, actor: str, documents: int
    ) -> Alliances:
        """Return cells, matrix, timeline and map of the ties that count."""
        points = points_of(ties, places(), actor)
        return Alliances(
            axis=request.by,
            groups=request.groups,
            actor=actor,
            since=request.since,
            until=request.until,
            documents=request.documents,
            cells=cells_of(ties, entries, actor, request.most),
            matrix=matrix_of(ties, entries, request.by, actor),
            timeline=timeline_of(ties, entries, actor, quarters=request.quarters),
            points=points,
            ties=len(ties),
            unnamed=entries.unnamed,
            problems=tuple(self._remarks(ties, entries.unnamed, request, documents)),
        )

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
        ties, actor, documents = self._columns(request, progress)
        entries = entries_of(ties, request.by)
        network = network_of(ties, entries, self._lexicon.actors, mode, measure, normalisation)
        return Drawn(
            found=self._found(ties, entries, request, actor, documents),
            layers=matrix_of(ties, entries_of(ties, Axis.LAYER), Axis.LAYER, actor),
            network=network,
            places=layout_of(network),
        )

    def ties(self, request: AllianceRequest, progress: Progress | None = None) -> Iterator[Tie]:
        """Yield the ties that count, by document and position. Raises as `find`."""
        columns, _, _ = self._columns(request, progress)
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
        ties, actor, _ = self._columns(request, None)
        at = behind(ties, entries_of(ties, request.by), actor, pair, column)
        text_of = self._quoting()
        shown = (ties.tie(int(one)) for one in at[:most])
        return Opened(tuple((tie, text_of(Place(tie.doc, tie.start, tie.end))) for tie in shown), len(at))

    def between(self, request: AllianceRequest, actor: str, partner: str = "") -> tuple[Tie, ...]:
        """Return the ties of two parties, whoever acts, by day; those without a day last.

        Args:
            request: what is asked; its actor is the first of the two.
            actor: canonical name.
            partner: the same; "" for all partners.
        """
        ties, _, _ = self._columns(request, None)
        entries = entries_of(ties, request.by)
        pairs = ((actor, partner), (partner, actor)) if partner else ((actor, ""),)
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
        ties, _, _ = self._columns(request, progress)
        return network_of(ties, entries_of(ties, request.by), self._lexicon.actors, mode, measure, normalisation)

    def _remarks(self, ties: Columns, unnamed: int, request: AllianceRequest, documents: int) -> Iterator[Problem]:
        """Yield what should be known about what was found."""
        if not len(ties):
            yield remark("alliances-nothing", documents=documents)
            return
        if unnamed:
            yield remark("alliances-unnamed", n=unnamed, all=len(ties), axis=request.by.value)
        if undated := int((ties.rows["day"] == 0).sum()):
            yield remark("alliances-undated", n=undated, all=len(ties))
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


@lru_cache(maxsize=4)
def print_of(actors: ActorRegister) -> str:
    """Return a hash of the names, members and states of a register of actors."""
    about = [(one.name, one.type, one.of, one.members) for one in actors.actors.values()]
    return sha256(f"{phrases_print(actors.phrases)} {about}".encode()).hexdigest()


def phrases_print(phrases: Iterable[Phrase]) -> str:
    """Return a hash of phrases."""
    return sha256(repr([(one.text, one.key) for one in phrases]).encode()).hexdigest()


def places() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of states by canonical name."""
    rows = load_pack("alliances/places.yaml")["places"]
    return {name: (float(at[0]), float(at[1])) for name, at in rows.items()}
