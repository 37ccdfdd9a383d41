"""Entries of lists and parties as JSON and back, and the hash by which a change of an entry is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dragoman.model.identity import sha256_of_text
from dragoman.model.party import ListChange, ListedName, ListEntry, NameKind, Party, PartyKind

_TUPLES = ("programs", "countries", "born", "identifiers", "addresses")
_TEXTS = ("source", "measures", "citation", "url")
_DAYS = ("listed_on", "until")


def fields_of_entry(entry: ListEntry) -> dict[str, Any]:
    """Return what an entry says, as JSON can hold it; its list and its line in the file are left out."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "names": [[name.text, name.kind.value] for name in entry.names],
        **{field: getattr(entry, field) for field in _TEXTS if getattr(entry, field)},
        **{field: list(getattr(entry, field)) for field in _TUPLES if getattr(entry, field)},
        **{field: getattr(entry, field).isoformat() for field in _DAYS if getattr(entry, field)},
    }


def entry_of_fields(fields: Mapping[str, Any], list_name: str, line: int = 0) -> ListEntry:
    """Return the entry of `fields_of_entry`."""
    said: dict[str, Any] = {field: fields[field] for field in _TEXTS if field in fields}
    said |= {field: tuple(fields[field]) for field in _TUPLES if field in fields}
    said |= {field: date.fromisoformat(fields[field]) for field in _DAYS if field in fields}
    names = tuple(ListedName(text, NameKind(kind)) for text, kind in fields["names"])
    return ListEntry(fields["id"], list_name, PartyKind(fields["kind"]), names, line=line, **said)


def sha256_of_entry(entry: ListEntry) -> str:
    """Return the hash of all that an entry says; its list and its line in the file do not count."""
    fields = fields_of_entry(entry)
    return sha256_of_text(json.dumps(fields, sort_keys=True, separators=(",", ":")))


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> ListChange:
    """Return what changed between two versions of a list.

    Args:
        old: hash of each entry by its id; the order is kept.
        new: likewise, of the later version.
    """
    return ListChange(
        added=tuple(entry for entry in new if entry not in old),
        removed=tuple(entry for entry in old if entry not in new),
        changed=tuple(entry for entry, sha256 in new.items() if old.get(entry, sha256) != sha256),
    )


def fields_of_party(party: Party) -> dict[str, Any]:
    """Return a party as JSON can hold it, its owners with it."""
    return {
        "name": party.name,
        "kind": party.kind.value if party.kind else None,
        "other_names": list(party.other_names),
        "countries": list(party.countries),
        "born": party.born,
        "identifiers": list(party.identifiers),
        "owners": [[fields_of_party(owner), share] for owner, share in party.owners],
        "reference": party.reference,
    }


def party_of_fields(fields: Mapping[str, Any]) -> Party:
    """Return the party of `fields_of_party`."""
    return Party(
        name=fields["name"],
        kind=PartyKind(fields["kind"]) if fields["kind"] else None,
        other_names=tuple(fields["other_names"]),
        countries=tuple(fields["countries"]),
        born=fields["born"],
        identifiers=tuple(fields["identifiers"]),
        owners=tuple((party_of_fields(owner), share) for owner, share in fields["owners"]),
        reference=fields["reference"],
    )
