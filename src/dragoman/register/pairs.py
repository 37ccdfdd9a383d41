"""Counts of lines that have two values, kept for the whole register.

A register that is narrowed down to one value shows how often every other value stands beside it. Counting that
anew would look at every line with the value, a third of the register where the value is frequent. A pair is
kept once: the field and value that sort first, then the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_, union_all

from dragoman.register.schema import entries, entry_values
from dragoman.register.tally_schema import paired
from dragoman.register.upserting import changed_by

COLUMNS = {
    "kinds": entries.c.kind,
    "forces": entries.c.force,
    "reviews": entries.c.state,
    "coders": entries.c.coder,
}
"""Fields of a query whose values are counted, beside those of `VALUE_FIELDS`."""

Place = tuple[str, str]
"""Field and value."""
Pairs = Mapping[tuple[Place, Place], int]
"""Lines by two places, the first of which sorts before the second."""


def pairs_of(connection: Connection, *where: ColumnElement[bool]) -> Pairs:
    """Return how many lines have two values, of all lines of which conditions on `entries` hold."""
    found: Counter[tuple[Place, Place]] = Counter()
    for places, number in (*_by_columns(connection, where), *_by_value(connection, where)):
        *most, last = places
        pairs = combinations(places, 2) if last[0] in COLUMNS else ((one, last) for one in most)
        for one, other in pairs:
            found[min(one, other), max(one, other)] += number
    for one, other, number in _by_two_values(connection, where):
        found[one, other] += number
    return found


def _places(row: Any) -> list[Place]:  # noqa: ANN401 - a row of some question
    """Return the places of the columns at the beginning of a row."""
    return [(field, str(value)) for field, value in zip(COLUMNS, row, strict=False)]


def _by_columns(
    connection: Connection, where: tuple[ColumnElement[bool], ...]
) -> Iterator[tuple[list[Place], int]]:
    columns = tuple(COLUMNS.values())
    for row in connection.execute(select(*columns, func.count()).where(*where).group_by(*columns)):
        yield _places(row), row[-1]


def _by_value(connection: Connection, where: tuple[ColumnElement[bool], ...]) -> Iterator[tuple[list[Place], int]]:
    columns = (*COLUMNS.values(), entry_values.c.field, entry_values.c.value)
    question = select(*columns, func.count()).join(entry_values, entry_values.c.entry == entries.c.id)
    for row in connection.execute(question.where(*where).group_by(*columns)):
        yield [*_places(row), (row.field, row.value)], row[-1]


def _by_two_values(
    connection: Connection, where: tuple[ColumnElement[bool], ...]
) -> Iterator[tuple[Place, Place, int]]:
    one, other = entry_values.alias("one"), entry_values.alias("other")
    places = (one.c.field, one.c.value, other.c.field, other.c.value)
    question = (
        select(*places, func.count())
        .select_from(entries)
        .join(one, one.c.entry == entries.c.id)
        .join(other, other.c.entry == one.c.entry)
        .where(tuple_(one.c.field, one.c.value) < tuple_(other.c.field, other.c.value), *where)
        .group_by(*places)
    )
    for field, value, by, second, number in connection.execute(question):
        yield (field, value), (by, second), number


def change_pairs(connection: Connection, before: Pairs, now: Pairs) -> None:
    """Add to the pairs of the whole register what has changed in some lines, in one order of the pairs."""
    changes = ((pair, now.get(pair, 0) - before.get(pair, 0)) for pair in sorted({*before, *now}))
    rows = [
        {"field": field, "value": value, "by": by, "other": other, "lines": number}
        for ((field, value), (by, other)), number in changes
        if number
    ]
    changed_by(connection, paired, rows)


def beside(connection: Connection, field: str, value: str) -> Counter[Place]:
    """Return in how many lines with a value every other value stands."""
    first = select(paired.c.by, paired.c.other, paired.c.lines).where(
        paired.c.field == field, paired.c.value == value
    )
    second = select(paired.c.field, paired.c.value, paired.c.lines).where(
        paired.c.by == field, paired.c.other == value
    )
    found: Counter[Place] = Counter()
    for own, other, number in connection.execute(union_all(first, second)):
        found[own, other] += number
    return +found
