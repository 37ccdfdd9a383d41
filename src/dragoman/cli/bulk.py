"""`dragoman bulk`: very large collections to Parquet, and from there to a register."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.progress import progress_of
from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, console, print_json, say, session_of
from dragoman.cli.tables import problem_line
from dragoman.model import UsageError

if TYPE_CHECKING:
    from dragoman.bulk.report import BulkReport

SHOWN_FAILURES = 20
"""Failures printed after reading; all of them are in the output."""
MEGABYTE = 1 << 20

app = typer.Typer(no_args_is_help=True, help="Very large collections, to Parquet and from there to a register.")


class NoSuchEngineError(UsageError):
    """An engine that is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no engine `{name}`.", "Use processes (this machine) or spark (a cluster).")


class NotAnOptionError(UsageError):
    """An option of Spark without a value."""

    def __init__(self, text: str) -> None:
        super().__init__(f"`{text}` is no option of Spark.", "Write --spark-option spark.executor.memory=4g.")


@app.command("read")
def read(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(help="Folders, globs, files, JSON lines (.gz), Parquet; s3://, gs:// and other addresses."),
    ],
    output: Annotated[str, typer.Argument(help="Folder of the tables, new or begun by the same command.")],
    engine: Annotated[str, typer.Option(help="processes (this machine) or spark (a cluster).")] = "processes",
    workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0: one a processor.")] = 0,
    part_megabytes: Annotated[
        float, typer.Option(min=0, help="Input that one part is made from; 0: 8, on Spark 4096.")
    ] = 0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds allowed for one document.")] = 120,
    max_megabytes: Annotated[int, typer.Option(min=1, help="Largest file read.")] = 256,
    master: Annotated[str, typer.Option(help="Master of Spark; by default what its configuration says.")] = "",
    spark_option: Annotated[
        list[str] | None, typer.Option(help="Option of Spark, name=value; may be repeated.")
    ] = None,
) -> None:
    """Read a collection into Parquet; a run that was stopped goes on when it is run again."""
    from dragoman.bulk import BulkSettings, need_parquet, read_bulk  # noqa: PLC0415 - slow to load

    need_parquet()
    session = session_of(ctx)
    settings = BulkSettings.stated(
        _engine(engine),
        workers=workers,
        part_bytes=int(part_megabytes * MEGABYTE),
        seconds=timeout,
        max_bytes=max_megabytes * MEGABYTE,
        master=master,
        options=tuple(map(_option, spark_option or ())),
    )
    with progress_of("reading", quiet=session.json) as progress:
        report = read_bulk(inputs, output, settings, progress)
    _tell(report, json=session.json)
    raise typer.Exit(EXIT_PROBLEMS if report.serious else EXIT_OK)


def _engine(name: str) -> str:
    if name not in {"processes", "spark"}:
        raise NoSuchEngineError(name)
    return name


def _option(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name):
        raise NotAnOptionError(text)
    return name, value


def _tell(report: BulkReport, *, json: bool) -> None:
    if json:
        print_json(asdict(report))
        return
    from dragoman.bulk.report import failures_in  # noqa: PLC0415 - slow to load

    say(
        f"{report.output}: {report.documents:,} documents, {report.provisions:,} provisions, "
        f"{report.failures:,} failures in {report.parts:,} parts."
    )
    if report.failures:
        for problem in failures_in(report.output, SHOWN_FAILURES):
            console().print(problem_line(problem))


@app.command("load")
def load(
    ctx: typer.Context,
    output: Annotated[Path, typer.Argument(help="Folder that `dragoman bulk read` has written.")],
) -> None:
    """Load what was read in bulk into the register; a load that was stopped goes on when it is run again."""
    session = session_of(ctx)
    with session.open() as workspace, progress_of("loading", quiet=session.json) as progress:
        report = workspace.bulk.load(output, progress)
    if session.json:
        print_json(asdict(report))
        return
    statuses = ", ".join(f"{number:,} {status}" for status, number in report.statuses.items()) or "no documents"
    say(f"{output}: {statuses}; {report.provisions:,} provisions, {report.failures:,} failures.")
