"""The consolidated list of the United Nations Security Council, in XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.model import ListedName, NameKind, PartyKind
from dragoman.screen.importers.drafts import kind_by_script
from dragoman.screen.importers.facts import day_of, is_identifier
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.markup import Element, children, elements, local, text_of, texts_of
from dragoman.screen.importers.names import several
from dragoman.screen.importers.source import Source

_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME", "SIXTH_NAME")
_KINDS = {"INDIVIDUAL": PartyKind.PERSON, "ENTITY": PartyKind.ORGANIZATION}
_KINDS_OF_NAMES = {"low": NameKind.WEAK, "f.k.a.": NameKind.FORMER}
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
    primary = " ".join(filter(None, (text_of(element, part) for part in _PARTS)))
    addresses = children(element, f"{name}_ADDRESS")
    nations = texts_of(element, "NATIONALITY", "VALUE") + [text_of(one, "COUNTRY") for one in addresses]
    into.add(
        line,
        primary,
        _aliases(element, name, several(primary)),
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


def _aliases(element: Element, name: str, parts: list[str]) -> Iterator[ListedName]:
    yield from (ListedName(part, NameKind.ALIAS) for part in parts)
    original = text_of(element, "NAME_ORIGINAL_SCRIPT")
    if original:
        yield ListedName(original, NameKind.ORIGINAL)
    for alias in children(element, f"{name}_ALIAS"):
        quality = text_of(alias, "QUALITY").lower()
        for part in several(text_of(alias, "ALIAS_NAME")):
            yield ListedName(part, _KINDS_OF_NAMES.get(quality) or kind_by_script(part))


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
