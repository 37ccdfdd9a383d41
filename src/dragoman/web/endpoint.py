"""What every endpoint of the JSON API does beside its own work: media types, strong ETags, preconditions.

An ETag is the SHA-256 of the answer's JSON (RFC 9110, 8.8): `If-None-Match` spares sending again what the caller
has (304), `If-Match` refuses a change of something that is otherwise by now (412).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response, params
from fastapi.encoders import jsonable_encoder
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse

from dragoman.model import ConflictError, UsageError
from dragoman.web.rows import ProblemDocument
from dragoman.workspace import Workspace

JSON = "application/json"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
IF_MATCH = "if-match"
IF_NONE_MATCH = "if-none-match"
Answers = dict[int | str, dict[str, Any]]
"""Answers of an endpoint beside the usual one, by status."""
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class MediaTypeError(UsageError):
    """A body of a kind that an endpoint does not read."""

    http_status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE

    def __init__(self, given: str, wanted: str) -> None:
        super().__init__(
            f"A body of the type `{given or 'none'}` is not read here.", f"Send it with Content-Type: {wanted}."
        )


class PreconditionError(ConflictError):
    """What is to be changed is otherwise by now than the caller saw it."""

    http_status = HTTPStatus.PRECONDITION_FAILED

    def __init__(self) -> None:
        super().__init__(
            "This has changed since you looked (If-Match names another state).",
            "Ask for it again, look at what is there now, and decide anew with its ETag.",
        )


class Endpoint(APIRoute):
    """A route of the JSON API."""

    def get_route_handler(self) -> Handler:
        """Return what answers a request."""
        answer = super().get_route_handler()
        wanted = self._wanted()

        async def handle(request: Request) -> Response:
            expect_media_type(request, wanted)
            return tagged(request, await answer(request))

        return handle

    def _wanted(self) -> str:
        """Return the media type of bodies that are read, "" for none."""
        if self.body_field is None:
            return ""
        return FORMS[0] if isinstance(self.body_field.field_info, params.Form) else JSON


def expect_media_type(request: Request, wanted: str) -> None:
    """Refuse a body of another media type. Raises MediaTypeError."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not wanted or not has_body(request):
        return
    fits = given in FORMS if wanted in FORMS else given == JSON or given.endswith("+json")
    if not fits:
        raise MediaTypeError(given, wanted)


def has_body(request: Request) -> bool:
    """Return whether a request says that it carries something."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def tagged(request: Request, response: Response) -> Response:
    """Return an answer with its ETag; 304 without a body where the caller has it."""
    if request.method != "GET" or response.status_code != HTTPStatus.OK or isinstance(response, StreamingResponse):
        return response
    tag = etag_of_bytes(bytes(response.body), response.media_type or response.headers.get("content-type", ""))
    if matches(request.headers.get(IF_NONE_MATCH, "").replace("W/", ""), tag):  # proxies that pack weaken tags
        kept = {name: response.headers[name] for name in ("link", "vary") if name in response.headers}
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**kept, "etag": tag})
    response.headers["etag"] = tag
    response.headers.setdefault("cache-control", "no-cache")
    return response


def etag_of_bytes(body: bytes, media_type: str = JSON) -> str:
    """Return the ETag of an answer: for JSON of what it says, whatever its spaces and the order of its names."""
    is_json = media_type.partition(";")[0].strip() == JSON
    plain = json.dumps(json.loads(body), sort_keys=True).encode() if is_json else body
    return f'"{hashlib.sha256(plain).hexdigest()[:32]}"'


def etag_of(answer: object) -> str:
    """Return the ETag that the answer to a GET has."""
    return etag_of_bytes(json.dumps(jsonable_encoder(answer)).encode())


def matches(header: str, tag: str) -> bool:
    """Return whether one of the tags of a header is the given one; weak ones never are, "*" always is."""
    return header.strip() == "*" or tag in [one.strip() for one in header.split(",")]


class Precondition:
    """What the caller saw of the thing that is to be changed."""

    def __init__(self, if_match: str) -> None:
        self.stated = if_match

    @contextmanager
    def kept(self, workspace: Workspace, thing: str, answer: Callable[[], object]) -> Iterator[None]:
        """Let a change through only where the thing is as the caller saw it when the change is written.

        It is looked at twice: before anything is worked out, and in the transaction that writes, so that of two
        who saw the same only one can change it; where nothing had to be written, since somebody has done the same
        meanwhile, at the end. A conflict met while changing is a precondition that failed.

        Args:
            workspace: that keeps the thing.
            thing: what is changed.
            answer: gives what a GET of the thing answers now.

        Raises:
            PreconditionError: it has another ETag than the caller stated.
        """
        if not self.stated:
            yield
            return
        self._check(answer)
        asked = Event()

        def look() -> None:
            asked.set()
            self._check(answer)

        try:
            with workspace.expecting(thing, look):
                yield
            if not asked.is_set():
                self._check(answer)
        except PreconditionError:
            raise
        except ConflictError as conflict:
            raise PreconditionError from conflict

    def _check(self, answer: Callable[[], object]) -> None:
        if not matches(self.stated, etag_of(answer())):
            raise PreconditionError


def precondition(
    if_match: Annotated[
        str, Header(description="ETag of what is changed, as you saw it; 412 where it is otherwise by now")
    ] = "",
) -> Precondition:
    """Return what the caller saw."""
    return Precondition(if_match)


Seen = Annotated[Precondition, Depends(precondition)]


def _said(words: str) -> dict[str, Any]:
    return {"model": ProblemDocument, "description": words}


MISSING: Answers = {404: _said("there is no such thing")}
CONFLICT: Answers = {409: _said("it is too late for that, or somebody else was faster")}
CHANGED: Answers = {**CONFLICT, 412: _said("it is otherwise by now than `If-Match` says")}
REFUSED: Answers = {
    403: _said("another site's page asks, or the account may not"),
    413: _said("the body is too large"),
    415: _said("the body is of another media type"),
}
WRONG: Answers = {
    400: _said("the call makes no sense"),
    401: _said("this needs an account"),
    421: _said("asked for under a foreign host name"),
    422: _said("a parameter or body is wrong"),
    429: _said("too many wrong tokens came from this address"),
    503: _said("the database does not answer"),
}


def endpoints(tag: str, prefix: str = "", answers: Answers | None = None) -> APIRouter:
    """Return a router for endpoints under `/api`, which say what may go wrong everywhere and in all of these."""
    return APIRouter(
        prefix=f"/api{prefix}", tags=[tag], responses={**WRONG, **(answers or {})}, route_class=Endpoint
    )
