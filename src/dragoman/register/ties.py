"""Ties between actors, packed a document: read once from a version, kept until what they rest on changes.

What is packed is the affair of who reads them; the register keeps bytes and says what they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from dragoman.register.engine import Store
from dragoman.register.schema import documents, entries, reviews, ties, versions

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

    def states(self) -> tuple[TiesState, ...]:
        """Return how the ties of each document stand, by slug."""
        lines = select(entries.c.document, func.count()).group_by(entries.c.document)
        decided = select(reviews.c.document, func.max(reviews.c.id)).group_by(reviews.c.document)
        question = (
            select(
                documents.c.id, documents.c.slug, versions.c.id.label("version"), versions.c.coder, ties.c.state
            )
            .join(versions, versions.c.id == documents.c.current)
            .outerjoin(ties, ties.c.version == versions.c.id)
            .order_by(documents.c.slug)
        )
        with self._store.reading() as connection:
            numbers: dict[int, int] = {int(key): int(n) for key, n in connection.execute(lines)}
            decisions: dict[int, int] = {int(key): int(n) for key, n in connection.execute(decided)}
            rows = connection.execute(question).all()
        return tuple(
            TiesState(
                row.slug,
                row.version,
                f"{row.coder} {numbers.get(row.id, 0)} {decisions.get(row.id, 0)}",
                row.state or "",
            )
            for row in rows
        )

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
