"""`dragoman terms lint`: hold texts against the termbase."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import known
from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.tables import counted
from dragoman.cli.track_options import say_problems
from dragoman.model.term_format import finding_to_row

if TYPE_CHECKING:
    from dragoman.model.term import TermLint
    from dragoman.report import ReportFormat

FORMATS = ("text", "jsonl", "html", "docx", "md")


def lint(
    ctx: typer.Context,
    texts: Annotated[
        list[str],
        typer.Argument(
            help="Files or slugs; an English and a Chinese one are also held against each other.", metavar="DOC..."
        ),
    ],
    party: Annotated[str, typer.Option("--party", help="The side whose words the texts shall use.")] = "",
    form: Annotated[str | None, typer.Option("--format", help="text, jsonl, html, docx or md.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Of messages and reports: en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """Find terms out of use, of the other side, mixed, contested without a note, or lost (exit code 1)."""
    session = session_of(ctx)
    shape = form or ("jsonl" if session.json else "text")
    known("format", [shape], FORMATS)
    tongue = of_report(language)
    for_the_screen(shape, output)
    with session.open() as workspace:
        bank = workspace.termbank
        found = bank.lint(texts, party=party, language=tongue)
        again = shlex.join(["dragoman", "terms", "lint", *texts, "--format", shape, "--language", tongue])
        if shape in {"text", "jsonl"}:
            data = written(found, shape)
        else:
            data = bank.lint_written(found, cast("ReportFormat", shape), tongue, again)
        with target(output) as stream:
            stream.write(data)
    say_problems(found.problems)
    say(f"{counted(len(found.findings), 'finding')} ({counted(found.concepts, 'concept')} looked for)")
    raise typer.Exit(EXIT_PROBLEMS if found.findings else EXIT_OK)


def written(found: TermLint, shape: str) -> bytes:
    """Return findings one a line: as JSON, or as compilers write theirs."""
    if shape == "jsonl":
        lines = (json.dumps(finding_to_row(one), ensure_ascii=False) for one in found.findings)
    else:
        lines = (
            f"{one.doc}:{one.line}:{one.column}: {one.severity.value}: {one.message} [{one.concept}]"
            for one in found.findings
        )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
