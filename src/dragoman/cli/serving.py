"""`dragoman serve`: the pages over the register, on this machine only."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from dragoman.cli.session import say, session_of
from dragoman.model import DragomanError, UsageError


class OpenAddressError(UsageError):
    """An address that others could reach."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The pages have no accounts yet, so they are not served on {host}, which others could reach.",
            "Use --host 127.0.0.1; for another machine, forward the port with ssh -L.",
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
) -> None:
    """Serve the pages."""
    if not is_loopback(host):
        raise OpenAddressError(host)
    import uvicorn  # noqa: PLC0415 - slow to load

    from dragoman.web import create_app  # noqa: PLC0415

    with session_of(ctx).open() as workspace, listening(host, port) as listener:
        taken = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        say(f"dragoman serves {workspace.folder} on http://{shown}:{taken}/  (Ctrl-C stops)")
        server = uvicorn.Server(uvicorn.Config(create_app(workspace), log_level="warning"))
        server.run(sockets=[listener])


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
