"""What every command needs: the workspace, where output goes, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from dragoman.cli.speaking import word, worded
from dragoman.model import DragomanError, Problem, Severity

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.checking import Checker
    from dragoman.workspace import Workspace

EXIT_OK = 0
"""Done."""
EXIT_PROBLEMS = 1
"""Done, and something in the texts should be looked at (a problem of severity error or warning)."""
EXIT_ERROR = 2
"""Not done: the call was wrong or the register could not be used."""


PAGE_WIDTH = 120
"""Characters of a line where the output goes to a file or another program."""


@dataclass(frozen=True, slots=True)
class Session:
    """The options before the command.

    Attributes:
        folder: of the workspace.
        json: whether to print JSON lines instead of tables.
        database_url: of PostgreSQL, or None.
    """

    folder: Path
    json: bool
    database_url: str | None

    def open(self) -> Workspace:
        """Open the workspace. Raises StoreError."""
        from dragoman.workspace import Workspace  # noqa: PLC0415 - slow to load

        return Workspace.open(self.folder, self.database_url)

    def checker(self) -> Checker:
        """Return what checks cases; it needs no workspace."""
        from dragoman.checking import Checker  # noqa: PLC0415 - slow to load

        return Checker()

    @contextmanager
    def screening_checker(self, *, screen: bool) -> Iterator[Checker]:
        """Give what checks cases and screens their parties, where there is a workspace; none is made for it."""
        from dragoman.workspace import REGISTER_FILE  # noqa: PLC0415 - slow to load

        if not screen or not (self.database_url or (self.folder / REGISTER_FILE).exists()):
            yield self.checker()
            return
        with self.open() as workspace:
            yield workspace.checker()


def session_of(ctx: typer.Context) -> Session:
    """Return the session of a command's context."""
    session: Session = ctx.ensure_object(Session)
    return session


def console(*, stderr: bool = False) -> Console:
    """Return the console for results or messages; long quotations are wrapped, never cut, off the screen."""
    from rich.console import Console  # noqa: PLC0415 - slow to load

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # ours to handle: rich would end with an exit code of its own

    stream = sys.stderr if stderr else sys.stdout
    return Screen(width=None if stream.isatty() else PAGE_WIDTH, highlight=False, stderr=stderr)


def print_json(row: Mapping[str, Any]) -> None:
    """Print one JSON object as a line."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def say(message: str) -> None:
    """Print a message for the person at the screen, apart from the results."""
    sys.stderr.write(word("screen", message) + "\n")


def say_error(error: DragomanError) -> None:
    """Print what is wrong with a call and what can be done."""
    message, remedy = worded(error)
    sys.stderr.write(f"{word('screen', 'Error: ')}{message}\n")
    if remedy:
        sys.stderr.write(f"{remedy}\n")


def exit_code_of(problems: Iterable[Problem]) -> int:
    """Return the exit code that a command's problems call for."""
    serious = any(problem.severity is not Severity.NOTE for problem in problems)
    return EXIT_PROBLEMS if serious else EXIT_OK


def set_up_output() -> None:
    """Let Chinese through whatever the terminal's encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
