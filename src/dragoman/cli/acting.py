"""Which account acts: `--as` of the groups of commands that move cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.model.docket import Person
    from dragoman.workspace import Workspace

KEPT = "dragoman.account"
"""Under which the account is kept in the context of a command."""

As = Annotated[
    str, typer.Option("--as", envvar="DRAGOMAN_ACCOUNT", help="Account that acts; local.", metavar="ACCOUNT")
]


def acts_as(ctx: typer.Context, account: str) -> None:
    """Keep the account that acts for the command that follows."""
    ctx.meta[KEPT] = account


def person_in(ctx: typer.Context, workspace: Workspace) -> Person | None:
    """Return who acts; None for local. Raises NotFoundError for an account that is not there."""
    name = ctx.meta.get(KEPT, "")
    return workspace.accounts.person(name) if name else None
