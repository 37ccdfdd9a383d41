"""`dragoman profile`: hard and soft, force, precision, joint and separate over the documents of a series."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen
from dragoman.cli.exporting import target as stream_to
from dragoman.cli.filters import known
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.track_options import Output, say_problems
from dragoman.model.profile import Profile, profile_to_row

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.coordinating import Form

FORMATS = ("text", "json", "html", "docx", "md")


def profile(
    ctx: typer.Context,
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help="Slugs of the register.")],
    by: Annotated[
        str,
        typer.Option("--by", help="technology, instrument, target, hardness, mode, force or precision."),
    ] = "instrument",
    language: Annotated[str | None, typer.Option("--language", help="Of a report: en or zh.")] = None,
    form: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "text",
    output: Output = None,
) -> None:
    """Count provisions document by document, with mean force and precision; each cell opens its sentences."""
    from dragoman.coordinating import PROFILES  # noqa: PLC0415 - slow to load

    known("format", [form], FORMATS)
    tongue = of_report(language)
    known("by", [by], PROFILES)
    session = session_of(ctx)
    for_the_screen(form, output)
    with session.open() as workspace:
        part = workspace.coordinating
        found = part.profile(documents, by)
        if form == "text" and session.json:
            print_json(profile_to_row(found))
        elif form == "text":
            console().print(profile_table(found))
        else:
            words = ["dragoman", "profile", *documents, "--by", by, "--format", form, "--language", tongue]
            again = shlex.join(words)
            data = part.written_profile(found, cast("Form", form), tongue, again)
            with stream_to(output) as stream:
                stream.write(data)
    if output is not None and form != "text":
        say(f"written to {output}")
    say_problems(found.problems)
    raise typer.Exit(exit_code_of(found.problems))


def profile_table(found: Profile) -> Table:
    """Return a profile as a table, a line a cell."""
    from dragoman.cli.tables import table_with, tag_in  # noqa: PLC0415 - slow to load

    table = table_with("document", found.by, "provisions", "hard", "soft", "joint", "force", "precision")
    for doc, _ in found.documents:
        for value in found.values:
            if cell := found.cells.get((doc, value)):
                precision = "–" if cell.precision is None else f"{cell.precision:.2f}"
                counts = (len(part) for part in (cell.measures, cell.hard, cell.soft, cell.joint))
                table.add_row(doc, tag_in(found.by, value), *map(str, counts), f"{cell.force:.2f}", precision)
    return table
