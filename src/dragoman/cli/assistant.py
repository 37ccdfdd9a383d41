"""`dragoman mcp`: the register as tools of an assistant, over standard input and output."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import typer

from dragoman.cli.session import session_of
from dragoman.model import UsageError


class NoProtocolError(UsageError):
    """The package that speaks the protocol is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "The tools for assistants need the package `mcp`, which is not installed.",
            'Install it with: pip install "dragoman[mcp]".',
        )


class NotAnAddressError(UsageError):
    """A base of links that is none."""

    def __init__(self, base: str) -> None:
        super().__init__(f"`{base}` is not the address of pages.", "Write --base http://127.0.0.1:8765.")


def mcp(
    ctx: typer.Context,
    base: Annotated[
        str, typer.Option(help="Address of the pages that links lead to, as `dragoman serve` prints it.")
    ] = "http://127.0.0.1:8765",
) -> None:
    """Answer an assistant's questions from the register (Model Context Protocol over stdio)."""
    address = urlsplit(base)
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise NotAnAddressError(base)
    try:
        from dragoman.mcp.server import serve  # noqa: PLC0415 - slow to load, and an extra
    except ModuleNotFoundError as absent:
        if (absent.name or "").partition(".")[0] != "mcp":
            raise
        raise NoProtocolError from absent
    with session_of(ctx).open() as workspace:
        serve(workspace, base)
