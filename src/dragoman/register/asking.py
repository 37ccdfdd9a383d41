"""Questions to the register as SQL: filters, orders, facets, summaries. Everything runs on an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    false,
    func,
    select,
    text,
    tuple_,
)

from dragoman.model import (
    DocumentSummary,
    DocumentVersion,
    Entry,
    Facets,
    Kind,
    Language,
    NotFoundError,
    Query,
    Review,
    ReviewState,
)
from dragoman.register.index import match_sql, match_words
from dragoman.register.rows import provision_of
from dragoman.register.schema import (
    VALUE_FIELDS,
    VERSION,
    documents,
    entries,
    entry_values,
    lines,
    problems,
    reviews,
    versions,
)
from dragoman.register.tallies import COLUMNS, all_counts, all_lines
from dragoman.register.tally_schema import tallies
from dragoman.register.texts import AnyRow
from dragoman.register.tokens import phrases_of

_COLUMNS = {
    "kinds": entries.c.kind,
    "forces": entries.c.force,
    "reviews": entries.c.state,
    "languages": entries.c.language,
    "coders": entries.c.coder,
}
"""Fields of a Query that ask for one of several values of a column."""
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


def conditions(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """Return the conditions of a query on `entries`; all must hold."""
    found: list[ColumnElement[bool]] = [
        column.in_([getattr(value, "value", value) for value in getattr(query, field)])
        for field, column in _COLUMNS.items()
        if getattr(query, field)
    ]
    found += [_has_value(field, getattr(query, field)) for field in VALUE_FIELDS if getattr(query, field)]
    if query.documents:
        named = select(documents.c.id).where(documents.c.slug.in_(query.documents))
        found.append(entries.c.document.in_(named))
    if query.due_from:
        found.append(entries.c.due >= query.due_from)
    if query.due_to:
        found.append(entries.c.due <= query.due_to)
    if query.text.strip():
        found.append(_in_sentences_with(connection, query.text))
    return found


def _has_value(field: str, values: Sequence[str]) -> ColumnElement[bool]:
    return entries.c.id.in_(
        select(entry_values.c.entry).where(entry_values.c.field == field, entry_values.c.value.in_(values))
    )


def _in_sentences_with(connection: Connection, words: str) -> ColumnElement[bool]:
    phrases = phrases_of(words)
    if not phrases:
        return false()
    matching = text(match_sql(connection)).bindparams(bindparam("words", match_words(connection, phrases)))
    return entries.c.sentence.in_(matching.columns(entries.c.sentence.label("key")).scalar_subquery())


def ordered(query: Query) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a query's lines, the same in every engine."""
    place = (entries.c.position, entries.c.trigger_start, entries.c.provision)
    return (entries.c.confidence, *place) if query.order == "confidence" else place


class LostPlaceError(NotFoundError):
    """The line behind which a page begins is not there any more."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The line `{identifier}`, where the page before ended, is not in the register any more.",
            "Begin with the first page again.",
        )


def behind(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """Return the condition that lines come after the one where the page before ended. Raises LostPlaceError."""
    if not query.after:
        return []
    order = ordered(query)
    last = connection.execute(select(*order).where(entries.c.provision == query.after)).first()
    if last is None:
        raise LostPlaceError(query.after)
    return [tuple_(*order) > tuple_(*last)]


def count_of(connection: Connection, where: Sequence[ColumnElement[bool]]) -> int:
    """Return how many lines conditions leave; that of all is kept."""
    if not where:
        return all_lines(connection)
    return int(connection.execute(select(func.count()).select_from(entries).where(*where)).scalar_one())


def entry_select(where: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """Return the question for entries with their line, version and latest decision."""
    return (
        select(*ENTRY)
        .select_from(entries)
        .join(lines, lines.c.id == entries.c.line)
        .join(versions, versions.c.id == entries.c.version)
        .outerjoin(reviews, reviews.c.id == entries.c.review)
        .where(*where)
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


def facets_of(connection: Connection, query: Query) -> Facets:
    """Return the values that occur among a query's lines, most frequent first."""
    where = conditions(connection, query)
    if not where:
        return _whole_facets(connection)
    by_column = {name: _column_facet(connection, column, where) for name, column in COLUMNS.items()}
    return Facets(documents=_document_facet(connection, where), **by_column, **_value_facets(connection, where))


def _whole_facets(connection: Connection) -> Facets:
    """Return the facets of the whole register, which are kept."""
    rows = connection.execute(
        select(documents.c.slug, tallies.c.lines)
        .join(documents, documents.c.id == tallies.c.document)
        .where(tallies.c.lines > 0)
    )
    by_field = {name: _most_frequent_first(pairs) for name, pairs in all_counts(connection).items()}
    return Facets(documents=_most_frequent_first((slug, count) for slug, count in rows), **by_field)


def sources_of(connection: Connection, slugs: Sequence[str]) -> dict[str, tuple[str, date | None]]:
    """Return title and date of some documents, or of all where none is named."""
    current = versions.c.id == documents.c.current
    question = select(documents.c.slug, versions.c.about, versions.c.date).join(versions, current)
    rows = connection.execute(question.where(documents.c.slug.in_(slugs)) if slugs else question)
    return {slug: (json.loads(about)["title"], day) for slug, about, day in rows}


def _column_facet(
    connection: Connection, column: ColumnElement[Any], where: Sequence[ColumnElement[bool]]
) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(select(column, func.count()).where(*where).group_by(column))
    return _most_frequent_first((str(value), count) for value, count in rows)


def _document_facet(connection: Connection, where: Sequence[ColumnElement[bool]]) -> tuple[tuple[str, int], ...]:
    counted = (
        select(entries.c.document, func.count().label("lines"))
        .where(*where)
        .group_by(entries.c.document)
        .subquery()
    )
    rows = connection.execute(
        select(documents.c.slug, counted.c.lines).join(counted, counted.c.document == documents.c.id)
    )
    return _most_frequent_first((slug, count) for slug, count in rows)


def _value_facets(
    connection: Connection, where: Sequence[ColumnElement[bool]]
) -> dict[str, tuple[tuple[str, int], ...]]:
    question = select(entry_values.c.field, entry_values.c.value, func.count())
    if where:
        chosen = select(entries.c.id).where(*where)
        question = question.where(entry_values.c.entry.in_(chosen))
    rows = connection.execute(question.group_by(entry_values.c.field, entry_values.c.value)).all()
    return {
        field: _most_frequent_first((value, count) for own, value, count in rows if own == field)
        for field in VALUE_FIELDS
    }


def _most_frequent_first(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def summaries(connection: Connection) -> tuple[DocumentSummary, ...]:
    """Return the library, by date (undated last), then title."""
    troubled = _problems_by_document(connection)
    rows = connection.execute(
        select(documents.c.slug, *VERSION, tallies.c.kinds, tallies.c.reviewed)
        .join(versions, versions.c.id == documents.c.current)
        .outerjoin(tallies, tallies.c.document == documents.c.id)
    )
    found = [_summary(row, troubled.get(row.document, 0)) for row in rows]
    return tuple(sorted(found, key=lambda line: (line.date or date.max, line.title, line.slug)))


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


def _problems_by_document(connection: Connection) -> dict[int, int]:
    found = select(problems.c.document, func.count()).where(problems.c.document.is_not(None))
    rows = connection.execute(found.group_by(problems.c.document))
    return {row[0]: row[1] for row in rows}


def _summary(row: AnyRow, troubled: int) -> DocumentSummary:
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
        problems=troubled,
    )
