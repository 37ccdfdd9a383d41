"""`dragoman briefing`: what an actor or a pair does together, since when, what changed, what is due."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen
from dragoman.cli.exporting import target as stream_to
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.track_options import Output, say_problems
from dragoman.model import Language
from dragoman.model.alliance import Groups
from dragoman.model.briefing import briefing_to_row

if TYPE_CHECKING:
    from dragoman.report import ReportFormat

FORMATS = ("md", "html", "docx", "json")

Actor = Annotated[str, typer.Argument(help="By any name the register of actors knows.", metavar="ACTOR")]
Partner = Annotated[str, typer.Argument(help="The other one; all partners.", metavar="[ACTOR]")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Day of the deadlines; today.", metavar="DATE")]
GroupsAs = Annotated[str, typer.Option("--groups", help="as-named, or members: groups count as their members.")]
Tongue = Annotated[str | None, typer.Option("--language", help="Of the briefing's own words: en or zh.")]
Form = Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")]


def briefing(
    ctx: typer.Context,
    actor: Actor,
    partner: Partner = "",
    as_of: AsOf = None,
    groups: GroupsAs = Groups.AS_NAMED.value,
    language: Tongue = None,
    form: Form = FORMATS[0],
    output: Output = None,
) -> None:
    """Brief on an actor, or on two: on what, since when, by what, last changes, open deadlines."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    known("groups", [groups], Groups)
    for_the_screen(form, output)
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.briefing.make(actor, partner, date_of("as-of", as_of), Groups(groups))
        again = command_of((found.actor, found.partner), found.as_of, groups, tongue, form)
        data = (
            b""
            if form == "json" or session.json
            else workspace.briefing.written(found, cast("ReportFormat", form), tongue, again)
        )
    if data:
        with stream_to(output) as stream:
            stream.write(data)
        if output is not None:
            say(f"written to {output}")
    else:
        print_json(briefing_to_row(found))
    say_problems(found.problems)
    raise typer.Exit(exit_code_of(found.problems))


def command_of(names: tuple[str, str], day: date, groups: str, tongue: Language, form: str) -> str:
    """Return the command that makes the same."""
    words = ["dragoman", "briefing", *(name for name in names if name)]
    words += ["--groups", groups] if groups != Groups.AS_NAMED.value else []
    return shlex.join([*words, "--as-of", day.isoformat(), "--language", tongue, "--format", form])
