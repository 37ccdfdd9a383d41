"""`dragoman compare`: where each provision of a series of texts comes from, and what became of it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperGroup

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import known
from dragoman.cli.session import EXIT_OK, console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import changed, name, of_report, spoken, word
from dragoman.cli.tables import counted, indented, styled
from dragoman.cli.track_options import say_problems
from dragoman.model import Language
from dragoman.model.lineage import Edit, Lineage, LineageLabel, LineageLine, Piece
from dragoman.model.lineage_format import correction_to_row, lineage_to_row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from dragoman.comparing import Comparing

FORMATS = ("text", "jsonl", "html", "docx", "md")
SERIES = "series"
LOOKS = {
    LineageLabel.NEW: "bold",
    LineageLabel.REPEATED: "dim",
    LineageLabel.STRENGTHENED: "green",
    LineageLabel.WEAKENED: "yellow",
    LineageLabel.DELIVERED: "green",
    LineageLabel.DROPPED: "red",
}
EDITS = {Edit.KEPT: "default", Edit.DELETED: "red strike", Edit.INSERTED: "green underline"}
SIGNS = {Edit.KEPT: ("", ""), Edit.DELETED: ("[-", "-]"), Edit.INSERTED: ("{+", "+}")}
"""As `wdiff` marks words, so that nothing is told by colour alone."""


class SeriesByDefault(TyperGroup):
    """A group whose first word may be a document: then the documents are compared."""

    default = SERIES

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the type is private to typer
        """Put the command in where none is named."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [SERIES, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=SeriesByDefault,
    no_args_is_help=True,
    help="Compare the texts of a series: dragoman compare DOC DOC ...",
    rich_markup_mode=None,
)


@app.callback()
def compare() -> None:
    """Compare the texts of a series: dragoman compare DOC DOC ... [--format jsonl]."""


@app.command(SERIES)
def series(
    ctx: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Slugs of the register, or files, which are not kept.")],
    form: Annotated[str, typer.Option("--format", help="text, jsonl, html, docx or md.")] = "text",
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="Tag of a technology or instrument; may be repeated.")
    ] = None,
    first: Annotated[bool, typer.Option("--all", help="Print the lines of the first text too.")] = False,
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
) -> None:
    """Compare texts: new, repeated, strengthened, weakened, delivered, dropped, each with its reason."""
    session = session_of(ctx)
    known("format", [form], FORMATS)
    tongue = of_report(language)
    shown = "jsonl" if session.json and form == "text" else form
    for_the_screen(shown, output)
    with session.open() as workspace:
        comparing = workspace.comparing
        lineage = comparing.lineage(documents, topic or ())
        again = command_of(documents, shown, topic or (), tongue)
        with target(output) as stream:
            for piece in pieces_of(comparing, lineage, shown, language=tongue, again=again, first=first):
                stream.write(piece)
    say_problems(lineage.problems)
    if output is not None:
        say(f"{counted(len(lineage.lines), 'line')} written to {output}")
    raise typer.Exit(exit_code_of(lineage.problems))


def command_of(documents: Sequence[str], form: str, topics: Sequence[str], tongue: Language) -> str:
    """Return the command that makes a report again."""
    parts = ["dragoman", "compare", *documents, *(part for topic in topics for part in ("--topic", topic))]
    return shlex.join([*parts, "--format", form, "--language", tongue])


def pieces_of(
    comparing: Comparing, lineage: Lineage, form: str, *, language: Language, again: str, first: bool
) -> Iterator[bytes]:
    """Yield a lineage as the bytes of a file."""
    lines = [line for line in lineage.lines if first or line.dropped_in or not line.first]
    if form == "jsonl":
        for line in lines:
            yield (json.dumps(lineage_to_row(line), ensure_ascii=False) + "\n").encode("utf-8", "replace")
    elif form == "text":
        yield text_of(comparing, lineage, lines).encode("utf-8", "replace")
    else:
        yield comparing.written(lineage, cast("Any", form), language, again)


def text_of(comparing: Comparing, lineage: Lineage, lines: Sequence[LineageLine]) -> str:
    """Return a lineage for the screen: counts by text, then line by line."""
    out = console()
    with out.capture() as captured:
        for slug, counts in list(lineage.counts().items())[1:]:
            words = ", ".join(f"{number} {label_text(label)}" for label, number in sorted(counts.items()))
            out.print(styled(slug, "bold").append(f"  {words or word('cell', 'nothing')}", style="default"))
        for line in lines:
            out.print(line_text(line, comparing.redline(line)))
    return captured.get()


def label_text(label: LineageLabel) -> str:
    """Return a label in the language that is spoken."""
    return name("lineage_label", label.value)


def line_text(line: LineageLine, pieces: Sequence[Piece]) -> RenderableType:
    """Return a line: its label and reason, then its words with what was deleted and inserted."""
    head = styled(label_text(line.label), LOOKS[line.label])
    notes = [word("cell", note) for note in ("moved", "split", "merged") if getattr(line, note)]
    head.append(f"  {line.provision.id}  {'; '.join([reason_text(line), *notes])}", style="default")
    return indented(head, marked(pieces) if pieces else styled(line.provision.quote.exact, "default"))


def reason_text(line: LineageLine) -> str:
    """Return why a line has its label: as it is kept in English, else in the words of the pages."""
    made = next((one for one in line.changes if one.field is line.field), None)
    if spoken() is Language.EN or line.field is None:
        return word("cell", line.reason)
    field = name("lineage_field", line.field.value)
    if made is None:
        return field
    before, after = (changed(made.field, value) or word("cell", "none") for value in (made.before, made.after))
    return f"{field}: {before} → {after}"


def marked(pieces: Sequence[Piece]) -> Text:
    """Return a redline with its marks."""
    text = styled("", "default")
    for piece in pieces:
        before, after = SIGNS[piece.edit]
        words = piece.text.rstrip()
        text.append(f"{before}{words}{after}", style=EDITS[piece.edit])
        text.append(piece.text[len(words) :])
    return text


@app.command("correct")
def correct(
    ctx: typer.Context,
    provision: Annotated[str, typer.Argument(help="Id of the line.")],
    label: Annotated[str, typer.Option("--label", help="new, repeated, strengthened, weakened or delivered.")],
    by: Annotated[
        str, typer.Option("--by", help="Who corrects it.", metavar="NAME", envvar="DRAGOMAN_REVIEWER")
    ] = "",
    ancestor: Annotated[
        list[str] | None, typer.Option("--from", help="Id of a predecessor; may be repeated.", metavar="ID")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
) -> None:
    """Set the label of a line and, with --from, its predecessors; it counts until the sentence changes."""
    session = session_of(ctx)
    with session.open() as workspace:
        kept = workspace.comparing.correct(provision, label, person=by, ancestors=ancestor or None, note=note)
    if session.json:
        print_json(correction_to_row(kept))
    else:
        say(f"{provision} is {kept.label.value}, by {kept.person}.")


@app.command("history")
def history(ctx: typer.Context, provision: Annotated[str, typer.Argument(help="Id of the line.")]) -> None:
    """Print all corrections of a line, oldest first."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.comparing.history(provision)
    for one in found:
        if session.json:
            print_json(correction_to_row(one))
        else:
            note = f": {one.note}" if one.note else ""
            console().print(f"{one.at:%Y-%m-%d %H:%M}  {one.label.value}, by {one.person}{note}")
    if not found:
        say("Nobody has corrected this line.")
    raise typer.Exit(EXIT_OK)
