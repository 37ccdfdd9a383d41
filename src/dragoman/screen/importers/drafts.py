"""Entries that a list tells in several rows or elements, put together before they count."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import ListedName, NameKind, PartyKind
from dragoman.screen.importers.gathering import Gathering


@dataclass(slots=True)
class Draft:
    """An entry while its rows come in; the fields are those of `ListEntry`."""

    id: str
    line: int
    kind: PartyKind = PartyKind.LEGAL_ENTITY
    names: list[ListedName] = field(default_factory=list)
    source: str = ""
    programs: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    citation: str = ""
    url: str = ""
    listed_on: date | None = None
    until: date | None = None

    def name(self, text: str, kind: NameKind = NameKind.ALIAS) -> None:
        """Add a name, if it is one."""
        if text.strip():
            self.names.append(ListedName(text, kind))

    def add_to(self, into: Gathering) -> None:
        """Add the entry to a list. The first name that is primary, else not weak, becomes the primary one."""
        first = next((one for one in self.names if one.kind is NameKind.PRIMARY), None)
        first = first or next((one for one in self.names if one.kind is not NameKind.WEAK), None)
        others = [_alias(one) for one in self.names if one is not first]
        into.add(
            self.line,
            first.text if first else "",
            others,
            id=self.id,
            kind=self.kind,
            source=self.source,
            programs=self.programs,
            countries=into.countries(dict.fromkeys(self.countries), self.line),
            born=self.born,
            identifiers=self.identifiers,
            addresses=self.addresses,
            measures=" ".join(dict.fromkeys(self.measures)),
            citation=self.citation,
            url=self.url,
            listed_on=self.listed_on,
            until=self.until,
        )


def _alias(name: ListedName) -> ListedName:
    return ListedName(name.text, NameKind.ALIAS) if name.kind is NameKind.PRIMARY else name


def kind_by_script(text: str) -> NameKind:
    """Return ORIGINAL for a name without a Latin letter, ALIAS for any other."""
    letters = [char for char in text if char.isalpha()]
    latin = any(map(str.isascii, letters)) or any(
        unicodedata.name(char, "").startswith("LATIN") for char in letters
    )
    return NameKind.ORIGINAL if letters and not latin else NameKind.ALIAS
