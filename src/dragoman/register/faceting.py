"""The values that occur among the lines of a query, with counts: kept ones where one field narrows it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dragoman.model import Facets, Query
from dragoman.register.choosing import LOOKED_AT, among_first, choose, kept_places
from dragoman.register.keys import ORDINAL_BITS, VERSION_BITS
from dragoman.register.pairs import COLUMNS, Place, beside
from dragoman.register.schema import VALUE_FIELDS, documents, entries, entry_values, versions
from dragoman.register.tallies import all_counts, lines_with
from dragoman.register.tally_schema import tallies

Values = tuple[tuple[str, int], ...]
FACETED = 20_000
"""Lines of which values are counted, at the most, where counts are not kept."""
LONGEST = 1000
"""Longest documents that are looked at for those with most lines of a frequent value."""


def facets_of(connection: Connection, query: Query, most: int | None = None) -> Facets:
    """Return the values that occur among a query's lines, most frequent first.

    Args:
        connection: of the register.
        query: what is asked.
        most: documents that are named, those with most lines; None names all.
    """
    places = kept_places(query)
    if places is None or len(places) > 1:
        return _counted_facets(connection, query, most)
    if not places:
        return _facets(_whole(connection), _most_lines(connection, most))
    return _facets(_beside(connection, places[0]), _documents_with(connection, places[0], most))


def _facets(by_field: Mapping[str, Mapping[str, int]], of_documents: Values) -> Facets:
    own: dict[str, Any] = {
        field: _most_frequent_first(by_field.get(field, {})) for field in (*COLUMNS, *VALUE_FIELDS)
    }
    return Facets(documents=of_documents, **own)


def _most_frequent_first(counts: Mapping[str, int]) -> Values:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _whole(connection: Connection) -> dict[str, dict[str, int]]:
    return {field: dict(pairs) for field, pairs in all_counts(connection).items()}


def _most_lines(connection: Connection, most: int | None) -> Values:
    """Return the documents of the whole register."""
    question = (
        select(documents.c.slug, tallies.c.lines)
        .join(documents, documents.c.id == tallies.c.document)
        .where(tallies.c.lines > 0)
    )
    if most is None:
        return _most_frequent_first({row.slug: row.lines for row in connection.execute(question)})
    latest = question.order_by(tallies.c.lines.desc(), tallies.c.document.desc()).limit(most)
    return tuple((slug, number) for slug, number in connection.execute(latest))


def _beside(connection: Connection, places: Iterable[Place]) -> dict[str, Counter[str]]:
    """Return what stands beside some values of one field, which no line has two of."""
    found: dict[str, Counter[str]] = {field: Counter() for field in (*COLUMNS, *VALUE_FIELDS)}
    for field, value in places:
        own = lines_with(connection, field, value)
        if own:
            found[field][value] += own
        for (by, other), number in beside(connection, field, value).items():
            found[by][other] += number
    return found


def _documents_with(connection: Connection, places: list[Place], most: int | None) -> Values:
    """Return the documents whose lines have one of some values of a field.

    The version stands within the position of a line, see `keys.py`: the index that leads to the lines is enough.
    """
    field, values = places[0][0], [value for _, value in places]
    if most is not None and sum(lines_with(connection, field, value) for value in values) > LOOKED_AT:
        return _long_ones_with(connection, field, values, most)
    if field in VALUE_FIELDS:
        where = [entry_values.c.field == field, entry_values.c.value.in_(values)]
        position: ColumnElement[int] = entry_values.c.position
    else:
        column = COLUMNS[field]
        where = [column.in_([int(value) if field == "forces" else value for value in values])]
        position = entries.c.position
    version = position // (1 << ORDINAL_BITS) % (1 << VERSION_BITS)
    counts = select(version.label("own"), func.count().label("lines")).where(*where).group_by("own")
    return _named(connection, counts, most)


def _long_ones_with(connection: Connection, field: str, values: list[str], most: int) -> Values:
    """Return documents whose lines have one of some frequent values, among the longest documents there are."""
    question = select(documents.c.slug, tallies.c.counts).join(documents, documents.c.id == tallies.c.document)
    longest = question.order_by(tallies.c.lines.desc(), tallies.c.document.desc()).limit(LONGEST)
    found: dict[str, int] = {}
    for slug, packed in connection.execute(longest):
        own = json.loads(packed).get(field, {})
        if number := sum(own.get(value, 0) for value in values):
            found[slug] = number
    return _most_frequent_first(found)[:most]


def _named(connection: Connection, counts: Select[*tuple[Any, ...]], most: int | None) -> Values:
    """Return slugs and counts of a question that gives versions and counts."""
    own = counts.order_by(counts.selected_columns.lines.desc(), counts.selected_columns.own.desc())
    found = (own if most is None else own.limit(most)).subquery()
    question = (
        select(documents.c.slug, found.c.lines, found.c.own)
        .join(versions, versions.c.id == found.c.own)
        .join(documents, documents.c.id == versions.c.document)
    )
    rows = connection.execute(question).all()
    if most is None:
        return _most_frequent_first({row.slug: row.lines for row in rows})
    return tuple((row.slug, row.lines) for row in sorted(rows, key=lambda row: (-row.lines, -row.own)))


def _counted_facets(connection: Connection, query: Query, most: int | None) -> Facets:
    """Return facets that are counted: once over the lines, once over their values; of a large result its first."""
    some = among_first(connection, query, FACETED)
    chosen = some.chosen if some else choose(connection, query)
    by_field: dict[str, Counter[str]] = {field: Counter() for field in (*COLUMNS, *VALUE_FIELDS)}
    columns = tuple(COLUMNS.values())
    counting = select(*columns, func.count()).select_from(chosen.source).where(*chosen.where)
    for *found, number in connection.execute(counting.group_by(*columns)):
        for field, value in zip(COLUMNS, found, strict=True):
            by_field[field][str(value)] += number
    values = (entry_values.c.field, entry_values.c.value)
    beside_them = select(*values, func.count()).where(entry_values.c.entry.in_(chosen.ids())).group_by(*values)
    for field, value, number in connection.execute(beside_them):
        by_field[field][value] += number
    of_versions = (
        select(entries.c.version.label("own"), func.count().label("lines"))
        .select_from(chosen.source)
        .where(*chosen.where)
        .group_by(entries.c.version)
    )
    facets = _facets(by_field, _named(connection, of_versions, most))
    return facets if some is None else replace(facets, looked_at=sum(by_field["kinds"].values()))
