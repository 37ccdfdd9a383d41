"""`dragoman snapshot`: frozen snapshots of the register, to be cited, and whether one is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import filters
from dragoman.cli.filters import Choice, date_of, query_of
from dragoman.cli.session import EXIT_ERROR, console, exit_code_of, print_json, say, session_of
from dragoman.model import UsageError

app = typer.Typer(help="Freeze the register, to be cited.", rich_markup_mode=None)


class NoOutputError(UsageError):
    """A snapshot without a place."""

    def __init__(self) -> None:
        super().__init__(
            "A snapshot needs a place.",
            "dragoman snapshot --output NAME writes a folder, --output NAME.zip a file.",
        )


@app.callback(invoke_without_command=True)
def snapshot(
    ctx: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", help="A new folder, or a new file that ends in .zip.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day it is cited by; today.", metavar="DATE")
    ] = None,
    with_texts: Annotated[bool, typer.Option("--with-texts", help="The texts go along.")] = False,
    title: Annotated[str, typer.Option("--title", help="Of the citation.")] = "",
    author: Annotated[list[str] | None, typer.Option("--author", help="Of the citation.", metavar="NAME")] = None,
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
) -> None:
    """Write a snapshot of the register, or of the lines that the options choose; or verify one."""
    if ctx.invoked_subcommand:
        return
    if output is None:
        raise NoOutputError
    choice = Choice(
        document, kind, actor, counterparty, technology, instrument, force, review, language,
        due_from, due_to, text, "text", coder,
    )  # fmt: skip
    with session_of(ctx).open() as workspace:
        frozen = workspace.snapshot(
            output,
            query_of(choice, workspace),
            as_of=date_of("as-of", as_of),
            texts=with_texts,
            title=title,
            authors=tuple(author or ()),
        )
    if session_of(ctx).json:
        print_json({"path": str(frozen.path), "id": frozen.id, "citation": frozen.citation, **frozen.counts})
    else:
        console().print(frozen.citation, markup=False)
        say(f"written to {frozen.path}")


@app.command("verify")
def verify(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="Folder or ZIP file of a snapshot.")],
    against_register: Annotated[
        bool, typer.Option("--against-register", help="Tells which lines the register has otherwise by now.")
    ] = False,
) -> None:
    """Say whether a snapshot is as it was written."""
    from dragoman.citing import verify as verified  # noqa: PLC0415 - slow to load
    from dragoman.cli.tables import problem_line  # noqa: PLC0415 - slow to load

    if against_register:
        with session_of(ctx).open() as workspace:
            found = workspace.compared(path)
    else:
        found = verified(path)
    if session_of(ctx).json:
        problems = [{"code": one.code, "message": one.message} for one in found.problems]
        print_json(
            {"id": found.id, "sound": found.sound, "files": found.files, "problems": problems,
             "differences": dict(found.differences)}
        )  # fmt: skip
    else:
        for problem in found.problems:
            console().print(problem_line(problem))
        differ = ", ".join(f"{n} {what}" for what, n in found.differences.items())
        compared = f"; the register differs: {differ or 'nowhere'}" if against_register and found.sound else ""
        console().print(
            f"{found.id}: {found.files} files {'as written' if found.sound else 'NOT as written'}{compared}"
        )
    raise typer.Exit(exit_code_of(found.problems) if found.sound else EXIT_ERROR)
