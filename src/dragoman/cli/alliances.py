"""`dragoman alliances`: who works with whom, on what, by which instrument, since when."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen
from dragoman.cli.exporting import target as stream_to
from dragoman.cli.filters import date_of, known
from dragoman.cli.progress import progress_of
from dragoman.cli.session import Session, console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import of_report, word
from dragoman.cli.track_options import Output, say_problems
from dragoman.model import Language
from dragoman.model.alliance import Alliances, Axis, Groups, Level, Measure, Mode, Normalisation, Stance
from dragoman.model.alliance_format import cell_to_row

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.mapping import AllianceRequest, CellFormat, GraphFormat, Mapper, Progress, ReportFormat

GRAPHS = ("graphml", "gexf")
PICTURES = ("matrix", "network", "timeline", "layers", "map")
REPORTS = ("html", "docx", "md")
CELLS = ("json", "csv")
QUOTED = 200
"""Sentences of a cell that a report can quote."""
FORMATS = ("table", *CELLS, *GRAPHS, *REPORTS, "svg")

By = Annotated[str, typer.Option("--by", help=f"Columns: {', '.join(Axis)}.")]
Actor = Annotated[
    str, typer.Option("--actor", help="Only ties of this actor, by any of its names.", metavar="NAME")
]
Since = Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")]
Until = Annotated[str | None, typer.Option("--to", help="Last day.", metavar="DATE")]
Documents = Annotated[list[str] | None, typer.Option("--document", help="Slug; all.", metavar="SLUG")]
GroupsAs = Annotated[str, typer.Option("--groups", help="as-named, or members: each member on the day.")]
Directions = Annotated[list[str] | None, typer.Option("--direction", help="with, toward or against; all.")]
Levels = Annotated[list[str] | None, typer.Option("--level", help=f"{', '.join(Level)}; all.")]
Least = Annotated[
    float | None, typer.Option("--least", min=0, max=1, help="Confidence below which ties do not count.")
]
ModeOf = Annotated[str, typer.Option("--network", help=f"{', '.join(Mode)}; for graphml, gexf and svg.")]
MeasureOf = Annotated[str, typer.Option("--measure", help=f"{', '.join(Measure)}.")]
Normalise = Annotated[str, typer.Option("--normalise", help=f"{', '.join(Normalisation)}.")]
Picture = Annotated[str, typer.Option("--picture", help=f"For svg: {', '.join(PICTURES)}.")]
Quarters = Annotated[bool, typer.Option("--quarters", help="Timeline by quarter, not by year.")]
Tongue = Annotated[str | None, typer.Option("--language", help="Of reports and labels: en or zh.")]
Listed = Annotated[
    int | None, typer.Option("--sentences", min=0, help="For json and csv: sentences that a cell lists; all.")
]
Form = Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to print.

    Attributes:
        request: which ties.
        network: mode, measure and normalisation.
        picture: what an SVG shows.
        language: of reports and labels.
        form: of the output.
        output: file, or None for standard output.
    """

    request: AllianceRequest
    network: tuple[Mode, Measure, Normalisation]
    picture: str
    language: Language
    form: str
    output: Path | None


def alliances(
    ctx: typer.Context,
    by: By = Axis.TECHNOLOGY.value,
    actor: Actor = "",
    since: Since = None,
    until: Until = None,
    document: Documents = None,
    groups: GroupsAs = Groups.AS_NAMED.value,
    direction: Directions = None,
    level: Levels = None,
    least: Least = None,
    network: ModeOf = Mode.TIES.value,
    measure: MeasureOf = Measure.SUBTRACT.value,
    normalise: Normalise = Normalisation.NONE.value,
    picture: Picture = PICTURES[0],
    quarters: Quarters = False,
    language: Tongue = None,
    sentences: Listed = None,
    form: Form = FORMATS[0],
    output: Output = None,
) -> None:
    """Show who works with whom, on what, since when; each cell names its sentences."""
    from dragoman.mapping import AllianceRequest  # noqa: PLC0415 - slow to load

    known("format", [form], FORMATS)
    tongue = of_report(language)
    known("by", [by], Axis)
    known("groups", [groups], Groups)
    known("network", [network], Mode)
    known("measure", [measure], Measure)
    known("normalise", [normalise], Normalisation)
    known("picture", [picture], PICTURES)
    request = AllianceRequest(
        by=Axis(by),
        actor=actor,
        since=date_of("from", since),
        until=date_of("to", until),
        documents=tuple(document or ()),
        groups=Groups(groups),
        least=least,
        stances=tuple(Stance(one) for one in known("direction", direction, Stance)),
        levels=tuple(Level(one) for one in known("level", level, Level)),
        quarters=quarters,
        most=sentences,
    )
    asked = (Mode(network), Measure(measure), Normalisation(normalise))
    session = session_of(ctx)
    if not (session.json or form in CELLS):
        request = replace(request, most=QUOTED if form in REPORTS else 0)
    answer(session, Asked(request, asked, picture, tongue, form, output))


def answer(session: Session, asked: Asked) -> None:
    """Print or write what is asked. Raises typer.Exit."""
    for_the_screen(asked.form, asked.output)
    with session.open() as workspace, progress_of("reading", quiet=session.json) as tell:
        mapper = workspace.mapping
        found, data = made(mapper, asked, tell)
    if data is None and session.json:
        for cell in found.cells:
            print_json(cell_to_row(cell, found.axis))
    elif data is None:
        console().print(cells_table(found))
    else:
        with stream_to(asked.output) as stream:
            stream.write(data)
        if asked.output is not None:
            say(f"written to {asked.output}")
    say_problems(found.problems)
    raise typer.Exit(exit_code_of(found.problems))


def made(mapper: Mapper, asked: Asked, tell: Progress | None) -> tuple[Alliances, bytes | None]:
    """Return what was found, and the bytes of the file that is asked for; None for the screen."""
    if asked.form == "table":
        return mapper.find(asked.request, tell), None
    if asked.form in CELLS:
        found = mapper.find(asked.request, tell)
        return found, mapper.written(found, cast("CellFormat", asked.form))
    drawn = mapper.draw(asked.request, *asked.network, tell)
    if asked.form in GRAPHS:
        return drawn.found, mapper.graph(drawn.network, cast("GraphFormat", asked.form), asked.language)
    if asked.form == "svg":
        return drawn.found, mapper.svg(drawn, asked.picture, asked.language)
    report = mapper.report(drawn, cast("ReportFormat", asked.form), asked.language, command_of(asked))
    return drawn.found, report


def command_of(asked: Asked) -> str:
    """Return the command that asks this."""
    request = asked.request
    named = {
        "--by": request.by.value,
        "--actor": request.actor,
        "--from": request.since,
        "--to": request.until,
        "--groups": request.groups.value,
        "--least": request.least,
        "--network": asked.network[0].value,
        "--measure": asked.network[1].value,
        "--normalise": asked.network[2].value,
        "--language": asked.language.value,
        "--format": asked.form,
    }
    words = ["dragoman", "alliances"]
    words += [word for name, value in named.items() if value not in (None, "") for word in (name, str(value))]
    words += [word for slug in request.documents for word in ("--document", slug)]
    words += [word for stance in request.stances for word in ("--direction", stance.value)]
    words += [word for level in request.levels for word in ("--level", level.value)]
    words += ["--quarters"] if request.quarters else []
    return shlex.join(words)


def cells_table(found: Alliances) -> Table:
    """Return the cells as a table, most sentences first."""
    from dragoman.cli.tables import table_with, tag_in  # noqa: PLC0415 - slow to load

    table = table_with(
        "actor", "direction", "partner", found.axis.value, "level", "sentences", "force", "first", "last"
    )
    for cell in found.cells:
        days = ("–" if day is None else day.isoformat() for day in (cell.first, cell.last))
        sides = (cell.actor, word("cell", cell.stance.value), cell.partner)
        names = (*sides, tag_in(found.axis.value, cell.column), word("cell", cell.level.value))
        table.add_row(*names, str(cell.count), f"{cell.force:.1f}", *days)
    return table
