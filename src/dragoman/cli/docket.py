"""`dragoman docket`: cases that move through the states of a procedure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from dragoman.cli.acting import As, acts_as, person_in
from dragoman.cli.docket_views import item_lines, print_board, print_case, print_cases, print_procedures
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import EXIT_PROBLEMS, print_json, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.model.docket import DocketCase, DocketQuery, Position
from dragoman.model.docket_board import DeadlineKind, Due
from dragoman.model.docket_format import board_to_row, line_to_row

if TYPE_CHECKING:
    from dragoman.docketing import Docketing
    from dragoman.report import ReportFormat

FORMATS = ("docx", "html", "md")

app = typer.Typer(
    no_args_is_help=True, help="Cases that move through the states of a procedure.", rich_markup_mode=None
)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of a case (AX-2026-00001).")]
Act = Annotated[int, typer.Argument(metavar="ACT", help="Number of the act, as `docket show` prints it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words.")]
Day = Annotated[str, typer.Option("--due", help="Day, YYYY-MM-DD.", metavar="DATE")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="In words.")]
Deadline = Annotated[str, typer.Option("--deadline", help="Only with one: clock, request, report or approval.")]
ClockName = Annotated[str, typer.Option("--clock", help="Only those for which a clock runs, by its name.")]
DueState = Annotated[str, typer.Option("--due", help="Only with one that is over, soon, later, open or rests.")]
ToolName = Annotated[str, typer.Option("--tool", help="Only those matched with a financing tool, by its name.")]
Fit = Annotated[str, typer.Option("--fit", help="Only those for which a tool is open, closed or unknown.")]


@app.callback()
def docket(
    ctx: typer.Context,
    account: As = "",
) -> None:
    """Cases that move through the states of a procedure."""
    acts_as(ctx, account)


@contextmanager
def opened(ctx: typer.Context) -> Iterator[Docketing]:
    """Give the docket as the account that acts sees it. Raises NotFoundError for one that is not there."""
    with session_of(ctx).open() as workspace:
        yield workspace.docketing(person_in(ctx, workspace))


def told(ctx: typer.Context, case: DocketCase, what: str) -> None:
    """Say what was done to a case."""
    if session_of(ctx).json:
        print_json({"number": case.number, "stage": case.stage, "acts": case.acts})
    else:
        say(f"{case.number}: {what}")


def query_of(procedure: Sequence[str] | None, stage: Sequence[str] | None, target: str, text: str) -> DocketQuery:
    """Return which cases options ask for."""
    return DocketQuery(tuple(procedure or ()), tuple(stage or ()), target.upper(), text)


def due_of(deadline: str, clock: str, due: str, tool: str, fit: str) -> dict[str, Any]:
    """Return what options ask of deadlines and tools. Raises UsageError for a word that is none of them."""
    known("deadline", [deadline] if deadline else [], DeadlineKind)
    known("due", [due] if due else [], Due)
    return {"deadline": deadline, "clock": clock, "due": due, "tool": tool, "fit": fit}


@app.command("procedures")
def procedures(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One of them in full.")] = "",
    language: Annotated[str | None, typer.Option("--language", help="en or zh.")] = None,
) -> None:
    """List the procedures, or show one: states, moves, who may take them, what must hold, what is unsettled."""
    tongue = of_report(language)
    with opened(ctx) as docketing:
        print_procedures(docketing.procedures(), name, tongue)


@app.command("submit")
def submit(
    ctx: typer.Context,
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="As `docket procedures` names them.")],
    path: Annotated[Path, typer.Argument(help="Case file, or folder with case.yaml and documents.")],
    organisation: Annotated[str, typer.Option("--organisation", help="Whose case it is.")] = "",
) -> None:
    """Hand in a case; it is checked and its parties are screened at once."""
    from dragoman.docketing import read_intake  # noqa: PLC0415 - slow to load

    with opened(ctx) as docketing:
        case = docketing.submit(procedure, read_intake(path), organisation=organisation)
    told(ctx, case, f"received; check: {case.outcome}")
    raise typer.Exit(EXIT_PROBLEMS if case.outcome in {"not met", "conflict"} else 0)


@app.command("revise")
def revise(
    ctx: typer.Context, number: Number, path: Annotated[Path, typer.Argument(help="As for submit.")]
) -> None:
    """Hand in a further version of a case; it is checked and screened."""
    from dragoman.docketing import read_intake  # noqa: PLC0415 - slow to load

    with opened(ctx) as docketing:
        case = docketing.revise(number, read_intake(path))
    told(ctx, case, f"version {case.version}; check: {case.outcome}")


@app.command("list")
def list_cases(
    ctx: typer.Context,
    procedure: Annotated[list[str] | None, typer.Option("--procedure", help="Name of a procedure.")] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Name of a state.")] = None,
    target: Annotated[str, typer.Option("--target", help="Country, two letters.")] = "",
    text: Annotated[str, typer.Option("--text", help="Words of title, number or organisation.")] = "",
    items: Annotated[bool, typer.Option("--items", help="Only those with something to be looked at.")] = False,
    deadline: Deadline = "",
    clock: ClockName = "",
    due: DueState = "",
    tool: ToolName = "",
    fit: Fit = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many; 0 for all.")] = 50,
) -> None:
    """List cases, the one handed in last first."""
    query = replace(
        query_of(procedure, stage, target, text),
        open_items=items,
        **due_of(deadline, clock, due, tool, fit),
        limit=limit or None,
    )
    with opened(ctx) as docketing:
        lines = docketing.lines(query)
        if session_of(ctx).json:
            for line in lines:
                print_json(line_to_row(line))
            return
        print_cases(lines, docketing.procedures())


@app.command("show")
def show(
    ctx: typer.Context,
    number: Number,
    language: Annotated[str | None, typer.Option("--language", help="en or zh.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="Day for the clocks.", metavar="DATE")] = "",
) -> None:
    """Show a case: state, clocks, findings, documents, requests, positions, conditions, moves, history."""
    tongue = of_report(language)
    from dragoman.docketing import view_to_row  # noqa: PLC0415 - slow to load

    with opened(ctx) as docketing:
        view = docketing.view(number, date_of("as-of", as_of))
    if session_of(ctx).json:
        print_json(view_to_row(view))
        return
    print_case(view, tongue)


@app.command("board")
def board(
    ctx: typer.Context,
    procedure: Annotated[list[str] | None, typer.Option("--procedure", help="Name of a procedure.")] = None,
    target: Annotated[str, typer.Option("--target", help="Country, two letters.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Day for what is due; today.", metavar="DATE")] = "",
    language: Annotated[str | None, typer.Option("--language", help="en or zh.")] = None,
) -> None:
    """Count cases by state, by what is due (clocks, requests, reports, approvals), by country and by tool."""
    tongue = of_report(language)
    with opened(ctx) as docketing:
        found = docketing.board(query_of(procedure, (), target, ""), date_of("as-of", as_of))
        if session_of(ctx).json:
            print_json(board_to_row(found))
            return
        print_board(found, docketing.procedures(), tongue)


@app.command("move")
def move(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str, typer.Argument(metavar="MOVE", help="As `docket show` lists them.")],
    reason: Reason = "",
    cite: Annotated[list[str] | None, typer.Option("--cite", help="Citation the decision rests on.")] = None,
    scope: Annotated[str, typer.Option("--scope", help="What the approval covers.")] = "",
    condition: Annotated[list[str] | None, typer.Option("--condition", help="A condition, in words.")] = None,
    expires: Annotated[str, typer.Option("--expires", help="Last day, YYYY-MM-DD.", metavar="DATE")] = "",
) -> None:
    """Move a case to another state, if the role allows it and all holds that must."""
    fields = {
        "reason": reason.strip(),
        "citations": list(cite or ()),
        "scope": scope.strip(),
        "conditions": list(condition or ()),
        "expires": str(date_of("expires", expires) or ""),
    }
    with opened(ctx) as docketing:
        case = docketing.move(number, name, fields)
    told(ctx, case, f"now {case.stage}")


@app.command("check")
def check(ctx: typer.Context, number: Number) -> None:
    """Check the version that stands and screen its parties, by the law and the lists of today."""
    with opened(ctx) as docketing:
        case = docketing.check(number)
    told(ctx, case, f"check: {case.outcome}; open hits: {', '.join(case.open_hits) or 'none'}")


@app.command("attach")
def attach(ctx: typer.Context, number: Number, path: Annotated[Path, typer.Argument(help="A document.")]) -> None:
    """Add a document to a case."""
    from dragoman.docketing import read_document  # noqa: PLC0415 - slow to load

    with opened(ctx) as docketing:
        case = docketing.attach(number, *read_document(path))
    told(ctx, case, f"{path.name} added ({case.attachments[-1].sha256[:12]})")


@app.command("comment")
def comment(
    ctx: typer.Context,
    number: Number,
    text: Text,
    office: Annotated[bool, typer.Option("--office", help="For the office alone.")] = False,
) -> None:
    """Comment on a case."""
    with opened(ctx) as docketing:
        told(ctx, docketing.comment(number, text, office=office), "comment kept")


@app.command("ask")
def ask(ctx: typer.Context, number: Number, text: Text, due: Day = "") -> None:
    """Ask the applicant for information; clocks that pause rest until it is answered."""
    with opened(ctx) as docketing:
        case = docketing.ask(number, text, date_of("due", due))
    told(ctx, case, f"request {case.requests[-1].act}")


@app.command("answer")
def answer(ctx: typer.Context, number: Number, act: Act, text: Text) -> None:
    """Answer a request for information."""
    with opened(ctx) as docketing:
        told(ctx, docketing.answer(number, act, text), f"request {act} answered")


@app.command("position")
def position(
    ctx: typer.Context,
    number: Number,
    stance: Annotated[str, typer.Argument(metavar="POSITION", help="concur, 'no objection' or object.")],
    reason: Reason,
    seat: Annotated[str, typer.Option("--seat", help="Whose position it is.")] = "",
) -> None:
    """Say what a seat thinks of a case that is before the seats."""
    known("position", [stance], Position)
    with opened(ctx) as docketing:
        told(ctx, docketing.take_position(number, Position(stance), reason, seat), f"position kept: {stance}")


@app.command("condition")
def condition(
    ctx: typer.Context,
    number: Number,
    text: Text,
    due: Day = "",
    every: Annotated[str, typer.Option("--every", help="Period of further reports (P3M).", metavar="PERIOD")] = "",
) -> None:
    """Set a condition of an approval."""
    with opened(ctx) as docketing:
        case = docketing.set_condition(number, text, date_of("due", due), every)
    told(ctx, case, f"condition {case.conditions[-1].act}")


@app.command("report")
def report(
    ctx: typer.Context,
    number: Number,
    act: Act,
    text: Text,
    breached: Annotated[bool, typer.Option("--breached", help="The condition was not kept.")] = False,
    day: Annotated[str, typer.Option("--day", help="Day of the report; today.", metavar="DATE")] = "",
) -> None:
    """Report on a condition."""
    with opened(ctx) as docketing:
        on = date_of("day", day)
        told(
            ctx, docketing.report(number, act, text, kept=not breached, day=on), f"report on condition {act} kept"
        )


@app.command("settle")
def settle(ctx: typer.Context, number: Number, act: Act, reason: Reason) -> None:
    """Settle something that was to be looked at."""
    with opened(ctx) as docketing:
        told(ctx, docketing.settle(number, act, reason), f"item {act} settled")


@app.command("monitor")
def monitor(
    ctx: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help="Day; today.", metavar="DATE")] = "",
    screen: Annotated[bool, typer.Option("--screen/--no-screen", help="Screen the parties anew.")] = True,
    queue: Annotated[bool, typer.Option("--queue", help="Leave the screening to the workers.")] = False,
) -> None:
    """Raise breaches, reports overdue, expiries, clocks that ran out and new hits on the lists."""
    changed = 0
    if queue:
        with session_of(ctx).open() as workspace:
            say(f"{workspace.jobs(person_in(ctx, workspace)).queue_screening()} cases to be screened")
    with opened(ctx) as docketing:
        for case in docketing.monitor(date_of("as-of", as_of), screen=screen and not queue):
            changed += 1
            for line in item_lines(case):
                say(line)
    if not changed:
        say("nothing new")
    raise typer.Exit(EXIT_PROBLEMS if changed else 0)


@app.command("memo")
def memo(
    ctx: typer.Context,
    number: Number,
    form: Annotated[str, typer.Option("--format", help="docx, html or md.")] = "docx",
    language: Annotated[str | None, typer.Option("--language", help="en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """Write the memo of a case: findings, positions, decision, what is unsettled, place for a signature."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    for_the_screen(form, output)
    with opened(ctx) as docketing, target(output) as stream:
        stream.write(docketing.memo(number, tongue, cast("ReportFormat", form)))


@app.command("export")
def export(
    ctx: typer.Context,
    procedure: Annotated[list[str] | None, typer.Option("--procedure", help="Name of a procedure.")] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Name of a state.")] = None,
    country: Annotated[str, typer.Option("--target", help="Country, two letters.")] = "",
    text: Annotated[str, typer.Option("--text", help="Words of title, number or organisation.")] = "",
    form: Annotated[str, typer.Option("--format", help="jsonl or zip.")] = "jsonl",
    language: Annotated[
        str | None, typer.Option("--language", help="Of the memos in a ZIP file: en or zh.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """Write cases with all their acts, one JSON object a line, or with documents and memos as a ZIP file."""
    from dragoman.docketing import write_bundle  # noqa: PLC0415 - slow to load

    known("format", [form], ("jsonl", "zip"))
    tongue = of_report(language)
    for_the_screen(form, output)
    query = query_of(procedure, stage, country, text)
    with opened(ctx) as docketing, target(output) as stream:
        if form == "zip":
            write_bundle(docketing, docketing.numbers(query), tongue, stream)
            return
        for row in docketing.export(query):
            stream.write((json.dumps(row, ensure_ascii=False) + "\n").encode())


@app.command("public")
def public(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", help="jsonl or rss.")] = "jsonl",
    language: Annotated[str | None, typer.Option("--language", help="Of the feed: en or zh.")] = None,
    home: Annotated[str, typer.Option("--home", help="Address of the register, for the feed.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """Write the public register: what the procedure allows to be published of approved cases."""
    from dragoman.docketing import as_rss  # noqa: PLC0415 - slow to load

    known("format", [form], ("jsonl", "rss"))
    tongue = of_report(language)
    with opened(ctx) as docketing, target(output) as stream:
        cases = docketing.public()
        if form == "rss":
            stream.write(as_rss(cases, tongue, home or "http://127.0.0.1:8765/docket/public"))
            return
        for one in cases:
            row = {"procedure": one.procedure.name, **one.fields}
            stream.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
