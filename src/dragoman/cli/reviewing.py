"""`dragoman review`: decide on a line, or see which one to look at next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import filters
from dragoman.cli.browsing import show
from dragoman.cli.filters import Choice, query_of
from dragoman.cli.rows import entry_row
from dragoman.cli.session import EXIT_OK, console, print_json, say, session_of
from dragoman.cli.tables import entry_text, total_of
from dragoman.model import Page, ReviewState, UsageError
from dragoman.model.interchange import entry_to_row

if TYPE_CHECKING:
    from dragoman.workspace import Workspace

NEXT = "next"
QUEUE = "queue"
ID_HELP = f"Id of a line; `{NEXT}` shows the most doubtful line, `{QUEUE}` lists them."


class OneDecisionError(UsageError):
    """No decision, or several at once."""

    def __init__(self) -> None:
        super().__init__(
            "A review is exactly one of --accept, --edit, --reject and --reset.",
            f"`dragoman review {NEXT}` shows which line to look at.",
        )


class BadChangeError(UsageError):
    """A change that is not field=value."""

    def __init__(self, given: str) -> None:
        super().__init__(f"--set `{given}` is not field=value.", "For instance --set force=3.")


def review(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help=ID_HELP)],
    accept: Annotated[bool, typer.Option("--accept", help="The line is right.")] = False,
    edit: Annotated[bool, typer.Option("--edit", help="The line is right with the changes of --set.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="The line is no provision.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Take the decision back.")] = False,
    by: Annotated[str, typer.Option(help="Who decides.", metavar="NAME", envvar="DRAGOMAN_REVIEWER")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help='A change, field=value; ";" between several values.', metavar="FIELD=VALUE"),
    ] = None,
    document: filters.Documents = None,
    kind: filters.Kinds = None,
    limit: filters.Limit = 20,
) -> None:
    """Decide on a line; or see the most doubtful candidates."""
    if identifier in {NEXT, QUEUE}:
        _show_queue(ctx, Choice(document, kind, reviews=["candidate"], order="confidence"), identifier, limit)
        return
    state = _state(accept=accept, edit=edit, reject=reject, reset=reset)
    session = session_of(ctx)
    with session.open() as workspace:
        entry = workspace.review(identifier, state, reviewer=by, reason=reason, changes=_changes(changes or []))
    if session.json:
        print_json(entry_row(entry))
    else:
        say(f"{identifier} is {entry.state.value}")


def _state(*, accept: bool, edit: bool, reject: bool, reset: bool) -> ReviewState:
    chosen = [
        state
        for state, wanted in (
            (ReviewState.ACCEPTED, accept),
            (ReviewState.EDITED, edit),
            (ReviewState.REJECTED, reject),
            (ReviewState.CANDIDATE, reset),
        )
        if wanted
    ]
    if len(chosen) != 1:
        raise OneDecisionError
    return chosen[0]


def _changes(given: list[str]) -> dict[str, Any]:
    """Return the changes of --set; a value that is a JSON object (a deadline) is taken as one."""
    changes: dict[str, Any] = {}
    for change in given:
        name, sign, value = change.partition("=")
        if not sign or not name.strip():
            raise BadChangeError(change)
        changes[name.strip()] = _value(change, value.strip())
    return changes


def _value(change: str, value: str) -> Any:  # noqa: ANN401 - text or a JSON object
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise BadChangeError(change) from None


def _show_queue(ctx: typer.Context, choice: Choice, which: str, limit: int) -> None:
    """Print the most doubtful candidates, or everything about the first of them."""
    session = session_of(ctx)
    with session.open() as workspace:
        page = _queue(workspace, choice, 1 if which == NEXT else limit)
    if not page.entries:
        say("Nothing is left to review.")
        raise typer.Exit(EXIT_OK)
    if which == NEXT:
        show(ctx, page.entries[0].provision.id)
        say(f"{total_of(page)} lines to review")
    elif session.json:
        for entry in page.entries:
            print_json(entry_to_row(entry))
    else:
        out = console()
        for entry in page.entries:
            out.print(entry_text(entry))
        say(f"{len(page.entries):,} of {total_of(page)} lines to review, most doubtful first")


def _queue(workspace: Workspace, choice: Choice, limit: int) -> Page:
    return workspace.provisions(query_of(choice, workspace, limit=limit or None))
