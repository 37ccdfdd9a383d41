"""`dragoman account`: who may sign in to the pages of a team, and tokens of the API."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.filters import known
from dragoman.cli.session import console, print_json, say, session_of
from dragoman.cli.tables import table_with
from dragoman.model import UsageError
from dragoman.model.access import Account, Scope
from dragoman.model.procedure import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

app = typer.Typer(
    no_args_is_help=True,
    help="Who may sign in to the pages of a team, and tokens of the API.",
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of an account.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="A role; may be repeated.", metavar="ROLE")]
Seat = Annotated[str | None, typer.Option("--seat", help="Seat of an agency.")]
Organisation = Annotated[str | None, typer.Option("--organisation", help="Organisation of an applicant.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


class NoTerminalError(UsageError):
    """Nobody sits there who could type a password."""

    def __init__(self) -> None:
        super().__init__("There is no terminal to type a password at.", "Pipe it in, with --password-stdin.")


@app.callback()
def account() -> None:
    """Who may sign in to the pages of a team, and tokens of the API."""


@app.command("add")
def add(
    ctx: typer.Context,
    name: Name,
    role: Roles = None,
    seat: Seat = None,
    organisation: Organisation = None,
    password_stdin: FromInput = False,
) -> None:
    """Add an account; the password is asked for twice, or read from standard input."""
    given = {"seat": seat or "", "organisation": organisation or ""}
    roles = roles_of(role) or []
    with session_of(ctx).open() as workspace:
        workspace.accounts.planned(name, roles, **given)
        made = workspace.accounts.add(name, password_from(password_stdin), roles, **given)
    say(f"account {made.name} added; from now on the pages ask everybody to sign in")


@app.command("change")
def change(
    ctx: typer.Context, name: Name, role: Roles = None, seat: Seat = None, organisation: Organisation = None
) -> None:
    """Change roles, seat or organisation; what is not named stays."""
    with session_of(ctx).open() as workspace:
        workspace.accounts.change(name, roles=roles_of(role), seat=seat, organisation=organisation)
    say(f"account {name} changed")


@app.command("password")
def password(ctx: typer.Context, name: Name, password_stdin: FromInput = False) -> None:
    """Set another password; all sessions of the account end."""
    with session_of(ctx).open() as workspace:
        workspace.accounts.set_password(name, password_from(password_stdin))
    say(f"password of {name} set; its sessions have ended")


@app.command("close")
def close(ctx: typer.Context, name: Name) -> None:
    """Close an account: it cannot sign in any more; what it did stays in the log."""
    with session_of(ctx).open() as workspace:
        workspace.accounts.change(name, active=False)
    say(f"account {name} closed")


@app.command("open")
def open_again(ctx: typer.Context, name: Name) -> None:
    """Open a closed account again, and lift a lock after failed attempts."""
    with session_of(ctx).open() as workspace:
        workspace.accounts.change(name, active=True)
        workspace.accounts.unlock(name)
    say(f"account {name} may sign in")


@app.command("list")
def list_accounts(ctx: typer.Context) -> None:
    """List the accounts."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.accounts.accounts()
    if session.json:
        for one in found:
            print_json(account_to_row(one))
        return
    table = table_with("name", "roles", "seat", "organisation", "may sign in")
    for one in found:
        roles = ", ".join(sorted(role.value for role in one.roles))
        state = (
            "no" if not one.active else f"locked until {one.locked_until:%H:%M} UTC" if one.locked_until else "yes"
        )
        table.add_row(one.name, roles, one.seat, one.organisation, state)
    console().print(table)


@app.command("token")
def token(
    ctx: typer.Context,
    name: Name,
    what: Annotated[str, typer.Option("--for", help="What it is for.")] = "",
    write: Annotated[bool, typer.Option("--write", help="It may change things, too.")] = False,
    days: Annotated[int | None, typer.Option("--days", min=1, max=366, help="How long it holds; 90.")] = None,
) -> None:
    """Add a token of the API for an account and print it, this once."""
    scopes = [Scope.READ, Scope.WRITE] if write else [Scope.READ]
    with session_of(ctx).open() as workspace:
        made, text = workspace.accounts.add_token(name, what, scopes, days)
    say(f"token {made.id} holds until {made.expires:%Y-%m-%d}; it is not shown again:")
    typer.echo(text)


@app.command("tokens")
def tokens(ctx: typer.Context, name: Name) -> None:
    """List the tokens of an account."""
    with session_of(ctx).open() as workspace:
        found = workspace.accounts.tokens(name)
    table = table_with("id", "for", "may", "holds until", "last used", "taken back")
    for one in found:
        until, used = f"{one.expires:%Y-%m-%d}", f"{one.used:%Y-%m-%d %H:%M}" if one.used else "never"
        table.add_row(one.id, one.name, ", ".join(sorted(one.scopes)), until, used, "yes" if one.revoked else "no")
    console().print(table)


@app.command("revoke")
def revoke(
    ctx: typer.Context, identifier: Annotated[str, typer.Argument(metavar="TOKEN", help="Its id.")]
) -> None:
    """Take a token back."""
    with session_of(ctx).open() as workspace:
        workspace.accounts.revoke_token(identifier)
    say(f"token {identifier} taken back")


def roles_of(names: Iterable[str] | None) -> list[Role] | None:
    """Return roles by their names, None for none. Raises UnknownValueError."""
    return [Role(name) for name in known("role", list(names), Role)] if names else None


def password_from(stdin: bool) -> str:
    """Return a password: typed twice at the screen, or a line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise NoTerminalError
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def account_to_row(one: Account) -> dict[str, object]:
    """Return an account as JSON can hold it; never its password."""
    return {
        "name": one.name,
        "roles": sorted(role.value for role in one.roles),
        "seat": one.seat,
        "organisation": one.organisation,
        "active": one.active,
        "locked_until": one.locked_until.isoformat() if one.locked_until else None,
    }
