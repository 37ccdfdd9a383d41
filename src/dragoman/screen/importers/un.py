"""The consolidated list of the United Nations Security Council, in XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.model import ListedName, NameKind, PartyKind
from dragoman.screen.importers.facts import day_of, is_identifier
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.markup import Element, children, elements, local, text_of, texts_of
from dragoman.screen.importers.source import Source

_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME", "SIXTH_NAME")
_KINDS = {"INDIVIDUAL": PartyKind.PERSON, "ENTITY": PartyKind.ORGANIZATION}
_WEAK, _FORMER = "low", "f.k.a."
_ADDRESS = ("NOTE", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_BORN = ("DATE", "YEAR")


def read_un(source: Source, into: Gathering) -> date | None:
    """Read the list; returns the day it was made. Raises UnreadableList."""
    published = None
    for element in elements(source, into.faults, *_KINDS):
        if local(element) in _KINDS:
            _add(element, into)
        else:
            published = day_of(element.get("dateGenerated", ""))
    return published


def _add(element: Element, into: Gathering) -> None:
    line, name = element.sourceline or 0, local(element)
    addresses = children(element, f"{name}_ADDRESS")
    nations = texts_of(element, "NATIONALITY", "VALUE") + [text_of(one, "COUNTRY") for one in addresses]
    into.add(
        line,
        " ".join(filter(None, (text_of(element, part) for part in _PARTS))),
        _aliases(element, name),
        id=text_of(element, "REFERENCE_NUMBER") or text_of(element, "DATAID"),
        kind=_KINDS[name],
        source="United Nations Security Council Consolidated List",
        programs=[text_of(element, "UN_LIST_TYPE")],
        countries=into.countries(nations, line),
        born=_born(element),
        identifiers=_numbers(element),
        addresses=[", ".join(filter(None, (text_of(one, part) for part in _ADDRESS[1:]))) for one in addresses],
        measures=text_of(element, "COMMENTS1"),
        citation=text_of(element, "REFERENCE_NUMBER"),
        listed_on=into.day(text_of(element, "LISTED_ON"), line),
    )


def _aliases(element: Element, name: str) -> Iterator[ListedName]:
    original = text_of(element, "NAME_ORIGINAL_SCRIPT")
    if original:
        yield ListedName(original, NameKind.ORIGINAL)
    for alias in children(element, f"{name}_ALIAS"):
        quality = text_of(alias, "QUALITY").lower()
        kind = NameKind.WEAK if quality == _WEAK else NameKind.FORMER if quality == _FORMER else NameKind.ALIAS
        for part in text_of(alias, "ALIAS_NAME").split(";"):
            yield ListedName(part, kind)


def _born(element: Element) -> Iterator[str]:
    for one in children(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        whole = next(filter(None, (text_of(one, part) for part in _BORN)), "")
        span = "-".join(filter(None, (text_of(one, "FROM_YEAR"), text_of(one, "TO_YEAR"))))
        yield whole or span or text_of(one, "NOTE")


def _numbers(element: Element) -> Iterator[str]:
    for one in children(element, "INDIVIDUAL_DOCUMENT"):
        number = text_of(one, "NUMBER")
        if is_identifier(f"{text_of(one, 'TYPE_OF_DOCUMENT')} {text_of(one, 'TYPE_OF_DOCUMENT2')} number", number):
            yield number
