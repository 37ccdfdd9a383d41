"""`dragoman serve`: the pages over the register; on this machine only, unless there are accounts."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated

import typer

from dragoman.cli.logs import LogForm, write_log
from dragoman.cli.session import say, session_of
from dragoman.model import DragomanError, UsageError


class OpenAddressError(UsageError):
    """An address that others could reach, and nobody who could sign in."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"There are no accounts, so the pages are not served on {host}, which others could reach.",
            "Add one with `dragoman account add NAME --role admin`, or use --host 127.0.0.1.",
        )


class NoNameError(UsageError):
    """An address that others could reach, without the name that they ask for."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Under which name do others reach {host}?",
            "Say it with --name dragoman.example.org; requests under any other name are turned away.",
        )


class PortTakenError(DragomanError):
    """Another program listens there."""

    def __init__(self, host: str, port: int, fault: OSError) -> None:
        super().__init__(
            f"Port {port} on {host} cannot be used ({fault.strerror or fault}).",
            "Choose another --port, or 0 for any free one.",
        )


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address of this machine to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8765,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Host name the pages are asked for under; may be repeated.")
    ] = None,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Do the jobs of the docket beside the pages.")
    ] = True,
    log_format: LogForm = None,
) -> None:
    """Serve the pages; where there are accounts, everybody signs in."""
    import uvicorn  # noqa: PLC0415 - slow to load

    from dragoman.web import Settings, create_app  # noqa: PLC0415

    if log_format:
        write_log(log_format)
    with session_of(ctx).open() as workspace:
        accounts = workspace.accounts.exist()
        hosts = hosts_for(host, name or (), accounts=accounts)
        with listening(host, port) as listener:
            taken = listener.getsockname()[1]
            shown = f"[{host}]" if ":" in host else host
            say(f"dragoman serves {workspace.folder} on http://{shown}:{taken}/  (Ctrl-C stops)")
            settings = Settings(hosts=hosts, accounts=accounts)
            config = uvicorn.Config(create_app(workspace, settings), log_level="warning", log_config=None)
            server = uvicorn.Server(config)
            with workspace.jobs().at_work() if worker else nullcontext():
                server.run(sockets=[listener])


def hosts_for(host: str, names: Sequence[str], *, accounts: bool) -> tuple[str, ...]:
    """Return the host names that the pages answer to.

    Raises:
        UsageError: others could reach the address, and nobody could sign in or no name is given.
    """
    from dragoman.web import LOOPBACK_HOSTS  # noqa: PLC0415 - slow to load

    given = tuple(name.lower() for name in names)
    if is_loopback(host):
        return (*LOOPBACK_HOSTS, *given)
    if not accounts:
        raise OpenAddressError(host)
    own = () if host in {"0.0.0.0", "::"} else (f"[{host}]" if ":" in host else host,)  # noqa: S104 - compared only
    if not own and not given:
        raise NoNameError(host)
    return (*own, *given)


def is_loopback(host: str) -> bool:
    """Return whether a name or address means this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises PortTakenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as fault:
        listener.close()
        raise PortTakenError(host, port, fault) from fault
    return listener
