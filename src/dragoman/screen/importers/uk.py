"""The lists of the United Kingdom in CSV: OFSI's consolidated list, and the UK Sanctions List after it."""

from __future__ import annotations

import re
from datetime import date

from dragoman.model import NameKind
from dragoman.screen.importers.drafts import Draft
from dragoman.screen.importers.facts import day_of
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.source import Source
from dragoman.screen.importers.tables import Row, table_rows

FORM = "uk"
SOURCE = "UK sanctions list"
_COUNTED = re.compile(r"\(\d+\)")
_BEFORE_DAY = re.compile(r"^[^\d]*")


def read_uk(source: Source, into: Gathering) -> date | None:
    """Read a list; returns the day before the header, else that of the latest update. Raises UnreadableList."""
    drafts: dict[str, Draft] = {}
    preamble: list[str] = []
    latest: date | None = None
    for row in table_rows(source, into.faults, FORM, preamble=preamble):
        identifier = row.get("id") or row.get("group")
        if not identifier:
            into.faults.add("list-row-without-id", row.line)
            continue
        if identifier not in drafts:
            drafts[identifier] = _begin(identifier, row, into)
        _extend(drafts[identifier], row)
        updated = day_of(row.get("updated"))
        latest = max(filter(None, (latest, updated)), default=None)
    for draft in drafts.values():
        draft.add_to(into)
    return next((day for cell in preamble if (day := day_of(_BEFORE_DAY.sub("", cell)))), latest)


def _begin(identifier: str, row: Row, into: Gathering) -> Draft:
    return Draft(
        identifier,
        row.line,
        into.kind(row.get("kind"), row.line),
        source=SOURCE,
        citation=row.get("united_nations"),
        listed_on=into.day(row.get("start"), row.line),
    )


def _extend(draft: Draft, row: Row) -> None:
    """Add what a row says: each row is a name, with what is known of it."""
    draft.name(" ".join([*row.all("given"), *row.all("family")]), _name_kind(row))
    draft.name(row.get("original"), NameKind.ORIGINAL)
    draft.programs += row.all("regime")
    draft.countries += counted(row.get("country")) + row.all("flag") + row.all("address_country")
    draft.born += counted(row.get("born"))
    draft.identifiers += [number for cell in row.all("numbers") for number in counted(cell)]
    draft.addresses.append(", ".join(row.all("address") + row.all("address_country")))
    draft.measures += row.all("measures") or row.all("other")


def _name_kind(row: Row) -> NameKind:
    kind, quality = row.get("name_kind").lower(), row.get("quality").lower()
    if kind == "primary name":
        return NameKind.PRIMARY
    if quality.startswith(("low", "weak")):
        return NameKind.WEAK
    return NameKind.FORMER if kind.startswith(("fka", "f.k.a", "former")) else NameKind.ALIAS


def counted(text: str) -> list[str]:
    """Return the parts of "(1) Freedonia (2) Utopia"; a text without numbers is one part."""
    return [part for piece in _COUNTED.split(text) if (part := piece.strip(" ;,."))]
