"""What is checked before a request reaches a page, and what every answer carries.

Host names are checked against DNS rebinding, the origin of requests that change something against forgery
from other sites (Fetch Metadata, W3C; Origin, RFC 6454), and the size of bodies while they come in.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.model import DragomanError, UsageError
from dragoman.web.errors import respond
from dragoman.web.headers import HEADERS
from dragoman.web.settings import MEGABYTE, Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HostError(UsageError):
    """The pages are asked for under a name that is not theirs."""

    http_status = HTTPStatus.MISDIRECTED_REQUEST

    def __init__(self, host: str) -> None:
        super().__init__(
            f"These pages are not served under the name “{host}”.",
            "Open them under the address that `dragoman serve` printed.",
        )


class OriginError(UsageError):
    """Another site's page tries to change something."""

    http_status = HTTPStatus.FORBIDDEN

    def __init__(self, origin: str) -> None:
        super().__init__(
            f"A page from {origin or 'another site'} may not change this register.",
            "Do it from the pages of dragoman itself.",
        )


class TooLargeError(UsageError):
    """A body is larger than the limit."""

    http_status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The file is larger than {limit / MEGABYTE:g} MB.",
            "Split it, or read it with `dragoman read FILE`, which has no such limit.",
        )


def host_name(header: str) -> str:
    """Return the name of a Host header without its port, in lower case."""
    name = header.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def foreign(headers: Headers) -> str | None:
    """Return the origin of a request that another site's page sent, None where it is our own or no page."""
    origin = headers.get("origin", "")
    if origin:
        return None if urlsplit(origin).netloc.lower() == headers.get("host", "").lower() else origin
    site = headers.get("sec-fetch-site", "none")
    return None if site in {"none", "same-origin"} else site


def refusal(scope: Scope, settings: Settings) -> DragomanError | None:
    """Return why a request is turned away, or None."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if host_name(host) not in settings.hosts:
        return HostError(host)
    if scope["method"] not in SAFE_METHODS and (origin := foreign(headers)) is not None:
        return OriginError(origin)
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > settings.upload_limit:
        return TooLargeError(settings.upload_limit)
    return None


def _counted(receive: Receive, limit: int) -> Receive:
    """Return a receiver that raises TooLargeError once more than `limit` bytes have come in."""
    seen = 0

    async def take() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLargeError(limit)
        return message

    return take


def _secured(send: Send, extra: Iterable[tuple[str, str]]) -> Send:
    """Return a sender that adds the security headers to an answer."""

    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in extra:
                headers.setdefault(name, value)
        await send(message)

    return give


class Guard:
    """ASGI middleware: turns away what must not come in, and secures what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an HTTP request on, or answer it with an error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secured = _secured(send, HEADERS.items())
        error = refusal(scope, self.settings)
        if error is not None:
            response = respond(Request(scope), error)
            response.headers["connection"] = "close"
            await response(scope, receive, secured)
            return
        await self.app(scope, _counted(receive, self.settings.upload_limit), secured)
