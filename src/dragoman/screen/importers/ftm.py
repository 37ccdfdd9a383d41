"""Entities of FollowTheMoney in JSON lines, as OpenSanctions and others export them; the library is not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dragoman.model import NameKind, PartyKind
from dragoman.screen.importers.drafts import Draft, kind_by_script
from dragoman.screen.importers.facts import day_of
from dragoman.screen.importers.faults import words_of
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.objects import line_objects
from dragoman.screen.importers.source import Source

SANCTION = "Sanction"
_NAMES = {"alias": NameKind.ALIAS, "weakAlias": NameKind.WEAK, "previousName": NameKind.FORMER}
_DATES = ("startDate", "listingDate")
Properties = Mapping[str, Any]


def read_ftm(source: Source, into: Gathering) -> date | None:
    """Read entities; the parties among them count, with the sanctions that name them. Raises UnreadableList."""
    drafts: dict[str, list[Draft]] = {}
    sanctions: list[tuple[str, Properties]] = []
    others = 0
    for line, entity in line_objects(source, into.faults):
        properties = _properties(entity)
        schema = str(entity.get("schema", ""))
        if schema == SANCTION:
            sanctions += [(owner, properties) for owner in _ids(properties.get("entity", []))]
        elif schema in words_of("ftm")["schemata"]:
            others += entity.get("target") is False
            if entity.get("target") is not False:
                draft = _draft(line, schema, entity, properties)
                drafts.setdefault(draft.id, []).append(draft)
                sanctions += [(draft.id, nested) for nested in _nested(properties)]
    for owner, properties in sanctions:
        for draft in drafts.get(owner, ()):
            _add_sanction(draft, properties)
    if others:
        into.faults.add("list-not-targets", count=others)
    for draft in (one for several in drafts.values() for one in several):
        draft.add_to(into)
    return None


def _properties(entity: Mapping[str, Any]) -> Properties:
    """Return properties as lists, whatever they are written as."""
    found = entity.get("properties")
    if not isinstance(found, Mapping):
        return {}
    return {name: value if isinstance(value, list) else [value] for name, value in found.items()}


def _texts(properties: Properties, *names: str) -> list[str]:
    values = (value for name in names for value in properties.get(name, ()))
    return [str(value).strip() for value in values if isinstance(value, str | int | float)]


def _ids(values: list[Any]) -> Iterator[str]:
    for value in values:
        yield str(value.get("id", "")) if isinstance(value, Mapping) else str(value)


def _nested(properties: Properties) -> Iterator[Properties]:
    """Yield the sanctions that an entity holds itself, as nested exports write them."""
    for value in properties.get("sanctions", ()):
        if isinstance(value, Mapping):
            yield _properties(value)


def _draft(line: int, schema: str, entity: Mapping[str, Any], properties: Properties) -> Draft:
    words = words_of("ftm")
    draft = Draft(
        str(entity.get("id", "")),
        line,
        PartyKind(words["schemata"][schema]),
        source=", ".join(str(one) for one in entity.get("datasets") or ()),
        programs=_texts(properties, "topics"),
        countries=[code.upper() for code in _texts(properties, *words["countries"])],
        born=_texts(properties, *words["born"]),
        identifiers=_texts(properties, *words["identifiers"]),
        addresses=_texts(properties, "address"),
        measures=_texts(properties, "notes"),
        url=next(iter(_texts(properties, "sourceUrl")), ""),
    )
    names = _texts(properties, "name")
    caption = str(entity.get("caption") or "")
    for text in sorted(names, key=lambda text: text != caption):
        draft.name(text, NameKind.ALIAS if text == caption else kind_by_script(text))
    for name, kind in _NAMES.items():
        for text in _texts(properties, name):
            draft.name(text, kind)
    return draft


def _add_sanction(draft: Draft, properties: Properties) -> None:
    draft.programs += _texts(properties, "program")
    draft.measures += _texts(properties, "provisions", "reason")
    authority = ", ".join(_texts(properties, "authority"))
    draft.source = "; ".join(filter(None, dict.fromkeys((*draft.source.split("; "), authority))))
    numbers = ", ".join(_texts(properties, "authorityId", "unscId", "recordId"))
    draft.citation = "; ".join(filter(None, dict.fromkeys((*draft.citation.split("; "), numbers))))
    draft.url = next(iter(_texts(properties, "sourceUrl")), draft.url)
    starts = [day for text in _texts(properties, *_DATES) if (day := day_of(text))]
    draft.listed_on = min(filter(None, (*starts, draft.listed_on)), default=None)
    ends = [day for text in _texts(properties, "endDate") if (day := day_of(text))]
    draft.until = max(filter(None, (*ends, draft.until)), default=None)
