"""`dragoman track evidence`: candidate passages for the commitments of a document, each with its reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.filters import known
from dragoman.cli.progress import progress_of
from dragoman.cli.session import console, print_json, say, session_of
from dragoman.cli.speaking import name, word
from dragoman.model import Candidate, Kind, Search
from dragoman.model.corpus import Found
from dragoman.model.corpus_format import found_to_row

FORMATS = ("text", "jsonl")
SHOWN_REASONS = 4


def evidence(
    ctx: typer.Context,
    document: Annotated[str, typer.Option("--document", help="Slug of the document.", metavar="SLUG")],
    provision: Annotated[
        list[str] | None, typer.Option("--provision", help="Id of a line; may be repeated.", metavar="ID")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Kinds of lines; by default commitment, obligation and measure."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most candidates of a line.")] = 10,
    form: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
    record: Annotated[
        bool,
        typer.Option("--record/--no-record", help="Keep what was searched, until when, and how much was found."),
    ] = True,
) -> None:
    """Look for evidence in the corpus and in the register's other documents, best first."""
    session = session_of(ctx)
    known("format", [form], FORMATS)
    known("kind", kind, Kind)
    lines = session.json or form == "jsonl"
    searched = False
    with session.open() as workspace, progress_of("looking", quiet=lines) as progress:
        kinds = {"kinds": tuple(Kind(one) for one in kind)} if kind else {}
        finder = workspace.evidence
        for found in finder.candidates(document, provision or (), limit=limit, progress=progress, **kinds):
            searched = bool(found.search.sources)
            if record and searched:
                workspace.tracking.record_search(found.search)
            if lines:
                print_json(found_to_row(found))
            else:
                _print_found(found)
    if not searched:
        say("Nothing was searched: the corpus is empty. `dragoman corpus add FILE` fills it.")


def _print_found(found: Found) -> None:
    """Print a line with its candidates."""
    out, line = console(), found.provision
    out.print(f"\n{line.id}  {name('kind', line.kind)}", style="bold")
    out.print(line.quote.exact, markup=False)
    if not found.search.found:
        out.print(nothing_found(found.search), style="dim")
    for candidate in found.candidates:
        stage = f", {name('stage', candidate.stage)}" if candidate.stage else ""
        day = candidate.day.isoformat() if candidate.day else word("cell", "undated")
        out.print(
            f"  {candidate.score:.2f}  {day}  {candidate.title}  [{name('stance', candidate.stance)}{stage}]",
            markup=False,
        )
        out.print(f"        {candidate.quote}", markup=False)
        out.print(f"        {reasons(candidate)}", style="dim", markup=False)


def nothing_found(search: Search) -> str:
    """Return what "no evidence found" means: where, for what and until when somebody looked."""
    until = f" until {search.until.isoformat()}" if search.until else ""
    where = "; ".join(search.sources) or word("cell", "nothing")
    return word("track", f"  no evidence found in {where}{until}; looked for: {', '.join(search.terms)}")


def reasons(candidate: Candidate) -> str:
    """Return the main reasons of a rank and all that speaks against it, in words."""
    shown = [why for why in candidate.why if why[2] > 0][:SHOWN_REASONS]
    shown += [why for why in candidate.why if why[2] < 0]
    return "; ".join(f"{reason} {share:+.0%}" + (f" ({words})" if words else "") for reason, words, share in shown)
