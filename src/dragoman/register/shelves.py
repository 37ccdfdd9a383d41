"""The library: a row of each document as it is looked through, sorted and shown, kept with its lines.

A page of the library reads the rows it shows, in the order of an index. Words are looked for in a column of
folded text, one short row a document: they may stand anywhere in a title, also within a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, tuple_, update

from dragoman.model import LibraryPage, LibraryQuery
from dragoman.register.rows import column_text
from dragoman.register.schema import documents, versions
from dragoman.register.tally_schema import shelf
from dragoman.register.texts import AnyRow
from dragoman.register.upserting import replaced_by

BETWEEN = "\x1f"
"""Stands between slug, title, kind and parties, before the first and after the last."""
ORDERS = {
    "title": shelf.c.title,
    "date": shelf.c.day,
    "kind": shelf.c.kind,
    "provisions": shelf.c.provisions,
    "reviewed": shelf.c.reviewed,
    "problems": shelf.c.problems,
    "read": shelf.c.read_at,
}
"""Columns of the library by which it is sorted."""


def keep_on_shelf(connection: Connection, document: int, provisions: int, reviewed: int) -> None:
    """Keep the row of a document as its current version stands; its problems are counted where they are kept."""
    version = connection.execute(_VERSION.where(documents.c.id == document)).one()
    row = {"document": document, "provisions": provisions, "reviewed": reviewed, **shelf_columns(version)}
    row["problems"] = (
        connection.execute(select(shelf.c.problems).where(shelf.c.document == document)).scalar() or 0
    )
    replaced_by(connection, shelf, [row])


_VERSION = select(documents.c.slug, versions.c.about, versions.c.date, versions.c.read_at).join(
    versions, versions.c.id == documents.c.current
)


def shelf_columns(version: AnyRow) -> dict[str, Any]:
    """Return what a row of the library has of a document's slug and current version."""
    about = json.loads(version.about)
    parts = (version.slug, about["title"], about["kind"], *about["parties"])
    return {
        "words": BETWEEN.join(("", *map(_folded, parts), "")),
        "title": _folded(about["title"]),
        "day": version.date.toordinal() if version.date else 0,
        "kind": _folded(about["kind"]),
        "read_at": version.read_at,
    }


def _folded(text: str) -> str:
    return column_text(text.casefold())


def count_problems(connection: Connection, document: int, number: int) -> None:
    """Note how many problems a document has."""
    connection.execute(update(shelf).where(shelf.c.document == document).values(problems=number))


def page_of(
    connection: Connection, query: LibraryQuery, names: Mapping[str, str]
) -> tuple[LibraryPage, list[int]]:
    """Return a page of the library without its documents, and their ids in order.

    Args:
        connection: of the register.
        query: which.
        names: of parties in the language in which they are looked for.
    """
    where = [_holds(connection, word, names) for word in query.words.casefold().split()]
    counts = select(func.count(), func.coalesce(func.sum(shelf.c.provisions), 0), func.max(shelf.c.provisions))
    found, provisions, largest = connection.execute(counts.where(*where)).one()
    in_all = found if not where else connection.execute(select(func.count()).select_from(shelf)).scalar_one()
    order = (ORDERS[query.sort], shelf.c.document)
    directed = [column.desc() for column in order] if query.descending else list(order)
    question = select(shelf.c.document).where(*where, *_behind(connection, query, order)).order_by(*directed)
    ids = connection.execute(question.offset(query.offset).limit(query.limit)).scalars().all()
    return LibraryPage((), found, int(provisions), largest or 0, in_all, query.offset), list(ids)


def _behind(
    connection: Connection, query: LibraryQuery, order: Sequence[ColumnElement[Any]]
) -> list[ColumnElement[bool]]:
    """Return the condition that documents come after one; none where it is not there any more."""
    place = select(*order).join(documents, documents.c.id == shelf.c.document)
    last = connection.execute(place.where(documents.c.slug == query.after)).first() if query.after else None
    if last is None:
        return []
    return [tuple_(*order) < tuple_(*last) if query.descending else tuple_(*order) > tuple_(*last)]


def _holds(connection: Connection, word: str, names: Mapping[str, str]) -> ColumnElement[bool]:
    """Return the condition that a word stands in slug, title, kind, or in a party's own or shown name."""
    parties = [party for party, name in names.items() if word in name.casefold()]
    needles = [_folded(word), *(f"{BETWEEN}{_folded(party)}{BETWEEN}" for party in parties)]
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    return or_(*(find(shelf.c.words, needle) > 0 for needle in needles))
