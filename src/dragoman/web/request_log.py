"""What is said of each request: a line of the log, an identifier, and the figures that /metrics shows.

A line holds the template of the address, never the address itself, its question or what was sent: those can hold
names, words of texts and secrets.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.model.docket import Person

LOG = logging.getLogger(__name__)
HEADER = "x-request-id"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
"""An identifier that a proxy may have given."""
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram of seconds; those of the client libraries of Prometheus."""
DEFECT = 500
Route = tuple[str, str]
"""Method and template of an address."""


@dataclass(slots=True)
class Figures:
    """Counts of requests since the server began; safe to use from several threads."""

    requests: dict[tuple[str, str, int], int] = field(default_factory=dict)
    seconds: dict[Route, list[float]] = field(default_factory=dict)
    """By route: how many took no longer than each bound, how many there were, and their sum."""
    lock: Lock = field(default_factory=Lock)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        with self.lock:
            key = (method, route, status)
            self.requests[key] = self.requests.get(key, 0) + 1
            row = self.seconds.setdefault((method, route), [0.0] * (len(BOUNDS) + 2))
            for place, bound in enumerate(BOUNDS):
                row[place] += seconds <= bound
            row[-2] += 1
            row[-1] += seconds

    def copy(self) -> tuple[dict[tuple[str, str, int], int], dict[Route, list[float]]]:
        """Return the figures as they stand at one moment."""
        with self.lock:
            return dict(self.requests), {key: list(row) for key, row in self.seconds.items()}


class RequestLog:
    """ASGI middleware around all others: times, counts and logs each request, and gives it an identifier."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and say what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier, begun, status = identifier_of(Headers(scope=scope)), time.perf_counter(), DEFECT

        async def give(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = identifier
            await send(message)

        scope.setdefault("state", {})["identifier"] = identifier
        try:
            await self.app(scope, receive, give)
        finally:
            seconds = time.perf_counter() - begun
            method, route = method_of(scope), route_of(scope)
            self.figures.note(method, route, status, seconds)
            said = {"request": identifier, "account": account_of(scope), "method": method, "route": route}
            rest = {"status": status, "milliseconds": round(seconds * 1000, 1)}
            LOG.info("request", extra={**said, **rest})


def identifier_of(headers: Headers) -> str:
    """Return the identifier that a proxy gave a request, else a new one."""
    given = headers.get(HEADER, "")
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


def method_of(scope: Scope) -> str:
    """Return the method; one that is none of HTTP's counts as "other", so that nobody fills the figures."""
    method = str(scope["method"])
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"


def route_of(scope: Scope) -> str:
    """Return the template of the address that answered; "" where none did."""
    route: Any = scope.get("route")
    template = getattr(route, "path_format", None) or getattr(route, "path", None)
    if template:
        return str(template)
    return "/static" if str(scope["path"]).startswith("/static/") else ""


def account_of(scope: Scope) -> str:
    """Return who asked; "" for nobody who signed in."""
    person = scope.get("state", {}).get("person")
    return person.account if isinstance(person, Person) else ""
