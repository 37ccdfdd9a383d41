"""`dragoman export`: the register as files for other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated, cast

import typer

from dragoman.cli import filters
from dragoman.cli.filters import Choice, UnknownValueError, query_of
from dragoman.cli.session import say, session_of
from dragoman.cli.tables import total_of
from dragoman.exchange import FORMATS, Format
from dragoman.model import UsageError

app = typer.Typer(
    no_args_is_help=True, help="Write the register to a file for other tools.", rich_markup_mode=None
)


class CannotWriteError(UsageError):
    """The file cannot be written."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"{path} cannot be written ({fault.strerror or fault}).", "Choose another --output.")


class NeedsFileError(UsageError):
    """A format that is not for the screen."""

    def __init__(self, form: str) -> None:
        what = {"docx": "A Word file", "xlsx": "An Excel file", "qdpx": "A REFI-QDA project"}[form]
        super().__init__(f"{what} is not for the screen.", f"Add --output NAME.{form}.")


def for_the_screen(form: str, output: Path | None) -> None:
    """Let a format pass that can be shown, or that goes to a file or another program. Raises NeedsFileError."""
    if form in {"docx", "xlsx", "qdpx"} and output is None and sys.stdout.isatty():
        raise NeedsFileError(form)


@app.callback()
def export() -> None:
    """Write the register to a file for other tools."""


@app.command("provisions")
def provisions(
    ctx: typer.Context,
    form: Annotated[
        str, typer.Option("--format", help="jsonl, csv, xlsx, qdpx, qdc, ig, ig-csv or ig-jsonl.")
    ] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    document: filters.Documents = None,
    kind: filters.Kinds = None,
    actor: filters.Actors = None,
    counterparty: filters.Counterparties = None,
    technology: filters.Technologies = None,
    instrument: filters.Instruments = None,
    force: filters.Forces = None,
    review: filters.Reviews = None,
    language: filters.Languages = None,
    coder: filters.Coders = None,
    due_from: filters.DueFrom = None,
    due_to: filters.DueTo = None,
    text: filters.Text = "",
    order: filters.Order = "text",
) -> None:
    """Write lines of the register, one a row, with the fields of the interchange format."""
    from dragoman.team_coding import QDA_FORMS  # noqa: PLC0415 - slow to load

    if form not in {*FORMATS, *QDA_FORMS}:
        raise UnknownValueError("format", form, [*FORMATS, *QDA_FORMS])  # noqa: EM101 - the option's name
    for_the_screen(form, output)
    choice = Choice(
        document, kind, actor, counterparty, technology, instrument, force, review, language,
        due_from, due_to, text, order, coder,
    )  # fmt: skip
    with session_of(ctx).open() as workspace, target(output) as stream:
        query = query_of(choice, workspace)
        qda = form in QDA_FORMS
        pieces = workspace.coding().file_of(workspace.export(query), form) if qda else None
        for piece in pieces or workspace.export_bytes(query, cast("Format", form)):
            stream.write(piece)
        number = total_of(workspace.provisions(replace(query, limit=0)))
    if output is not None:
        say(f"{number} lines written to {output}")


@contextmanager
def target(output: Path | None) -> Iterator[IO[bytes]]:
    """Give the stream to write to; a file appears only when it is whole. Raises CannotWriteError."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as stream:
            partial = Path(stream.name)
        try:
            with partial.open("wb") as whole:
                yield whole
            partial.chmod(0o644)
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as fault:
        raise CannotWriteError(output, fault) from fault
