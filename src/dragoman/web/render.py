"""Templates: the Jinja environment and what every page gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.model import Kind, Language, ReviewState, addresses
from dragoman.web.language import COOKIE, PARAMETER, asked_for, language_of
from dragoman.wording import catalogue

YEAR = 365 * 24 * 3600
"""Seconds for which the choice of a language and the reviewer's name are remembered."""

REVIEWER = "reviewer"
"""Cookie with the name under which the last decision was made."""


def remember_reviewer(response: Response, name: str) -> None:
    """Remember in a cookie under which name the last decision was made; names in any script (RFC 6265: ASCII)."""
    response.set_cookie(REVIEWER, quote(name, safe=""), max_age=YEAR, samesite="strict")


def remembered_reviewer(request: Request) -> str:
    """Return the name under which the last decision was made, "" for none."""
    return unquote(request.cookies.get(REVIEWER, ""))


_UNSHOWABLE = re.compile("[\x00\ud800-\udfff]")


def showable(text: str) -> str:
    """Return a text that a browser shows with the same number of characters, so that offsets hold.

    HTML drops NUL and folds line ends, and a lone surrogate cannot be sent at all.
    """
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text).replace("\r", " ")


_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def tongue(text: str) -> str:
    """Return the language code for a short text of unknown language: Chinese where it has a Chinese character."""
    return (Language.ZH if _CHINESE.search(text) else Language.EN).value


def web_address(text: str) -> bool:
    """Return whether a text is an address that a page may link to; anything else is shown as it stands."""
    return text.lower().startswith(("http://", "https://"))


document_path = addresses.document_path
permalink = addresses.permalink
provision_path = addresses.provision_path
track_path = addresses.track_path


def record_path(identifier: str, what: str) -> str:
    """Return the address to which a form of a commitment's page is sent."""
    return f"{track_path(identifier)}/{what}"


@cache
def environment() -> Environment:
    """Return the environment of all templates; everything is escaped unless marked safe by the template."""
    env = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["showable"] = showable
    env.filters["tongue"] = tongue
    env.tests["web_address"] = web_address
    env.globals.update(
        document_path=document_path,
        permalink=permalink,
        provision_path=provision_path,
        track_path=track_path,
        record_path=record_path,
        kinds=tuple(Kind),
        states=tuple(ReviewState),
        languages=tuple(Language),
    )
    return env


def other_language_address(request: Request, language: Language) -> str:
    """Return this page's address in another interface language."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != PARAMETER]
    return "?" + urlencode([*pairs, (PARAMETER, language.value)])


def render(
    request: Request,
    name: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    """Return a page in the language of the request; remembers a language named in the address."""
    language = language_of(request)
    texts = catalogue(language)
    shared: dict[str, Any] = {
        "request": request,
        "language": language,
        "texts": texts,
        "t": texts.text,
        "tn": texts.count,
        "said": texts.said,
        "reviewer": remembered_reviewer(request),
        "switch": {other: other_language_address(request, other) for other in Language},
    }
    content = environment().get_template(name).render({**shared, **(context or {})})
    headers = {"cache-control": "no-cache", "content-language": language.value, "vary": "accept-language, cookie"}
    response = HTMLResponse(content, status, headers)
    if asked_for(request):
        response.set_cookie(COOKIE, language.value, max_age=YEAR, samesite="strict")
    return response


def wants_fragment(request: Request) -> bool:
    """Return whether a script of ours asks for a piece of a page only."""
    return "x-fragment" in request.headers
