"""The language of the interface: which one a request gets."""

from __future__ import annotations

from fastapi import Request

from dragoman.model import Language

COOKIE = "lang"
PARAMETER = "lang"


def _known(value: str | None) -> Language | None:
    code = (value or "").strip().lower().split("-")[0]
    return Language(code) if code in {language.value for language in Language} else None


def _weighted(part: str) -> tuple[float, str]:
    tag, _, quality = part.partition(";q=")
    try:
        return -float(quality or 1), tag
    except ValueError:
        return 0.0, tag


def accepted(header: str) -> Language | None:
    """Return the first language of an Accept-Language header (RFC 9110, 12.5.4) that the interface has."""
    tags = sorted((_weighted(part) for part in header.split(",")), key=lambda pair: pair[0])
    return next((known for weight, tag in tags if weight < 0 and (known := _known(tag))), None)


def asked_for(request: Request) -> Language | None:
    """Return the language named in the address, if any."""
    return _known(request.query_params.get(PARAMETER))


def language_of(request: Request) -> Language:
    """Return the language for a request: the address, then the cookie, then the browser, then English."""
    return (
        asked_for(request)
        or _known(request.cookies.get(COOKIE))
        or accepted(request.headers.get("accept-language", ""))
        or Language.EN
    )
