"""Counts kept with the lines: of each document, and of each value in the whole register.

A page that shows how many lines there are, of which kind and by whom, reads these rows and counts nothing: its
cost does not grow with the register. They are made anew for a document in each transaction that changes what
counts in it, in one order of the values, so that writers who meet here never wait for each other in a circle.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from dragoman.model import ReviewState
from dragoman.register.pairs import COLUMNS, Pairs, change_pairs, pairs_of
from dragoman.register.schema import VALUE_FIELDS, entries, entry_values
from dragoman.register.shelves import keep_on_shelf
from dragoman.register.tally_schema import counted, tallies
from dragoman.register.tie_counts import note_due
from dragoman.register.upserting import changed_by, replaced_by

Counts = dict[tuple[str, str], int]
"""Lines by field and value."""


def pairs_before(connection: Connection, document: int) -> Pairs:
    """Return the pairs of a document's lines as they stand, for `tally` after a change."""
    return pairs_of(connection, entries.c.document == document)


def tally(connection: Connection, document: int, before: Pairs) -> None:
    """Count the lines of a document anew, and what changes by it in the whole register.

    Args:
        connection: inside the transaction that has changed what counts.
        document: its id.
        before: its `pairs_before`; none for a new document.
    """
    kept = connection.execute(select(tallies.c.counts).where(tallies.c.document == document)).scalar()
    stood = _unpacked(kept)
    now, kinds, reviewed = _counts_of(connection, document)
    changes = {place: now.get(place, 0) - stood.get(place, 0) for place in sorted({*stood, *now})}
    row = {
        "document": document,
        "lines": sum(number for (field, _), number in now.items() if field == "kinds"),
        "kinds": json.dumps(kinds),
        "reviewed": reviewed,
        "counts": _packed(now),
    }
    replaced_by(connection, tallies, [row])
    keep_on_shelf(connection, document, sum(kinds.values()), reviewed)
    rows = [
        {"field": field, "value": value, "lines": number} for (field, value), number in changes.items() if number
    ]
    changed_by(connection, counted, rows)
    change_pairs(connection, before, pairs_before(connection, document))
    note_due(connection, document)


def _counts_of(connection: Connection, document: int) -> tuple[Counts, dict[str, int], int]:
    """Return a document's lines by field and value, those not rejected by kind, and those decided on."""
    counts: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    reviewed = 0
    columns = tuple(COLUMNS.values())
    own = entries.c.document == document
    for *values, number in connection.execute(select(*columns, func.count()).where(own).group_by(*columns)):
        counts.update({(field, str(value)): number for field, value in zip(COLUMNS, values, strict=True)})
        kind, _, state, _ = values
        kinds[kind] += number if state != ReviewState.REJECTED else 0
        reviewed += number if state != ReviewState.CANDIDATE else 0
    question = select(entry_values.c.field, entry_values.c.value, func.count()).join(
        entries, entries.c.id == entry_values.c.entry
    )
    grouped = question.where(own).group_by(entry_values.c.field, entry_values.c.value)
    counts.update({(field, value): number for field, value, number in connection.execute(grouped)})
    return dict(counts), {kind: number for kind, number in kinds.items() if number}, reviewed


def _packed(counts: Counts) -> str:
    by_field: dict[str, dict[str, int]] = defaultdict(dict)
    for (field, value), number in sorted(counts.items()):
        by_field[field][value] = number
    return json.dumps(by_field, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str | None) -> Counts:
    found: Mapping[str, Mapping[str, int]] = json.loads(text or "{}")
    return {(field, value): number for field, own in found.items() for value, number in own.items()}


def all_lines(connection: Connection) -> int:
    """Return how many lines count in the whole register, rejected ones too."""
    question = select(func.coalesce(func.sum(counted.c.lines), 0)).where(counted.c.field == "kinds")
    return int(connection.execute(question).scalar_one())


def all_counts(connection: Connection) -> dict[str, list[tuple[str, int]]]:
    """Return the values that occur in the whole register, by field."""
    found: dict[str, list[tuple[str, int]]] = {field: [] for field in (*COLUMNS, *VALUE_FIELDS)}
    for field, value, number in connection.execute(select(counted).where(counted.c.lines > 0)):
        found[field].append((value, number))
    return found


def lines_with(connection: Connection, field: str, value: str) -> int:
    """Return how many lines of the whole register have a value."""
    question = select(counted.c.lines).where(counted.c.field == field, counted.c.value == value)
    return int(connection.execute(question).scalar() or 0)
