"""The digest as a feed: RSS 2.0 (rssboard.org/rss-specification) or Atom (RFC 4287); deterministic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from dragoman.model import Language
from dragoman.model.watch import Sighting
from dragoman.report.digest import matters
from dragoman.report.text import clean
from dragoman.wording import Catalogue, catalogue

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Time of a feed that has no entry."""
HOME = "http://127.0.0.1:8765/"
"""Where `dragoman serve` shows its pages on the reader's own machine; RSS wants an address."""
MOST_LINES = 12
"""Commitments named in an entry."""


def as_rss(sightings: Sequence[Sighting], language: Language) -> bytes:
    """Return what matters among sightings as RSS 2.0, the youngest first."""
    texts, found = catalogue(language), _newest_first(sightings)
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", texts.text("digest.title"))
    _add(channel, "link", HOME)
    _add(channel, "description", texts.text("digest.feed_what"))
    _add(channel, "language", "zh-CN" if language is Language.ZH else "en")
    _add(channel, "lastBuildDate", format_datetime(_updated(found)))
    for sighting in found:
        item = etree.SubElement(channel, "item")
        _add(item, "title", f"{sighting.watch}: {sighting.title or sighting.doc}")
        if _is_web(sighting.address):
            _add(item, "link", sighting.address)
        _add(item, "description", "\n".join(_lines(sighting, texts)))
        _add(item, "guid", _key(sighting)).set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(sighting.seen.astimezone(UTC)))
    return _bytes(root)


def as_atom(sightings: Sequence[Sighting], language: Language) -> bytes:
    """Return what matters among sightings as Atom, the youngest first."""
    texts, found = catalogue(language), _newest_first(sightings)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "title", texts.text("digest.title"), ATOM)
    _add(root, "id", uuid5(NAMESPACE_URL, "dragoman:watch").urn, ATOM)
    _add(root, "updated", _updated(found).isoformat(), ATOM)
    _add(etree.SubElement(root, f"{{{ATOM}}}author"), "name", "dragoman", ATOM)
    for sighting in found:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "title", f"{sighting.watch}: {sighting.title or sighting.doc}", ATOM)
        _add(entry, "id", _key(sighting), ATOM)
        _add(entry, "updated", sighting.seen.astimezone(UTC).isoformat(), ATOM)
        if _is_web(sighting.address):
            etree.SubElement(entry, f"{{{ATOM}}}link", href=clean(sighting.address))
        _add(entry, "content", "\n".join(_lines(sighting, texts)), ATOM).set("type", "text")
    return _bytes(root)


def _newest_first(sightings: Sequence[Sighting]) -> list[Sighting]:
    return sorted(filter(matters, sightings), key=lambda one: (one.seen, one.doc), reverse=True)


def _add(parent: etree._Element, name: str, text: str, space: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{space}}}{name}" if space else name)
    child.text = clean(text)
    return child


def _key(sighting: Sighting) -> str:
    """Return the name by which a reader knows an entry again."""
    return uuid5(NAMESPACE_URL, f"dragoman:watch:{sighting.watch}:{sighting.doc}:{sighting.version}").urn


def _is_web(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}


def _updated(found: Sequence[Sighting]) -> datetime:
    return max((one.seen.astimezone(UTC) for one in found), default=EPOCH)


def _lines(sighting: Sighting, texts: Catalogue) -> Iterator[str]:
    """Yield an entry's words: why it matched, what came back, what it touches."""
    if sighting.reasons:
        yield texts.text("digest.matched", reasons=texts.text("word.between").join(sighting.reasons))
    for back in sighting.returns:
        yield f"{texts.text('digest.back', score=f'{back.score:.2f}')} “{back.promise}” → “{back.quote}”"
    for touch in sighting.touches[:MOST_LINES]:
        yield f"{texts.text('digest.touched')} {touch.provision} “{touch.commitment}”: “{touch.quote}”"


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
