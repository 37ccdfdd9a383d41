"""The application: routes, static files, errors and guard put together."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.web import (
    accounts,
    actors,
    actors_api,
    alliances,
    alliances_api,
    api,
    bilingual,
    bilingual_api,
    briefing,
    checking,
    checking_api,
    citing,
    comparing,
    comparing_api,
    coordination,
    docket,
    docket_api,
    downloads_api,
    errors,
    health,
    jobs,
    library,
    lists,
    office_api,
    problems,
    profile,
    reader,
    register,
    screening,
    screening_api,
    sign_in,
    team_coding,
    team_coding_api,
    term_changes_api,
    term_choice,
    terms,
    terms_api,
    tracing,
    tracking,
    tracking_api,
    watching,
)
from dragoman.web.boards import Boards
from dragoman.web.commitment import Finds
from dragoman.web.computed import Computed
from dragoman.web.coordination import Tables
from dragoman.web.description import describe_problems
from dragoman.web.render import render
from dragoman.web.request_log import Figures, RequestLog
from dragoman.web.security import Guard
from dragoman.web.settings import Settings
from dragoman.web.sign_in import SignIn
from dragoman.web.ties import TiesAtHand
from dragoman.workspace import Workspace

STATIC = Path(__file__).parent / "static"
PAGES = (
    library,
    register,
    problems,
    reader,
    checking,
    screening,
    lists,
    tracking,
    watching,
    terms,
    term_changes_api,
    terms_api,
    bilingual,
    term_choice,
    bilingual_api,
    comparing,
    coordination,
    profile,
    tracing,
    comparing_api,
    actors,
    actors_api,
    alliances,
    alliances_api,
    briefing,
    docket,
    jobs,
    team_coding,
    team_coding_api,
    citing,
    accounts,
    sign_in,
    health,
    downloads_api,
    checking_api,
    screening_api,
    tracking_api,
    docket_api,
    office_api,
    api,
)
"""Modules with routes, in the order in which addresses are looked up."""


def _api_page(request: Request) -> Response:
    """Show the endpoints of the API."""
    app: FastAPI = request.app
    operations = [
        (method.upper(), path, operation)
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api.html", {"operations": operations})


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Return the routes of all modules, the same for every application: FastAPI analyses each of them once."""
    router = APIRouter()
    for module in PAGES:
        router.include_router(module.router)
    return tuple(router.routes)


def create_app(workspace: Workspace, settings: Settings | None = None) -> FastAPI:
    """Return the web face of a workspace.

    Args:
        workspace: an open workspace; it is called from several threads and stays the caller's to close.
        settings: see `Settings`; the default serves one person on one machine.
    """
    settings = settings or Settings()
    app = FastAPI(
        title="dragoman",
        version=__version__,
        summary="A register of provisions, each pinned to its sentence.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.workspace = workspace
    app.state.settings = settings
    app.state.attempts = sign_in.new_attempts()
    app.state.clock = lambda: datetime.now(UTC)
    app.state.checker = workspace.checker()
    app.state.finds = Finds()
    app.state.figures = Figures()
    app.state.boards = Boards()
    app.state.sizes = health.Sizes()
    app.state.computed = Computed()
    app.state.tables = Tables()
    app.state.ties = TiesAtHand()
    app.routes.extend(_routes())
    app.add_api_route("/api", _api_page, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    describe_problems(app)
    errors.install(app)
    if settings.accounts:
        app.add_middleware(SignIn, workspace=workspace)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(RequestLog, figures=app.state.figures)
    return app
