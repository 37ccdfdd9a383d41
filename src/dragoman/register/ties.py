"""Ties between actors, packed a document: read once from a version, kept until what they rest on changes.

What is packed is the affair of who reads them; the register keeps bytes and says what they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Text, cast, delete, func, insert, literal, or_, select

from dragoman.register.engine import Store
from dragoman.register.schema import documents, reviews, ties, versions
from dragoman.register.tally_schema import tallies

AT_A_TIME = 500
"""Rows fetched at a time."""


@dataclass(frozen=True, slots=True)
class TiesState:
    """How the ties of a document stand.

    Attributes:
        slug: of the document.
        version: id of its current version.
        basis: what they rest on: coder of the version, number of its lines, and last decision.
        kept: what those that are kept rest on, "" where there are none.
    """

    slug: str
    version: int
    basis: str
    kept: str


class Ties:
    """Packed ties; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def states(self, read_by: str | None = None) -> tuple[TiesState, ...]:
        """Return how the ties of documents stand, by slug.

        Args:
            read_by: what ties are read by now: those that are kept by it, and rest on what there is, are left out;
                None leaves out none.
        """
        decided = (
            select(reviews.c.document, func.max(reviews.c.id).label("last"))
            .group_by(reviews.c.document)
            .subquery()
        )
        lines, last = func.coalesce(tallies.c.lines, 0), func.coalesce(decided.c.last, 0)
        basis = versions.c.coder + " " + cast(lines, Text) + " " + cast(last, Text)
        question = (
            select(documents.c.slug, versions.c.id.label("version"), basis.label("basis"), ties.c.state)
            .join(versions, versions.c.id == documents.c.current)
            .outerjoin(tallies, tallies.c.document == documents.c.id)
            .outerjoin(decided, decided.c.document == documents.c.id)
            .outerjoin(ties, ties.c.version == versions.c.id)
            .order_by(documents.c.slug)
        )
        if read_by is not None:
            stale = ties.c.state != literal(f"{read_by} ") + basis
            question = question.where(or_(ties.c.state.is_(None), stale))
        with self._store.reading() as connection:
            rows = connection.execute(question).all()
        return tuple(TiesState(row.slug, row.version, row.basis, row.state or "") for row in rows)

    def keep(self, version: int, state: str, content: bytes) -> None:
        """Keep the ties of a version in place of those before.

        Args:
            version: id of the version.
            state: what they rest on.
            content: the ties, packed.
        """
        row = {"version": version, "state": state, "content": content}
        with self._store.writing(f"ties {version}") as connection:
            connection.execute(delete(ties).where(ties.c.version == version))
            connection.execute(insert(ties), row)

    def packs(self, slugs: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
        """Stream slug and packed ties of documents.

        Args:
            slugs: of the documents; () for all.
        """
        question = select(documents.c.slug, ties.c.content).join(ties, ties.c.version == documents.c.current)
        if slugs:
            question = question.where(documents.c.slug.in_(slugs))
        with self._store.reading() as connection:
            for row in connection.execution_options(yield_per=AT_A_TIME).execute(question):
                yield row.slug, row.content
