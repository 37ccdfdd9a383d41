"""What a new version of a list changed: entries by their hashes, fields of an entry, and a list that shrank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.model import ListChange, ListEntry, Problem
from dragoman.model.listing import difference, fields_of_entry, sha256_of_entry
from dragoman.screen.importers.faults import limit, problem

__all__ = ["FieldChange", "changed_fields", "difference", "hashes_of", "sha256_of_entry", "shrunk"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What became of one field of an entry.

    Attributes:
        field: its name in `ListEntry`.
        added, removed: values that are new and that are gone; of a field with one value both.
    """

    field: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def hashes_of(entries: tuple[ListEntry, ...]) -> dict[str, str]:
    """Return the hash of each entry by its id, in order."""
    return {entry.id: sha256_of_entry(entry) for entry in entries}


def changed_fields(old: ListEntry, new: ListEntry) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of `ListEntry`; list and line do not count."""
    before, after = fields_of_entry(old), fields_of_entry(new)
    changes = (_change(field, _values(before, field), _values(after, field)) for field in {**before, **after})
    return tuple(change for change in changes if change.added or change.removed)


def _change(field: str, before: list[str], after: list[str]) -> FieldChange:
    added = tuple(value for value in after if value not in before)
    removed = tuple(value for value in before if value not in after)
    if before != after and not added and not removed:  # the same values in another order
        return FieldChange(field, tuple(after), tuple(before))
    return FieldChange(field, added, removed)


def _values(fields: Mapping[str, Any], field: str) -> list[str]:
    """Return the values of a field as texts; a name says what kind of name it is."""
    value = fields.get(field, [])
    if isinstance(value, str):
        return [value]
    return [one if isinstance(one, str) else f"{one[0]} ({one[1]})" for one in value]


def shrunk(name: str, old: int, change: ListChange) -> tuple[Problem, ...]:
    """Return the problem of a version that lacks more of the old entries than a publisher takes away at once.

    A file that is cut at the end of a row looks whole; only its length tells.

    Args:
        name: of the list.
        old: entries of the version in use; 0 without one.
        change: from it to the new one.
    """
    gone = len(change.removed)
    if not old or gone <= limit("shrunk") * old:
        return ()
    return (problem("list-shrunk", name, new=old - gone + len(change.added), old=old, gone=gone),)
