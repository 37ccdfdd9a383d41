"""`dragoman screen`: parties against the lists, decisions, monitoring, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperGroup

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.findings import file_problem
from dragoman.cli.hits import change_text, decision_words, history_text, screening_text
from dragoman.cli.progress import progress_of
from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, console, print_json, say, session_of
from dragoman.cli.tables import counted
from dragoman.model import Party, Problem, Screening, Severity, UsageError, Verdict
from dragoman.model.check_format import problem_to_row
from dragoman.model.screen_format import decision_to_row, screening_to_row

if TYPE_CHECKING:
    from dragoman.screening import FileFormat, PartyRow, ScreenedRow, Screener

FORMATS = ("jsonl", "csv", "xlsx")
DEFAULT = "party"
SHOWN_PROBLEMS = 20
"""Problems of a file that are shown; the output has all."""


class PartyOrCommand(TyperGroup):
    """Takes what is none of its commands as the name of a party."""

    default = DEFAULT

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the type is private to typer
        """Put the default command before a name or its options."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=PartyOrCommand,
    no_args_is_help=True,
    help="Screen parties against the lists: `dragoman screen NAME`, or one of the commands.",
    rich_markup_mode=None,
)
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Day for decisions and ownership rules.", metavar="DATE")
]


@app.callback()
def screen() -> None:
    """Screen parties against the lists: `dragoman screen NAME`, or one of the commands."""


class NobodyToScreenError(UsageError):
    """Neither a name nor a file, or both."""

    def __init__(self) -> None:
        super().__init__(
            "Give one name, or --file FILE.",
            "A name that is a word of the commands (decide, monitor, history, forget, party) is given by --name.",
        )


@app.command(DEFAULT)
def party(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help="Name of the party.")] = None,
    name: Annotated[str, typer.Option("--name", help="The name, where it is a word of the commands.")] = "",
    alias: Annotated[list[str] | None, typer.Option("--alias", help="A further name; may be repeated.")] = None,
    country: Annotated[list[str] | None, typer.Option("--country", help="Code or name of its country.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="person, company, organization, vessel or airplane.")] = "",
    born: Annotated[str, typer.Option("--born", help="Year or day of birth.")] = "",
    number: Annotated[
        list[str] | None, typer.Option("--number", help="Passport, IMO, registration number.")
    ] = None,
    owners: Annotated[str, typer.Option("--owners", help='"Name 60%; Other name 40%".')] = "",
    reference: Annotated[str, typer.Option("--id", help="Your own number of the party.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Many parties: CSV, JSON lines, or text.")] = None,
    form: Annotated[str, typer.Option("--format", help="Of the answer to --file: jsonl, csv or xlsx.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0, max=1, help="Score from which a name is a hit.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most hits of a party.")] = 10,
    explain: Annotated[bool, typer.Option("--explain", help="Show what became of each word.")] = False,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Whether `monitor` screens it again.")] = True,
    as_of: AsOf = None,
) -> None:
    """Screen one party, or a file of them. Exit code 0: no hit; 1: hits or problems; 2: not screened."""
    session = session_of(ctx)
    day = date_of("as-of", as_of)
    given = name or " ".join(words or ())
    if (file is None) == (not given):
        raise NobodyToScreenError
    with session.open() as workspace:
        screener = workspace.screener()
        if file is not None:
            raise typer.Exit(screen_file(screener, Batch(file, day, threshold, limit, keep, form, output)))
        fields = {"name": [given], "alias": alias, "country": country, "kind": [kind], "born": [born]}
        fields |= {"number": number, "owners": [owners], "id": [reference]}
        row = party_of(fields)
        screening = screener.screen(cast("Party", row.party), day, threshold, limit, keep=keep)
    problems = row.problems
    if session.json:
        found = screening_to_row(screening)
        print_json({**found, "problems": [problem_to_row(one) for one in problems]})
    else:
        show(screening, problems, explain=explain)
    raise typer.Exit(EXIT_PROBLEMS if screening.hits or serious(problems) else EXIT_OK)


class Batch:
    """What is to be done with a file of parties."""

    def __init__(
        self,
        file: Path,
        day: date | None,
        threshold: float | None,
        limit: int,
        keep: bool,
        form: str,
        output: Path | None,
    ) -> None:
        self.file, self.day, self.threshold, self.limit = file, day, threshold, limit
        self.keep, self.form, self.output = keep, form, output


class NoPartyError(UsageError):
    """What was given names no party."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message, found.remedy)


def party_of(fields: dict[str, list[str] | None]) -> PartyRow:
    """Return the party that options describe. Raises NoPartyError."""
    from dragoman.screening import made_party  # noqa: PLC0415 - slow to load

    row = made_party(lambda field: [value for value in fields.get(field) or () if value])
    if row.party is None:
        raise NoPartyError(row.problems[-1])
    return row


def serious(problems: Iterable[Problem]) -> bool:
    """Return whether something should be looked at."""
    return any(problem.severity is not Severity.NOTE for problem in problems)


def show(screening: Screening, problems: Iterable[Problem], *, explain: bool) -> None:
    """Print the hits of one party."""
    for problem in problems:
        say(f"{problem.severity.value}: {problem.message} {problem.remedy} [{problem.code}]")
    out = console()
    for part in screening_text(screening, explain=explain):
        out.print(part)
    lists = ", ".join(f"{name} version {version}" for name, version in screening.lists)
    say(f"{counted(len(screening.hits), 'hit')}; {lists}")
    if explain:
        say_no_second(screening)


def say_no_second(screening: Screening) -> None:
    """Say how to get a second opinion, where a hit is doubtful and there is none."""
    from dragoman.screening import NO_SECOND_OPINION, is_doubtful  # noqa: PLC0415 - slow to load

    if any(hit.second is None and is_doubtful(hit) for hit in screening.hits):
        say(NO_SECOND_OPINION)


def screen_file(screener: Screener, batch: Batch) -> int:
    """Screen a file, write the answer as it comes, and return the exit code."""
    from dragoman.screening import write_screenings  # noqa: PLC0415 - slow to load

    known("format", [batch.form], FORMATS)
    for_the_screen(batch.form, batch.output)
    tally = Tally()
    with progress_of("screening", quiet=False) as tell, target(batch.output) as stream:
        rows = screener.screen_file(
            batch.file, batch.day, batch.threshold, batch.limit, keep=batch.keep, progress=tell
        )
        for piece in write_screenings(tally.seen(rows), cast("FileFormat", batch.form)):
            stream.write(piece)
    tally.tell()
    return tally.exit_code


class Tally:
    """Counts what was screened."""

    def __init__(self) -> None:
        self.parties = self.with_hits = self.hits = self.refused = 0
        self.problems: list[Problem] = []
        self.serious = False

    def seen(self, rows: Iterable[ScreenedRow]) -> Iterator[ScreenedRow]:
        """Yield the rows and count them."""
        for row in rows:
            if row.screening is None:
                self.refused += 1
            else:
                self.parties += 1
                self.hits += len(row.screening.hits)
                self.with_hits += bool(row.screening.hits)
            self.serious = self.serious or serious(row.problems)
            if len(self.problems) < SHOWN_PROBLEMS:
                self.problems += row.problems
            yield row

    def tell(self) -> None:
        """Say how many parties have how many hits, and what was wrong."""
        for problem in self.problems[:SHOWN_PROBLEMS]:
            console(stderr=True).print(file_problem(problem))
        parties = counted(self.parties, "party").replace("partys", "parties")
        refused = f", {self.refused:,} not screened" if self.refused else ""
        say(f"{parties} screened{refused}; {self.with_hits:,} with hits, {counted(self.hits, 'hit')} in all")

    @property
    def exit_code(self) -> int:
        """Return 2 where nothing could be screened, 1 for hits or problems, else 0."""
        if self.refused and not self.parties:
            return 2
        return EXIT_PROBLEMS if self.hits or self.refused or self.serious else EXIT_OK


@app.command("decide")
def decide(
    ctx: typer.Context,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Your number of the party, else its name.")],
    list_name: Annotated[str, typer.Argument(metavar="LIST", help="Name of the list.")],
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Number of the entry.")],
    verdict: Annotated[str, typer.Option("--verdict", help="confirmed or cleared.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME", envvar="DRAGOMAN_REVIEWER")] = "",
    until: Annotated[str | None, typer.Option("--until", help="Last day it holds.", metavar="DATE")] = None,
) -> None:
    """Record a decision on a hit; it is open again when the entry changes or its last day has passed."""
    known("verdict", [verdict], (Verdict.CONFIRMED, Verdict.CLEARED))
    session = session_of(ctx)
    last = date_of("until", until)
    with session.open() as workspace:
        made = workspace.screener().decide(
            party, (list_name, entry), Verdict(verdict), reviewer=by, reason=reason, until=last
        )
    if session.json:
        print_json(decision_to_row(made))
    else:
        say(f"{made.party}, {made.list} {made.entry}: {decision_words(made)}")


@app.command("monitor")
def monitor(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[LIST]", help="Only parties to whom it is new.")] = None,
    as_of: AsOf = None,
) -> None:
    """Screen all known parties against new versions of lists; report only what changed (exit code 1)."""
    session = session_of(ctx)
    with session.open() as workspace, progress_of("screening again", quiet=session.json) as tell:
        found = workspace.screener().monitor(name, date_of("as-of", as_of), tell)
    from dragoman.screening import change_to_row  # noqa: PLC0415 - slow to load

    for one in found:
        print_json(change_to_row(one)) if session.json else console().print(change_text(one))
    if not session.json:
        say(counted(len(found), "change"))
    raise typer.Exit(EXIT_PROBLEMS if found else EXIT_OK)


@app.command("history")
def history(
    ctx: typer.Context,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Your number of the party, else its name.")],
) -> None:
    """Show every decision on a party and what monitoring found for it, oldest first."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.screener().history(party)
    if session.json:
        from dragoman.screening import history_to_row  # noqa: PLC0415 - slow to load

        print_json(history_to_row(found))
        return
    if not (found.decisions or found.changes or found.screened):
        say(f"Nothing is known of `{found.key}`. Give its own number, or its name as it was screened.")
        raise typer.Exit(EXIT_PROBLEMS)
    for part in history_text(found):
        console().print(part)


@app.command("forget")
def forget(
    ctx: typer.Context,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Your number of the party, else its name.")],
) -> None:
    """Stop screening a party again; decisions on it stay known."""
    with session_of(ctx).open() as workspace:
        was_known = workspace.screener().forget(party)
    say("It is no longer screened again." if was_known else "It was not known.")
    raise typer.Exit(EXIT_OK if was_known else EXIT_PROBLEMS)
