"""The command `dragoman`: options before the command, the commands, and what errors become."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli import (
    account,
    actors,
    alliances,
    archiving,
    assistant,
    audit,
    briefing,
    browsing,
    bulk,
    checking,
    citing,
    coding,
    comparing,
    coordination,
    corpora,
    docket,
    evidence,
    exporting,
    jobs,
    lists,
    operating,
    profiling,
    reading,
    reviewing,
    rules,
    screening,
    serving,
    team_coding,
    terms,
    tracing,
    tracking,
    watching,
)
from dragoman.cli.parsing import mistakes_worded
from dragoman.cli.session import EXIT_OK, Session, say_error
from dragoman.cli.speaking import VARIABLE, put_into_words, speak, speak_as_set
from dragoman.model import DragomanError


class Commands(TyperGroup):
    """The commands; the one place where our errors become a message and an exit code."""

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


app.command("read")(reading.read)
app.command("documents")(browsing.documents)
app.command("provisions")(browsing.provisions)
app.command("show")(browsing.show)
app.command("search")(browsing.search)
app.command("review")(reviewing.review)
app.command("code")(coding.code)
app.command("problems")(browsing.problems)
app.add_typer(bulk.app, name="bulk")
app.add_typer(exporting.app, name="export")
app.add_typer(team_coding.app, name="coding")
app.command("check")(checking.check)
app.add_typer(checking.cases, name="case")
app.add_typer(rules.app, name="rules")
app.add_typer(lists.app, name="lists")
app.add_typer(screening.app, name="screen")
app.add_typer(tracking.app, name="track")
app.add_typer(watching.app, name="watch")
app.add_typer(corpora.app, name="corpus")
tracking.app.command("evidence")(evidence.evidence)
app.add_typer(comparing.app, name="compare")
app.add_typer(terms.app, name="terms")
app.command("coordination")(coordination.coordination)
app.command("profile")(profiling.profile)
app.command("alliances")(alliances.alliances)
app.command("briefing")(briefing.briefing)
app.add_typer(actors.app, name="actors")
app.add_typer(tracing.app, name="tracing")
app.add_typer(docket.app, name="docket")
app.add_typer(jobs.app, name="jobs")
app.add_typer(audit.app, name="audit")
app.add_typer(account.app, name="account")
app.add_typer(citing.app, name="snapshot")
app.command("backup")(archiving.backup)
app.command("restore")(archiving.restore)
app.command("serve")(serving.serve)
app.command("health")(operating.health)
app.command("migrate")(operating.migrate)
app.command("mcp")(assistant.mcp)
