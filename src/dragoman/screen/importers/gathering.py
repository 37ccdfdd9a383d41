"""Gathers the entries of a list: cleans their names, keeps doubled ids apart, says what is wrong with a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypedDict, Unpack

from dragoman.model import ListedName, ListEntry, PartyKind
from dragoman.screen.importers.facts import country_code, day_of, kind_of
from dragoman.screen.importers.faults import Faults
from dragoman.screen.importers.names import clean, has_control, names_of

REPLACED = "\ufffd"


class EntryFacts(TypedDict, total=False):
    """What an entry may say beside its names; see `ListEntry`."""

    source: str
    programs: Iterable[str]
    countries: Iterable[str]
    born: Iterable[str]
    identifiers: Iterable[str]
    addresses: Iterable[str]
    measures: str
    citation: str
    url: str
    listed_on: date | None
    until: date | None


@dataclass(slots=True)
class Gathering:
    """The entries of a list while it is read.

    Attributes:
        name: of the list.
        faults: what is wrong with it.
        entries: so far.
        ids: of the entries.
        parts: hashes of further files that belong to the list.
    """

    name: str
    faults: Faults
    entries: list[ListEntry] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)

    def add(
        self,
        line: int,
        primary: str,
        aliases: Iterable[ListedName | str] = (),
        *,
        id: str = "",  # noqa: A002 - the word of the model
        kind: PartyKind = PartyKind.LEGAL_ENTITY,
        **facts: Unpack[EntryFacts],
    ) -> None:
        """Add an entry, or say why not.

        Args:
            line: where it stands.
            primary: the primary name, as written.
            aliases: further ones.
            id: the publisher's; "" makes one of the content.
            kind: what it is.
            **facts: see `ListEntry`.
        """
        aliases = tuple(aliases)
        names = names_of(primary, aliases)
        if not names:
            self.faults.add("list-row-without-name", line)
            return
        self._look_at([primary, *(one if isinstance(one, str) else one.text for one in aliases)], line)
        entry = _entry(self.name, kind, names, line, facts)
        self.entries.append(_with_id(entry, self._own(clean(id) or content_id(entry), line, stated=bool(id))))

    def _look_at(self, texts: Iterable[str], line: int) -> None:
        joined = "\n".join(texts)
        if has_control(joined):
            self.faults.add("list-control-characters", line)
        if REPLACED in joined:
            self.faults.add("list-undecodable", line)

    def _own(self, identifier: str, line: int, *, stated: bool) -> str:
        """Return an id that no entry has yet; a doubled one is said."""
        new, count = identifier, 1
        while new in self.ids:
            count += 1
            new = f"{identifier}#{count}"
        self.ids.add(new)
        if count > 1:
            self.faults.add("list-doubled-id" if stated else "list-doubled-entry", line, id=identifier, new=new)
        return new

    def kind(self, word: str, line: int) -> PartyKind:
        """Return the kind a word names; an unknown word is said."""
        if not word:
            return PartyKind.LEGAL_ENTITY
        found = kind_of(word)
        if found is None:
            self.faults.add("list-unknown-kind", line, given=word[:60])
        return found or PartyKind.LEGAL_ENTITY

    def day(self, text: str, line: int, *, month_first: bool = False) -> date | None:
        """Return a day; a text that is none is said."""
        if not text:
            return None
        found = day_of(text, month_first=month_first)
        if found is None:
            self.faults.add("list-bad-date", line, given=text[:60])
        return found

    def countries(self, names: Iterable[str], line: int) -> tuple[str, ...]:
        """Return codes of countries; a name that is not known is said."""
        codes: dict[str, None] = {}
        for name in filter(None, map(str.strip, names)):
            code = country_code(name)
            if code is None:
                self.faults.add("list-unknown-country", line, given=name[:60])
            else:
                codes[code] = None
        return tuple(codes)


def content_id(entry: ListEntry) -> str:
    """Return an id of an entry's names and source: other facts may change without making it another."""
    parts = (entry.source, entry.kind.value, *(name.text for name in entry.names[:1]), *entry.countries)
    return "x" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _entry(
    list_name: str, kind: PartyKind, names: tuple[ListedName, ...], line: int, facts: EntryFacts
) -> ListEntry:
    return ListEntry(
        "",
        list_name,
        kind,
        names,
        source=clean(facts.get("source", "")),
        programs=_texts(facts.get("programs", ())),
        countries=_texts(facts.get("countries", ())),
        born=_texts(facts.get("born", ())),
        identifiers=_texts(facts.get("identifiers", ())),
        addresses=_texts(facts.get("addresses", ())),
        measures=clean(facts.get("measures", "")),
        citation=clean(facts.get("citation", "")),
        url=clean(facts.get("url", "")),
        listed_on=facts.get("listed_on"),
        until=facts.get("until"),
        line=line,
    )


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := clean(value))))


def _with_id(entry: ListEntry, identifier: str) -> ListEntry:
    return replace(entry, id=identifier)
