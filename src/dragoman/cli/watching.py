"""`dragoman watch`: saved questions, folders and feeds, and the digest of what is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli import filters
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.tables import table_with
from dragoman.cli.track_options import Output, names_of, say_problems
from dragoman.model import Problem
from dragoman.model.watch import Sighting, Watch, sighting_to_row, watch_to_row

if TYPE_CHECKING:
    from dragoman.watching import DigestFormat

FORMATS = ("md", "html", "docx", "rss", "atom")

app = typer.Typer(
    no_args_is_help=True, help="Be told when a new document touches a commitment.", rich_markup_mode=None
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a watch.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Names of watches; all.")]


@app.callback()
def watch() -> None:
    """Be told when a new document touches a commitment."""


@app.command("add")
def add(
    ctx: typer.Context,
    name: Name,
    folder: Annotated[Path | None, typer.Option("--folder", help="Folder that new documents come into.")] = None,
    feed: Annotated[str, typer.Option("--feed", help="Address of an RSS or Atom feed.", metavar="URL")] = "",
    query: Annotated[str, typer.Option("--query", help="Words that must all stand in a document.")] = "",
    technology: filters.Technologies = None,
    instrument: filters.Instruments = None,
    actor: filters.Actors = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help="Whose commitments are watched; several are a series.", metavar="SLUG"),
    ] = None,
) -> None:
    """Save a question, and the folder or feed that new documents come from."""
    with session_of(ctx).open() as workspace:
        kept = workspace.watching.add(
            Watch(
                name=name,
                query=query.strip(),
                technologies=names_of("technology", technology, workspace),
                instruments=names_of("instrument", instrument, workspace),
                actors=names_of("actor", actor, workspace),
                documents=tuple(document or ()),
                folder=str(folder or ""),
                feed=feed,
            )
        )
    if session_of(ctx).json:
        print_json(watch_to_row(kept))
        return
    say(f"watch {kept.name} added; run it with: dragoman watch run {kept.name}")


@app.command("list")
def list_watches(ctx: typer.Context) -> None:
    """List the watches."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.watching.watches()
    if session.json:
        for one in found:
            print_json(watch_to_row(one))
        return
    table = table_with("name", "looks at", "asks", "commitments of")
    for one in found:
        asks = ", ".join((*one.query.split(), *one.technologies, *one.instruments, *one.actors))
        table.add_row(one.name, one.feed or one.folder, asks, ", ".join(one.documents) or "all")
    console().print(table)


@app.command("remove")
def remove(ctx: typer.Context, name: Name) -> None:
    """Remove a watch; what it has seen is kept."""
    with session_of(ctx).open() as workspace:
        gone = workspace.watching.remove(name)
    say(f"watch {gone.name} removed; what it has seen is kept")


@app.command("run")
def run(
    ctx: typer.Context,
    names: Names = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Read addresses inside this machine's networks too.")
    ] = False,
) -> None:
    """Read what is new, and say which commitments it touches and which dropped promises come back."""
    session = session_of(ctx)
    problems: list[Problem] = []
    number = 0
    with session.open() as workspace:
        for sighting in workspace.watching.run(names or (), allow_private=allow_private, problems=problems):
            number += 1
            if session.json:
                print_json(sighting_to_row(sighting))
            else:
                for text in lines_of(sighting):
                    console().print(text, markup=False)
    if not number:
        say("nothing new")
    say_problems(tuple(problems))
    raise typer.Exit(exit_code_of(problems))


def lines_of(sighting: Sighting) -> list[str]:
    """Return a sighting as lines of text."""
    head = f"{sighting.watch}: {sighting.title or sighting.doc or sighting.item}"
    if sighting.problem:
        return [f"{head} - not read"]
    if not sighting.matched:
        return [f"{head} - does not fit the question"]
    why = f" - {', '.join(sighting.reasons)}" if sighting.reasons else ""
    lines = [f"{head} ({sighting.doc}){why}"]
    for back in sighting.returns:
        lines.append(f"  comes back ({back.score:.2f}; lacking in {back.lacking}): {back.promise}")
        lines.append(f"    now: {back.quote}")
    for touch in sighting.touches:
        lines.append(f"  {touch.score:.2f} touches {touch.provision}: {touch.commitment}")
        lines.append(f"    in: {touch.quote}")
        lines.append(f"    for: {', '.join(touch.why)}")
    return lines if len(lines) > 1 else [f"{lines[0]} - touches no commitment"]


@app.command("digest")
def digest(
    ctx: typer.Context,
    names: Names = None,
    since: Annotated[
        str | None, typer.Option("--since", help="What was seen from this day on.", metavar="DATE")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="Of the digest: en or zh.")] = None,
    form: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "md",
    output: Output = None,
) -> None:
    """Write what watches have seen: a report, or a feed for a feed reader."""
    tongue = of_report(language)
    known("format", [form], FORMATS)
    for_the_screen(form, output)
    chosen, day = cast("DigestFormat", form), date_of("since", since)
    with session_of(ctx).open() as workspace, target(output) as stream:
        stream.write(workspace.watching.digest_bytes(chosen, names or (), day, tongue))
    if output is not None:
        say(f"written to {output}")
