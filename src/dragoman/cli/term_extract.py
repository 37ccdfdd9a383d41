"""`dragoman terms extract`: pairs of terms that two versions of a text hold."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import known
from dragoman.cli.session import exit_code_of, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.tables import counted
from dragoman.cli.track_options import say_problems
from dragoman.model import Language
from dragoman.model.term_candidate import Extraction, candidate_to_row, candidates_to_tsv

if TYPE_CHECKING:
    from dragoman.terminology import Terminology

FORMATS = ("tsv", "jsonl", "tbx", "html", "docx", "md")
Documents = Annotated[
    list[str],
    typer.Argument(help="Slugs or files: one that holds both versions, or one of each.", metavar="DOC [DOC]"),
]


def extract(
    ctx: typer.Context,
    documents: Documents,
    form: Annotated[str, typer.Option("--format", help="tsv, jsonl, tbx, html, docx or md.")] = "tsv",
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="How many pairs; all without it.", min=1)] = None,
    term: Annotated[str, typer.Option("--term", help="English term: print what stands for it.")] = "",
) -> None:
    """List pairs of English and Chinese terms of a text, the likeliest first, with all renderings of each."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    for_the_screen(form, output)
    again = shlex.join(["dragoman", "terms", "extract", *documents, "--format", form, "--language", tongue])
    with session_of(ctx).open() as workspace:
        terminology = workspace.terminology
        if term:
            told(terminology, term, documents)
            return
        found = terminology.extract(documents, limit=limit)
        with target(output) as stream:
            stream.write(written(terminology, found, form, tongue, again))
    say_problems(found.alignment.problems)
    if output is not None:
        say(f"{counted(len(found.candidates), 'pair')} written to {output}")
    raise typer.Exit(exit_code_of(found.alignment.problems))


def told(terminology: Terminology, term: str, documents: list[str]) -> None:
    """Print what stands for a term: rendering, how often, and the offsets of each place."""
    found = terminology.translation(term, documents)
    for one in found:
        places = " ".join(f"{place.zh[0]}-{place.zh[1]}" for place in one.contexts)
        typer.echo(f"{one.text}\t{one.count}\t{places}")
    if not found:
        say(f"“{term}” does not stand in a link of these versions.")
        raise typer.Exit(1)


def written(terminology: Terminology, found: Extraction, form: str, language: Language, again: str) -> bytes:
    """Return pairs of terms as the bytes of a file."""
    if form == "tsv":
        return candidates_to_tsv(found.candidates)
    if form == "jsonl":
        lines = (json.dumps(candidate_to_row(one), ensure_ascii=False) for one in found.candidates)
        return "".join(f"{one}\n" for one in lines).encode()
    return terminology.written_terms(found, form, language, again)
