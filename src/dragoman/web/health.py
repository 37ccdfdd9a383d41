"""For who keeps a server: whether it lives, whether it can answer, and figures for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from time import monotonic

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from dragoman import __version__
from dragoman.model import DragomanError, StoreError
from dragoman.model.health import Health, health_to_row
from dragoman.model.job import JobState
from dragoman.web.access import Store
from dragoman.web.errors import PROBLEM_TYPE, problem_document
from dragoman.web.request_log import BOUNDS, Figures
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""The text format of Prometheus (prometheus.io/docs/instrumenting/exposition_formats)."""
SIZES_HOLD = 60.0
"""Seconds for which the sizes of tables are not asked for again."""
Labels = Mapping[str, str]


class UnreadyError(DragomanError):
    """The pages cannot answer, or work waits for too long."""

    http_status = HTTPStatus.SERVICE_UNAVAILABLE


@router.get("/health/live")
def live() -> JSONResponse:
    """Say that the process answers, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


@router.get("/health/ready")
def ready(request: Request, workspace: Store) -> Response:
    """Say whether the pages can answer: the database does, and its tables have the form of this version."""
    return _answer(request, workspace, queue=False)


@router.get("/health")
def health(request: Request, workspace: Store) -> Response:
    """Say the same, and whether background work is done in time."""
    return _answer(request, workspace, queue=True)


def _answer(request: Request, workspace: Workspace, *, queue: bool) -> Response:
    try:
        found = workspace.operating.health()
    except StoreError:  # its words name the place of the database, which is nobody's business here
        return _unready(request, UnreadyError("The database does not answer.", "See the log of the server."))
    if not found.ready:
        words = f"The tables have the form {found.form or 'none'}, this version works with {found.known}."
        return _unready(request, UnreadyError(words, "Run `dragoman migrate`, or serve the version that fits."))
    if queue and found.behind:
        words = f"Work has waited for {found.oldest or 0:.0f} seconds."
        return _unready(request, UnreadyError(words, "See that a worker runs: `dragoman jobs run`."))
    row = health_to_row(found)
    shown = {name: row[name] for name in ("status", "form", "oldest_seconds")}
    return JSONResponse({**shown, "database": "ok", "version": __version__})


def _unready(request: Request, error: UnreadyError) -> Response:
    content = problem_document(error, request.url.path)
    return JSONResponse(content, error.http_status, media_type=PROBLEM_TYPE)


@router.get("/metrics")
def metrics(request: Request, workspace: Store) -> Response:
    """Return figures as Prometheus reads them."""
    figures: Figures = request.app.state.figures
    sizes: Sizes = request.app.state.sizes
    lines = [*requests_lines(figures), *register_lines(workspace.operating.health(), sizes.of(workspace))]
    return Response("\n".join(lines) + "\n", media_type=TEXT)


class Sizes:
    """The sizes of tables, asked for now and then."""

    def __init__(self) -> None:
        self._at = -SIZES_HOLD
        self._found: dict[str, int] = {}

    def of(self, workspace: Workspace) -> dict[str, int]:
        """Return the sizes, at most a minute old."""
        if monotonic() - self._at >= SIZES_HOLD or not self._found:
            self._found, self._at = workspace.operating.sizes(), monotonic()
        return self._found


def requests_lines(figures: Figures) -> Iterator[str]:
    """Yield what is known of requests since the server began."""
    requests, seconds = figures.copy()
    yield from head("dragoman_requests_total", "counter", "Requests by method, route and status.")
    for (method, route, status), count in sorted(requests.items()):
        yield line("dragoman_requests_total", {"method": method, "route": route, "status": str(status)}, count)
    yield from head("dragoman_request_seconds", "histogram", "Seconds until a request was answered, by route.")
    for (method, route), row in sorted(seconds.items()):
        named = {"method": method, "route": route}
        for bound, below in zip(BOUNDS, row, strict=False):
            yield line("dragoman_request_seconds_bucket", {**named, "le": f"{bound:g}"}, below)
        yield line("dragoman_request_seconds_bucket", {**named, "le": "+Inf"}, row[-2])
        yield line("dragoman_request_seconds_count", named, row[-2])
        yield line("dragoman_request_seconds_sum", named, row[-1])


def register_lines(health: Health, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield what is known of jobs, connections and the register."""
    yield from head("dragoman_ready", "gauge", "1 where the tables have the form of this version.")
    yield line("dragoman_ready", {}, int(health.ready))
    yield from head("dragoman_jobs", "gauge", "Jobs by state.")
    for state in JobState:
        yield line("dragoman_jobs", {"state": state.value}, health.jobs.get(state, 0))
    yield from head("dragoman_job_wait_seconds", "gauge", "Seconds since the job that has waited longest was due.")
    yield line("dragoman_job_wait_seconds", {}, health.oldest or 0)
    yield from head(
        "dragoman_database_connections", "gauge", "Connections of this process: kept, at work, beyond."
    )
    pool = {"kept": health.pool.size, "used": health.pool.used, "more": health.pool.more}
    for name, number in pool.items():
        yield line("dragoman_database_connections", {"state": name}, number)
    yield from head("dragoman_register_rows", "gauge", "Rows of the large tables, about.")
    for name, number in sizes.items():
        yield line("dragoman_register_rows", {"table": name}, number)


def head(name: str, kind: str, words: str) -> tuple[str, str]:
    """Return the two lines that come before the figures of a name."""
    return f"# HELP {name} {words}", f"# TYPE {name} {kind}"


def line(name: str, labels: Labels, value: float) -> str:
    """Return a figure as a line; values of labels may hold anything."""
    named = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{named}}} {value:.10g}" if named else f"{name} {value:.10g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
