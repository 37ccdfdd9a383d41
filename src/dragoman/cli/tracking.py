"""`dragoman track`: was it done, by when, and who says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import assessing, evidence, filters, linking, track_events, track_report
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.tables import counted
from dragoman.cli.track_options import (
    STATES,
    AsOf,
    Horizon,
    Output,
    Pillars,
    ProvisionId,
    States,
    kinds_of,
    languages_of,
    names_of,
    say_problems,
)
from dragoman.cli.track_tables import board_parts, history_parts, row_parts
from dragoman.exchange import csv_of, xlsx_of
from dragoman.model import HORIZON, Board, BoardQuery
from dragoman.model.track_format import (
    assessment_to_row,
    board_row_to_row,
    board_to_row,
    event_to_row,
    search_to_row,
    status_to_row,
    step_to_row,
)

app = typer.Typer(
    no_args_is_help=True, help="Follow what was promised: due, delivered, assessed.", rich_markup_mode=None
)

FORMATS = ("text", "json", "csv", "xlsx")


@app.callback()
def track() -> None:
    """Follow what was promised: due, delivered, assessed."""


@app.command("board")
def board(
    ctx: typer.Context,
    document: filters.Documents = None,
    as_of: AsOf = None,
    state: States = None,
    kind: filters.Kinds = None,
    actor: filters.Actors = None,
    counterparty: filters.Counterparties = None,
    technology: filters.Technologies = None,
    pillar: Pillars = None,
    force: filters.Forces = None,
    language: filters.Languages = None,
    horizon: Horizon = HORIZON,
    form: Annotated[str, typer.Option("--format", help="text, json, csv or xlsx.")] = "text",
    output: Output = None,
) -> None:
    """Show what is due as of a day: commitments and obligations, the most pressing first."""
    session = session_of(ctx)
    known("format", [form], FORMATS)
    for_the_screen(form, output)
    with session.open() as workspace:
        query = BoardQuery(
            documents=tuple(document or ()),
            kinds=kinds_of(kind),
            states=tuple(STATES[name] for name in known("state", state, STATES)),
            actors=names_of("actor", actor, workspace),
            counterparties=names_of("counterparty", counterparty, workspace),
            technologies=names_of("technology", technology, workspace),
            pillars=tuple(pillar or ()),
            forces=tuple(force or ()),
            languages=languages_of(language),
            horizon=horizon,
        )
        found = workspace.tracking.board(query, date_of("as-of", as_of))
    write_board(found, "json" if session.json else form, output)
    raise typer.Exit(exit_code_of(found.problems))


def write_board(found: Board, form: str, output: Path | None) -> None:
    """Write a board in a format, to a file or to standard output."""
    if form == "text" and output is None:
        out = console()
        for part in board_parts(found):
            out.print(part)
        say_problems(found.problems)
        return
    with target(output) as stream:
        for piece in pieces_of(found, form):
            stream.write(piece)
    if output is not None:
        say(f"{counted(len(found.rows), 'line')} written to {output}")


def pieces_of(found: Board, form: str) -> Iterator[bytes]:
    """Yield a board as the bytes of a file."""
    rows = (board_row_to_row(row) for row in found.rows)
    if form == "csv":
        yield from csv_of(rows)
    elif form == "xlsx":
        yield from xlsx_of(rows, "board")
    elif form == "json":
        yield (json.dumps(board_to_row(found), ensure_ascii=False) + "\n").encode("utf-8", "replace")
    else:
        yield from text_of(found)


def text_of(found: Board) -> Iterator[bytes]:
    """Yield a board as plain text."""
    out = console()
    with out.capture() as captured:
        for part in board_parts(found):
            out.print(part)
    yield captured.get().encode("utf-8", "replace")


@app.command("status")
def status(ctx: typer.Context, provision: ProvisionId, as_of: AsOf = None) -> None:
    """Show what is known of one line: instances, claimed and verified, evidence, the last search, verdicts."""
    session = session_of(ctx)
    with session.open() as workspace:
        row = workspace.tracking.row(provision, date_of("as-of", as_of))
    if session.json:
        print_json(status_to_row(row.status))
        return
    out = console()
    for part in row_parts(row):
        out.print(part)
    say_problems(row.problems)


@app.command("history")
def history(ctx: typer.Context, provision: ProvisionId) -> None:
    """Show everything that was recorded of a line, taken back or not, oldest first."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.tracking.history(provision)
    if session.json:
        print_json(
            {
                "provision": provision,
                "evidence": [step_to_row(step) for step in found.evidence],
                "searches": [search_to_row(search) for search in found.searches],
                "assessments": [assessment_to_row(verdict) for verdict in found.assessments],
                "events": [event_to_row(event) for event in found.events],
            }
        )
        return
    out = console()
    for part in history_parts(found):
        out.print(part)


app.add_typer(track_events.app, name="event")
app.command("link")(linking.link)
app.command("decide")(linking.decide)
app.command("assess")(assessing.assess)
app.command("scores")(assessing.scores)
app.command("report")(track_report.report)
app.command("evidence")(evidence.evidence)
