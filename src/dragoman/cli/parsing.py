"""What the parser of the command line finds wrong, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from dragoman.cli.speaking import spoken, word
from dragoman.model import Language

PARSER_ERROR: Any = typer.BadParameter.__mro__[1]
"""The parser's own class of mistakes in use, which typer gives no public name."""


@contextmanager
def mistakes_worded() -> Iterator[None]:
    """Say a mistake in the use of a command in the language spoken; in English as the parser says it.

    Raises:
        typer.Exit: with the parser's exit code, once the mistake was said in another language.
    """
    try:
        yield
    except PARSER_ERROR as mistake:
        if spoken() is Language.EN or mistake.ctx is None or type(mistake).__name__ == "NoArgsIsHelpError":
            raise
        usage = mistake.ctx.get_usage().removeprefix("Usage: ")
        typer.echo(word("parser", f"Usage: {usage}"), err=True)
        typer.echo(word("parser", f"Try '{mistake.ctx.command_path} --help' for help."), err=True)
        typer.echo("\n" + word("screen", "Error: ") + word("parser", mistake.format_message()), err=True)
        raise typer.Exit(mistake.exit_code) from mistake
