"""`dragoman coordination`: did two parties move together."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen
from dragoman.cli.exporting import target as stream_to
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import Session, console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import name, of_report, word
from dragoman.cli.track_options import Output, say_problems
from dragoman.model import Language
from dragoman.model.coordination import Coordination, Figures
from dragoman.model.coordination_format import coordination_to_row

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.coordinating import CoordinationRequest
    from dragoman.coordinating import Form as WrittenForm

FORMATS = ("text", "json", "csv", "html", "docx", "md")


Party = Annotated[str, typer.Argument(metavar="PARTY", help="A state, union or body, by any of its names.")]
Topic = Annotated[str, typer.Option("--topic", help="Tag, for instance export-control; all.")]
Target = Annotated[str, typer.Option("--target", help="Country against whom; all.", metavar="NAME")]
Since = Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")]
Until = Annotated[str | None, typer.Option("--to", help="Last day.", metavar="DATE")]
Events = Annotated[list[Path] | None, typer.Option("--events", help="CSV table of events.")]
Documents = Annotated[list[str] | None, typer.Option("--document", help="Slug; all.", metavar="SLUG")]
Window = Annotated[int | None, typer.Option("--window", min=0, help="Days between measures that match.")]
Members = Annotated[bool, typer.Option("--members/--no-members", help="Count acts of members as the group's.")]
Restated = Annotated[bool, typer.Option("--restated", help="Count fact sheets beside the full text, too.")]
Level = Annotated[str, typer.Option("--qualifier", help="firmness or stance.")]
Normalise = Annotated[str, typer.Option("--normalise", help="activity, jaccard, cosine or none.")]
Tongue = Annotated[str | None, typer.Option("--language", help="Of a report: en or zh.")]
Form = Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")]


def coordination(
    ctx: typer.Context,
    first: Party,
    second: Party,
    topic: Topic = "",
    target: Target = "",
    since: Since = None,
    until: Until = None,
    events: Events = None,
    document: Documents = None,
    window: Window = None,
    members: Members = True,
    restated: Restated = False,
    qualifier: Level = "firmness",
    normalise: Normalise = "activity",
    language: Tongue = None,
    form: Form = "text",
    output: Output = None,
) -> None:
    """Compare the measures of two parties: joint, matched, unilateral, by target, and from hard to soft."""
    from dragoman.coordinating import NORMALISATIONS, QUALIFIERS, CoordinationRequest  # noqa: PLC0415 - slow to load

    known("format", [form], FORMATS)
    tongue = of_report(language)
    known("qualifier", [qualifier], QUALIFIERS)
    known("normalise", [normalise], NORMALISATIONS)
    request = CoordinationRequest(
        first=first,
        second=second,
        topic=topic,
        target=target,
        since=date_of("from", since),
        until=date_of("to", until),
        events=tuple(events or ()),
        documents=tuple(document or ()),
        window=window,
        members=members,
        restated=restated,
        qualifier=next(one for one in QUALIFIERS if one == qualifier),
        normalisation=next(one for one in NORMALISATIONS if one == normalise),
    )
    answer(session_of(ctx), request, form, tongue, output)


def answer(
    session: Session, request: CoordinationRequest, form: str, tongue: Language, output: Path | None
) -> None:
    """Print or write what is asked. Raises typer.Exit."""
    for_the_screen(form, output)
    with session.open() as workspace:
        part = workspace.coordinating
        found = part.coordination(request)
        if form == "text" and session.json:
            print_json(coordination_to_row(found))
        elif form == "text":
            show(found)
        else:
            again = command_of(request, tongue, form)
            data = part.written(found, cast("WrittenForm", form), tongue, again)
            with stream_to(output) as stream:
                stream.write(data)
    if output is not None and form != "text":
        say(f"written to {output}")
    say_problems(found.problems)
    raise typer.Exit(exit_code_of(found.problems))


def command_of(request: CoordinationRequest, tongue: Language, form: str) -> str:
    """Return the command that asks this."""
    named = {
        "--topic": request.topic,
        "--target": request.target,
        "--from": request.since,
        "--to": request.until,
        "--window": request.window,
        "--qualifier": request.qualifier,
        "--normalise": request.normalisation,
        "--language": tongue,
        "--format": form,
    }
    words = ["dragoman", "coordination", request.first, request.second]
    words += [word for name, value in named.items() if value not in (None, "") for word in (name, str(value))]
    words += [word for slug in request.documents for word in ("--document", slug)]
    words += [word for path in request.events for word in ("--events", path.name)]
    words += [] if request.members else ["--no-members"]
    words += ["--restated"] if request.restated else []
    return shlex.join(words)


def show(found: Coordination) -> None:
    """Print the figures by target, the provisions by meeting, and the matches."""
    out = console()
    first, second = found.parties
    topic = name("instruments", name("technologies", found.topic)) if found.topic else word("cell", "all topics")
    window = word("cell", f"(window {found.window} days)")
    out.print(f"{first} / {second}: {topic} {window}\n", markup=False)
    out.print(figures_table(found))
    out.print(meetings_table(found))
    for part in matches(found.overall):
        out.print(part)


def figures_table(found: Coordination) -> Table:
    """Return the figures by target."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("target", "measures", "joint", *found.parties, "matched", "unilateral", "lag", "subtract")
    for figures in (found.overall, *found.targets):
        agreed = figures.credited
        subtract, lag = agreed.normalised(agreed.subtract), figures.median_lag()
        shares = figures.shares()
        table.add_row(
            figures.target or word("cell", "all together"),
            str(figures.total),
            f"{len(figures.joint)} ({shares.get('joint', 0):.0%})",
            str(len(figures.first)),
            str(len(figures.second)),
            f"{len(figures.matches)} ({shares.get('matched', 0):.0%})",
            f"{len(figures.unilateral)} ({shares.get('unilateral', 0):.0%})",
            "–" if lag is None else f"{lag:+.0f} d",
            "–" if subtract is None else f"{subtract:.2f}",
        )
    return table


def meetings_table(found: Coordination) -> Table:
    """Return the provisions of each document by target."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    names = [figures.target for figures in found.targets]
    table = table_with("document", "date", *names)
    for doc, day, row in found.meetings:
        table.add_row(doc, day.isoformat(), *(str(len(row.get(name, ()))) for name in names))
    return table


def matches(figures: Figures) -> Iterator[str]:
    """Yield the matches in words."""
    for match in figures.matches:
        told = (f"{one.day} {one.text}" for one in (match.first, match.second))
        yield f"{match.lag:+d} d  " + "\n       ".join(told)
