"""Pages of a corpus file: one JSON object a line, with `text` and what is known of the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem
from dragoman.model.corpus import CorpusPage
from dragoman.model.identity import sha256_of_text
from dragoman.track.problems import PACK

_IDS, _ADDRESSES, _DAYS = ("id", "slug", "url"), ("url", "address", "link"), ("date", "day", "published")


def pages_in(lines: Iterable[bytes], source: str) -> Iterator[CorpusPage | Problem]:
    """Yield the pages of JSON lines, and a problem for each line that is none; empty lines are passed over.

    Args:
        lines: of the file.
        source: its name.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from _page_in(line, source, number)


def _page_in(line: bytes, source: str, number: int) -> Iterator[CorpusPage | Problem]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        yield _bad_line(source, number, f"is no JSON ({fault})")
        return
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str) or not text.strip():
        yield _bad_line(source, number, "is no object with a `text`")
        return
    day, wrong = _day_in(row)
    if wrong:
        yield _bad_day(source, number, wrong)
    name = _first(row, _IDS) or f"{source}:{number}"
    page = CorpusPage(name, _clean(text), _first(row, ("title",)), day, _first(row, _ADDRESSES), source)
    yield with_hash(page)


def with_hash(page: CorpusPage) -> CorpusPage:
    """Return a page with the hash of what is kept of it."""
    kept = "\x1f".join((page.title, page.day.isoformat() if page.day else "", page.address, page.text))
    return replace(page, sha256=sha256_of_text(kept))


def _first(row: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Return the first of some fields that holds a text or number."""
    values = (row.get(key) for key in keys)
    found = next(
        (str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), ""
    )
    return _clean(found)


def _clean(text: str) -> str:
    """Return a text that can be stored: lone surrogates and NUL, which no database takes, are exchanged."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _day_in(row: Mapping[str, Any]) -> tuple[date | None, str]:
    """Return the day of a page and, where what is given is no day, what is given."""
    given = _first(row, _DAYS)
    try:
        return (date.fromisoformat(given[:10]) if given else None), ""
    except ValueError:
        return None, given


def _bad_line(source: str, number: int, what: str) -> Problem:
    return worded(PACK, "corpus-line", Place(source, line=number), {"what": what})


def _bad_day(source: str, number: int, given: str) -> Problem:
    return worded(PACK, "corpus-date", Place(source, line=number), {"given": given[:40]})


def cut_short(source: str, number: int, reason: str) -> Problem:
    """Return the problem of a file that ends before its time, after so many pages."""
    return worded(PACK, "corpus-cut", Place(source, line=number + 1), {"count": number, "reason": reason})


def twice(page: CorpusPage, source: str) -> Problem:
    """Return the problem of a page whose id stands twice in a file, with two texts."""
    return worded(PACK, "corpus-twice", Place(source), {"page_id": page.id})
