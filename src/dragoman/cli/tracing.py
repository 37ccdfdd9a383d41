"""`dragoman tracing`: workbooks of process tracing - begin, check, report."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.exporting import for_the_screen
from dragoman.cli.exporting import target as stream_to
from dragoman.cli.filters import known
from dragoman.cli.findings import file_problem
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.track_options import Output
from dragoman.model import UsageError
from dragoman.model.tracing import Tracing, TracingReading, tracing_to_row

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.process_tracing import Form

app = typer.Typer(
    no_args_is_help=True, help="Weigh hypotheses by evidence: new, check, report.", rich_markup_mode=None
)
FORMATS = ("html", "docx", "md", "json")
Book = Annotated[Path, typer.Argument(metavar="WORKBOOK.yaml", help="A workbook.")]


class WorkbookThereError(UsageError):
    """A new workbook where there is a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already.", "Choose another name.")


class CannotBeginError(UsageError):
    """A workbook that cannot be written."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"{path} cannot be written ({fault.strerror or fault}).", "Choose another place.")


@app.callback()
def tracing() -> None:
    """Weigh hypotheses by evidence: people set the likelihoods, the tool computes and shows."""


@app.command("new")
def new(
    workbook: Book,
    title: Annotated[str, typer.Option("--title", help="Title of the workbook.")] = "What is to be explained",
) -> None:
    """Write a workbook to fill in."""
    from dragoman.process_tracing import ProcessTracing  # noqa: PLC0415 - slow to load

    try:
        with workbook.open("x", encoding="utf-8") as file:
            file.write(ProcessTracing().blank(title))
    except FileExistsError as there:
        raise WorkbookThereError(workbook) from there
    except OSError as fault:
        raise CannotBeginError(workbook, fault) from fault
    say(f"written to {workbook}")


@app.command("check")
def check(ctx: typer.Context, workbook: Book) -> None:
    """Check a workbook and its pinned quotations, and show what the evidence weighs."""
    session = session_of(ctx)
    with session.open() as workspace:
        reading = workspace.process_tracing.check(workbook)
    if session.json:
        print_json(tracing_to_row(reading))
    else:
        show(reading)
    raise typer.Exit(exit_code_of(reading.problems))


@app.command("report")
def report(
    ctx: typer.Context,
    workbook: Book,
    form: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "html",
    language: Annotated[str | None, typer.Option("--language", help="Of the report: en or zh.")] = None,
    output: Output = None,
) -> None:
    """Write the report of a workbook."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    for_the_screen(form, output)
    with session_of(ctx).open() as workspace:
        part = workspace.process_tracing
        reading = part.check(workbook)
        again = shlex.join(
            ["dragoman", "tracing", "report", workbook.name, "--format", form, "--language", tongue]
        )
        with stream_to(output) as stream:
            stream.write(part.written(reading, cast("Form", form), tongue, again))
    if output is not None:
        say(f"written to {output}")
    raise typer.Exit(exit_code_of(reading.problems))


def show(reading: TracingReading) -> None:
    """Print what the evidence weighs, then what is wrong or assumed."""
    out = console()
    if reading.tracing is not None:
        found = reading.tracing
        weight = found.decibels[found.leader, found.second]
        out.print(f"{found.workbook.title}\n{found.leader} leads; {weight:+.1f} dB against {found.second}")
        out.print(f"robust: {'yes' if found.robust else 'no'} ({len(found.strong)} strong items of {found.least})")
        out.print(hypotheses_table(found))
        out.print(weights_table(found))
        out.print(sensitivity_table(found))
    for problem in reading.problems:
        out.print(file_problem(problem))


def hypotheses_table(found: Tracing) -> Table:
    """Return priors and posteriors."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("hypothesis", "what it says", "prior", "posterior")
    for one in found.workbook.hypotheses:
        table.add_row(one.id, one.title, f"{one.prior:.3f}", f"{found.posteriors[one.id]:.3f}")
    return table


def weights_table(found: Tracing) -> Table:
    """Return what counts once, with its weight and, for a single item, its test."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("item", f"dB {found.leader}:{found.second}", "tests")
    for one in found.units:
        tests = ", ".join(f"{name} {test.value}" for name, test in one.tests.items())
        table.add_row(f"{one.name} ({', '.join(one.items)})", f"{found.between(one):+.1f}", tests)
    return table


def sensitivity_table(found: Tracing) -> Table:
    """Return how the leader's posterior moves."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("driver", "-50 %", "+50 %", "still leads")
    for one in found.swings:
        table.add_row(one.driver, f"{one.low:.3f}", f"{one.high:.3f}", "yes" if one.leads else "no")
    return table
