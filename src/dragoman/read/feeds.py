"""Feeds: RSS and Atom by feedparser, fetched with the limits that hold for every address."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import feedparser

from dragoman.model import Problem
from dragoman.read.faults import UnreadableError, problem
from dragoman.read.fetch import fetch
from dragoman.read.settings import ReadSettings

SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An entry of a feed.

    Attributes:
        key: by which it is known again: its id, else its address.
        address: where it leads.
        title: as the feed gives it.
    """

    key: str
    address: str
    title: str


def read_feed(address: str, settings: ReadSettings, most: int) -> tuple[tuple[FeedItem, ...], tuple[Problem, ...]]:
    """Return the entries of a feed in its order, and what is wrong with it.

    Args:
        address: of the feed, http or https.
        settings: limits of bytes and seconds; a feed that never ends is cut off by them.
        most: entries that are looked at; further ones are left out, and counted in a problem.
    """
    try:
        fetched = fetch(address, settings)
    except UnreadableError as fault:
        return (), (fault.problem,)
    return items_of(fetched.data, fetched.address, most)


def items_of(data: bytes, address: str, most: int) -> tuple[tuple[FeedItem, ...], tuple[Problem, ...]]:
    """Return the entries of a feed's bytes, and what is wrong with them; `address` completes relative ones."""
    parsed = feedparser.parse(io.BytesIO(data))
    entries, problems = list(parsed.entries), []
    if not entries:
        broken = bool(parsed.get("bozo")) or not parsed.get("version")
        reason = str(parsed.get("bozo_exception", "it is neither RSS nor Atom"))
        return (), (problem("feed-broken", address, reason=reason) if broken else problem("feed-empty", address),)
    if parsed.get("bozo"):
        problems.append(problem("feed-damaged", address, reason=str(parsed.get("bozo_exception", ""))))
    if len(entries) > most:
        problems.append(problem("feed-long", address, limit=most, count=len(entries)))
    items = [item for entry in entries[:most] if (item := _item(entry, address)) is not None]
    if len(items) < len(entries[:most]):
        problems.append(problem("feed-no-address", address, count=len(entries[:most]) - len(items)))
    unique = {item.key: item for item in items}
    return tuple(unique.values()), tuple(problems)


def _item(entry: feedparser.FeedParserDict, address: str) -> FeedItem | None:
    """Return an entry, None for one that leads nowhere that can be read."""
    link = str(entry.get("link", "")).strip()
    if not link:
        return None
    whole = urljoin(address, link)
    if urlsplit(whole).scheme not in SCHEMES:
        return None
    return FeedItem(str(entry.get("id") or whole), whole, str(entry.get("title", "")))
