"""`dragoman track report`: the review of a document's delivery, or the calendar of its deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import exit_code_of, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.track_options import AsOf, By, Output, say_problems
from dragoman.model import Language

if TYPE_CHECKING:
    from dragoman.delivery import Lines, ReviewFormat

FORMATS = ("html", "docx", "md", "ics")
LINES = ("all", *Language)


def report(
    ctx: typer.Context,
    document: Annotated[str, typer.Option("--document", help="Slug of a document.", metavar="SLUG")],
    as_of: AsOf = None,
    language: Annotated[str | None, typer.Option("--language", help="Of the report: en or zh.")] = None,
    form: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "html",
    output: Output = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", help="Day of the saved report to compare with; the last earlier one.", metavar="DATE"
        ),
    ] = None,
    lines: Annotated[
        str | None,
        typer.Option(
            "--lines", help="Follow lines in en, zh or all; one language where one translates the other."
        ),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Do not save it for the next report to be compared with.")
    ] = False,
    by: By = "",
) -> None:
    """Write the review of what a document promised, as of a day; `--format ics` writes its deadlines."""
    tongue = of_report(language)
    known("format", [form], FORMATS)
    chosen = cast("ReviewFormat", form)
    for_the_screen(form, output)
    known("lines", [lines] if lines else None, LINES)
    followed: Lines | None = Language(lines) if lines and lines != "all" else "all" if lines else None
    day, before = date_of("as-of", as_of), date_of("since", since)
    with session_of(ctx).open() as workspace:
        made = workspace.delivery.review(document, day, language=tongue, form=chosen, since=before, lines=followed)
        with target(output) as stream:
            stream.write(made.write(chosen))
        if not draft and form != "ics" and made.material.board.rows:
            workspace.delivery.keep(made, by=by)
    if output is not None:
        say(f"written to {output}")
    say_problems(made.problems)
    raise typer.Exit(exit_code_of(made.problems))
