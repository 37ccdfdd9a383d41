"""Questions to the register as SQL: lines, summaries of documents, versions. Everything runs on an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from dragoman.model import (
    DocumentSummary,
    DocumentVersion,
    Entry,
    Kind,
    Language,
    Page,
    Query,
    Review,
    ReviewState,
)
from dragoman.register.choosing import AT_ONCE, choose, nearest, ordered, paged, total_of
from dragoman.register.rows import provision_of
from dragoman.register.schema import VERSION, documents, entries, lines, reviews, versions
from dragoman.register.tally_schema import shelf, tallies
from dragoman.register.texts import AnyRow

ENTRY = (
    entries.c.state,
    versions.c.number,
    lines.c.payload,
    reviews.c.provision,
    reviews.c.state.label("decision"),
    reviews.c.reviewer,
    reviews.c.at,
    reviews.c.reason,
)


def entry_select(where: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """Return the question for entries with their line, version and latest decision."""
    return _joined(entries).where(*where)


def _joined(source: FromClause) -> Select[Any]:
    return (
        select(*ENTRY)
        .select_from(source)
        .join(lines, lines.c.id == entries.c.line)
        .join(versions, versions.c.id == entries.c.version)
        .outerjoin(reviews, reviews.c.id == entries.c.review)
    )


def entry_of(row: AnyRow) -> Entry:
    """Return the entry of a row of `entry_select`."""
    return Entry(provision_of(row.payload), ReviewState(row.state), row.number, decision_of(row))


def decision_of(row: AnyRow) -> Review | None:
    """Return the decision joined to a row, None where there is none."""
    if row.decision is None:
        return None
    at = datetime.fromisoformat(row.at)
    return Review(row.provision, ReviewState(row.decision), row.reviewer, at, row.reason)


def kinds_of(connection: Connection, slug: str) -> dict[Kind, int]:
    """Return the number of a document's lines by kind; rejected ones are not counted."""
    document = select(documents.c.id).where(documents.c.slug == slug).scalar_subquery()
    rows = connection.execute(
        select(entries.c.kind, func.count())
        .where(entries.c.document == document, entries.c.state != ReviewState.REJECTED.value)
        .group_by(entries.c.kind)
    )
    counts = {Kind(kind): number for kind, number in rows}
    return {kind: counts[kind] for kind in Kind if kind in counts}


def sources_of(connection: Connection, slugs: Sequence[str]) -> dict[str, tuple[str, date | None]]:
    """Return title and date of some documents, or of all where none is named."""
    current = versions.c.id == documents.c.current
    question = select(documents.c.slug, versions.c.about, versions.c.date).join(versions, current)
    rows = connection.execute(question.where(documents.c.slug.in_(slugs)) if slugs else question)
    return {slug: (json.loads(about)["title"], day) for slug, about, day in rows}


def page_of(connection: Connection, query: Query) -> Page:
    """Return a page of lines, and how many there are in all. Raises LostPlaceError."""
    total = total_of(connection, query)
    chosen = choose(connection, query, None if query.limit is None else total.likely)
    if query.limit is None or query.limit > AT_ONCE:
        question = _joined(chosen.source).where(*chosen.where)
        found = [entry_of(row) for row in connection.execute(paged(connection, query, chosen, question))]
    else:
        found = _looked_up(
            connection, connection.execute(paged(connection, query, chosen, chosen.ids())).scalars()
        )
    shown = tuple(reversed(found) if query.before else found)
    if total.exact:
        return Page(shown, total.lines, query.offset)
    return Page(shown, max(total.lines, query.offset + len(shown)), query.offset, exact=query.limit is None)


def nearest_of(connection: Connection, query: Query, day: date, most: int) -> list[Entry]:
    """Return the lines of a query whose days are nearest to a day, in the order of the text."""
    where = [entries.c.id.in_(nearest(connection, query, day, most))]
    return [entry_of(row) for row in connection.execute(entry_select(where).order_by(*ordered(Query())))]


def _looked_up(connection: Connection, ids: Iterable[int]) -> list[Entry]:
    """Return the entries with some ids, in that order: only those of a page are put together."""
    wanted = list(ids)
    rows = connection.execute(entry_select([entries.c.id.in_(wanted)]).add_columns(entries.c.id.label("entry")))
    found = {row.entry: entry_of(row) for row in rows}
    return [found[one] for one in wanted]


def lines_of(connection: Connection, query: Query) -> Select[Any]:
    """Return the question for all lines of a query, in its order."""
    chosen = choose(connection, query)
    return _joined(chosen.source).where(*chosen.where).order_by(*chosen.order)


_SUMMARY_COLUMNS = (documents.c.slug, *VERSION, tallies.c.kinds, tallies.c.reviewed, shelf.c.problems)
_ON_SHELF = (
    select(*_SUMMARY_COLUMNS)
    .select_from(shelf)
    .join(documents, documents.c.id == shelf.c.document)
    .join(versions, versions.c.id == documents.c.current)
    .outerjoin(tallies, tallies.c.document == documents.c.id)
)
_SUMMARY = (
    select(*_SUMMARY_COLUMNS)
    .join(versions, versions.c.id == documents.c.current)
    .outerjoin(tallies, tallies.c.document == documents.c.id)
    .outerjoin(shelf, shelf.c.document == documents.c.id)
)


def summaries(connection: Connection) -> Iterator[DocumentSummary]:
    """Stream the library, by date (undated last), then title; a few documents are held at a time."""
    for dated in (shelf.c.day > 0, shelf.c.day == 0):
        ordered_by = (shelf.c.day, shelf.c.title, documents.c.slug)
        question = _ON_SHELF.where(dated).order_by(*ordered_by)
        for row in connection.execute(question, execution_options={"yield_per": AT_ONCE}):
            yield _summary(row)


def slugs_of(connection: Connection) -> list[str]:
    """Return the slugs of all documents, in order."""
    return list(connection.execute(select(documents.c.slug).order_by(documents.c.slug)).scalars())


def summaries_of(connection: Connection, ids: Sequence[int]) -> tuple[DocumentSummary, ...]:
    """Return the documents with some ids, in that order."""
    found = {row.document: row for row in connection.execute(_SUMMARY.where(documents.c.id.in_(ids)))}
    return tuple(_summary(found[one]) for one in ids)


def summaries_named(connection: Connection, slugs: Sequence[str]) -> tuple[DocumentSummary, ...]:
    """Return some documents by slug; those that are not there are left out."""
    found = {row.slug: row for row in connection.execute(_SUMMARY.where(documents.c.slug.in_(slugs)))}
    return tuple(_summary(found[slug]) for slug in dict.fromkeys(slugs) if slug in found)


def versions_of(connection: Connection, slug: str) -> tuple[DocumentVersion, ...]:
    """Return the versions of a document, oldest first; () where there is no such document."""
    question = (
        select(documents.c.current, *VERSION)
        .join(versions, versions.c.document == documents.c.id)
        .where(documents.c.slug == slug)
        .order_by(versions.c.number)
    )
    return tuple(_version(row) for row in connection.execute(question))


def _version(row: AnyRow) -> DocumentVersion:
    return DocumentVersion(
        number=row.number,
        read_at=datetime.fromisoformat(row.read_at),
        source=row.source,
        title=json.loads(row.about)["title"],
        date=row.date,
        sha256=row.sha256,
        text_sha256=row.text_sha256,
        coder=row.coder,
        current=row.id == row.current,
    )


def _summary(row: AnyRow) -> DocumentSummary:
    about, kinds = json.loads(row.about), json.loads(row.kinds or "{}")
    return DocumentSummary(
        slug=row.slug,
        title=about["title"],
        date=row.date,
        kind=about["kind"],
        parties=tuple(about["parties"]),
        languages=tuple(Language(code) for code in about["languages"]),
        source=row.source,
        guessed=frozenset(about["guessed"]),
        version=row.number,
        read_at=datetime.fromisoformat(row.read_at),
        sentences=row.sentences,
        provisions={kind: kinds[kind] for kind in Kind if kind in kinds},
        reviewed=row.reviewed or 0,
        problems=row.problems or 0,
    )
