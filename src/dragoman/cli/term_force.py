"""`dragoman terms force`: where two versions of a text differ in what they bind to."""

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
from dragoman.cli.term_extract import Documents
from dragoman.cli.track_options import say_problems
from dragoman.model import Language
from dragoman.model.force_difference import ForceReport, difference_to_row

if TYPE_CHECKING:
    from dragoman.terminology import Terminology

FORMATS = ("jsonl", "html", "docx", "md")


def force(
    ctx: typer.Context,
    documents: Documents,
    form: Annotated[str, typer.Option("--format", help="jsonl, html, docx or md.")] = "jsonl",
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """List sentences whose two versions differ in force, the most serious first, each with the reason."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    for_the_screen(form, output)
    again = shlex.join(["dragoman", "terms", "force", *documents, "--format", form, "--language", tongue])
    with session_of(ctx).open() as workspace:
        terminology = workspace.terminology
        report = terminology.force(documents)
        with target(output) as stream:
            stream.write(written(terminology, report, form, tongue, again))
    say_problems(report.alignment.problems)
    if output is not None:
        say(f"{counted(len(report.differences), 'difference')} written to {output}")
    raise typer.Exit(exit_code_of(report.alignment.problems))


def written(terminology: Terminology, report: ForceReport, form: str, language: Language, again: str) -> bytes:
    """Return differences as the bytes of a file."""
    if form != "jsonl":
        return terminology.written_force(report, form, language, again)
    lines = [json.dumps(difference_to_row(one), ensure_ascii=False) + "\n" for one in report.differences]
    return "".join(lines).encode()
