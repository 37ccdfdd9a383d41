"""The US Consolidated Screening List: the CSV file, and the JSON of the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dragoman.model import ListedName
from dragoman.screen.importers.facts import countries_in, country_codes, is_identifier
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.names import split_names
from dragoman.screen.importers.objects import array_objects
from dragoman.screen.importers.source import Source
from dragoman.screen.importers.tables import Row, table_rows

FORM = "us-csl"
_FEWEST_PARTS = 2


def read_us_csl(source: Source, into: Gathering) -> date | None:
    """Read the list, CSV or JSON; it names no day of its own. Raises UnreadableList."""
    if source.head.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        for line, entry in array_objects(source, into.faults):
            _add_object(line, entry, into)
        return None
    for row in table_rows(source, into.faults, FORM):
        _add_row(row, into)
    return None


def _add_row(row: Row, into: Gathering) -> None:
    addresses = row.many("addresses")
    stated = country_codes([*row.many("nationalities"), *row.many("citizenships"), *row.many("flag")])
    into.add(
        row.line,
        row.get("name"),
        row.many("aliases"),
        id=row.get("id"),
        kind=into.kind(row.get("kind"), row.line),
        source=row.get("source"),
        programs=row.many("programs"),
        countries=(*stated, *countries_in(addresses)),
        born=row.many("born"),
        identifiers=[*_numbers(row.many("numbers")), *row.all("call_sign")],
        addresses=addresses,
        measures=measures_of(row.get("requirement"), row.get("policy")),
        citation=row.get("notice"),
        url=row.get("url") or row.get("information"),
        listed_on=into.day(row.get("start"), row.line),
        until=into.day(row.get("end"), row.line),
    )


def _numbers(ids: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of "IR, 2013-09-09, 2008-09-09, 4117921, Passport"."""
    for text in ids:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) >= _FEWEST_PARTS and is_identifier(parts[-1], parts[-2]):
            yield parts[-2]


def measures_of(requirement: str, policy: str) -> str:
    """Return licence requirement and policy as the list words them, in one text."""
    said = (("License requirement", requirement), ("License policy", policy))
    return " ".join(f"{what}: {text}" for what, text in said if text)


def _add_object(line: int, entry: Mapping[str, Any], into: Gathering) -> None:
    """Add an entry of the JSON form."""
    addresses = [_address(one) for one in _list(entry, "addresses") if isinstance(one, Mapping)]
    into.add(
        line,
        _text(entry, "name"),
        _aliases(entry),
        id=_text(entry, "id") or _text(entry, "_id"),
        kind=into.kind(_text(entry, "type"), line),
        source=_text(entry, "source"),
        programs=map(str, _list(entry, "programs")),
        countries=_json_countries(entry),
        born=map(str, _list(entry, "dates_of_birth")),
        identifiers=[*_json_numbers(entry), _text(entry, "call_sign")],
        addresses=addresses,
        measures=measures_of(_text(entry, "license_requirement"), _text(entry, "license_policy")),
        citation=_text(entry, "federal_register_notice"),
        url=_text(entry, "source_list_url") or _text(entry, "source_information_url"),
        listed_on=into.day(_text(entry, "start_date"), line),
        until=into.day(_text(entry, "end_date"), line),
    )


def _aliases(entry: Mapping[str, Any]) -> list[ListedName]:
    return [name for alias in _list(entry, "alt_names") for name in split_names(str(alias))]


def _json_countries(entry: Mapping[str, Any]) -> tuple[str, ...]:
    stated = [str(one) for key in ("nationalities", "citizenships") for one in _list(entry, key)]
    stated += [_text(entry, "country"), _text(entry, "vessel_flag")]
    places = [str(one.get("country") or "") for one in _list(entry, "addresses") if isinstance(one, Mapping)]
    return country_codes([*stated, *places])


def _json_numbers(entry: Mapping[str, Any]) -> Iterator[str]:
    for one in _list(entry, "ids"):
        if isinstance(one, Mapping) and is_identifier(str(one.get("type") or ""), str(one.get("number") or "")):
            yield str(one["number"])


def _address(parts: Mapping[str, Any]) -> str:
    keys = ("address", "city", "state", "postal_code", "country")
    return ", ".join(str(parts[key]) for key in keys if parts.get(key))


def _text(entry: Mapping[str, Any], key: str) -> str:
    found = entry.get(key)
    return "" if found is None else str(found)


def _list(entry: Mapping[str, Any], key: str) -> list[Any]:
    found = entry.get(key)
    if not found:
        return []
    return found if isinstance(found, list) else [part.strip() for part in str(found).split(";")]
