from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from lxml import etree

from dragoman.model import Language
from dragoman.model.watch import Return, Sighting, Touch, Watch, sighting_of_row, sighting_to_row
from dragoman.report import write
from dragoman.report.digest import digest_of
from dragoman.report.syndication import as_atom, as_rss

WATCH = Watch("harbours", query="pilot", folder="/somewhere/inbox", documents=("lagoon",))
SIGHTING = Sighting(
    watch="harbours",
    doc="gazette-12",
    version=1,
    item="/somewhere/inbox/gazette-12.txt",
    title="Gazette <12> & more",
    day=date(2026, 1, 9),
    address="https://example.org/gazette/12",
    seen=datetime(2026, 1, 10, 8, tzinfo=UTC),
    matched=True,
    reasons=("“pilot”",),
    touches=(
        Touch("lagoon:1", "Pilots will train.", "Twelve pilots have trained.", 5, 32, 0.61, ("pilots", "train")),
    ),
    returns=(
        Return("lagoon:2", "Tugs will be free.", "lagoon-2", "gazette-12:1", "Tugs are free.", 0.8, ("tugs",)),
    ),
)
PLAIN = replace(SIGHTING, doc="weather", title="Weather", matched=False, reasons=(), touches=(), returns=())
FAILED = replace(PLAIN, doc="", version=0, title="", item="x.bin", problem="It cannot be read.")


def text(*sightings: Sighting, language: Language = Language.EN) -> str:
    return write(digest_of((WATCH,), sightings, language), "md").decode()


def test_the_digest_says_why_and_quotes_both_sides() -> None:
    words = text(SIGHTING, PLAIN, FAILED)
    assert "Why it matched: “pilot”" in words
    assert "> Twelve pilots have trained." in words
    assert "touches `lagoon:1` “Pilots will train.” · 0.61, for pilots, train" in words
    assert "A dropped promise comes back (likeness 0.80):" in words
    assert "lacking in lagoon-2" in words
    assert "One further document was read and does not bear on it: Weather." in words
    assert "`x.bin`: It cannot be read." in words
    assert "/somewhere" not in words


def test_the_digest_in_chinese() -> None:
    assert "曾被放弃的承诺再次出现" in text(SIGHTING, language=Language.ZH)


def test_nothing_new_is_said() -> None:
    assert "No new document matters to this watch." in text(PLAIN)
    assert "There is no watch" in write(digest_of((), (), Language.EN), "md").decode()


@pytest.mark.parametrize("writer", [as_rss, as_atom])
def test_a_feed_reader_finds_each_document_once(writer: object) -> None:
    assert callable(writer)
    data = writer((SIGHTING, PLAIN, FAILED), Language.EN)
    assert data == writer((SIGHTING, PLAIN, FAILED), Language.EN)
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert entry.title == "harbours: Gazette <12> & more"
    assert entry.link == "https://example.org/gazette/12"
    assert entry.id.startswith("urn:uuid:")


@pytest.mark.parametrize("writer", [as_rss, as_atom])
def test_hostile_words_stay_words_in_a_feed(writer: object) -> None:
    assert callable(writer)
    hostile = replace(SIGHTING, title="</title><script>\x07", address="javascript:alert(1)")
    root = etree.fromstring(writer((hostile,), Language.EN))
    assert not root.xpath("//*[local-name()='script']")
    assert b"javascript" not in writer((hostile,), Language.EN)


@pytest.mark.parametrize("writer", [as_rss, as_atom])
def test_a_feed_of_nothing_is_well_formed(writer: object) -> None:
    assert callable(writer)
    assert feedparser.parse(writer((), Language.EN)).bozo == 0


@pytest.mark.parametrize("sighting", [SIGHTING, PLAIN, FAILED, replace(SIGHTING, day=None)])
def test_a_sighting_comes_back_from_its_row(sighting: Sighting) -> None:
    assert sighting_of_row(sighting_to_row(sighting)) == sighting
