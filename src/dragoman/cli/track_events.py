"""`dragoman track event`: what has happened, so that deadlines that hang on it get their day."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.filters import date_of
from dragoman.cli.session import console, print_json, say, session_of
from dragoman.cli.tables import counted, table_with
from dragoman.cli.track_options import By, Reason
from dragoman.model import Event, UsageError
from dragoman.model.track_format import event_to_row

app = typer.Typer(no_args_is_help=True, help="Record what has happened.", rich_markup_mode=None)

Day = Annotated[str, typer.Option("--day", help="When it happened, or will.", metavar="DATE")]
OneDocument = Annotated[str, typer.Option("--document", help="Slug; only its deadlines.", metavar="SLUG")]


class NoDayError(UsageError):
    """An event without its day."""

    def __init__(self) -> None:
        super().__init__("An event needs its day.", "For instance --day 2026-04-01.")


@app.callback()
def event() -> None:
    """Record what has happened, so that deadlines that hang on it get their day."""


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="As the deadline calls it; `event list` shows what is awaited.")],
    day: Day,
    document: OneDocument = "",
    source: Annotated[str, typer.Option("--source", help="Address or reference.")] = "",
    also: Annotated[
        list[str] | None, typer.Option("--also", help="Another name, for instance in Chinese.", metavar="NAME")
    ] = None,
    lines: Annotated[
        list[str] | None,
        typer.Option("--for", help="Line whose deadline it gives a day, whatever its words.", metavar="PROVISION"),
    ] = None,
    by: By = "",
) -> None:
    """Record an event; deadlines that call it by this name, and lines of --for, are resolved by it."""
    session = session_of(ctx)
    when = date_of("day", day)
    if when is None:
        raise NoDayError
    given = Event(name, when, document, source, aliases=tuple(also or ()), provisions=tuple(lines or ()))
    with session.open() as workspace:
        made = workspace.tracking.record_event(given, by=by)
        rows = workspace.tracking.board(document or None).rows
    resolved = [row for row in rows if any(item.event == made.name for item in row.status.due)]
    if session.json:
        print_json({**event_to_row(made), "resolves": [row.entry.provision.id for row in resolved]})
    else:
        say(f"{made.id} {made.name}, {made.day}: {counted(len(resolved), 'line')} resolved")


@app.command("list")
def list_events(
    ctx: typer.Context,
    document: OneDocument = "",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Those taken back, too.")] = False,
) -> None:
    """List what is recorded, then what deadlines are waiting for."""
    session = session_of(ctx)
    with session.open() as workspace:
        if document:
            workspace.document(document)
        found = workspace.tracking.events(document or None, withdrawn=withdrawn)
        awaited = workspace.tracking.awaited(document or None)
    if session.json:
        for one in found:
            print_json(event_to_row(one))
        for waiting in awaited:
            print_json({"awaited": waiting.name, "provisions": list(waiting.provisions)})
        return
    table = table_with("id", "day", "event", "document", "lines chosen", "source")
    for one in found:
        name = f"{one.name} (taken back: {one.reason})" if one.withdrawn else one.name
        names = "; ".join((name, *one.aliases))
        table.add_row(one.id, str(one.day), names, one.doc or "all", "; ".join(one.provisions), one.source)
    waits = table_with("awaited event", "lines")
    for waiting in awaited:
        waits.add_row(waiting.name, "; ".join(waiting.provisions))
    out = console()
    for shown in (table, waits):
        if shown.row_count:
            out.print(shown)
    say(f"{counted(len(found), 'event')}, {len(awaited):,} awaited")


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event.")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Take an event back: it resolves nothing any more, and stays in the history."""
    session = session_of(ctx)
    with session.open() as workspace:
        made = workspace.tracking.withdraw_event(identifier, by=by, reason=reason)
    if session.json:
        print_json(event_to_row(made))
    else:
        say(f"{made.id} {made.name} is taken back")
