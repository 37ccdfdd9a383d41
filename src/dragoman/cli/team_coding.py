"""`dragoman coding`: team coding - documents to coders, their files, agreement, arbitration, export."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import acting
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import UnknownValueError
from dragoman.cli.session import (
    EXIT_ERROR,
    EXIT_OK,
    EXIT_PROBLEMS,
    console,
    exit_code_of,
    print_json,
    say,
    session_of,
)
from dragoman.cli.track_options import By, Output, Reason
from dragoman.model import UsageError
from dragoman.model.coding import (
    ARBITRATED,
    MEASURES,
    Adopted,
    AgreementReport,
    CodedLine,
    Difference,
    Submission,
    adopted_to_row,
    agreement_to_row,
    coded_to_row,
    difference_to_row,
    line_to_row,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dragoman.team_coding import CodingDesk

app = typer.Typer(no_args_is_help=True, help="Code documents as a team.", rich_markup_mode=None)

Slug = Annotated[str, typer.Argument(help="Slug of a document.", metavar="SLUG")]
Slugs = Annotated[
    list[str] | None, typer.Argument(help="Slugs of documents; all that may be seen.", metavar="[SLUG]...")
]
Coder = Annotated[
    str, typer.Option("--as", help="Who codes, where no account acts.", metavar="NAME", envvar="DRAGOMAN_CODER")
]
Account = Annotated[
    str,
    typer.Option("--account", envvar="DRAGOMAN_ACCOUNT", help="Account that acts; local.", metavar="ACCOUNT"),
]


class UnreadableFileError(UsageError):
    """A file that cannot be read."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"{path} cannot be read ({fault.strerror or fault}).", "Name a file that you may read.")


class BadSettingError(UsageError):
    """A --set that is none."""

    def __init__(self, text: str) -> None:
        super().__init__(f"`{text}` says nothing.", "Write NAME=VALUE, for instance --set force=3.")


@app.callback()
def coding(ctx: typer.Context, account: Account = "") -> None:
    """Code documents as a team: blind coders, agreement, arbitration. See docs/coding.md."""
    acting.acts_as(ctx, account)


@contextmanager
def desk_of(ctx: typer.Context) -> Iterator[CodingDesk]:
    """Give team coding as who acts sees it."""
    with session_of(ctx).open() as workspace:
        yield workspace.coding(acting.person_in(ctx, workspace))


@app.command("assign")
def assign(
    ctx: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Slugs of documents.", metavar="SLUG...")],
    coder: Annotated[list[str], typer.Option("--coder", help="Name; `grammar` is one more.", metavar="NAME")],
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Takes them back instead.")] = False,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Give documents to coders."""
    with desk_of(ctx) as desk:
        desk.assign(documents, coder, by=by, reason=reason, withdraw=withdraw)
    status(ctx)


@app.command("status")
def status(
    ctx: typer.Context,
    coder: Annotated[str, typer.Option("--coder", help="Only documents of this coder.", metavar="NAME")] = "",
) -> None:
    """Show which documents are coded by whom, and how far they are."""
    with desk_of(ctx) as desk:
        board = desk.board(coder)
    if session_of(ctx).json:
        for one in board:
            print_json(coded_to_row(one))
        return
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("document", "version", "coder", "state", "lines", "lines are seen")
    for one in board:
        seen = "no, blind" if one.blind else "opened early" if one.early else "yes"
        for each in one.assignments:
            table.add_row(one.doc, str(one.version), each.coder, each.state.value, str(each.lines), seen)
    console().print(table)


@app.command("lines")
def lines(ctx: typer.Context, document: Slug, coder: Coder = "") -> None:
    """Show the lines of a coder: one's own, and others' when the document is not blind any more."""
    with desk_of(ctx) as desk:
        found = desk.lines(document, coder or desk.coder())
    for one in found:
        if session_of(ctx).json:
            print_json(line_to_row(one))
        else:
            console().print(line_text(one), markup=False)


def line_text(one: CodedLine) -> str:
    """Return a coded line on two lines."""
    line = one.line
    short = [
        f"#{one.unit}" if one.unit else line.id,
        f"{line.start}-{line.end}",
        line.kind.value,
        f"force {line.force}",
    ]
    short += ["; ".join(line.actors), "; ".join((*line.technologies, *line.instruments)), one.reason]
    return "  ".join(filter(None, short)) + f"\n    {line.quote.exact}"


@app.command("done")
def done(ctx: typer.Context, document: Slug, coder: Coder = "") -> None:
    """Say that a coder has finished a document."""
    with desk_of(ctx) as desk:
        desk.done(document, coder=coder)
    say(f"{document}: done")


@app.command("open")
def open_coding(ctx: typer.Context, document: Slug, by: By = "", reason: Reason = "") -> None:
    """Let all lines of a document be seen before all coders are done."""
    with desk_of(ctx) as desk:
        desk.open(document, by=by, reason=reason)
    say(f"{document}: open")


@app.command("reopen")
def reopen(
    ctx: typer.Context,
    document: Slug,
    coder: Annotated[str, typer.Option("--coder", help="Who may go on.", metavar="NAME")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Let a coder go on; the document is blind again."""
    with desk_of(ctx) as desk:
        desk.reopen(document, coder, by=by, reason=reason)
    say(f"{document}: {coder} may go on")


def content_of(path: Path) -> bytes:
    """Return the bytes of a file, or of standard input for "-". Raises UnreadableFileError."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnreadableFileError(path, fault) from fault


@app.command("submit")
def submit(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV or JSON Lines of coded lines; - for standard input.")],
    coder: Coder = "",
    document: Annotated[
        str, typer.Option("--document", help="Document of lines that name none.", metavar="SLUG")
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Earlier lines on these documents go.")] = False,
    done: Annotated[bool, typer.Option("--done", help="The coder has finished these documents.")] = False,
) -> None:
    """Keep a file of a coder's lines: all of them, or none where something is wrong."""
    with desk_of(ctx) as desk:
        found = desk.submit(content_of(file), file.name, coder=coder, document=document, replaces=replace)
        for doc in found.documents if done and found.kept else ():
            desk.done(doc, coder=coder)
    tell(ctx, found)


@app.command("import")
def import_project(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A REFI-QDA project (.qdpx, .qde), or CSV or JSON Lines.")],
    coder: Coder = "",
    mapping: Annotated[
        Path | None, typer.Option("--map", help="What its codes stand for, YAML or CSV.", metavar="FILE")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Which document a source is.", metavar="NAME=SLUG")
    ] = None,
    user: Annotated[str, typer.Option("--user", help="Whose passages, where several coded.", metavar="NAME")] = "",
    document: Annotated[
        str, typer.Option("--document", help="Document of lines of a table that name none.", metavar="SLUG")
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Earlier lines on these documents go.")] = False,
) -> None:
    """Keep the coded passages of a project of another program, or a table: all of them, or none."""
    data = content_of(file)
    with desk_of(ctx) as desk:
        if file.suffix.lower() in {".csv", ".jsonl"}:
            found = desk.submit(data, file.name, coder=coder, document=document, replaces=replace)
        else:
            codes = (content_of(mapping), mapping.name) if mapping else (b"", "")
            sources = dict(pair_of(text) for text in source or ())
            found = desk.take_in(
                data, file.name, coder=coder, codes=codes, sources=sources, user=user, replaces=replace
            )
    tell(ctx, found)


def tell(ctx: typer.Context, found: Submission) -> None:
    """Say what became of a file, and end with its exit code."""
    from dragoman.cli.tables import counted, problem_line  # noqa: PLC0415 - slow to load

    if session_of(ctx).json:
        print_json(
            {"coder": found.coder, "kept": found.kept, "lines": found.lines, "known": found.known,
             "documents": dict(found.documents)}
        )  # fmt: skip
    out = console(stderr=session_of(ctx).json)
    for problem in found.problems:
        out.print(problem_line(problem))
    if found.kept:
        say(f"{counted(found.lines, 'line')} of {found.coder} kept, {found.known} known before")
    else:
        say("Nothing was kept.")
    raise typer.Exit(exit_code_of(found.problems) if found.kept else EXIT_ERROR)


@app.command("agreement")
def agreement(
    ctx: typer.Context,
    documents: Slugs = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the bootstrap.")] = 1,
    resamples: Annotated[
        int | None, typer.Option("--resamples", min=0, max=100_000, help="Draws of the bootstrap.")
    ] = None,
    grammar: Annotated[bool, typer.Option("--grammar/--no-grammar", help="The grammar as one more coder.")] = True,
) -> None:
    """Print how far the coders agree: Krippendorff's alpha, F1 of spans, with bootstrap intervals."""
    with desk_of(ctx) as desk:
        report = desk.agreement(documents or (), seed=seed, resamples=resamples, grammar=grammar)
    if session_of(ctx).json:
        print_json(agreement_to_row(report))
    else:
        for part in agreement_parts(report):
            console().print(part)
    raise typer.Exit(EXIT_OK)


def agreement_parts(report: AgreementReport) -> Iterator[RenderableType]:
    """Yield a report of agreement as tables."""
    from dragoman.cli.tables import problem_line, table_with  # noqa: PLC0415 - slow to load

    table = table_with("document", "coders", "measure", "value", f"{report.level:.0%} interval", "same", "units")
    for row in report.rows:
        for name in MEASURES:
            if (one := row.figures.get(name)) is not None:
                interval = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
                value = "undefined" if one.value is None else f"{one.value:.3f}"
                same = "" if one.same is None else f"{one.same:.0%}"
                where = row.doc or ("all" if len(report.documents) != 1 else report.documents[0])
                table.add_row(where, " / ".join(row.coders), name, value, interval, same, str(one.units))
    yield table
    yield (
        f"{len(report.documents)} documents, {report.sentences} sentences; "
        f"lines: {', '.join(f'{name} {n}' for name, n in report.lines.items()) or 'none'}; "
        f"bootstrap over {report.over}: {report.resamples} draws, seed {report.seed}"
    )
    yield from map(problem_line, report.problems)


@app.command("queue")
def queue(
    ctx: typer.Context,
    document: Slug,
    everything: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
) -> None:
    """Show every unit on which coders differ, with what each says."""
    with desk_of(ctx) as desk:
        found = [one for one in desk.queue(document) if everything or one.open]
    for one in found:
        if session_of(ctx).json:
            print_json(difference_to_row(one))
        else:
            console().print(difference_text(one), markup=False)
    if not session_of(ctx).json:
        say(f"{sum(one.open for one in found)} to be decided")
    raise typer.Exit(EXIT_PROBLEMS if any(one.open for one in found) else EXIT_OK)


def difference_text(one: Difference) -> str:
    """Return a difference: key, fields, words, then what each coder says."""
    parts = [f"{one.key}  differ in: {', '.join(one.fields)}", f"    {one.quote}"]
    for name, side in one.sides.items():
        parts.append(f"  {name}: {said(side) if side else 'no line'}")
    if one.decision:
        mark = " (the codings changed since: to be decided again)" if one.decision.stale else ""
        parts.append(f"  decided: {one.decision.choice} by {one.decision.by}: {one.decision.reason}{mark}")
    return "\n".join(parts) + "\n"


def said(side: CodedLine) -> str:
    """Return what a coder says of a unit."""
    line = side.line
    short = [line.kind.value, f"force {line.force}", "; ".join(line.actors) or "nobody named"]
    short += [f"with {'; '.join(line.counterparties)}" if line.counterparties else ""]
    short += ["; ".join((*line.technologies, *line.instruments)), line.deadline.text if line.deadline else ""]
    short += [f"because {side.reason}" if side.reason else ""]
    return " | ".join(filter(None, short))


@app.command("decide")
def decide(
    ctx: typer.Context,
    difference: Annotated[str, typer.Argument(help="As `queue` shows it.", metavar="KEY")],
    choice: Annotated[
        str, typer.Argument(help="A coder's name, `nobody`, or `own` with --set.", metavar="CHOICE")
    ],
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="FIELD=VALUE of an own line.", metavar="FIELD=VALUE")
    ] = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Decide where coders differ; earlier decisions stay in the history."""
    changes = dict(pair_of(text) for text in sets or ())
    with desk_of(ctx) as desk:
        one = desk.decide(difference, choice, by=by, reason=reason, changes=changes)
        left = sum(each.open for each in desk.queue(one.doc))
    if session_of(ctx).json:
        print_json(difference_to_row(one))
    else:
        console().print(difference_text(one), markup=False)
        say(f"{left} to be decided")


def pair_of(text: str) -> tuple[str, str]:
    """Return field and value of a --set. Raises BadSettingError."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise BadSettingError(text)
    return name.strip(), value


@app.command("adopt")
def adopt(
    ctx: typer.Context,
    document: Slug,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would become of each line.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Decide also lines on which a person decided already.")
    ] = False,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Decide on the lines of the register as the team agrees; the history keeps everything."""
    with desk_of(ctx) as desk:
        if dry_run:
            found = desk.adoption(document, again=again)
        else:
            found = desk.adopt(document, by=by, reason=reason, again=again)
    if session_of(ctx).json:
        for one in found:
            print_json(adopted_to_row(one))
    else:
        show_adopted(found)


def show_adopted(found: Sequence[Adopted]) -> None:
    """Print what became of lines, and how many of each."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with("what", "line", "words", "differs in", "the team says")
    for one in found:
        place = one.entry.provision.id if one.entry else f"{one.start}-{one.end}"
        table.add_row(one.what.value, place, one.quote, ", ".join(one.fields), one.said)
    console().print(table)
    counts = Counter(one.what.value for one in found)
    say(", ".join(f"{n} {what}" for what, n in counts.items()) or "no lines")


@app.command("export")
def export(
    ctx: typer.Context,
    documents: Slugs = None,
    coder: Annotated[
        str, typer.Option("--coder", help="Name, `grammar` or `arbitrated`.", metavar="NAME")
    ] = ARBITRATED,
    form: Annotated[
        str, typer.Option("--format", help="gold, jsonl, csv, xlsx, qdpx, qdc, ig, ig-csv or ig-jsonl.")
    ] = "jsonl",
    output: Output = None,
) -> None:
    """Write a coder's lines, or what the team agreed on: as the register does, as gold, for other programs."""
    from dragoman.team_coding import CODING_FORMS  # noqa: PLC0415 - slow to load

    if form not in CODING_FORMS:
        raise UnknownValueError("format", form, CODING_FORMS)  # noqa: EM101 - the option's name
    for_the_screen(form, output)
    with desk_of(ctx) as desk, target(output) as stream:
        entries = desk.entries(documents or (), coder)
        for piece in desk.file_of(entries, form):
            stream.write(piece)
    if output is not None:
        say(f"{len(entries):,} lines written to {output}")
