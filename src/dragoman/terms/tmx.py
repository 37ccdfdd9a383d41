"""Writes links as a translation memory: TMX 1.4b (LISA OSCAR, 2005; today kept by GALA)."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from dragoman.model.bilingual import Alignment

LANGUAGES = ("en", "zh")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def tmx(alignment: Alignment, created: datetime, version: str) -> bytes:
    """Return the links with two sides as a TMX file.

    Args:
        alignment: what is written.
        created: when, with its time zone.
        version: of this program.
    """
    root = etree.Element("tmx", version="1.4")
    stamp = created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    head = {
        "creationtool": "dragoman",
        "creationtoolversion": version,
        "segtype": "sentence",
        "o-tmf": "dragoman",
        "adminlang": "en",
        "srclang": "en",
        "datatype": "plaintext",
        "creationdate": stamp,
    }
    etree.SubElement(root, "header", head)
    body = etree.SubElement(root, "body")
    for number, link in enumerate(alignment.links, start=1):
        if link.en and link.zh:
            unit = etree.SubElement(body, "tu", tuid=str(number))
            prop(unit, "confidence", str(link.confidence))
            if link.by:
                prop(unit, "set-by", link.by)
            for language, words in zip(LANGUAGES, alignment.words(link), strict=True):
                variant = etree.SubElement(unit, "tuv", {XML_LANG: language})
                etree.SubElement(variant, "seg").text = plain(words)
    written: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=DOCTYPE
    )
    return written


def prop(parent: etree._Element, name: str, value: str) -> None:
    """Add a property to an element."""
    etree.SubElement(parent, "prop", type=f"x-{name}").text = value


def plain(words: str) -> str:
    """Return words without what XML cannot hold, line ends as spaces."""
    return " ".join("".join(sign for sign in words if sign.isprintable() or sign.isspace()).split())
