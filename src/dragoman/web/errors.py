"""Errors as the caller can use them: RFC 9457 problem documents under /api, pages elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dragoman.model import DragomanError, NotFoundError, UsageError
from dragoman.web.headers import HEADERS
from dragoman.web.render import render
from dragoman.web.request_log import route_of

PROBLEM_TYPE = "application/problem+json"
LOG = logging.getLogger(__name__)


class UnknownPageError(NotFoundError):
    """Nothing is served at an address."""

    def __init__(self, path: str) -> None:
        super().__init__(f"There is nothing at {path}.", "Go to the library and choose from there.")


class MethodError(UsageError):
    """An address does not know a method."""

    http_status = HTTPStatus.METHOD_NOT_ALLOWED

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"{path} does not answer to {method}.", "See docs/web.md for the endpoints.")


class RequestError(UsageError):
    """A parameter, form field or body is missing or has a value that does not exist."""

    http_status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, details: str, position: str = "") -> None:
        super().__init__(f"The request cannot be understood: {details}.", "Correct the values named here.")
        self.position = position


class HttpError(DragomanError):
    """Any other refusal of the framework."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{detail}.", "See docs/web.md for the endpoints.")
        self.http_status = status


class DefectError(DragomanError):
    """Something failed that should not have."""

    def __init__(self) -> None:
        super().__init__(
            "This did not work because of a defect in dragoman.",
            "The log of the server says more; nothing half-done was kept.",
        )


def problem_document(error: DragomanError, instance: str) -> dict[str, Any]:
    """Return an error as an RFC 9457 problem with our remedy beside it."""
    return {
        "type": f"urn:dragoman:error:{type(error).__name__}",
        "title": HTTPStatus(error.http_status).phrase,
        "status": int(error.http_status),
        "detail": error.message,
        "code": code_of(error),
        "remedy": error.remedy,
        "position": str(getattr(error, "position", "")) or None,
        "instance": instance,
    }


def code_of(error: DragomanError) -> str:
    """Return the short name of an error by which programs tell it: `NoSuchLineError` is `no-such-line`."""
    words = re.findall(r"[A-Z][a-z0-9]*", type(error).__name__.removesuffix("Error"))
    return "-".join(words).lower()


def respond(request: Request, error: DragomanError, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error in the form that fits the address, with what headers say of it."""
    if request.url.path == "/api" or request.url.path.startswith("/api/"):
        content = problem_document(error, request.url.path)
        return JSONResponse(content, error.http_status, headers, media_type=PROBLEM_TYPE)
    phrase = HTTPStatus(error.http_status).phrase
    name = "fragment/error.html" if "x-fragment" in request.headers else "error.html"
    answer = render(request, name, {"error": error, "phrase": phrase}, status=error.http_status)
    answer.headers.update(headers or {})
    return answer


def _on_dragoman(request: Request, error: Exception) -> Response:
    if not isinstance(error, DragomanError):
        raise error
    return respond(request, error)


def _on_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    details = "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in found)
    return respond(request, RequestError(details, position_of(found)))


def position_of(found: Sequence[Mapping[str, Any]]) -> str:
    """Return where the first fault of a request is: `query.limit`, `body.parties.0.name`."""
    return ".".join(map(str, found[0]["loc"])) if found else ""


def _on_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if isinstance(error.__cause__, DragomanError):  # raised by our guard while the body was being read
        return respond(request, error.__cause__)
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND:
        return respond(request, UnknownPageError(path))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return respond(request, MethodError(request.method, path), error.headers)
    return respond(request, HttpError(error.status_code, str(error.detail)), error.headers)


def _on_defect(request: Request, error: Exception) -> Response:
    said = {"request": getattr(request.state, "identifier", ""), "route": route_of(request.scope)}
    LOG.error("a request failed", exc_info=error, extra=said)
    response = respond(request, DefectError())
    response.headers.update(HEADERS)  # this answer is made outside the guard
    return response


def install(app: FastAPI) -> None:
    """Map every exception to its answer."""
    app.add_exception_handler(DragomanError, _on_dragoman)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_defect)
