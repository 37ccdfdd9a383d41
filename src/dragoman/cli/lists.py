"""`dragoman lists`: the lists of parties of this workspace, importing them, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.findings import file_problem, in_words
from dragoman.cli.hits import difference_text, lists_table
from dragoman.cli.session import (
    EXIT_OK,
    EXIT_PROBLEMS,
    console,
    exit_code_of,
    print_json,
    say,
    session_of,
)
from dragoman.cli.tables import counted
from dragoman.model.screen_format import status_to_row

if TYPE_CHECKING:
    from dragoman.screening import ImportOutcome

app = typer.Typer(help="Lists of parties: import, age, what changed.", rich_markup_mode=None)
StaleDays = Annotated[
    int | None, typer.Option("--stale-days", min=0, help="Age in days from which a list warns; 90 unless given.")
]
ListName = Annotated[str, typer.Argument(metavar="NAME", help="Name of the list.")]


@app.callback(invoke_without_command=True)
def lists(ctx: typer.Context, stale_days: StaleDays = None) -> None:
    """Show the lists in use: version, day, entries, names, age; old ones warn (exit code 1)."""
    if ctx.invoked_subcommand is not None:
        return
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.screener().lists(stale_days=stale_days)
    problems = [problem for status in found for problem in status.problems]
    if session.json:
        for status in found:
            print_json(status_to_row(status))
        raise typer.Exit(exit_code_of(problems))
    if not found:
        say_where_from()
        return
    console().print(lists_table(found))
    for problem in problems:
        console(stderr=True).print(file_problem(problem))
    raise typer.Exit(exit_code_of(problems))


def say_where_from() -> None:
    """Say how to get a list."""
    from dragoman.screening import publishers  # noqa: PLC0415 - slow to load

    say("No list has been imported yet. Fetch one from its publisher and run `dragoman lists import FILE`:")
    for one in publishers():
        say(f"  {one.form:<7} {in_words(one.title)} - {in_words(one.publisher)}")
    say("  plain   a list of your own: a CSV file with a column `name` (docs/screening.md)")


@app.command("import")
def import_list(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The publisher's file; .gz is unpacked.")],
    kind: Annotated[
        str | None, typer.Option("--kind", help="us-csl, ofac, eu, uk, un, cn, ftm or plain; told by the content.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the list; its form unless given.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take it even if it lacks much of the version before.")
    ] = False,
) -> None:
    """Import a list. A faulty file changes nothing: the version before stays in use (exit code 2)."""
    session = session_of(ctx)
    with session.open() as workspace:
        outcome = workspace.screener().import_list(file, kind, name, accept=accept)
        queued = workspace.jobs().queue_screening() if outcome.taken and outcome.new else 0
    if session.json:
        from dragoman.screening import import_to_row  # noqa: PLC0415 - slow to load

        print_json({**import_to_row(outcome), "queued": queued})
    else:
        for problem in outcome.problems:
            console(stderr=True).print(file_problem(problem))
        say(imported_words(outcome))
        if queued:
            say(f"{counted(queued, 'case')} of the docket to be screened anew (dragoman jobs run).")
    raise typer.Exit(exit_code_of(outcome.problems) if outcome.taken else 2)


def imported_words(outcome: ImportOutcome) -> str:
    """Return what became of a file in words."""
    one, change = outcome.list, outcome.change
    if not outcome.taken:
        kept = f"version {one.version} of {one.name} stays in use" if one else "there is no earlier version"
        return f"Not taken: {kept}."
    if one is None:
        return "Not taken."
    if not outcome.new:
        return f"{one.name}: the very same entries as version {one.version}; nothing was added."
    size = f"{counted(one.entries, 'entry').replace('entrys', 'entries')}, {counted(one.names, 'name')}"
    changed = f"{len(change.added):,} added, {len(change.removed):,} removed, {len(change.changed):,} changed"
    return f"{one.name} version {one.version} ({one.published or 'day not said'}): {size}; {changed}."


@app.command("diff")
def difference(ctx: typer.Context, name: ListName) -> None:
    """Show what the version in use of a list changed; exit code 1 where something did."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.screener().difference(name)
    if session.json:
        from dragoman.screening import difference_to_row  # noqa: PLC0415 - slow to load

        print_json(difference_to_row(found))
    else:
        for part in difference_text(found):
            console().print(part)
    same = found.before is None or not (found.added or found.removed or found.changed)
    raise typer.Exit(EXIT_OK if same else EXIT_PROBLEMS)


@app.command("remove")
def remove(ctx: typer.Context, name: ListName) -> None:
    """Take a list out of use; that it was there, and the decisions on its entries, stay known."""
    with session_of(ctx).open() as workspace:
        gone = workspace.screener().remove_list(name)
    say(f"{gone.name} is no longer in use; its {gone.entries:,} entries are forgotten.")
