"""`dragoman health` and `dragoman migrate`: for who keeps a server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from dragoman.cli.session import EXIT_ERROR, EXIT_PROBLEMS, Session, console, print_json, say, session_of
from dragoman.model.health import Health, health_to_row


def health(ctx: typer.Context) -> None:
    """Say whether the register can be used and what waits, and change nothing. Exit code 1: work is behind."""
    from dragoman.operating import look_at  # noqa: PLC0415 - slow to load

    session = session_of(ctx)
    found = look_at(place_of(session), datetime.now(UTC))
    if session.json:
        print_json(health_to_row(found))
    else:
        for line in lines_of(found):
            console().print(line, markup=False)
    if not found.ready:
        raise typer.Exit(EXIT_ERROR)
    raise typer.Exit(EXIT_PROBLEMS if found.behind else 0)


def lines_of(found: Health) -> list[str]:
    """Return how a register is in words."""
    form = f"form {found.form or 'none'}"
    if not found.ready:
        return [
            f"{found.engine}: not ready, {form}; this version works with {found.known}: run `dragoman migrate`"
        ]
    counts = ", ".join(f"{number} {state.value}" for state, number in sorted(found.jobs.items())) or "none"
    waits = "" if found.oldest is None else f"; the oldest is due for {found.oldest:.0f} s"
    late = " - no worker works: run `dragoman jobs run`" if found.behind else ""
    return [f"{found.engine}: ready, {form}", f"jobs: {counts}{waits}{late}"]


def migrate(ctx: typer.Context) -> None:
    """Make the register, or bring it up to date; every other command does so too when it opens it."""
    from dragoman.operating import migrate as bring_up_to_date  # noqa: PLC0415 - slow to load

    session = session_of(ctx)
    before, after = bring_up_to_date(place_of(session))
    if session.json:
        print_json({"before": before, "after": after})
    else:
        say(f"form {after}" if before == after else f"form {before or 'none'} brought to {after}")


def place_of(session: Session) -> Path | str:
    """Return where the register of a session is: a PostgreSQL address, or a file in its folder."""
    from dragoman.workspace import REGISTER_FILE  # noqa: PLC0415 - slow to load

    return session.database_url or session.folder / REGISTER_FILE
