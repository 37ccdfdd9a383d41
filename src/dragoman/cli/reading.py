"""`dragoman read`: inputs into the register, with progress and a summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.filters import date_of, known
from dragoman.cli.progress import progress_of
from dragoman.cli.rows import outcome_row
from dragoman.cli.session import console, exit_code_of, print_json, session_of
from dragoman.cli.speaking import name, word
from dragoman.cli.tables import problem_line
from dragoman.model import Kind, Language, Problem, ReadOutcome, Severity, UsageError

if TYPE_CHECKING:
    from rich.console import Console

SHOWN_PROBLEMS = 20
"""Problems printed after reading; `dragoman problems` shows all."""
MEGABYTE = 1024 * 1024


class OneInputOnlyError(UsageError):
    """Metadata for several inputs at once."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"--title, --date, --kind, --party and --language describe one document, not {number} inputs.",
            "Read it by itself, or put <name>.json files beside the documents.",
        )


@dataclass(slots=True)
class Tally:
    """What was read so far, without the documents themselves."""

    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    sentences: int = 0
    kept: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, outcome: ReadOutcome) -> None:
        """Count an outcome."""
        self.statuses[outcome.status] += 1
        self.kinds.update(outcome.provisions)
        self.sentences += outcome.sentences
        self.kept += outcome.kept
        self.problems += outcome.problems


def read(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files, folders, globs, http(s) addresses, .jsonl(.gz), - for standard input."),
    ],
    title: Annotated[str | None, typer.Option(help="Title of the one document.")] = None,
    date: Annotated[str | None, typer.Option(help="Its date, 2026-03-31.")] = None,
    kind: Annotated[str | None, typer.Option(help="Its kind, for instance declaration.")] = None,
    party: Annotated[list[str] | None, typer.Option(help="A party to it; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="en or zh; may be repeated.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Read addresses inside this machine's networks too.")
    ] = False,
    max_megabytes: Annotated[int | None, typer.Option(min=1, help="Largest file or answer read.")] = None,
    max_seconds: Annotated[float | None, typer.Option(min=0.1, help="Longest wait for one address.")] = None,
) -> None:
    """Read documents into the register."""
    session = session_of(ctx)
    metadata = _metadata(inputs, title=title, date=date, kind=kind, parties=party, languages=language)
    tally = Tally()
    with session.open() as workspace, progress_of("reading", quiet=session.json) as progress:
        settings = workspace.read_settings(
            allow_private=allow_private,
            max_bytes=max_megabytes and max_megabytes * MEGABYTE,
            max_seconds=max_seconds,
        )
        outcomes = workspace.read(
            inputs,
            metadata=metadata,
            settings=settings,
            standard_input=sys.stdin.buffer,
            progress=progress,
        )
        for outcome in outcomes:
            tally.add(outcome)
            if session.json:
                print_json(outcome_row(outcome))
    if not session.json:
        _summarise(tally)
    raise typer.Exit(exit_code_of(tally.problems))


def _metadata(inputs: Sequence[str], **stated: Any) -> dict[str, Any] | None:  # noqa: ANN401 - of all types
    """Return what the options say about the document, None where they say nothing."""
    found = {name: value for name, value in stated.items() if value}
    if found and len(inputs) > 1:
        raise OneInputOnlyError(len(inputs))
    if "date" in found:
        date_of("date", found["date"])
    known("language", found.get("languages"), Language)
    return found or None


def _summarise(tally: Tally) -> None:
    """Print how much was read and what should be looked at."""
    from rich.table import Table  # noqa: PLC0415 - slow to load

    table = Table(show_header=False, box=None)
    statuses = ", ".join(word("cell", f"{number:,} {STATUS[status]}") for status, number in tally.statuses.items())
    table.add_row(word("head", "documents"), f"{tally.statuses.total():,}", statuses)
    table.add_row(word("head", "sentences"), f"{tally.sentences:,}", "")
    kept = word("cell", f"{tally.kept:,} stood before") if tally.kept else ""
    table.add_row(word("head", "provisions"), f"{tally.kinds.total():,}", kept)
    for kind in Kind:
        if tally.kinds[kind]:
            table.add_row(f"  {name('kind', kind.value)}", f"{tally.kinds[kind]:,}", "")
    table.add_row(word("head", "problems"), f"{len(tally.problems):,}", _by_severity(tally.problems))
    out = console()
    out.print(table)
    _print_serious(out, tally)


def _by_severity(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(
        word("cell", f"{counts[severity]:,} {severity.value}") for severity in Severity if counts[severity]
    )


def _print_serious(out: Console, tally: Tally) -> None:
    """Print the first errors and warnings, with what to do about them."""
    serious = [problem for problem in tally.problems if problem.severity is not Severity.NOTE]
    for problem in serious[:SHOWN_PROBLEMS]:
        out.print(problem_line(problem))
    if len(tally.problems) > len(serious[:SHOWN_PROBLEMS]):
        out.print("All problems and notes: dragoman problems", style="dim")


STATUS = {
    "new": "new",
    "version": "changed",
    "recoded": "read by another grammar",
    "unchanged": "unchanged",
    "failed": "not read",
}
"""What the statuses of a reading are called."""
