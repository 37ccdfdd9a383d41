"""The command `dragoman`: options before the command, the commands, and what errors become."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli.loading import OnDemand
from dragoman.cli.parsing import mistakes_worded
from dragoman.cli.session import EXIT_OK, Session, say_error
from dragoman.cli.speaking import VARIABLE, put_all_into_words, put_into_words, speak, speak_as_set
from dragoman.model import DragomanError

COMMANDS = {
    "read": "reading.read",
    "documents": "browsing.documents",
    "provisions": "browsing.provisions",
    "show": "browsing.show",
    "search": "browsing.search",
    "review": "reviewing.review",
    "code": "coding.code",
    "problems": "browsing.problems",
    "check": "checking.check",
    "coordination": "coordination.coordination",
    "profile": "profiling.profile",
    "alliances": "alliances.alliances",
    "briefing": "briefing.briefing",
    "backup": "archiving.backup",
    "restore": "archiving.restore",
    "serve": "serving.serve",
    "health": "operating.health",
    "migrate": "operating.migrate",
    "mcp": "assistant.mcp",
    "bulk": "bulk.app",
    "export": "exporting.app",
    "coding": "team_coding.app",
    "case": "checking.cases",
    "rules": "rules.app",
    "lists": "lists.app",
    "screen": "screening.app",
    "track": "tracking.app",
    "watch": "watching.app",
    "corpus": "corpora.app",
    "compare": "comparing.app",
    "terms": "terms.app",
    "actors": "actors.app",
    "tracing": "tracing.app",
    "docket": "docket.app",
    "jobs": "jobs.app",
    "audit": "audit.app",
    "account": "account.app",
    "snapshot": "citing.app",
}
"""The commands in the order of the help, and where each is written; see `loading`."""


class Commands(TyperGroup):
    """The commands; the one place where our errors become a message and an exit code."""

    def __init__(self, *args: Any, **further: Any) -> None:  # noqa: ANN401 - they are typer's
        super().__init__(*args, **further)
        self.commands: Any = OnDemand(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - the type is private to typer
        """Return the names of the commands; none is loaded for it."""
        del ctx
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - the type is private to typer
        """Return a command with its help in the language spoken, None where there is none of the name."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            put_all_into_words(command)
        return command

    def make_context(self, *args: Any, **further: Any) -> Any:  # noqa: ANN401 - the type is private to typer
        """Read the options, the help of which is in the language that the environment names."""
        speak_as_set()
        put_into_words(self)
        with mistakes_worded():
            return super().make_context(*args, **further)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the type is private to typer
        """Run a command; a closed pipe behind us (`| head`) is no error."""
        try:
            with mistakes_worded():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except DragomanError as error:
            say_error(error)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as closed:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(EXIT_OK) from closed
        return result


app = typer.Typer(
    cls=Commands,
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from dragoman import __version__  # noqa: PLC0415 - read when asked for

        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


def _speak(ctx: typer.Context, code: str | None) -> str | None:
    """Take the language before anything is printed, so that the help is in it, too."""
    if code is not None:
        try:
            speak(code)
        except DragomanError as error:
            say_error(error)
            raise typer.Exit(error.exit_code) from error
        put_into_words(ctx.command)
    return code


@app.callback()
def start(
    ctx: typer.Context,
    workspace: Annotated[
        Path, typer.Option(envvar="DRAGOMAN_WORKSPACE", help="Folder of the register.", metavar="DIR")
    ] = Path("workspace"),
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, and nothing else.")] = False,
    interface: Annotated[
        str | None,
        typer.Option(
            "--interface", callback=_speak, is_eager=True, envvar=VARIABLE, help="Language of messages: en or zh."
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read technology-policy texts into a register of provisions, each pinned to its sentence."""
    del interface, version
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    ctx.obj = Session(workspace, json, os.environ.get("DRAGOMAN_DATABASE_URL") or None)
