"""`dragoman audit`: the log of every act, and whether anybody touched it."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, console, print_json, say, session_of
from dragoman.cli.tables import counted, table_with
from dragoman.model.docket_format import audit_to_row

app = typer.Typer(no_args_is_help=True, help="The log of every act of the docket.", rich_markup_mode=None)


@app.callback()
def audit() -> None:
    """The log of every act of the docket and of every change of accounts."""


@app.command("verify")
def verify(ctx: typer.Context) -> None:
    """Check every hash, and that each act has its line; exit code 1 where something was changed or taken out."""
    with session_of(ctx).open() as workspace:
        verdict = workspace.audit.verify()
    if session_of(ctx).json:
        print_json(
            {
                "whole": verdict.whole,
                "lines": verdict.lines,
                "last": verdict.last,
                "broken": list(verdict.broken),
                "missing": list(verdict.missing),
            }
        )
    elif verdict.whole:
        say(f"whole: {counted(verdict.lines, 'line')}; last hash {verdict.last or 'none'}")
    else:
        for line in verdict.broken:
            say(f"line {line} does not fit its hash or the line before")
        for act in verdict.missing:
            say(f"{act} has no line")
    raise typer.Exit(EXIT_OK if verdict.whole else EXIT_PROBLEMS)


@app.command("show")
def show(
    ctx: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="[SUBJECT]", help="Number of a case, or an account.")] = "",
    after: Annotated[int, typer.Option("--after", min=0, help="Only lines after this one.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 100,
) -> None:
    """Show the log, all or on one subject."""
    session = session_of(ctx)
    with session.open() as workspace:
        lines = list(workspace.audit.lines(subject, after, limit))
    if session.json:
        for line in lines:
            print_json(audit_to_row(line))
        return
    table = table_with("line", "when", "who", "what", "on", "hash")
    for line in lines:
        when = line.at.strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(str(line.id), when, line.account, line.act, line.subject, line.hash[:12])
    console().print(table)
