"""Ties between actors, packed a document: read once from a version, kept until what they rest on changes.

What is packed is the affair of who reads them; the register keeps bytes and says what they rest on. Documents that
have changed since are noted when they change (`tie_counts.py`), so that nobody looks through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, delete, func, insert, literal, or_, select

from dragoman.register.engine import Store
from dragoman.register.schema import documents, reviews, ties, versions
from dragoman.register.tally_schema import tallies
from dragoman.register.tie_counts import (
    Said,
    Saying,
    count_said,
    first_versions_saying,
    kinds_said,
    versions_of_kinds,
    versions_saying,
)
from dragoman.register.tie_schema import ties_due, ties_read
from dragoman.register.upserting import replaced_by

AT_A_TIME = 500
"""Rows fetched at a time."""
COUNTING = "ties"
"""What a writer locks that counts ties."""


@dataclass(frozen=True, slots=True)
class TiesState:
    """How the ties of a document stand.

    Attributes:
        slug: of the document.
        version: id of its current version.
        basis: what they rest on: coder of the version, number of its lines, and last decision.
        kept: what those that are kept rest on, "" where there are none.
        mark: of the change since they were counted, 0 where there was none.
    """

    slug: str
    version: int
    basis: str
    kept: str
    mark: int = 0


class Ties:
    """Packed ties; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def states(
        self, read_by: str | None = None, slugs: Sequence[str] = (), after: str = "", most: int | None = None
    ) -> tuple[TiesState, ...]:
        """Return how the ties of documents stand, by slug.

        Args:
            read_by: what ties are read by now: those that are counted by it, and rest on what there is, are left
                out; None leaves out none.
            slugs: of the documents; () for all.
            after: only documents whose slug comes after this one.
            most: only so many; None for all.
        """
        with self._store.reading() as connection:
            question = _asked(connection, read_by, slugs).where(documents.c.slug > after).limit(most)
            rows = connection.execute(question).all()
        return tuple(TiesState(row.slug, row.version, row.basis, row.state or "", row.mark or 0) for row in rows)

    def due(self, read_by: str, slugs: Sequence[str] = ()) -> int:
        """Return of how many documents the ties are not counted by what they are read by now; see `states`."""
        with self._store.reading() as connection:
            asked = _asked(connection, read_by, slugs).order_by(None).subquery()
            return connection.execute(select(func.count()).select_from(asked)).scalar_one()

    def read_by(self) -> str:
        """Return by what the ties of all documents are read, but of those that are due; "" where by several."""
        with self._store.reading() as connection:
            return _read_by(connection)

    def all_read_by(self, read_by: str) -> None:
        """Note by what the ties of all documents are read, so that only those that are due are looked at then."""
        with self._store.writing(COUNTING, told=False) as connection:
            others = _stale(connection, read_by, narrow=True).where(ties_due.c.mark.is_(None))
            if not connection.execute(others.limit(1)).first():
                replaced_by(connection, ties_read, [{"id": 1, "read_by": read_by}])

    def keep(self, state: TiesState, rests_on: str, content: bytes, said: Sequence[Said]) -> None:
        """Keep the ties of a version in place of those before, and count them while the version is current.

        Args:
            state: how they stood when they were read.
            rests_on: what they rest on.
            content: the ties, packed.
            said: what their sentences say.
        """
        row = {"version": state.version, "state": rests_on, "content": content}
        with self._store.writing(COUNTING, told=False) as connection:
            connection.execute(delete(ties).where(ties.c.version == state.version))
            connection.execute(insert(ties), row)
            document = connection.execute(_CURRENT.where(versions.c.id == state.version)).scalar()
            if document is None:
                return
            count_said(connection, state.version, said)
            seen = (ties_due.c.document == document, ties_due.c.mark == state.mark)
            connection.execute(delete(ties_due).where(*seen))
            if _read_by(connection) and not rests_on.startswith(f"{_read_by(connection)} "):
                connection.execute(delete(ties_read))

    def pack(self, version: int) -> bytes | None:
        """Return the packed ties of a version, current or not; None where none are kept."""
        with self._store.reading() as connection:
            return connection.execute(select(ties.c.content).where(ties.c.version == version)).scalar()

    def packs(self, slugs: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
        """Stream slug and packed ties of documents.

        Args:
            slugs: of the documents; () for all.
        """
        with self._store.reading() as connection:
            yield from _packs(connection, _PACKS.where(documents.c.slug.in_(slugs)) if slugs else _PACKS)

    def kinds(self) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
        """Return what sentences say: number and content of each kind; and kind, day and number of sentences."""
        with self._store.reading() as connection:
            return kinds_said(connection)

    def packs_saying(self, sayings: Iterable[Saying], most: int) -> Iterator[tuple[str, bytes]]:
        """Stream slug and packed ties of documents that say something on a day, so many of each kind and day."""
        with self._store.reading() as connection:
            yield from _packs_of(connection, set(versions_saying(connection, sayings, most)))

    def packs_saying_first(self, days: Iterable[Sequence[Saying]], most: int) -> Iterator[tuple[str, bytes]]:
        """Stream slug and packed ties of the documents that hold the first sentences, so many, that say something.

        Args:
            days: kinds with their days, day by day.
            most: sentences that are wanted.
        """
        with self._store.reading() as connection:
            yield from _packs_of(connection, first_versions_saying(connection, days, most))

    def packs_of_kinds(self, kinds: Iterable[int]) -> Iterator[tuple[str, bytes]]:
        """Stream slug and packed ties of all documents that say any of some kinds, on whatever day."""
        with self._store.reading() as connection:
            yield from _packs_of(connection, versions_of_kinds(connection, set(kinds)))


def _packs_of(connection: Connection, found: set[int]) -> Iterator[tuple[str, bytes]]:
    """Stream slug and packed ties of versions, in their order."""
    wanted = sorted(found)
    for start in range(0, len(wanted), AT_A_TIME):
        own = ties.c.version.in_(wanted[start : start + AT_A_TIME])
        yield from _packs(connection, _PACKS_BY_VERSION.where(own).order_by(ties.c.version))


def _packs(connection: Connection, question: Select[*tuple[Any, ...]]) -> Iterator[tuple[str, bytes]]:
    for slug, content in connection.execute(question, execution_options={"yield_per": AT_A_TIME}):
        yield str(slug), bytes(content)


_PACKS = select(documents.c.slug, ties.c.content).join(ties, ties.c.version == documents.c.current)
_CURRENT = (
    select(documents.c.id)
    .select_from(versions)
    .join(documents, documents.c.id == versions.c.document)
    .where(documents.c.current == versions.c.id)
)
"""By their versions: no index leads from a version to the document that it is current of."""
_PACKS_BY_VERSION = (
    select(documents.c.slug, ties.c.content)
    .select_from(ties)
    .join(versions, versions.c.id == ties.c.version)
    .join(documents, documents.c.id == versions.c.document)
    .where(documents.c.current == versions.c.id)
)
_LAST = (
    select(func.max(reviews.c.id))
    .where(reviews.c.document == documents.c.id)
    .correlate(documents)
    .scalar_subquery()
)
_BASIS = (
    versions.c.coder
    + " "
    + cast(func.coalesce(tallies.c.lines, 0), Text)
    + " "
    + cast(func.coalesce(_LAST, 0), Text)
)
_STATES = (
    select(documents.c.slug, versions.c.id.label("version"), _BASIS.label("basis"), ties.c.state, ties_due.c.mark)
    .join(versions, versions.c.id == documents.c.current)
    .outerjoin(tallies, tallies.c.document == documents.c.id)
    .outerjoin(ties, ties.c.version == versions.c.id)
    .outerjoin(ties_due, ties_due.c.document == documents.c.id)
    .order_by(documents.c.slug)
)


def _read_by(connection: Connection) -> str:
    """Return by what all ties, but those that are due, were read; "" where by several."""
    return connection.execute(select(ties_read.c.read_by)).scalar() or ""


def _asked(connection: Connection, read_by: str | None, slugs: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Return the question for how the ties of documents stand; see `Ties.states`."""
    question = _STATES if read_by is None else _stale(connection, read_by, narrow=bool(slugs))
    return question.where(documents.c.slug.in_(slugs)) if slugs else question


def _stale(connection: Connection, read_by: str, *, narrow: bool) -> Select[*tuple[Any, ...]]:
    """Return the question for documents whose ties are not counted by what they are read by now."""
    if not narrow and _read_by(connection) == read_by:
        return _STATES.where(documents.c.id.in_(select(ties_due.c.document)))
    stale = ties.c.state != literal(f"{read_by} ") + _BASIS
    return _STATES.where(or_(ties.c.state.is_(None), stale, ties_due.c.mark.is_not(None)))
