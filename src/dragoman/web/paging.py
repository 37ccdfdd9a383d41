"""Long answers of the JSON API, a page at a time.

A cursor names the last thing of a page, so that what is added or taken out elsewhere neither repeats nor hides
anything (keyset pagination). The next page stands in the answer's header `Link: <...>; rel="next"` (RFC 8288).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, Field

from dragoman.model import UsageError
from dragoman.web.filtering import MAX_PAGE

Thing = TypeVar("Thing")
PAGE = 100
"""Things of a page where the caller does not say."""


class CursorError(UsageError):
    """A cursor that this API did not give."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("This is no cursor.", "Follow the address in the header `Link`, or begin anew without.")


class Asked(Protocol):
    """Parameters that say which page is asked for."""

    cursor: str
    limit: int


class Cursor(BaseModel):
    """Which page is asked for."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")


class Paged(Cursor):
    """Which page is asked for, and how long it is."""

    limit: int = Field(default=PAGE, ge=1, le=MAX_PAGE, description="how many are returned")


def packed(last: str, at: int = 0) -> str:
    """Return a cursor: the key of the last thing of a page, and how many things stood up to it."""
    return base64.urlsafe_b64encode(json.dumps([last, at]).encode()).decode().rstrip("=")


def unpacked(cursor: str) -> tuple[str, int]:
    """Return what a cursor holds. Raises CursorError."""
    try:
        last, at = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as fault:
        raise CursorError from fault
    if not isinstance(last, str) or type(at) is not int or at < 0:
        raise CursorError
    return last, at


def link_next(request: Request, response: Response, last: str, at: int = 0) -> None:
    """Name the next page in the header of an answer."""
    address = request.url.include_query_params(cursor=packed(last, at)).remove_query_params("offset")
    response.headers["link"] = f'<{address.path}?{address.query}>; rel="next"'


def page_of(
    answer: tuple[Request, Response], things: Sequence[Thing], key: Callable[[Thing], object], asked: Asked
) -> Sequence[Thing]:
    """Return the page that is asked for, and name the one after it in the answer's header.

    Args:
        answer: the request and the answer to it.
        things: all of them, in their order.
        key: tells things apart.
        asked: which page.

    Raises:
        CursorError: the cursor is none of ours.
    """
    start = _start(things, key, asked.cursor) if asked.cursor else int(getattr(asked, "offset", 0))
    end = start + asked.limit
    shown = things[start:end]
    if end < len(things):
        link_next(*answer, str(key(shown[-1])), end)
    return shown


def _start(things: Sequence[Thing], key: Callable[[Thing], object], cursor: str) -> int:
    """Return where a page begins: behind the last thing seen, or where it stood if it is gone."""
    last, at = unpacked(cursor)
    if 0 < at <= len(things) and str(key(things[at - 1])) == last:
        return at
    found = (number for number, one in enumerate(things, start=1) if str(key(one)) == last)
    return next(found, max(0, at - 1))
