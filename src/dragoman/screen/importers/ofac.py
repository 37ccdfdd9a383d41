"""Lists of the US Treasury's OFAC: SDN.CSV with its parts beside it, and SDN.XML in its old and new namespaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from dragoman.model import NameKind, PartyKind
from dragoman.screen.importers.drafts import Draft
from dragoman.screen.importers.facts import country_code, day_of, is_identifier
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.markup import Element, children, elements, local, text_of, texts_of
from dragoman.screen.importers.source import Source, open_source
from dragoman.screen.importers.tables import Cells, whole_rows

SOURCE = "OFAC"
EMPTY = "-0-"
MAIN = 12
"""Cells of a row of the list; its files have no header, copies of them sometimes do."""
_PROGRAMS = re.compile(r"\]\s*\[")
_BORN = re.compile(r"^(?:alt\. )?DOB (?P<day>.+)$")
_NATION = re.compile(r"^(?:alt\. )?(?:nationality|citizen) (?P<country>.+)$")
_WEAK = re.compile(r"^(?:alt\. )?a\.k\.a\. ['\"](?P<name>.+)['\"]\.?$")
_NUMBER = re.compile(r"^(?P<kind>.*?\D)\s*(?P<number>[A-Z0-9][A-Z0-9/.\-]*\d[A-Z0-9/.\-]*)(?:\s*\(.*)?$")
_PLACE = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")


def read_ofac(source: Source, into: Gathering) -> date | None:
    """Read a list, CSV or XML; the XML returns the day it was published. Raises UnreadableList."""
    if source.head.lstrip("\ufeff \r\n\t").startswith("<"):
        return _read_xml(source, into)
    _read_csv(source, into)
    return None


def _read_csv(source: Source, into: Gathering) -> None:
    drafts: dict[str, list[Draft]] = {}
    for line, cells in _rows(source, into, MAIN):
        drafts.setdefault(cells[0], []).append(_draft(line, cells, into))
    for name, (wanted, what, add) in _PARTS.items():
        part = _part(source, into, name, what)
        for line, cells in _rows(part, into, wanted) if part else ():
            for draft in _owners(drafts, cells[0], part.name if part else "", line, into):
                add(draft, cells)
    for draft in (one for several in drafts.values() for one in several):
        draft.add_to(into)


def _add_alias(draft: Draft, cells: list[str]) -> None:
    draft.name(cells[3], NameKind.FORMER if cells[2] == "fka" else NameKind.ALIAS)


def _add_address(draft: Draft, cells: list[str]) -> None:
    draft.addresses.append(", ".join(filter(None, cells[2:5])))
    draft.countries += filter(country_code, cells[4:5])


def _add_comment(draft: Draft, cells: list[str]) -> None:
    _remarks(draft, cells[1])


_PARTS: Mapping[str, tuple[int, str, Callable[[Draft, list[str]], None]]] = {
    "alt": (5, "aliases", _add_alias),
    "add": (6, "addresses", _add_address),
    "comments": (2, "", _add_comment),
}
"""Further files: cells of a row, what is missing without the file, and what a row adds to its entry."""


def _rows(source: Source, into: Gathering, wanted: int) -> Iterator[tuple[int, list[str]]]:
    """Yield rows of at least so many cells; "-0-" is an empty one."""
    with source.text() as file:
        for line, cells in whole_rows(Cells(source, into.faults).rows(file), wanted, source, into.faults):
            plain = [cell.strip().removesuffix("\x1a") for cell in cells]
            if line == 1 and plain[0] and not plain[0].isdigit():
                continue
            yield line, [("" if cell == EMPTY else cell) for cell in plain] + [""] * (wanted - len(plain))


def _owners(
    drafts: Mapping[str, list[Draft]], number: str, part: str, line: int, into: Gathering
) -> Iterable[Draft]:
    if number not in drafts:
        into.faults.add("list-loose-part", line, part=part, id=number)
    return drafts.get(number, ())


def _part(source: Source, into: Gathering, part: str, what: str) -> Source | None:
    """Return the file of a part that lies beside the list; say where one is missing that matters."""
    path = part_beside(source.path, part)
    if path is not None:
        found = open_source(path, into.faults)
        into.parts.append(found.sha256)
        return found
    if what:
        name = next(iter(_part_names(source.path.name, part)), f"{part}.csv")
        into.faults.add("list-part-missing", part=name, what=what)
    return None


def part_beside(path: Path, part: str) -> Path | None:
    """Return the file of a part in the same folder: alt.csv for sdn.csv, cons_alt.csv for cons_prim.csv."""
    wanted = {form for name in _part_names(path.name.lower(), part) for form in (name, f"{name}.gz")}
    wanted |= {name.removesuffix(".gz") for name in wanted} - {path.name.lower()}
    return next((one for one in sorted(path.parent.iterdir()) if one.name.lower() in wanted and one != path), None)


def _part_names(name: str, part: str) -> list[str]:
    stem, dot, end = name.partition(".")
    if "prim" in stem.lower():
        return [re.sub("prim", part, stem, flags=re.IGNORECASE) + dot + end]
    new = part if part != "comments" else "sdn_comments"
    return [re.sub("sdn", new, stem, flags=re.IGNORECASE) + dot + end] if "sdn" in stem.lower() else []


def _draft(line: int, cells: list[str], into: Gathering) -> Draft:
    draft = Draft(
        cells[0],
        line,
        into.kind(cells[2], line) if cells[2] else PartyKind.ORGANIZATION,
        source=SOURCE,
        programs=[one.strip("[] ") for one in _PROGRAMS.split(cells[3])],
        countries=[one for one in cells[9:10] if country_code(one)],
        identifiers=cells[5:6],
    )
    draft.name(cells[1], NameKind.PRIMARY)
    _remarks(draft, cells[11])
    return draft


def _remarks(draft: Draft, text: str) -> None:
    """Read births, nationalities, weak names and numbers from remarks: "DOB 1970; nationality Iran; ..."."""
    draft.measures += [text] if text else []
    for part in (piece.strip().removesuffix(".") for piece in text.split(";")):
        if born := _BORN.match(part):
            draft.born.append(born["day"])
        elif nation := _NATION.match(part):
            draft.countries += filter(country_code, [nation["country"]])
        elif weak := _WEAK.match(part):
            draft.name(weak["name"], NameKind.WEAK)
        elif (number := _NUMBER.match(part)) and is_identifier(number["kind"], number["number"]):
            draft.identifiers.append(number["number"])


def _read_xml(source: Source, into: Gathering) -> date | None:
    published, count = None, ""
    for element in elements(source, into.faults, "publshInformation", "publishInformation", "sdnEntry"):
        if local(element) == "sdnEntry":
            _entry(element, into).add_to(into)
        elif "Information" in local(element):
            published = day_of(text_of(element, "Publish_Date"), month_first=True)
            count = text_of(element, "Record_Count")
    if count.isdigit() and int(count) != len(into.entries):
        into.faults.add("list-count-differs", wanted=count, given=len(into.entries))
    return published


def _entry(element: Element, into: Gathering) -> Draft:
    line = element.sourceline or 0
    draft = Draft(
        text_of(element, "uid"),
        line,
        into.kind(text_of(element, "sdnType"), line),
        source=SOURCE,
        programs=_inner(element, "programList", "program"),
        born=_inner(element, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"),
        identifiers=[*_numbers(element), text_of(element, "vesselInfo", "callSign")],
        addresses=[_place(one) for part in children(element, "addressList") for one in children(part, "address")],
        measures=texts_of(element, "remarks"),
    )
    draft.name(_name(element), NameKind.PRIMARY)
    for part in children(element, "akaList"):
        for one in children(part, "aka"):
            draft.name(_name(one), _aka_kind(one))
    draft.countries = [name for name in _nations(element) if country_code(name)]
    return draft


def _name(element: Element) -> str:
    """Return a name as SDN.CSV writes it: "LAST, First"."""
    return ", ".join(filter(None, (text_of(element, "lastName"), text_of(element, "firstName"))))


def _aka_kind(element: Element) -> NameKind:
    if text_of(element, "category").lower() == "weak":
        return NameKind.WEAK
    return NameKind.FORMER if text_of(element, "type").lower() == "f.k.a." else NameKind.ALIAS


def _inner(element: Element, outer: str, inner: str, value: str | None = None) -> list[str]:
    if value is None:
        return texts_of(element, outer, inner)
    return [text for part in children(element, outer) for text in texts_of(part, inner, value)]


def _nations(element: Element) -> list[str]:
    return [
        *_inner(element, "nationalityList", "nationality", "country"),
        *_inner(element, "citizenshipList", "citizenship", "country"),
        *_inner(element, "addressList", "address", "country"),
        text_of(element, "vesselInfo", "vesselFlag"),
    ]


def _place(element: Element) -> str:
    return ", ".join(filter(None, (text_of(element, part) for part in _PLACE)))


def _numbers(element: Element) -> Iterator[str]:
    for part in children(element, "idList"):
        for one in children(part, "id"):
            if is_identifier(text_of(one, "idType"), text_of(one, "idNumber")):
                yield text_of(one, "idNumber").removeprefix("IMO ")
