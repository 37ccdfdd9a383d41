"""`dragoman terms`: the two language versions of a text, sentence beside sentence."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import term_extract, term_force, term_links, term_lint, termbase
from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import known
from dragoman.cli.session import exit_code_of, say, session_of
from dragoman.cli.speaking import of_report
from dragoman.cli.tables import counted
from dragoman.cli.track_options import say_problems
from dragoman.model import Language
from dragoman.model.bilingual import link_to_row

if TYPE_CHECKING:
    from dragoman.model.bilingual import Alignment
    from dragoman.translating import Translating

FORMATS = ("jsonl", "tmx", "html", "docx", "md")

app = typer.Typer(no_args_is_help=True, help="The two language versions of a text.", rich_markup_mode=None)


app.add_typer(termbase.app, name="base")
app.command("lint")(term_lint.lint)
for command in (term_extract.extract, term_force.force, term_links.link, term_links.unlink, term_links.links):
    app.command(command.__name__)(command)


@app.callback()
def terms() -> None:
    """The two language versions of a text."""


@app.command("align")
def align(
    ctx: typer.Context,
    documents: Annotated[
        list[str],
        typer.Argument(help="Slugs or files: one that holds both versions, or one of each.", metavar="DOC [DOC]"),
    ],
    form: Annotated[str, typer.Option("--format", help="jsonl, tmx, html, docx or md.")] = "jsonl",
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    no_dictionary: Annotated[bool, typer.Option("--no-dictionary", help="Without CC-CEDICT.")] = False,
    no_encoder: Annotated[bool, typer.Option("--no-encoder", help="Without the encoder.")] = False,
) -> None:
    """Link the sentences of the English and the Chinese version of a text, with a confidence for each link."""
    known("format", [form], FORMATS)
    tongue = of_report(language)
    for_the_screen(form, output)
    left = [name for name, out in (("--no-dictionary", no_dictionary), ("--no-encoder", no_encoder)) if out]
    again = shlex.join(["dragoman", "terms", "align", *documents, "--format", form, "--language", tongue, *left])
    with session_of(ctx).open() as workspace:
        translating = workspace.translating
        alignment = translating.align(documents, dictionary=not no_dictionary, encoder=not no_encoder)
        with target(output) as stream:
            stream.write(written(translating, alignment, form, tongue, again))
    say_problems(alignment.problems)
    say(f"Linked by {' and '.join(('signs', *alignment.means))}.")
    if output is not None:
        say(f"{counted(len(alignment.links), 'link')} written to {output}")
    raise typer.Exit(exit_code_of(alignment.problems))


def written(translating: Translating, alignment: Alignment, form: str, language: Language, again: str) -> bytes:
    """Return an alignment as the bytes of a file."""
    if form != "jsonl":
        return translating.written(alignment, form, language, again)
    lines = [json.dumps(link_to_row(link), ensure_ascii=False) + "\n" for link in alignment.links]
    return "".join(lines).encode()
