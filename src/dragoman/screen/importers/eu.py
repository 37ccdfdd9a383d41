"""The consolidated list of the European Union (FSF): the CSV file with a row for each name, and the XML export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.model import NameKind
from dragoman.screen.importers.drafts import Draft, kind_by_script
from dragoman.screen.importers.facts import day_of
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.markup import Element, children, elements, local, text_of, texts_of
from dragoman.screen.importers.source import Source
from dragoman.screen.importers.tables import Row, table_rows

FORM = "eu"
SOURCE = "EU consolidated list of persons, groups and entities subject to financial sanctions"
_ADDRESS = ("street", "poBox", "zipCode", "city", "region", "place", "countryDescription")


def read_eu(source: Source, into: Gathering) -> date | None:
    """Read the list, CSV or XML; returns the day it was made. Raises UnreadableList."""
    if source.head.lstrip("\ufeff \r\n\t").startswith("<"):
        return _read_xml(source, into)
    return _read_csv(source, into)


def _read_csv(source: Source, into: Gathering) -> date | None:
    drafts: dict[str, Draft] = {}
    published = None
    preamble: list[str] = []
    for row in table_rows(source, into.faults, FORM, separator=";", preamble=preamble):
        published = published or day_of(row.get("published")) or _day_in(preamble)
        identifier = row.get("id")
        if not identifier:
            into.faults.add("list-row-without-id", row.line)
            continue
        if identifier not in drafts:
            drafts[identifier] = _begin(row, into)
        _extend(drafts[identifier], row)
    for draft in drafts.values():
        draft.add_to(into)
    return published


def _day_in(cells: list[str]) -> date | None:
    return next((day for cell in cells if (day := day_of(cell))), None)


def _begin(row: Row, into: Gathering) -> Draft:
    regulation = " of ".join(filter(None, (row.get("regulation"), row.get("regulation_day"))))
    return Draft(
        row.get("reference") or row.get("id"),
        row.line,
        into.kind(row.get("kind"), row.line),
        source=SOURCE,
        programs=row.all("programme"),
        measures=row.all("remark") + row.all("details"),
        citation=regulation,
        url=row.get("url"),
        listed_on=into.day(row.get("start"), row.line),
    )


def _extend(draft: Draft, row: Row) -> None:
    """Add what a further row says: a name, an address, a birth, a number or a citizenship."""
    whole = row.get("whole") or " ".join(filter(None, (row.get("first"), row.get("middle"), row.get("last"))))
    weak = row.get("strong").lower() == "false"
    draft.name(whole, NameKind.WEAK if weak else kind_by_script(whole))
    draft.countries += [one for one in (row.get("country"), row.get("address_country")) if _known(one)]
    draft.born += row.all("born")[:1]
    draft.addresses.append(", ".join(row.all("address")))
    if any(char.isdigit() for char in row.get("number")):
        draft.identifiers.append(row.get("number"))


def _known(country: str) -> bool:
    """Return whether a country is given; the list writes 00 and UNKNOWN where none is."""
    return country not in {"", "00", "UNKNOWN"}


def _read_xml(source: Source, into: Gathering) -> date | None:
    published = None
    for element in elements(source, into.faults, "sanctionEntity"):
        if local(element) == "sanctionEntity":
            _draft(element, into).add_to(into)
        else:
            published = day_of(element.get("generationDate", ""))
    return published


def _draft(element: Element, into: Gathering) -> Draft:
    line = element.sourceline or 0
    subject = next(iter(children(element, "subjectType")), None)
    regulation = next(iter(children(element, "regulation")), None)
    draft = Draft(
        element.get("euReferenceNumber") or element.get("logicalId") or "",
        line,
        into.kind("" if subject is None else subject.get("classificationCode") or subject.get("code") or "", line),
        source=SOURCE,
        measures=texts_of(element, "remark") + list(filter(None, [element.get("designationDetails")])),
        listed_on=into.day(element.get("designationDate", ""), line),
    )
    if regulation is not None:
        draft.programs = [regulation.get("programme", "")]
        draft.citation = " of ".join(filter(None, map(regulation.get, ("numberTitle", "publicationDate"))))
        draft.url = text_of(regulation, "publicationUrl")
    _fill(draft, element)
    return draft


def _fill(draft: Draft, element: Element) -> None:
    for one in children(element, "nameAlias"):
        parts = (one.get(part, "") for part in ("firstName", "middleName", "lastName"))
        text = one.get("wholeName") or " ".join(filter(None, parts))
        draft.name(text, NameKind.WEAK if one.get("strong") == "false" else kind_by_script(text))
    for one in children(element, "citizenship", "address"):
        draft.countries += [code for code in [one.get("countryIso2Code", "")] if _known(code)]
    draft.born = list(_born(element))
    draft.identifiers = list(_numbers(element))
    draft.addresses = [_address(one) for one in children(element, "address")]


def _address(element: Element) -> str:
    return ", ".join(text for part in _ADDRESS if _known(text := element.get(part, "")))


def _born(element: Element) -> Iterator[str]:
    for one in children(element, "birthdate"):
        yield one.get("birthdate") or one.get("year") or ""


def _numbers(element: Element) -> Iterator[str]:
    for one in children(element, "identification"):
        number = one.get("number") or one.get("latinNumber") or ""
        if any(char.isdigit() for char in number):
            yield number
