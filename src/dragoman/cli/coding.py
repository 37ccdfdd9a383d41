"""`dragoman code`: a language model as a further coder, at an endpoint that the user names."""

from __future__ import annotations

import os
from typing import Annotated
from urllib.parse import urlsplit

import typer

from dragoman.cli.progress import progress_of
from dragoman.cli.rows import coded_row
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import word
from dragoman.cli.tables import counted, problem_line
from dragoman.model import BlockKind, CodeOutcome, Document

KEY_VARIABLE = "DRAGOMAN_ENDPOINT_KEY"
"""Environment variable with the key; an option would stand in the history of the shell and in the process list."""

UNSENT = frozenset({BlockKind.FURNITURE, BlockKind.HEADING})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def code(
    ctx: typer.Context,
    slug: Annotated[str, typer.Argument(help="Slug of a document.", metavar="SLUG")],
    url: Annotated[str, typer.Option(help="OpenAI-compatible endpoint, http://127.0.0.1:11434/v1.")],
    model: Annotated[str, typer.Option(help="Name the endpoint knows the model by.")],
    max_seconds: Annotated[float | None, typer.Option(min=1, help="Longest wait for one answer.")] = None,
) -> None:
    """Let a language model code a document too; its text is sent to the endpoint you name.

    A key for the endpoint is taken from the environment variable DRAGOMAN_ENDPOINT_KEY.
    """
    session = session_of(ctx)
    key = os.environ.get(KEY_VARIABLE, "")
    with session.open() as workspace:
        say(what_is_sent(workspace.document(slug), url, model, key=bool(key)))
        with progress_of("asking", quiet=session.json) as progress:
            outcome = workspace.code(slug, url=url, model=model, key=key, seconds=max_seconds, progress=progress)
    if session.json:
        print_json(coded_row(outcome))
    else:
        _summarise(outcome)
    raise typer.Exit(exit_code_of(outcome.problems))


def what_is_sent(document: Document, url: str, model: str, *, key: bool) -> str:
    """Return a statement of what leaves this program, and where to."""
    sentences = sum(sentence.kind not in UNSENT for sentence in document.sentences)
    parts = [f"This sends title, kind, date, parties and {counted(sentences, 'sentence')} of {document.slug}"]
    parts.append(f"to {url} (model {model}),")
    parts.append(f"with the key of {KEY_VARIABLE}" if key else "without a key")
    return " ".join(parts) + (", unencrypted." if is_open(url) else ".")


def is_open(url: str) -> bool:
    """Return whether what is sent leaves this machine unencrypted; a malformed address is refused elsewhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname not in LOOPBACK


def _summarise(outcome: CodeOutcome) -> None:
    """Print what became of the model's lines."""
    from rich.table import Table  # noqa: PLC0415 - slow to load

    table = Table(show_header=False, box=None)
    table.add_row(word("head", "coder"), outcome.coder, "")
    for what, number, meaning in (
        ("new", outcome.new, "candidates for review"),
        ("shared", outcome.shared, "kept beside the line of another coder"),
        ("known", outcome.known, "this coder had them already"),
        ("rejected", len(outcome.problems), "do not stand in the text"),
    ):
        table.add_row(word("head", what), f"{number:,}", word("cell", meaning))
    out = console()
    out.print(table)
    for problem in outcome.problems:
        out.print(problem_line(problem))
