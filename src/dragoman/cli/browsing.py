"""Commands that look things up: documents, provisions, show, search, problems."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli import filters
from dragoman.cli.filters import Choice, query_of
from dragoman.cli.rows import document_row, entry_row, hit_row, problem_row, review_row
from dragoman.cli.session import EXIT_OK, console, exit_code_of, print_json, say, session_of
from dragoman.cli.tables import (
    counted,
    document_text,
    entry_page,
    entry_text,
    hit_text,
    problems_table,
    total_of,
)
from dragoman.model import UsageError
from dragoman.model.interchange import entry_to_row


class NothingAskedError(UsageError):
    """A search for no word."""

    def __init__(self) -> None:
        super().__init__("There is nothing to search for.", "Give one word or more.")


def documents(ctx: typer.Context) -> None:
    """List the documents of the register, by date."""
    session = session_of(ctx)
    with session.open() as workspace:
        if session.json:
            for summary in workspace.each_document():
                print_json(document_row(summary))
            return
        out, number, guessed = console(), 0, False
        for number, summary in enumerate(workspace.each_document(), start=1):  # noqa: B007 - how many there were
            out.print(document_text(summary))
            guessed = guessed or "date" in summary.guessed
    say(counted(number, "document"))
    if guessed:
        say("* found in the text by rule")


def provisions(
    ctx: typer.Context,
    document: filters.Documents = None,
    kind: filters.Kinds = None,
    actor: filters.Actors = None,
    counterparty: filters.Counterparties = None,
    technology: filters.Technologies = None,
    instrument: filters.Instruments = None,
    force: filters.Forces = None,
    review: filters.Reviews = None,
    language: filters.Languages = None,
    coder: filters.Coders = None,
    due_from: filters.DueFrom = None,
    due_to: filters.DueTo = None,
    text: filters.Text = "",
    order: filters.Order = "text",
    limit: filters.Limit = 50,
    offset: filters.Offset = 0,
) -> None:
    """List lines of the register; values of one option are alternatives, options narrow each other down."""
    session = session_of(ctx)
    choice = Choice(
        document, kind, actor, counterparty, technology, instrument, force, review, language,
        due_from, due_to, text, order, coder,
    )  # fmt: skip
    with session.open() as workspace:
        page = workspace.provisions(query_of(choice, workspace, offset=offset, limit=limit or None))
    if session.json:
        for entry in page.entries:
            print_json(entry_to_row(entry))
        return
    out = console()
    for entry in page.entries:
        out.print(entry_text(entry))
    say(f"{len(page.entries):,} of {total_of(page)} lines")


def show(
    ctx: typer.Context, identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of the line.")]
) -> None:
    """Show one line: quotation in context, all fields, why, and its history."""
    session = session_of(ctx)
    with session.open() as workspace:
        entry = workspace.provision(identifier)
        lines, reviews = workspace.history(identifier)
        document = workspace.document(entry.provision.doc, entry.version)
    if session.json:
        past = [entry_row(line) for line in lines]
        print_json({**entry_row(entry), "lines": past, "reviews": [review_row(review) for review in reviews]})
        return
    out = console()
    for part in entry_page(entry, document, lines, reviews):
        out.print(part)


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(help='Words; "several words" in quotes stand together; control* finds controls too.'),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Sentences to print.")] = 20,
    offset: filters.Offset = 0,
) -> None:
    """Find sentences, with or without a provision."""
    session = session_of(ctx)
    asked = " ".join(words)
    if not asked.strip():
        raise NothingAskedError
    with session.open() as workspace:
        page = workspace.search(asked, offset=offset, limit=limit)
    if session.json:
        for hit in page.hits:
            print_json(hit_row(hit))
        return
    out = console()
    for hit in page.hits:
        out.print(hit_text(hit))
    say(f"{len(page.hits):,} of {page.total:,} sentences")


def problems(
    ctx: typer.Context,
    document: Annotated[str | None, typer.Option("--document", help="Slug of a document.", metavar="SLUG")] = None,
) -> None:
    """List what was wrong or assumed while reading, errors first."""
    session = session_of(ctx)
    with session.open() as workspace:
        if document:
            workspace.document(document)
        found = workspace.problems(document)
    if session.json:
        for problem in found:
            print_json(problem_row(problem))
    elif found:
        console().print(problems_table(found))
    else:
        say("No problems.")
    raise typer.Exit(exit_code_of(found) or EXIT_OK)
