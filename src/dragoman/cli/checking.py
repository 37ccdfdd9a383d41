"""`dragoman check`: a case, or a batch of them, against the rules of a day."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.batches import open_hits, show_batch
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.findings import CLOSED, file_problem, report_text
from dragoman.cli.hits import parties_text
from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, console, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.model import Language, UsageError
from dragoman.model.screen_format import checked_to_row

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dragoman.checking import Checked, Checker

BATCH_FORMATS = ("text", "jsonl", "csv")
FORMATS = ("text", "json", "html", "docx", "md")
STANDARD_INPUT = Path("-")

Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help="Name of a shipped rule pack, or a folder; may be repeated.", metavar="PACK"),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Day whose law is applied.", metavar="DATE")]
Output = Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")]


cases = typer.Typer(no_args_is_help=True, help="Cases to check.", rich_markup_mode=None)


@cases.callback()
def case_group() -> None:
    """Cases to check."""


@cases.command("new")
def new_case(
    ctx: typer.Context,
    template: Annotated[str, typer.Argument(help="package, shipment, investment, transfer or project.")],
    pack: Packs = None,
    language: Annotated[str | None, typer.Option("--language", help="Of the comments: en or zh.")] = None,
    output: Output = None,
) -> None:
    """Write a case to fill in: every fact with its question, options and unit."""
    tongue = of_report(language)
    text = session_of(ctx).checker().blank(template, pack or (), tongue)
    with target(output) as stream:
        stream.write(text.encode())
    if output is not None:
        say(f"written to {output}")


class NothingToCheckError(UsageError):
    """Neither a case nor a batch, or both."""

    def __init__(self) -> None:
        super().__init__(
            "Give one case file, or --batch FILE.", "`dragoman case new package` writes a case to fill in."
        )


def check(
    ctx: typer.Context,
    case: Annotated[Path | None, typer.Argument(help="Case file in YAML or JSON, - for YAML from input.")] = None,
    pack: Packs = None,
    as_of: AsOf = None,
    form: Annotated[str, typer.Option("--format", help="text, json, html, docx or md.")] = "text",
    output: Output = None,
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="Many cases, one a row: CSV, JSON lines or Parquet.")
    ] = None,
    template: Annotated[str, typer.Option("--template", help="Kind of the batch's rows that name none.")] = "",
    missing: Annotated[bool, typer.Option("--missing", help="Say for each row of a batch what to ask.")] = False,
    screen: Annotated[
        bool, typer.Option("--screen/--no-screen", help="Whether the parties are screened, where lists are there.")
    ] = True,
) -> None:
    """Check a case against the rules that bear on it: met, not met, unknown, conflict, not applicable."""
    session = session_of(ctx)
    known("format", [form], FORMATS if batch is None else BATCH_FORMATS)
    tongue = of_report(language)
    day = date_of("as-of", as_of)
    checker = session.checker()
    if batch is not None and case is None:
        shown = "jsonl" if session.json and form == "text" else form
        with session.screening_checker(screen=screen) as screening:
            results = screening.check_batch(batch, pack or (), day, template=template, with_missing=missing)
            code = show_batch(results, shown, output)
        raise typer.Exit(code)
    if case is None or batch is not None:
        raise NothingToCheckError
    with session.screening_checker(screen=screen) as screening:
        if case == STANDARD_INPUT:
            checked = screening.check_bytes(sys.stdin.buffer.read(), "standard input", pack or (), day)
        else:
            checked = screening.check(case, pack or (), day)
    shown = "json" if session.json and form == "text" else form
    show(checker, checked, shown, output, tongue)
    raise typer.Exit(exit_code(checked))


def exit_code(checked: Checked) -> int:
    """Return 0 where nothing is open, else 1; a hit on a party is open until it is cleared."""
    report = checked.report
    closed = report is not None and report.outcome in CLOSED and not open_hits(checked.parties)
    return EXIT_OK if closed else EXIT_PROBLEMS


def show(checker: Checker, checked: Checked, form: str, output: Path | None, language: Language) -> None:
    """Write what checking gave, in a format."""
    if form == "json" and output is None:
        print_json(checked_to_row(checked.report, checked.problems, checked.source, checked.parties))
        return
    if form == "text":
        show_text(checked, output)
        return
    if form != "json" and checked.report is None:
        show_text(checked, None)
        return
    for_the_screen(form, output)
    with target(output) as stream:
        stream.write(checker.written(checked, form, language))
    if output is not None:
        say(f"written to {output}")


def show_text(checked: Checked, output: Path | None) -> None:
    """Print a report, or write it to a file; problems come first."""
    for problem in checked.problems:
        console(stderr=True).print(file_problem(problem))
    if checked.report is None:
        say("Nothing was run.")
        return
    if output is None:
        out = console()
        for part in shown_parts(checked):
            out.print(part)
        return
    with target(output) as stream:
        stream.write(as_text(checked).encode())


def as_text(checked: Checked) -> str:
    """Return a report as plain text."""
    out = console()
    with out.capture() as capture:
        for part in shown_parts(checked):
            out.print(part)
    return capture.get()


def shown_parts(checked: Checked) -> Iterator[RenderableType]:
    """Yield a report for the screen, the parties beside the lists at its end."""
    if checked.report:
        yield from report_text(checked.report)
    if checked.parties:
        yield from parties_text(checked.parties)
