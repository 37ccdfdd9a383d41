from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from dragoman.model.bilingual import Alignment, Link
from dragoman.read import read_text
from dragoman.terms import tmx

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_links_with_two_sides_become_translation_units() -> None:
    english = read_text("Ports & piers <open> early. They close late.", slug="en")
    chinese = read_text("港口开放得早。", slug="zh")
    links = (Link(((0, 27),), ((0, 7),), 1.0, "Ada"), Link(((28, 44),), (), 0.5))
    written = tmx(Alignment(english, chinese, links, 1.0), datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC), "1.2")
    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' in written
    root = etree.fromstring(written)
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    assert header.get("creationdate") == "20260504T030201Z"
    assert set(header.keys()) >= {"segtype", "o-tmf", "adminlang", "srclang", "datatype", "creationtoolversion"}
    units = root.findall("body/tu")
    assert [(one.get("type"), one.text) for one in units[0].findall("prop")] == [
        ("x-confidence", "1.0"),
        ("x-set-by", "Ada"),
    ]
    assert [[(tuv.get(LANG), tuv.findtext("seg")) for tuv in unit.findall("tuv")] for unit in units] == [
        [("en", "Ports & piers <open> early."), ("zh", "港口开放得早。")]
    ]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    english, chinese = read_text("Bells\x07 ring.", slug="en"), read_text("钟声响起。", slug="zh")
    links = (Link(((0, 12),), ((0, 5),), 1.0),)
    written = tmx(Alignment(english, chinese, links, 1.0), datetime(2026, 1, 1, tzinfo=UTC), "1")
    assert etree.fromstring(written).findtext("body/tu/tuv/seg") == "Bells ring."
