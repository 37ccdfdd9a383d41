"""Lists of parties: a version counts when all of it is in; the entries of the last two versions are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dragoman.model import ListChange, ListEntry, NotFoundError, PartyList
from dragoman.model.listing import difference, entry_of_fields, fields_of_entry, sha256_of_entry
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import party_entries, party_lists
from dragoman.register.texts import AnyRow, inserted, stamp

KEPT_VERSIONS = 2
"""Versions of a list whose entries are kept; the line of every version is."""
BATCH = 500
"""Entries stored by one statement."""


class NoSuchListError(NotFoundError):
    """There is no list of parties of that name, or no such version."""

    def __init__(self, name: str, version: int | None = None) -> None:
        which = "" if version is None else f" with the entries of a version {version}"
        super().__init__(
            f"There is no list of parties `{name}`{which}.", "`dragoman lists` shows those there are."
        )


class NoSuchListedError(NotFoundError):
    """A list has no such entry."""

    def __init__(self, name: str, entry: str) -> None:
        super().__init__(
            f"The list `{name}` has no entry `{entry}`.",
            "Screen the party again; the entry may have been removed.",
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list that was imported.

    Attributes:
        list: the version in use now.
        before: the version in use before; None for a new list.
        change: from that one to this.
        new: False where the very same entries were in use already; then no version was added.
    """

    list: PartyList
    before: PartyList | None
    change: ListChange
    new: bool


def store_list(connection: Connection, about: PartyList, entries: Iterable[ListEntry]) -> Imported:
    """Store a new version of a list and let it count.

    Args:
        connection: inside a writing transaction.
        about: what is known of the file; version and counts are set here.
        entries: all of them, each id once.
    """
    old = current_list(connection, about.name)
    before = hashes(connection, old.id) if old else {}
    last = connection.execute(_OF.where(party_lists.c.name == about.name).order_by(party_lists.c.version.desc()))
    row = last.first()
    number = row.version + 1 if row else 1
    version = inserted(connection, party_lists, _columns(replace(about, version=number, entries=0, names=0)))
    now, names = _store_entries(connection, version, entries)
    change = difference(before, now)
    if old and not (change.added or change.removed or change.changed) and old.form == about.form:
        return _unchanged(connection, version, about, old, change)
    _let_count(connection, about.name, version, len(now), names)
    _forget(connection, about.name)
    return Imported(list_of(_row(connection, version)), list_of(old) if old else None, change, new=True)


def _unchanged(
    connection: Connection, version: int, about: PartyList, old: AnyRow, change: ListChange
) -> Imported:
    """Take a version back that is the same as the one in use; that one is now known to stand on a later day."""
    connection.execute(delete(party_entries).where(party_entries.c.list == version))
    connection.execute(delete(party_lists).where(party_lists.c.id == version))
    seen = {"sha256": about.sha256, "source": column_text(about.source), "imported": stamp(about.imported)}
    day = {"published": about.published} if about.published else {}
    connection.execute(update(party_lists).where(party_lists.c.id == old.id).values(seen | day))
    same = list_of(_row(connection, old.id))
    return Imported(same, same, change, new=False)


def _columns(about: PartyList) -> dict[str, Any]:
    return {
        "name": column_text(about.name),
        "version": about.version,
        "form": about.form,
        "published": about.published,
        "sha256": about.sha256,
        "entries": about.entries,
        "names": about.names,
        "imported": stamp(about.imported),
        "source": column_text(about.source),
        "current": 0,
    }


def _store_entries(
    connection: Connection, version: int, entries: Iterable[ListEntry]
) -> tuple[dict[str, str], int]:
    """Store entries and return their hashes by id, and how many names they have."""
    known: dict[str, str] = {}
    names, numbered = 0, enumerate(entries)
    while batch := list(islice(numbered, BATCH)):
        rows = [_entry_row(version, number, entry) for number, entry in batch]
        connection.execute(insert(party_entries), rows)
        known.update((row["entry"], row["sha256"]) for row in rows)
        names += sum(len(entry.names) for _, entry in batch)
    return known, names


def _entry_row(version: int, number: int, entry: ListEntry) -> dict[str, Any]:
    return {
        "list": version,
        "number": number,
        "entry": column_text(entry.id),
        "sha256": sha256_of_entry(entry),
        "line": entry.line,
        "payload": json_of(fields_of_entry(entry)),
    }


def _let_count(connection: Connection, name: str, version: int, entries: int, names: int) -> None:
    connection.execute(update(party_lists).where(party_lists.c.name == name).values(current=0))
    own = update(party_lists).where(party_lists.c.id == version)
    connection.execute(own.values(current=1, entries=entries, names=names))


def _forget(connection: Connection, name: str) -> None:
    """Delete the entries of old versions."""
    newest_first = (
        select(party_lists.c.id).where(party_lists.c.name == name).order_by(party_lists.c.version.desc())
    )
    old = connection.execute(newest_first).scalars().all()[KEPT_VERSIONS:]
    connection.execute(delete(party_entries).where(party_entries.c.list.in_(old)))


def retire(connection: Connection, name: str) -> PartyList:
    """Take a list out of use and forget its entries; return its last version. Raises NoSuchListError."""
    row = version_of(connection, name, None)
    own = select(party_lists.c.id).where(party_lists.c.name == name)
    connection.execute(delete(party_entries).where(party_entries.c.list.in_(own)))
    connection.execute(update(party_lists).where(party_lists.c.name == name).values(current=0))
    return list_of(_row(connection, row.id))


_OF = select(party_lists)


def _row(connection: Connection, version: int) -> AnyRow:
    return connection.execute(_OF.where(party_lists.c.id == version)).one()


def current_list(connection: Connection, name: str) -> AnyRow | None:
    """Return the row of the version in use, None where there is none."""
    return connection.execute(_OF.where(party_lists.c.name == name, party_lists.c.current == 1)).first()


def version_of(connection: Connection, name: str, version: int | None) -> AnyRow:
    """Return the row of a version of a list: the one in use for None. Raises NoSuchListError."""
    if version is None:
        row = current_list(connection, name)
    else:
        own = (party_lists.c.name == name, party_lists.c.version == version)
        row = connection.execute(_OF.where(*own)).first()
    if row is None:
        raise NoSuchListError(name, version)
    return row


def version_before(connection: Connection, row: AnyRow) -> AnyRow | None:
    """Return the version before one, None for the first or where its entries are kept no longer."""
    earlier = (party_lists.c.name == row.name, party_lists.c.version < row.version)
    found = connection.execute(_OF.where(*earlier).order_by(party_lists.c.version.desc())).first()
    return found if found and hashes(connection, found.id) else None


def list_of(row: AnyRow) -> PartyList:
    """Return the version of a list that a row holds."""
    return PartyList(
        name=row.name,
        form=row.form,
        version=row.version,
        published=row.published,
        sha256=row.sha256,
        entries=row.entries,
        names=row.names,
        imported=datetime.fromisoformat(row.imported),
        source=row.source,
        current=bool(row.current),
    )


def lists_of(connection: Connection, *, all_versions: bool) -> tuple[PartyList, ...]:
    """Return the versions in use, or all there ever were, by name, oldest version first."""
    question = _OF.order_by(party_lists.c.name, party_lists.c.version)
    if not all_versions:
        question = question.where(party_lists.c.current == 1)
    return tuple(list_of(row) for row in connection.execute(question))


def hashes(connection: Connection, version: int) -> dict[str, str]:
    """Return the hash of each entry of a version, by its id, in the order of the file."""
    columns = select(party_entries.c.entry, party_entries.c.sha256)
    rows = connection.execute(columns.where(party_entries.c.list == version).order_by(party_entries.c.number))
    return {row.entry: row.sha256 for row in rows}


_ENTRIES = select(party_lists.c.name, party_entries.c.line, party_entries.c.payload).join(
    party_lists, party_lists.c.id == party_entries.c.list
)


def entries_in_use(connection: Connection, names: Sequence[str]) -> Iterator[ListEntry]:
    """Stream the entries of the lists in use.

    Args:
        connection: stays in use until the last entry.
        names: of lists; none for all.
    """
    question = _ENTRIES.where(party_lists.c.current == 1)
    if names:
        question = question.where(party_lists.c.name.in_(names))
    ordered = question.order_by(party_lists.c.name, party_entries.c.number)
    for row in connection.execution_options(yield_per=BATCH).execute(ordered):
        yield _entry_of(row)


def entries_named(connection: Connection, version: int, identifiers: Iterable[str]) -> Mapping[str, ListEntry]:
    """Return some entries of a version by their ids; those that it lacks are left out."""
    found: dict[str, ListEntry] = {}
    wanted = iter(dict.fromkeys(identifiers))
    while batch := list(islice(wanted, BATCH)):
        own = (party_entries.c.list == version, party_entries.c.entry.in_(batch))
        entries = map(_entry_of, connection.execute(_ENTRIES.where(*own)))
        found.update((entry.id, entry) for entry in entries)
    return found


def _entry_of(row: AnyRow) -> ListEntry:
    return entry_of_fields(json.loads(row.payload), row.name, row.line)
