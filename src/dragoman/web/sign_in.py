"""Signing in, and the guard that lets nobody in who has not, where there are accounts.

A browser carries a session in a cookie that scripts cannot read and other sites' pages cannot send (HttpOnly,
SameSite=Strict; Secure over HTTPS); a program carries a token in `Authorization: Bearer`. Who may open which
address stands in `data/access/policy.yaml`; what it does not name is refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from threading import Lock
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.accounts import Limits, Verdict, load_limits, verdict_on
from dragoman.model import DragomanError, UsageError
from dragoman.model.access import Entry
from dragoman.model.access import Scope as TokenScope
from dragoman.web.access import Store
from dragoman.web.decision import word
from dragoman.web.errors import respond
from dragoman.web.render import render
from dragoman.web.security import SAFE_METHODS, OriginError
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

COOKIE = "dragoman_session"
BEARER = "bearer "
MOST_ADDRESSES = 10_000
"""Addresses whose attempts are held; the oldest are forgotten first."""


class SignInNeededError(UsageError):
    """A program asks without a token, or a browser without a session."""

    http_status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(
            "This needs an account.",
            "Sign in, or send a token: Authorization: Bearer dgm.… (dragoman account token).",
        )


class RefusedError(UsageError):
    """The roles of an account do not reach so far."""

    http_status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("Your account may not open this.", "Ask who keeps the accounts for the role it needs.")


class TooManyAttemptsError(UsageError):
    """Too many attempts to sign in from one address."""

    http_status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Too many attempts to sign in came from this address.", "Wait some minutes, then try again."
        )
        self.seconds = seconds


class Attempts:
    """Counts attempts to sign in by the address they come from."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._seen: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def note(self, address: str, at: datetime) -> None:
        """Note an attempt. Raises TooManyAttemptsError."""
        with self._lock:
            times = self._seen.setdefault(address, deque())
            while times and at - times[0] > self._limits.attempts_within:
                times.popleft()
            if len(times) >= self._limits.attempts:
                raise TooManyAttemptsError(int(self._limits.attempts_within.total_seconds()))
            times.append(at)
            while len(self._seen) > MOST_ADDRESSES:
                self._seen.pop(next(iter(self._seen)))


class SignIn:
    """ASGI middleware: says who a request comes from, and turns away whom the policy does not let in."""

    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self.app = app
        self.workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its person, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        answer = await run_in_threadpool(self._answer, request)
        if answer is None:
            await self.app(scope, receive, send)
        else:
            await answer(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        """Return why a request is turned away; None lets it pass."""
        entry = entry_of(request, self.workspace)
        if entry is None and "authorization" in request.headers:
            try:
                note_attempt(request)
            except TooManyAttemptsError as fault:
                return respond(request, fault, {"retry-after": str(fault.seconds)})
        verdict = verdict_on(request.url.path, request.method, entry.person.roles if entry else None)
        request.state.entry = entry
        request.state.person = entry.person if entry else None
        if verdict is Verdict.SIGN_IN:
            return asked_to_sign_in(request)
        if verdict is Verdict.REFUSED:
            return respond(request, RefusedError())
        misuse = misused(request, entry)
        return respond(request, misuse) if misuse else None


def entry_of(request: Request, workspace: Workspace) -> Entry | None:
    """Return who a request comes from by its token or session; None for nobody."""
    header = request.headers.get("authorization", "")
    if header.lower().startswith(BEARER):
        return workspace.accounts.entry_of_token(header[len(BEARER) :].strip())
    cookie = request.cookies.get(COOKIE, "")
    return workspace.accounts.entry_of_session(cookie) if cookie else None


def note_attempt(request: Request) -> None:
    """Note an attempt to sign in, by a password or a token. Raises TooManyAttemptsError."""
    attempts: Attempts = request.app.state.attempts
    clock: Callable[[], datetime] = request.app.state.clock
    attempts.note(request.client.host if request.client else "", clock())


def misused(request: Request, entry: Entry | None) -> DragomanError | None:
    """Return why a signed-in request that changes something is refused, None where it may.

    A token needs the scope; a session needs the word of the browser that the request comes from our own pages:
    the guard has looked at it where it is there, here it must be there.
    """
    if request.method in SAFE_METHODS or entry is None:
        return None
    if not entry.session:
        return None if TokenScope.WRITE in entry.scopes else RefusedError()
    said = request.headers.get("origin") or request.headers.get("sec-fetch-site")
    return None if said else OriginError("")


def asked_to_sign_in(request: Request) -> Response:
    """Return the way to the form for a browser that wants a page, and an error for everything else."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(path, safe='')}", 303)
    answer = respond(request, SignInNeededError())
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def inner_path(path: str) -> str:
    """Return an address of ours to go on to; another site's becomes the first page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Show the form to sign in."""
    return render(request, "login.html", {"next": inner_path(next), "refusal": None, "name": ""})


@router.post("/login")
async def login(request: Request, workspace: Store) -> Response:
    """Sign in; the session that the browser held before ends."""
    async with request.form() as form:
        return await run_in_threadpool(_signed_in, request, workspace, form)


def _signed_in(request: Request, workspace: Workspace, form: FormData) -> Response:
    name, onward = word(form, "name"), inner_path(word(form, "next") or "/")
    password = form.get("password", "")
    try:
        note_attempt(request)
        secret = workspace.accounts.sign_in(
            name, password if isinstance(password, str) else "", request.cookies.get(COOKIE, "")
        )
    except DragomanError as refusal:
        context = {"next": onward, "refusal": refusal, "name": name}
        return render(request, "login.html", context, status=refusal.http_status)
    answer = RedirectResponse(onward, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


@router.post("/logout")
def logout(request: Request, workspace: Store) -> Response:
    """Sign out."""
    entry: Entry | None = getattr(request.state, "entry", None)
    if entry is not None and entry.session:
        workspace.accounts.sign_out(entry)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def new_attempts() -> Attempts:
    """Return a count of attempts that has seen none."""
    return Attempts(load_limits())
