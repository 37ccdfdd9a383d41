"""Who works with whom in the browser: a matrix first, then network, timeline, layers and map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from shlex import quote
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator, Field

from dragoman.mapping import ALLOWED, AllianceRequest, Drawn, Opened
from dragoman.model import ConflictError, DragomanError, Language
from dragoman.model.alliance import (
    Alliances,
    Axis,
    Edge,
    Groups,
    Layer,
    Level,
    Mark,
    Matrix,
    Measure,
    Mode,
    Network,
    Node,
    Normalisation,
    Span,
    Stance,
)
from dragoman.report import FORMATS, ReportFormat
from dragoman.report.alliance_words import AllianceWords, alliance_words
from dragoman.report.charts import can_draw
from dragoman.web.access import Store, names_for
from dragoman.web.computed import once
from dragoman.web.filtering import Addressed, Day, Names, without_blanks
from dragoman.web.language import language_of
from dragoman.web.offering import Titles, offered
from dragoman.web.pictures import NoPictureError, drawn_of
from dragoman.web.render import render, wants_fragment
from dragoman.web.ties import ready
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

View = Literal["matrix", "network", "timeline", "layers", "map"]
VIEWS: tuple[View, ...] = ("matrix", "network", "timeline", "layers", "map")
AllianceFormat = Literal["html", "docx", "md", "json", "csv", "graphml", "gexf", "svg"]
ALLIANCE_FORMATS: dict[AllianceFormat, str] = {
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
    "md": FORMATS["md"],
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "svg": "image/svg+xml",
}
"""Downloads with their media types."""
ROWS = 30
"""Rows of the matrix where the address does not say."""
MOST = 200
"""Sentences that a square shows, and that a cell lists in a file."""
LISTING = frozenset({"html", "docx", "md", "json", "csv"})
"""Downloads that list sentences."""
SHADES = 5
QUARTERS = 4
SHAPES = (
    '<circle r="6"/>',
    '<path d="M-6 -6H6V6H-6Z"/>',
    '<path d="M0 -7L7 0L0 7L-7 0Z"/>',
    '<path d="M0 -7L7 6H-7Z"/>',
    '<path d="M0 7L7 -6H-7Z"/>',
    '<path d="M-2 -7H2V-2H7V2H2V7H-2V2H-7V-2H-2Z"/>',
    '<path d="M-7 0L6 -7V7Z"/>',
    '<path d="M7 0L-6 -7V7Z"/>',
)
"""Signs of communities, in the order of the shapes of the picture."""
BETWEEN = "|"
"""Between the names of a square in an address."""

_Blanks = BeforeValidator(without_blanks)


class NotReadyError(ConflictError):
    """Ties are still being read."""

    def __init__(self) -> None:
        super().__init__("The ties of the register are still being read.", "Ask again in a moment.")


class AllianceQuery(Addressed):
    """Parameters of the question who works with whom."""

    document: Names = Field(default=[], description="slugs; all")
    actor: str = Field(default="", max_length=200, description="by any of its names; all")
    by: Axis = Field(default=Axis.TECHNOLOGY, description="what the columns are")
    since: Day = Field(default=None, description="first day")
    until: Day = Field(default=None, description="last day")
    groups: Groups = Field(default=Groups.AS_NAMED, description="as named, or each member on the day")
    direction: Annotated[list[Stance], _Blanks] = Field(default=[], description="with, toward, against; all")
    level: Annotated[list[Level], _Blanks] = Field(default=[], description="at which they meet; all")

    def request(self, *, quarters: bool = False, most: int = 0) -> AllianceRequest:
        """Return the question to the facade; `most` are the sentences that a cell lists."""
        return AllianceRequest(
            by=self.by,
            actor=self.actor.strip(),
            since=self.since,
            until=self.until,
            documents=tuple(self.document),
            groups=self.groups,
            stances=tuple(self.direction),
            levels=tuple(self.level),
            quarters=quarters,
            most=most,
        )


class NetworkQuery(AllianceQuery):
    """Parameters of a network."""

    mode: Mode = Field(default=Mode.TIES, description="what is joined")
    measure: Measure = Field(default=Measure.SUBTRACT, description="what the weights count")
    normalise: Normalisation = Field(default=Normalisation.NONE, description="what they are divided by")


class AllianceFilter(NetworkQuery):
    """Parameters of the page."""

    view: View = Field(default="matrix", description="which picture")
    step: Literal["year", "quarter"] = Field(default="year", description="step of the timeline")
    at: int | None = Field(default=None, ge=0, le=100_000, description="where the timeline stands")
    cell: str = Field(default="", max_length=500, description="the square that is open")
    limit: int = Field(default=ROWS, ge=1, le=2000, description="rows of the matrix")

    def question(self) -> str:
        """Return the query string without what only the page needs."""
        return self.address(view="matrix", at=None, cell="", limit=ROWS)

    @property
    def pair(self) -> tuple[tuple[str, str], str] | None:
        """Pair and column of the square that is open."""
        parts = self.cell.split(BETWEEN)
        return ((parts[0], parts[1]), parts[2]) if len(parts) == 3 else None  # noqa: PLR2004 - pair and column


def square(first: str, second: str, column: str = "") -> str:
    """Return the name of a square in an address; without a column, of a whole row."""
    return BETWEEN.join((first, second, column))


def drawn_for(
    request: Request, workspace: Workspace, chosen: AllianceFilter, *, hurried: bool = False, most: int = 0
) -> Drawn | None:
    """Return what the pictures are drawn from, computed once; None where it is not ready in time.

    Args:
        request: of whose application.
        workspace: whose register.
        chosen: what is asked.
        hurried: whether None is wanted where it is not ready soon.
        most: sentences that a cell lists.

    Raises:
        UsageError: an unknown actor, dates reversed, what does not go together.
        NotFoundError: no such document.
    """
    mapper = workspace.mapping
    asked = chosen.request(quarters=chosen.step == "quarter", most=most)
    mapper.check(asked)
    if not ready(request, workspace, hurried=hurried):
        return None
    network = (chosen.mode, chosen.measure, chosen.normalise)
    return once(
        request, ("alliances", chosen.question(), most), lambda: mapper.draw(asked, *network), hurried=hurried
    )


@router.get("/alliances")
def alliances_page(request: Request, workspace: Store, chosen: Annotated[AllianceFilter, Query()]) -> Response:
    """Show the form, and one picture of who works with whom."""
    try:
        drawn = drawn_for(request, workspace, chosen, hurried=True)
    except DragomanError as refusal:
        context = {**_form(request, workspace, chosen), "refusal": refusal}
        return render(request, "alliances.html", context, status=refusal.http_status)
    if drawn is None:
        return render(request, "alliances_wait.html", {"again": chosen.address(at=chosen.at, cell=chosen.cell)})
    if wants_fragment(request):
        return render(request, "fragment/ties.html", _opened(request, workspace, chosen))
    return render(request, "alliances.html", _shown(request, workspace, chosen, drawn))


def _form(request: Request, workspace: Workspace, chosen: AllianceFilter) -> dict[str, Any]:
    """Return what the form is made of, and nothing found."""
    names = names_for(request, workspace)
    return {
        "chosen": chosen,
        "drawn": None,
        "refusal": None,
        "names": names,
        "words": alliance_words(language_of(request), names),
        "parties": workspace.actor_register.parties(),
        "documents": offered(workspace, chosen.document),
        "views": VIEWS,
        "axes": tuple(Axis),
        "group_kinds": tuple(Groups),
        "stances": tuple(Stance),
        "levels": tuple(Level),
        "modes": tuple(Mode),
        "measures": tuple(Measure),
        "normalisations": tuple(Normalisation),
        "allowed": ALLOWED,
        "formats": tuple(ALLIANCE_FORMATS),
        "square": square,
        "shapes": SHAPES,
        "called": called,
    }


def _shown(request: Request, workspace: Workspace, chosen: AllianceFilter, drawn: Drawn) -> dict[str, Any]:
    context = {**_form(request, workspace, chosen), **_opened(request, workspace, chosen), "drawn": drawn}
    found = drawn.found
    context["grid"] = grid_of(found.matrix, chosen.limit)
    context["layer_grid"] = grid_of(drawn.layers, chosen.limit)
    context["picture"] = _picture(request, workspace, drawn, chosen.view)
    context["nodes"] = strongest(drawn.network)
    context["edges"] = heaviest(drawn.network)
    context["edge_name"] = namer(context["words"])
    context["numbers"] = {span.name: number_of(span) for span in found.timeline}
    context["slider"] = slider = slider_of(found, chosen)
    if slider and chosen.view == "timeline":
        within = chosen.changed(since=slider.span.first, until=slider.span.last, view="matrix", at=None)
        step = drawn_for(request, workspace, within)
        context |= {"within": within, "step_grid": grid_of(step.found.matrix, chosen.limit) if step else None}
    return context


def _picture(request: Request, workspace: Workspace, drawn: Drawn, view: View) -> str:
    """Return what a picture shows, in a sentence; "" where there is none."""
    chart = workspace.mapping.chart(drawn, view, language_of(request)) if can_draw() else None
    return chart.alt if chart else ""


def _opened(request: Request, workspace: Workspace, chosen: AllianceFilter) -> dict[str, Any]:
    """Return the sentences of the square that is open."""
    names = names_for(request, workspace)
    box: Opened | None = None
    if chosen.pair:
        pair, column = chosen.pair
        axis = Axis.LAYER if column in set(Layer) else chosen.by
        asked = chosen.model_copy(update={"by": axis}).request()
        box = workspace.mapping.opened(asked, pair, column, MOST)
    titles = Titles(workspace, {tie.doc for tie, _ in box.ties}) if box else {}
    words = alliance_words(language_of(request), names)
    return {"box": box, "box_title": title_of(chosen, words), "titles": titles, "words": words, "names": names}


def title_of(chosen: AllianceFilter, words: AllianceWords) -> str:
    """Return what the square that is open is called."""
    if chosen.pair is None:
        return ""
    (first, second), column = chosen.pair
    axis = Axis.LAYER if column in set(Layer) else chosen.by
    who = words.pair((first, second)) if second else words.name(first)
    return f"{who} · {words.column(axis, column)}" if column else who


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix as the page shows it.

    Attributes:
        matrix: the matrix.
        rows: of it that are shown.
        columns: of it that hold anything.
        left: rows that are not shown.
        top: most sentences of a square.
    """

    matrix: Matrix
    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    left: int
    top: int

    def mark(self, row: tuple[str, str], column: str) -> Mark | None:
        """Return a square, None for a gap."""
        return self.matrix.marks.get((row, column))

    def total(self, row: tuple[str, str]) -> int:
        """Return the number of a row: its squares together."""
        return sum(mark.count for column in self.columns if (mark := self.mark(row, column)))

    def shade(self, mark: Mark) -> int:
        """Return how dark a square is, from 1 to 5, by the root of its number."""
        return max(1, min(SHADES, round(SHADES * sqrt(mark.count / max(1, self.top)))))


def grid_of(matrix: Matrix, limit: int) -> Grid:
    """Return a matrix as the page shows it."""
    columns = tuple(one for one in matrix.columns if any((row, one) in matrix.marks for row in matrix.rows))
    top = max((mark.count for mark in matrix.marks.values()), default=0)
    return Grid(matrix, matrix.rows[:limit], columns, max(0, len(matrix.rows) - limit), top)


def namer(words: AllianceWords) -> Callable[[Edge], str]:
    """Return what gives the name of an edge."""
    return lambda edge: f"{called(edge.source, words)} – {called(edge.target, words)}"


def called(name: str, words: AllianceWords) -> str:
    """Return what a node is called: an actor, or a technology, instrument or layer."""
    axes = (axis for axis in Axis if axis is not Axis.LAYER)
    tags = (word for axis in axes if (word := words.column(axis, name)) != name)
    return next(tags, words.own.get(name, words.name(name)))


def strongest(network: Network) -> tuple[Node, ...]:
    """Return the nodes of a network, the strongest first."""
    return tuple(
        sorted(network.nodes, key=lambda one: (-one.centrality.get("strength", 0), -one.statements, one.name))
    )


def heaviest(network: Network) -> tuple[Edge, ...]:
    """Return the edges of a network, those of most weight, whatever its sign, first."""
    return tuple(sorted(network.edges, key=lambda one: (-abs(one.weight), one.source, one.target)))


@dataclass(frozen=True, slots=True)
class Slider:
    """Where the timeline stands.

    Attributes:
        first, last: numbers of its first and last step.
        at: number of the step that is shown.
        span: that step.
        before, after: numbers of the steps beside it, None at the ends.
        partners: its partners, most sentences first.
    """

    first: int
    last: int
    at: int
    span: Span
    before: int | None
    after: int | None
    partners: tuple[tuple[str, int], ...]


def number_of(span: Span) -> int:
    """Return the number of a step: the year, or the quarters since the year 0."""
    if "Q" not in span.name:
        return span.first.year
    return span.first.year * QUARTERS + (span.first.month - 1) // 3


def slider_of(found: Alliances, chosen: AllianceFilter) -> Slider | None:
    """Return where the timeline stands: at the step asked for or the one next to it, else at the last."""
    spans = {number_of(one): one for one in found.timeline}
    if not spans:
        return None
    numbers = sorted(spans)
    asked = numbers[-1] if chosen.at is None else chosen.at
    at = min(numbers, key=lambda one: (abs(one - asked), one))
    place = numbers.index(at)
    span = spans[at]
    return Slider(
        first=numbers[0],
        last=numbers[-1],
        at=at,
        span=span,
        before=numbers[place - 1] if place else None,
        after=numbers[place + 1] if place + 1 < len(numbers) else None,
        partners=tuple(sorted(span.partners.items(), key=lambda one: (-one[1], one[0]))),
    )


def now_drawn(request: Request, workspace: Workspace, chosen: AllianceFilter, most: int = 0) -> Drawn:
    """Return what the pictures are drawn from, however long it takes. Raises NotReadyError."""
    drawn = drawn_for(request, workspace, chosen, most=most)
    if drawn is None:
        raise NotReadyError
    return drawn


@router.get("/alliances/picture/{name}")
def picture(
    request: Request, workspace: Store, name: View, chosen: Annotated[AllianceFilter, Query()]
) -> Response:
    """Return a picture of the page, by the specification that reports have too."""
    chart = workspace.mapping.chart(now_drawn(request, workspace, chosen), name, language_of(request))
    if chart is None:
        raise NoPictureError
    return drawn_of(chart)


@router.get("/alliances/export/{form}")
def export_alliances(
    request: Request, workspace: Store, form: AllianceFormat, chosen: Annotated[AllianceFilter, Query()]
) -> Response:
    """Return what was found as a file, as the command line writes it; a cell lists its first 200 sentences."""
    most = MOST if form in LISTING else 0
    data = file_of(workspace, now_drawn(request, workspace, chosen, most), form, chosen, language_of(request))
    headers = {"content-disposition": f'attachment; filename="alliances.{form}"'}
    return Response(data, media_type=ALLIANCE_FORMATS[form], headers=headers)


def file_of(
    workspace: Workspace, drawn: Drawn, form: AllianceFormat, chosen: AllianceFilter, language: Language
) -> bytes:
    """Return what was found as the bytes of a file."""
    mapper = workspace.mapping
    if form in {"json", "csv"}:
        return mapper.written(drawn.found, form)
    if form in {"graphml", "gexf"}:
        return mapper.graph(drawn.network, form, language)
    if form == "svg":
        return mapper.svg(drawn, chosen.view, language)
    return mapper.report(drawn, cast("ReportFormat", form), language, " ".join(command_of(chosen, form, language)))


def command_of(chosen: AllianceFilter, form: str, language: Language) -> Iterator[str]:
    """Yield the words of the command that asks the same."""
    yield "dragoman alliances"
    named = {
        "--by": chosen.by.value,
        "--actor": chosen.actor.strip(),
        "--from": chosen.since,
        "--to": chosen.until,
        "--groups": chosen.groups.value,
        "--network": chosen.mode.value,
        "--measure": chosen.measure.value,
        "--normalise": chosen.normalise.value,
        "--language": language.value,
        "--format": form,
    }
    yield from (f"{name} {quote(str(value))}" for name, value in named.items() if value not in {None, ""})
    yield from (f"--document {quote(slug)}" for slug in chosen.document)
    yield from (f"--direction {one.value}" for one in chosen.direction)
    yield from (f"--level {one.value}" for one in chosen.level)
    if chosen.step == "quarter":
        yield "--quarters"
