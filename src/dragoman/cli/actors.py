"""`dragoman actors`: the register of actors - looking, proposals from the texts, changes, history, file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import speaking
from dragoman.cli.exporting import target
from dragoman.cli.filters import date_of
from dragoman.cli.session import EXIT_OK, console, print_json, say, session_of
from dragoman.cli.tables import counted
from dragoman.cli.track_options import By, Output, Reason
from dragoman.model import Language
from dragoman.model.actor import (
    ActorCard,
    ActorProposal,
    ActorStep,
    Membership,
    NewActor,
    card_to_row,
    proposal_to_row,
    step_to_row,
)

if TYPE_CHECKING:
    from dragoman.actor_register import ActorBook
    from dragoman.workspace import Workspace

app = typer.Typer(no_args_is_help=True, help="The register of actors.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="By any of its names.", metavar="ACTOR")]
English = Annotated[list[str] | None, typer.Option("--en", help="A further English name.", metavar="NAME")]
Chinese = Annotated[list[str] | None, typer.Option("--zh", help="A Chinese name.", metavar="NAME")]
Type = Annotated[str, typer.Option("--type", help="state, agency, group, body, firm, ...; see docs/actors.md.")]
Of = Annotated[str, typer.Option("--of", help="State or body that it belongs to.", metavar="ACTOR")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Most actors; 0 for all.")]


@app.callback()
def actors() -> None:
    """The register of actors: names in both languages, types, members, and what people changed."""


@app.command("list")
def list_actors(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="Part of a name in either language; all.", metavar="[TEXT]")] = "",
    kind: Annotated[str, typer.Option("--type", help="Only this type.")] = "",
    limit: Limit = 50,
) -> None:
    """Find actors, those that most lines name first."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.actor_register.find(text, kind)
    shown = found[: limit or None]
    if session.json:
        for card in shown:
            print_json(card_to_row(card))
        return
    print_table(("actor", "type", "of", "other names", "lines"), map(card_cells, shown))
    if left := len(found) - len(shown):
        say(f"{left} more; --limit 0 shows all")


def card_cells(card: ActorCard) -> tuple[str, ...]:
    """Return an actor as a row."""
    others = ", ".join((*card.en[1:], *card.zh))
    return card.name, speaking.name("actors.types", card.type), card.of, others, str(card.lines)


def print_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows as a table."""
    from dragoman.cli.tables import table_with  # noqa: PLC0415 - slow to load

    table = table_with(*head)
    for row in rows:
        table.add_row(*row)
    console().print(table)


@app.command("show")
def show(ctx: typer.Context, actor: Name) -> None:
    """Show an actor: names, type, memberships with their days, lines, steps."""
    session = session_of(ctx)
    with session.open() as workspace:
        card = workspace.actor_register.card(actor)
        steps = workspace.actor_register.history(card.name)
    if session.json:
        print_json({**card_to_row(card), "steps": [step_to_row(step) for step in steps]})
        return
    out = console()
    kind, of = speaking.name("actors.types", card.type), f", {card.of}" if card.of else ""
    out.print(f"{card.name} ({kind}{of}), {counted(card.lines, 'line')}")
    out.print(f"en: {', '.join(card.en)}")
    out.print(f"zh: {', '.join(card.zh) or '–'}")
    for title, spells in (("member of", card.memberships), ("members", card.members)):
        if spells:
            out.print(f"{speaking.word('head', title)}:")
        for one in spells:
            out.print(f"  {one.group if title == 'member of' else one.member} {days_of(one)}")
    for step in steps:
        out.print(step_line(step))


def days_of(one: Membership) -> str:
    """Return from when to when a membership is."""
    since, until = (day.isoformat() if day else "" for day in (one.since, one.until))
    return f"{since or '?'} – {until}" if since or until else ""


def step_line(step: ActorStep) -> str:
    """Return a step in words."""
    values = ", ".join(f"{key}: {value}" for key, value in step.values.items() if value)
    said = f"{speaking.name('actors.act', step.act.value)} {step.actor} ({values}) - {step.reason}"
    return f"#{step.number} {step.at:%Y-%m-%d %H:%M} {step.by}: {said}"


@app.command("propose")
def propose(
    ctx: typer.Context,
    dismiss: Annotated[
        str, typer.Option("--dismiss", help="Says that the proposal on this name is none.", metavar="NAME")
    ] = "",
    by: By = "",
    reason: Reason = "",
) -> None:
    """Show what the texts propose: new actors, one under two names, two under one name."""
    session = session_of(ctx)
    with session.open() as workspace:
        book = workspace.actor_register
        found = book.propose()
        if dismiss:
            for one in [one for one in found if one.name == dismiss]:
                book.dismiss(one.kind.value, one.name, by=by, reason=reason)
            found = book.propose()
        if session.json:
            for one in found:
                print_json(proposal_to_row(one))
            return
        rows = [(*proposal_cells(one), book.why(one, Language.EN)) for one in found]
    print_table(("what", "name", "lines", "texts", "as", "why"), rows)


def proposal_cells(one: ActorProposal) -> tuple[str, ...]:
    """Return a proposal as a row."""
    guessed = f"{one.type}{f' of {one.of}' if one.of else ''}"
    meant = one.into or guessed or ", ".join(f"{state} {n}" for state, n in one.states.items())
    return one.kind.value, one.name, str(one.lines), str(one.documents), meant


def changing(ctx: typer.Context, change: Any) -> None:  # noqa: ANN401 - takes the book, returns the step
    """Make a change and say what was kept."""
    session = session_of(ctx)
    with session.open() as workspace:
        step: ActorStep = change(book_of(workspace))
    if session.json:
        print_json(step_to_row(step))
    else:
        console().print(step_line(step))
    raise typer.Exit(EXIT_OK)


def book_of(workspace: Workspace) -> ActorBook:
    """Return the register of actors."""
    return workspace.actor_register


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Canonical English name.", metavar="NAME")],
    kind: Type,
    of: Of = "",
    en: English = None,
    zh: Chinese = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Add an actor, or give one that is known further names (--type names)."""
    names = (tuple(en or ()), tuple(zh or ()))
    if kind == "names":
        changing(ctx, lambda book: book.give_names(name, *names, by=by, reason=reason))
    changing(
        ctx,
        lambda book: book.add(NewActor(name, kind, book.name(of) if of else "", *names), by=by, reason=reason),
    )


@app.command("rename")
def rename(
    ctx: typer.Context,
    actor: Name,
    to: Annotated[str, typer.Argument(help="Its new canonical name.", metavar="NAME")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Give an actor another canonical name; the old one stays among its names."""
    changing(ctx, lambda book: book.rename(actor, to, by=by, reason=reason))


@app.command("merge")
def merge(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(help="An actor, or a name that stands in lines.", metavar="NAME")],
    into: Annotated[str, typer.Argument(help="The actor that it is.", metavar="ACTOR")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Let an actor, or a name from the texts, be taken up by another actor."""
    changing(ctx, lambda book: book.merge(actor, into, by=by, reason=reason))


@app.command("split")
def split(
    ctx: typer.Context,
    actor: Name,
    name: Annotated[str, typer.Argument(help="Canonical name of the new one.", metavar="NAME")],
    kind: Type = "",
    of: Of = "",
    en: English = None,
    zh: Chinese = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Set a new actor beside one that had its names."""

    def change(book: ActorBook) -> ActorStep:
        meant = kind or book.card(actor).type
        new = NewActor(name, meant, book.name(of) if of else "", tuple(en or ()), tuple(zh or ()))
        return book.split(actor, new, by=by, reason=reason)

    changing(ctx, change)


@app.command("member")
def member(
    ctx: typer.Context,
    group: Annotated[str, typer.Argument(help="A group, union or body.", metavar="GROUP")],
    actor: Name,
    since: Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="First day on which it is none any more.", metavar="DATE")
    ] = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Say from when until when an actor is a member of a group."""
    days = (date_of("from", since), date_of("until", until))
    changing(ctx, lambda book: book.set_member(group, actor, *days, by=by, reason=reason))


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    step: Annotated[int, typer.Argument(help="Number of the step, as `history` shows it.", metavar="STEP")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Take a step back; it stays in the history."""
    changing(ctx, lambda book: book.withdraw(step, by=by, reason=reason))


@app.command("history")
def history(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(help="By any of its names; all.", metavar="[ACTOR]")] = "",
) -> None:
    """Show every change, oldest first, with who made it, when and why."""
    session = session_of(ctx)
    with session.open() as workspace:
        steps = workspace.actor_register.history(actor)
        unfit = {step.number for step in workspace.actor_register.unfit()}
    for step in steps:
        if session.json:
            print_json(step_to_row(step))
        else:
            console().print(step_line(step) + (" [left out: no longer fits]" if step.number in unfit else ""))


@app.command("export")
def export(ctx: typer.Context, output: Output = None) -> None:
    """Write the actors that were changed as YAML, in the form of data/actors."""
    with session_of(ctx).open() as workspace:
        data = workspace.actor_register.export()
    with target(output) as stream:
        stream.write(data)
    if output is not None:
        say(f"written to {output}")
