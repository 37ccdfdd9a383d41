"""Problems as the register keeps them: those of the latest reading of each source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Document, Problem, Severity
from dragoman.register.rows import column_text
from dragoman.register.schema import documents, problems
from dragoman.register.shelves import count_problems
from dragoman.register.texts import AnyRow

PACK = "reading/problems.yaml"
SAME_BYTES = "same-bytes"
SAME_NAME = "same-name"
REJECTED = "model-line-rejected"
REMARKS = frozenset({SAME_BYTES, SAME_NAME, REJECTED})
"""Codes that no reading of the text writes; they stay until the document changes again."""

RANKS = tuple(Severity)
"""Order of severities: errors first."""


def problems_of(connection: Connection, slug: str | None) -> tuple[Problem, ...]:
    """Return problems, errors first, then by source and position; of one document or all."""
    question = select(problems).order_by(problems.c.rank, problems.c.source, problems.c.id)
    if slug is not None:
        question = question.where(problems.c.doc == slug)
    return tuple(_problem_of(row) for row in connection.execute(question))


def remarks_of(connection: Connection, slug: str) -> tuple[Problem, ...]:
    """Return the problems of a document that no reading of the text wrote."""
    return tuple(problem for problem in problems_of(connection, slug) if problem.code in REMARKS)


def replace_rejections(connection: Connection, document: Document, found: Sequence[Problem]) -> None:
    """Keep what was rejected of a model's lines in place of what was rejected before."""
    others = [problem for problem in problems_of(connection, document.slug) if problem.code != REJECTED]
    replace_problems(connection, document.source, document.slug, (*others, *found))


def stands(connection: Connection, source: str, slug: str | None, found: Sequence[Problem]) -> bool:
    """Return whether exactly these problems are kept for a document, or for a source without one."""
    rows = connection.execute(select(problems).where(_owner(source, slug)).order_by(problems.c.id))
    before = [_problem_of(row) for row in rows]
    now = [_stored(problem, source, slug) for problem in found]
    return before == now and [one.values for one in before] == [one.values for one in now]


def replace_problems(connection: Connection, source: str, slug: str | None, found: Sequence[Problem]) -> None:
    """Keep these problems for a document, or for a source without one, in place of earlier ones."""
    connection.execute(delete(problems).where(_owner(source, slug)))
    document = connection.execute(select(documents.c.id).where(documents.c.slug == slug)).scalar()
    if document is not None:
        count_problems(connection, document, len(found))
    if found:
        rows = [_row(_stored(problem, source, slug), document) for problem in found]
        connection.execute(insert(problems), rows)


def _owner(source: str, slug: str | None) -> ColumnElement[bool]:
    """Return the condition for the problems of a document, and of its source from when it could not be read."""
    unread = and_(problems.c.document.is_(None), problems.c.source == column_text(source))
    if slug is None:
        return unread
    document = select(documents.c.id).where(documents.c.slug == slug).scalar_subquery()
    return or_(problems.c.document == document, unread)


def _stored(problem: Problem, source: str, slug: str | None) -> Problem:
    """Return a problem as it comes back from the register: with its source and document."""
    return replace(
        problem,
        source=column_text(problem.source or source),
        doc=problem.doc or slug,
        message=column_text(problem.message),
        remedy=column_text(problem.remedy),
    )


def _row(problem: Problem, document: int | None) -> dict[str, Any]:
    return {
        "document": document,
        "source": problem.source,
        "doc": problem.doc,
        "rank": RANKS.index(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
        "start": problem.start,
        "end": problem.end,
        "page": problem.page,
        "filled": json.dumps(dict(problem.values)),
    }


def _problem_of(row: AnyRow) -> Problem:
    return Problem(
        code=row.code,
        severity=RANKS[row.rank],
        message=row.message,
        remedy=row.remedy,
        source=row.source,
        doc=row.doc,
        start=row.start,
        end=row.end,
        page=row.page,
        values=json.loads(row.filled or "{}"),
    )


def same_bytes(document: Document, twins: Sequence[str]) -> Problem:
    """Return the remark on a new document whose very file is in the register under other names."""
    return worded(PACK, SAME_BYTES, Place(document.source, document.slug), {"twins": ", ".join(twins)})


def same_name(document: Document, earlier: str) -> Problem:
    """Return the remark on a new version that came from elsewhere than the one before."""
    return worded(PACK, SAME_NAME, Place(document.source, document.slug), {"earlier": earlier})
