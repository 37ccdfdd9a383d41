"""The public register: what a procedure allows to be published of a case, as rows and as RSS 2.0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from dragoman.model import Language
from dragoman.model.docket import DocketCase
from dragoman.model.procedure import Procedure
from dragoman.wording import catalogue


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case in the public register.

    Attributes:
        procedure: of the case.
        fields: what is published, by the names of the procedure.
        row: its place in the order of handing in, for the next page.
        changed: when it entered the state it is in.
    """

    procedure: Procedure
    row: int
    fields: Mapping[str, Any]
    changed: datetime


def published(procedure: Procedure, case: DocketCase, row: int) -> PublicCase:
    """Return what may be published of a case."""
    fields = {name: FIELDS[name](case) for name in procedure.published}
    return PublicCase(procedure, row, fields, case.stays[-1].since)


def as_rss(cases: Sequence[PublicCase], language: Language, home: str) -> bytes:
    """Return the public register as RSS 2.0 (rssboard.org/rss-specification), the case changed last first."""
    texts = catalogue(language)
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", texts.text("docket.public"))
    _add(channel, "link", home)
    _add(channel, "description", texts.text("docket.public_what"))
    for case in sorted(cases, key=lambda one: one.changed, reverse=True):
        item = etree.SubElement(channel, "item")
        stage = case.procedure.stages[case.fields["stage"]].title.text(language.value)
        _add(item, "title", f"{case.fields['number']}: {case.fields['title']} – {stage}")
        _add(item, "description", str(case.fields.get("scope") or case.procedure.title.text(language.value)))
        guid = f"{case.fields['number']} {case.fields['stage']} {case.fields['since']}"
        _add(item, "guid", guid).set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(case.changed.astimezone(UTC)))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, name)
    child.text = "".join(one for one in text if one.isprintable())
    return child


FIELDS: Mapping[str, Callable[[DocketCase], Any]] = {
    "number": lambda case: case.number,
    "title": lambda case: case.title,
    "targets": lambda case: list(case.targets),
    "stage": lambda case: case.stage,
    "since": lambda case: case.stays[-1].since.date().isoformat(),
    "scope": lambda case: case.decision.get("scope", ""),
    "expires": lambda case: case.expires.isoformat() if case.expires else None,
}
