"""`dragoman corpus`: pages that are evidence only; they never fill the register's lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from dragoman.cli.progress import progress_of
from dragoman.cli.rows import problem_row
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import word
from dragoman.cli.tables import problem_line
from dragoman.model import Problem, Severity
from dragoman.model.corpus import CorpusOutcome, CorpusSource

app = typer.Typer(help="Pages that are searched for evidence, and nothing else.", rich_markup_mode=None)
SHOWN_PROBLEMS = 20


@app.callback(invoke_without_command=True)
def corpus(ctx: typer.Context) -> None:
    """Pages that are searched for evidence, and nothing else; without a command, list them."""
    if ctx.invoked_subcommand is None:
        list_sources(ctx)


@app.command("add")
def add(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(help="JSON lines (id, title, date, url, text), packed or not; folders, files, addresses."),
    ],
) -> None:
    """Add pages to the corpus; those that are there already are passed over."""
    session = session_of(ctx)
    problems: list[Problem] = []
    with session.open() as workspace, progress_of("indexing", quiet=session.json) as progress:
        for outcome in workspace.evidence.add(inputs, progress=progress):
            problems += outcome.problems
            if session.json:
                print_json(outcome_row(outcome))
            else:
                _say_outcome(outcome)
    raise typer.Exit(exit_code_of(problems))


def _say_outcome(outcome: CorpusOutcome) -> None:
    """Print what became of an input, and its first problems."""
    out = console()
    counts = f"{outcome.added:,} added, {outcome.changed:,} changed, {outcome.unchanged:,} unchanged"
    out.print(f"{outcome.source}: {counts}; {outcome.characters:,} characters indexed")
    serious = [problem for problem in outcome.problems if problem.severity is not Severity.NOTE]
    for problem in serious[:SHOWN_PROBLEMS]:
        out.print(problem_line(problem))
    if len(serious) > SHOWN_PROBLEMS:
        out.print(f"{len(serious) - SHOWN_PROBLEMS:,} more problems; --json prints all", style="dim")


@app.command("list")
def list_sources(ctx: typer.Context) -> None:
    """List what the corpus holds, by source: pages, characters, oldest and newest day."""
    session = session_of(ctx)
    with session.open() as workspace:
        sources = workspace.evidence.sources()
    if session.json:
        for source in sources:
            print_json(source_row(source))
    elif sources:
        _print_sources(sources)
    else:
        say("The corpus is empty. `dragoman corpus add FILE` fills it.")


def _print_sources(sources: Sequence[CorpusSource]) -> None:
    from rich.table import Table  # noqa: PLC0415 - slow to load

    heads = [word("head", head) for head in ("source", "pages", "characters", "oldest", "newest")]
    table = Table(*heads, box=None, header_style="bold")
    for one in sources:
        days = (day.isoformat() if day else "" for day in (one.oldest, one.newest))
        table.add_row(one.source, f"{one.pages:,}", f"{one.characters:,}", *days)
    console().print(table)


@app.command("remove")
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A source as `corpus list` names it, or the id of a page.")],
) -> None:
    """Remove a source with all its pages, or one page."""
    session = session_of(ctx)
    with session.open() as workspace:
        gone = workspace.evidence.remove(name)
    if session.json:
        print_json({"removed": name, "pages": gone})
    else:
        say(f"{gone:,} pages removed")


def outcome_row(outcome: CorpusOutcome) -> dict[str, Any]:
    """Return what became of an input as JSON."""
    return {
        "source": outcome.source,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "characters": outcome.characters,
        "problems": [{**problem_row(problem), "line": problem.line} for problem in outcome.problems],
    }


def source_row(source: CorpusSource) -> dict[str, Any]:
    """Return what is there from a source as JSON."""
    return {
        "source": source.source,
        "pages": source.pages,
        "characters": source.characters,
        "oldest": source.oldest.isoformat() if source.oldest else None,
        "newest": source.newest.isoformat() if source.newest else None,
    }
