"""Options that the commands of `dragoman track` share, and what their values mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.filters import known
from dragoman.cli.session import console
from dragoman.cli.tables import problem_line
from dragoman.model import DUTIES, DueState, Kind, Language, Problem

if TYPE_CHECKING:
    from dragoman.workspace import Workspace

STATES = {state.name.lower().replace("_", "-"): state for state in DueState}
"""States as they are typed: overdue, due-30, due-90, later, delivered, awaiting, vague, undated."""

AsOf = Annotated[str | None, typer.Option("--as-of", help="Day that is asked for; today.", metavar="DATE")]
By = Annotated[str, typer.Option("--by", help="Who records it.", metavar="NAME", envvar="DRAGOMAN_REVIEWER")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
ProvisionId = Annotated[str, typer.Argument(metavar="PROVISION", help="Id of a line of the register.")]
Pillars = Annotated[list[str] | None, typer.Option("--pillar", help="Title of a top section.", metavar="TITLE")]
States = Annotated[list[str] | None, typer.Option("--state", help=f"{', '.join(STATES)}.")]
Horizon = Annotated[int, typer.Option("--horizon", min=0, help="Days ahead that recurring duties are shown for.")]
Output = Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")]


def kinds_of(given: list[str] | None) -> tuple[Kind, ...]:
    """Return the kinds of an option, by default commitments and obligations. Raises UnknownValueError."""
    return tuple(Kind(value) for value in known("kind", given, Kind)) or DUTIES


def languages_of(given: list[str] | None) -> tuple[Language, ...]:
    """Return the languages of an option. Raises UnknownValueError."""
    return tuple(Language(value) for value in known("language", given, Language))


def names_of(option: str, given: list[str] | None, workspace: Workspace) -> tuple[str, ...]:
    """Return the names of an option, all of which the packs or the register know. Raises UnknownValueError."""
    return tuple(known(option, given, workspace.vocabulary()[option])) if given else ()


def say_problems(problems: tuple[Problem, ...]) -> None:
    """Print what is wrong or assumed, apart from the results; a note that holds for many lines is printed once."""
    out = console(stderr=True)
    said: set[tuple[str, str]] = set()
    for problem in problems:
        if (problem.code, problem.message) not in said:
            out.print(problem_line(problem))
        said.add((problem.code, problem.message))
