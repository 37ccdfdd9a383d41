"""What the workspace asks about parties: lists and their versions, decisions on hits, parties screened before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from dragoman.model import HitDecision, ListChange, ListEntry, Party, PartyList, Screening
from dragoman.model.listing import difference, fields_of_party, party_of_fields, sha256_of_entry
from dragoman.model.watching import PartyChange
from dragoman.register.engine import Store
from dragoman.register.judging import Key, decisions_of, record_open, standing_of, store_decision
from dragoman.register.listing import (
    BATCH,
    Imported,
    NoSuchListedError,
    entries_in_use,
    entries_named,
    hashes,
    lists_of,
    retire,
    store_list,
    version_before,
    version_of,
)
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import screened_parties
from dragoman.register.texts import AnyRow
from dragoman.register.watching import changes_of, store_changes

DECIDING = "party decisions"
"""What is locked while a decision is stored."""
SCREENING = "screened parties"


@dataclass(frozen=True, slots=True)
class KnownHit:
    """A hit of an earlier screening.

    Attributes:
        list, entry: where.
        sha256: hash of the entry as it was.
        score: as it was, 0 to 1.
    """

    list: str
    entry: str
    sha256: str
    score: float


@dataclass(frozen=True, slots=True)
class Screened:
    """A party that was screened before.

    Attributes:
        key: its reference, else its name.
        party: as it was asked.
        day: of its last screening.
        lists: names and versions of the lists it was screened against.
        hits: what was found.
    """

    key: str
    party: Party
    day: date
    lists: tuple[tuple[str, int], ...]
    hits: tuple[KnownHit, ...]


def key_of(party: Party) -> str:
    """Return the key of a party: its reference, else its name."""
    return column_text((party.reference or party.name).strip())


class PartyRegister:
    """Lists, decisions and screened parties of a register. Safe to use from several threads and processes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def import_list(self, about: PartyList, entries: Iterable[ListEntry]) -> Imported:
        """Keep a new version of a list, whole or not at all; until it is in, the old one counts.

        Args:
            about: name, form, day, hash, source and time; version and counts are worked out here.
            entries: all of them, each id once.

        Raises:
            StoreError: it could not be kept.
        """
        with self._store.writing(f"list {about.name}") as connection:
            return store_list(connection, about, entries)

    def retire_list(self, name: str) -> PartyList:
        """Take a list out of use; its versions stay known, its entries are forgotten. Raises NoSuchListError."""
        with self._store.writing(f"list {name}") as connection:
            return retire(connection, name)

    def lists(self, *, all_versions: bool = False) -> tuple[PartyList, ...]:
        """Return the lists in use, or every version there ever was, by name and version."""
        with self._store.reading() as connection:
            return lists_of(connection, all_versions=all_versions)

    def entries(self, names: Sequence[str] = ()) -> Iterator[ListEntry]:
        """Stream the entries of the lists in use: of all, or of those named."""
        with self._store.reading() as connection:
            yield from entries_in_use(connection, names)

    def entry(self, name: str, identifier: str, version: int | None = None) -> ListEntry:
        """Return an entry of the version in use, or of another. Raises NoSuchListError, NoSuchListedError."""
        found = self.entries_named(name, [identifier], version)
        if identifier not in found:
            raise NoSuchListedError(name, identifier)
        return found[identifier]

    def entries_named(
        self, name: str, identifiers: Iterable[str], version: int | None = None
    ) -> Mapping[str, ListEntry]:
        """Return entries of a version by id, those that it lacks left out. Raises NoSuchListError."""
        with self._store.reading() as connection:
            return entries_named(connection, version_of(connection, name, version).id, identifiers)

    def hashes(self, name: str) -> Mapping[str, str]:
        """Return the hash of each entry in use by its id; empty where there is no such list."""
        with self._store.reading() as connection:
            current = [one for one in lists_of(connection, all_versions=False) if one.name == name]
            return hashes(connection, version_of(connection, name, None).id) if current else {}

    def change(self, name: str) -> tuple[PartyList | None, ListChange]:
        """Return the version before the one in use, and what changed since. Raises NoSuchListError.

        Without a version before, None and every entry as added.
        """
        with self._store.reading() as connection:
            current = version_of(connection, name, None)
            old = version_before(connection, current)
            before = hashes(connection, old.id) if old else {}
            change = difference(before, hashes(connection, current.id))
            known = lists_of(connection, all_versions=True)
        number = old.version if old else None
        return next((one for one in known if (one.name, one.version) == (name, number)), None), change

    def decide(self, decision: HitDecision) -> HitDecision:
        """Record a decision on a hit and return it with the hash of the entry.

        Args:
            decision: with `entry_sha256` it is only taken if the entry is still that one.

        Raises:
            UsageError: no reviewer, no reason, a day that has passed.
            NotFoundError: no such list or entry.
            ConflictError: the entry has changed.
        """
        with self._store.writing(DECIDING) as connection:
            return store_decision(connection, decision)

    def decisions(
        self, party: str | None = None, name: str | None = None, entry: str | None = None
    ) -> tuple[HitDecision, ...]:
        """Return the history, oldest first: of a party, a list, an entry; None takes all."""
        with self._store.reading() as connection:
            return decisions_of(connection, party, name, entry)

    def standing(self, party: str, day: date) -> Mapping[Key, HitDecision]:
        """Return the decisions on a party as they stand on a day, by list and entry.

        One that has run out or whose entry has changed is `reopened`, whether that was recorded yet or not.
        """
        with self._store.reading() as connection:
            return {(one.list, one.entry): one for one, _ in standing_of(connection, day, party)}

    def all_standing(self, day: date) -> dict[str, dict[Key, HitDecision]]:
        """Return the decisions on all parties as they stand on a day, by party; see `standing`."""
        found: dict[str, dict[Key, HitDecision]] = {}
        with self._store.reading() as connection:
            for one, _ in standing_of(connection, day):
                found.setdefault(one.party, {})[one.list, one.entry] = one
        return found

    def note_changes(self, changes: Iterable[PartyChange]) -> None:
        """Keep what monitoring found."""
        with self._store.writing(SCREENING) as connection:
            store_changes(connection, changes)

    def changes(self, party: str | None = None) -> tuple[PartyChange, ...]:
        """Return what monitoring found for a party, or for all, oldest first."""
        with self._store.reading() as connection:
            return changes_of(connection, party)

    def reopen(self, day: date, at: datetime) -> tuple[HitDecision, ...]:
        """Record which decisions are open again by a day, and return those that were not known to be."""
        with self._store.writing(DECIDING) as connection:
            return record_open(connection, day, at)

    def remember(self, screenings: Iterable[Screening]) -> None:
        """Keep what became of parties, so that they can be screened again; the last screening counts."""
        rows = {key_of(one.party): _screened_row(one) for one in screenings}
        if rows:
            with self._store.writing(SCREENING) as connection:
                _put(connection, list(rows.values()))

    def screened(self, key: str | None = None) -> Iterator[Screened]:
        """Stream the parties that were screened, or the one of a key, in the order in which they came."""
        question = select(screened_parties).order_by(screened_parties.c.id)
        if key is not None:
            question = question.where(screened_parties.c.party == key)
        with self._store.reading() as connection:
            for row in connection.execution_options(yield_per=BATCH).execute(question):
                yield _screened(row)

    def forget(self, key: str) -> bool:
        """Stop screening a party again; decisions on it stay. Returns whether it was known."""
        with self._store.writing(SCREENING) as connection:
            found = connection.execute(delete(screened_parties).where(screened_parties.c.party == key))
            return bool(found.rowcount)


def _put(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Insert rows, or put them in the place of those with the same key."""
    keys = [row["party"] for row in rows]
    known: set[str] = set()
    for start in range(0, len(keys), BATCH):
        own = screened_parties.c.party.in_(keys[start : start + BATCH])
        known.update(connection.execute(select(screened_parties.c.party).where(own)).scalars())
    new = [row for row in rows if row["party"] not in known]
    if new:
        connection.execute(insert(screened_parties), new)
    changed = [{**row, "key": row["party"]} for row in rows if row["party"] in known]
    if changed:
        own_row = screened_parties.c.party == bindparam("key")
        columns: dict[str, BindParameter[Any]] = {
            name: bindparam(name) for name in ("payload", "day", "lists", "hits")
        }
        connection.execute(update(screened_parties).where(own_row).values(columns), changed)


def _screened_row(screening: Screening) -> dict[str, object]:
    hits = [
        [hit.entry.list, hit.entry.id, sha256_of_entry(hit.entry), round(hit.score, 4)] for hit in screening.hits
    ]
    return {
        "party": key_of(screening.party),
        "payload": json_of(fields_of_party(screening.party)),
        "day": screening.as_of,
        "lists": json_of([list(one) for one in screening.lists]),
        "hits": json_of(hits),
    }


def _screened(row: AnyRow) -> Screened:
    lists = tuple((name, version) for name, version in json.loads(row.lists))
    hits = tuple(KnownHit(*hit) for hit in json.loads(row.hits))
    return Screened(row.party, party_of_fields(json.loads(row.payload)), row.day, lists, hits)
