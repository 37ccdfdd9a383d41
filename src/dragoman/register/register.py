"""The register: what the workspace asks of it, each call one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select

from dragoman.model import (
    Document,
    DocumentSummary,
    DocumentVersion,
    Entry,
    Facets,
    LibraryPage,
    LibraryQuery,
    NotFoundError,
    Page,
    Problem,
    Provision,
    Query,
    Review,
    SearchPage,
)
from dragoman.model.alliance import Place
from dragoman.model.health import Health
from dragoman.register import shelves
from dragoman.register.accounts import AccountRegister
from dragoman.register.actors import ActorSteps
from dragoman.register.alignments import Alignments
from dragoman.register.asking import (
    entry_of,
    kinds_of,
    lines_of,
    nearest_of,
    page_of,
    slugs_of,
    sources_of,
    summaries,
    summaries_named,
    summaries_of,
    versions_of,
)
from dragoman.register.audit import AuditLog
from dragoman.register.coding import CodingSteps
from dragoman.register.copying import copy_of_register
from dragoman.register.docket import Docket
from dragoman.register.engine import Guard, Store, store_at
from dragoman.register.faceting import facets_of
from dragoman.register.further import Added
from dragoman.register.health import health_of, sizes_of
from dragoman.register.jobs import JobRegister
from dragoman.register.lineages import Lineages
from dragoman.register.migrate import HEAD, bring_up_to_date
from dragoman.register.parties import PartyRegister
from dragoman.register.remarks import problems_of, remarks_of, replace_problems, replace_rejections, stands
from dragoman.register.reviewing import Decision, current_entry, decide, history_of
from dragoman.register.rows import document_of, fingerprint_of, structure_of
from dragoman.register.saving import Saved, save_further, save_reading
from dragoman.register.schema import documents, versions
from dragoman.register.searching import search_sentences
from dragoman.register.terms import TermRegister
from dragoman.register.texts import TextReader, current_version, holder_of, words_at
from dragoman.register.ties import Ties
from dragoman.register.tracks import Tracks

CHANGES = frozenset({"new", "version"})
"""What becomes of a reading that is another than before."""
EXPORT_ROWS = 500
"""Lines fetched at a time while all are streamed."""


class NoSuchDocumentError(NotFoundError):
    """No document has the slug, or it has no such version."""

    def __init__(self, slug: str, version: int | None) -> None:
        which = "" if version is None else f" in a version {version}"
        super().__init__(f"The register has no document `{slug}`{which}.", "`dragoman documents` lists them.")


class Register:
    """Documents, lines and decisions in a database. Safe to use from several threads and processes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, place: str | Path) -> Self:
        """Open or create a register.

        Args:
            place: path of a SQLite file, or "postgresql://...".

        Raises:
            StoreError: it cannot be opened, created or brought up to date.
            UsageError: the address is not one of PostgreSQL.
        """
        store = store_at(place)
        bring_up_to_date(store)
        return cls(replace(store, form=HEAD))

    @property
    def parties(self) -> PartyRegister:
        """Lists of parties, decisions on hits, and parties screened before."""
        return PartyRegister(self._store)

    def close(self) -> None:
        """Close all connections."""
        self._store.engine.dispose()

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Let all that this thread reads meanwhile be one state of the register, whatever others write."""
        return self._store.at_one_moment()

    def expecting(self, thing: str, check: Callable[[], None]) -> AbstractContextManager[None]:
        """Let this thread's next change be written only where a check passes in the transaction that writes it.

        Args:
            thing: what is changed, by any name. Between the check and the end of the change nobody else writes.
            check: reads what it needs, which is what will be overtaken, and raises where it must not be.
        """
        return self._store.expecting(Guard(thing, check))

    def health(self, at: datetime, patience: float) -> Health:
        """Return how the register is at a moment. Raises StoreError."""
        return health_of(self._store, at, patience)

    def sizes(self) -> dict[str, int]:
        """Return about how many rows the large tables have. Raises StoreError."""
        return sizes_of(self._store)

    def copy_to(self, path: Path) -> None:
        """Write the whole register as a SQLite file, as it stands at one moment. Raises StoreError."""
        copy_of_register(self._store, path)

    @property
    def tracks(self) -> Tracks:
        """What is recorded of the delivery of lines."""
        return Tracks(self._store)

    @property
    def terms(self) -> TermRegister:
        """The termbase."""
        return TermRegister(self._store)

    @property
    def docket(self) -> Docket:
        """Cases that move through the states of a procedure."""
        return Docket(self._store)

    @property
    def accounts(self) -> AccountRegister:
        """Accounts of a team."""
        return AccountRegister(self._store)

    @property
    def jobs(self) -> JobRegister:
        """Work in the background."""
        return JobRegister(self._store)

    @property
    def audit(self) -> AuditLog:
        """The audit log."""
        return AuditLog(self._store)

    @property
    def ties(self) -> Ties:
        """Ties between actors, packed a document."""
        return Ties(self._store)

    @property
    def actors(self) -> ActorSteps:
        """What people changed in the register of actors."""
        return ActorSteps(self._store)

    @property
    def coding(self) -> CodingSteps:
        """What was done in team coding."""
        return CodingSteps(self._store)

    @property
    def alignments(self) -> Alignments:
        """What persons say of links between language versions."""
        return Alignments(self._store)

    @property
    def lineages(self) -> Lineages:
        """What persons say of the lineage of lines."""
        return Lineages(self._store)

    def holds(self, document: Document, coder: str) -> bool:
        """Return whether this very reading, by this coder, is the current version already."""
        with self._store.reading() as connection:
            old = current_version(connection, document.slug)
        if old is None or old.coder != coder or old.sha256 != document.sha256:
            return False
        fingerprint: str = old.fingerprint
        return fingerprint == fingerprint_of(document, structure_of(document))

    def save(
        self,
        document: Document,
        provisions: Sequence[Provision],
        *,
        coder: str,
        at: datetime,
        source: str | None = None,
        problems: Sequence[Problem] = (),
    ) -> tuple[Saved, tuple[Problem, ...]]:
        """Keep a document, what a coder found in it and what was wrong with it: whole or not at all.

        Args:
            document: what was read.
            provisions: the coder's lines, in text order.
            coder: "grammar/<version>".
            at: time of reading.
            source: what was read, where the document names it otherwise (a line of JSON lines).
            problems: of the reading.

        Returns:
            What became of it, and the problems with the register's own remarks.

        Raises:
            StoreError: it could not be kept.
        """
        with self._store.writing(document.slug) as connection:
            saved = save_reading(connection, document, provisions, coder, at)
            changed = saved.status in CHANGES
            found = (*problems, *(saved.remarks if changed else remarks_of(connection, document.slug)))
            replace_problems(connection, source or document.source, document.slug, found)
        return saved, found

    def add(
        self,
        document: Document,
        version: int,
        provisions: Sequence[Provision],
        *,
        at: datetime,
        rejected: Sequence[Problem] = (),
    ) -> Added:
        """Add a model's lines beside what counts: all of them or none.

        Args:
            document: as the model saw it.
            version: number of the version it saw.
            provisions: its lines, each id once; their coder is "model/<name>".
            at: when it saw them.
            rejected: problems of lines that were not taken; they replace those of the model before.

        Raises:
            VersionChangedError: the document has another version by now.
            StoreError: they could not be kept.
        """
        with self._store.writing(document.slug) as connection:
            added = save_further(connection, document, version, provisions, at)
            replace_rejections(connection, document, rejected)
        return added

    def version(self, slug: str) -> int:
        """Return the number of a document's current version. Raises NoSuchDocumentError."""
        with self._store.reading() as connection:
            row = current_version(connection, slug)
        if row is None:
            raise NoSuchDocumentError(slug, None)
        return int(row.number)

    def as_it_stands(
        self, slug: str, source: str, problems: Sequence[Problem]
    ) -> tuple[Saved, tuple[Problem, ...]]:
        """Return what became of a reading that the register `holds`, as `save` does; keep its problems."""
        with self._store.reading() as connection:
            old, kinds = current_version(connection, slug), kinds_of(connection, slug)
            remarks = remarks_of(connection, slug)
        found = (*problems, *remarks)
        self.keep_problems(source, slug, found)
        return Saved("unchanged", old.number if old else 0, sum(kinds.values()), kinds), found

    def keep_problems(self, source: str, slug: str | None, found: Sequence[Problem]) -> None:
        """Keep the problems of the latest reading of a document, or of a source without one."""
        with self._store.reading() as connection:
            same = stands(connection, source, slug, found)
        if not same:
            with self._store.writing(slug or source) as connection:
                replace_problems(connection, source, slug, found)

    def problems(self, slug: str | None = None) -> tuple[Problem, ...]:
        """Return problems, errors first."""
        with self._store.reading() as connection:
            return problems_of(connection, slug)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the library, by date, then title: all of it; `each_document` holds less."""
        return tuple(self.each_document())

    def each_document(self) -> Iterator[DocumentSummary]:
        """Stream the library, by date, then title."""
        with self._store.reading() as connection:
            yield from summaries(connection)

    def slugs(self) -> list[str]:
        """Return the slugs of all documents, in order."""
        with self._store.reading() as connection:
            return slugs_of(connection)

    def summaries(self, slugs: Sequence[str]) -> tuple[DocumentSummary, ...]:
        """Return some documents of the library; those that are not there are left out."""
        with self._store.reading() as connection:
            return summaries_named(connection, slugs)

    def library(self, query: LibraryQuery, names: Mapping[str, str]) -> LibraryPage:
        """Return a page of the library; `names` are those of parties by which words find them, too."""
        with self._store.reading() as connection:
            page, ids = shelves.page_of(connection, query, names)
            return replace(page, documents=summaries_of(connection, ids))

    def versions(self, slug: str) -> tuple[DocumentVersion, ...]:
        """Return the versions of a document, oldest first. Raises NoSuchDocumentError."""
        with self._store.reading() as connection:
            found = versions_of(connection, slug)
        if not found:
            raise NoSuchDocumentError(slug, None)
        return found

    def document(self, slug: str, version: int | None = None) -> Document:
        """Return a document in its current or a numbered version. Raises NoSuchDocumentError."""
        own = versions.c.id == documents.c.current if version is None else versions.c.number == version
        question = select(versions).join(documents, documents.c.id == versions.c.document)
        with self._store.reading() as connection:
            row = connection.execute(question.where(documents.c.slug == slug, own)).first()
            if row is None:
                raise NoSuchDocumentError(slug, version)
            return document_of(slug, row, TextReader(connection).whole(holder_of(row)))

    def words_at(self, places: Sequence[Place]) -> dict[Place, str]:
        """Return the words of stretches of documents, without those of documents that are not there."""
        with self._store.reading() as connection:
            return words_at(connection, places)

    def provisions(self, query: Query) -> Page:
        """Return lines and how many there are in all."""
        with self._store.reading() as connection:
            return page_of(connection, query)

    def export(self, query: Query) -> Iterator[Entry]:
        """Stream all lines of a query, in its order."""
        with self._store.reading() as connection:
            question = lines_of(connection, query)
            for row in connection.execute(question, execution_options={"yield_per": EXPORT_ROWS}):
                yield entry_of(row)

    def nearest(self, query: Query, day: date, most: int) -> list[Entry]:
        """Return the lines of a query whose days are nearest to a day, in the order of the text."""
        with self._store.reading() as connection:
            return nearest_of(connection, query, day, most)

    def titles(self, slugs: Sequence[str]) -> dict[str, str]:
        """Return the titles of some documents, by slug; those that are not there are left out."""
        return {slug: title for slug, (title, _) in self.sources(slugs).items()} if slugs else {}

    def sources(self, slugs: Sequence[str] = ()) -> dict[str, tuple[str, date | None]]:
        """Return title and date of some documents, or of all, by slug; those that are not there are left out."""
        with self._store.reading() as connection:
            return sources_of(connection, slugs)

    def facets(self, query: Query, documents: int | None = None) -> Facets:
        """Return the values that occur among a query's lines, with counts; of so many documents, or all."""
        with self._store.reading() as connection:
            return facets_of(connection, query, documents)

    def provision(self, identifier: str) -> Entry:
        """Return a line by its id; one that is history as it last stood. Raises NoSuchLineError."""
        with self._store.reading() as connection:
            return current_entry(connection, identifier)

    def history(self, identifier: str) -> tuple[tuple[Entry, ...], tuple[Review, ...]]:
        """Return every coder's line and every decision, oldest first. Raises NoSuchLineError."""
        with self._store.reading() as connection:
            return history_of(connection, identifier)

    def review(self, identifier: str, decision: Decision) -> Entry:
        """Record a decision and return the line as it counts now. Raises as `Workspace.review`."""
        with self._store.writing(identifier.rpartition(":")[0]) as connection:
            return decide(connection, identifier, decision)

    def search(self, words: str, *, offset: int = 0, limit: int = 20) -> SearchPage:
        """Return the sentences that hold all words of a query."""
        with self._store.reading() as connection:
            return search_sentences(connection, words, offset, limit)
