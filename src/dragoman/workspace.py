"""The facade: opens a folder, calls the rooms in order, saves, collects problems.

The only interface that the faces (cli, web, mcp), the tests of the whole and Python users need:

    with Workspace.open("workspace") as workspace:
        for outcome in workspace.read(["samples"]):
            print(outcome.doc, outcome.status)
        page = workspace.provisions(Query(kinds=(Kind.COMMITMENT,)))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from dragoman.model import (
    Document,
    DocumentSummary,
    Entry,
    Facets,
    Page,
    Problem,
    Query,
    ReadOutcome,
    Review,
    ReviewState,
    SearchPage,
)

Progress = Callable[[int, int | None, str], None]
"""Called with (inputs done, inputs in all or None while unknown, what is being read)."""


class Workspace:
    """A folder with a register (`register.sqlite`) and the fetched bytes (`fetched/`)."""

    @classmethod
    def open(cls, path: str | Path, database_url: str | None = None) -> Self:
        """Open or create a workspace.

        Args:
            path: its folder.
            database_url: "postgresql://..." or None for the SQLite file in the folder. The faces take it
                from the environment variable DRAGOMAN_DATABASE_URL.

        Raises:
            StoreError: the folder is not writable or the register cannot be opened.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the register."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def read(
        self,
        inputs: Sequence[str],
        *,
        metadata: Mapping[str, Any] | None = None,
        progress: Progress | None = None,
    ) -> Iterator[ReadOutcome]:
        """Read inputs into the register, one transaction a document.

        Args:
            inputs: paths, folders, globs, "-" for standard input, http(s) addresses.
            metadata: overrides for title, date, kind, parties, languages (single input only).
            progress: see `Progress`.
        """
        raise NotImplementedError

    def read_bytes(self, data: bytes, name: str) -> Iterator[ReadOutcome]:
        """Read an uploaded file; `name` gives slug and type."""
        raise NotImplementedError

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the library, by date, then title."""
        raise NotImplementedError

    def document(self, slug: str, version: int | None = None) -> Document:
        """Return a document, by default its current version. Raises NotFoundError."""
        raise NotImplementedError

    def provisions(self, query: Query) -> Page:
        """Return lines of the register."""
        raise NotImplementedError

    def facets(self, query: Query) -> Facets:
        """Return the values that occur among the lines of a query, with counts."""
        raise NotImplementedError

    def provision(self, identifier: str) -> Entry:
        """Return one line by its id. Raises NotFoundError."""
        raise NotImplementedError

    def history(self, identifier: str) -> tuple[tuple[Entry, ...], tuple[Review, ...]]:
        """Return every coder's line with this id and every decision, oldest first. Raises NotFoundError."""
        raise NotImplementedError

    def review(
        self,
        identifier: str,
        state: ReviewState,
        *,
        reviewer: str,
        reason: str = "",
        changes: Mapping[str, Any] | None = None,
        expected: ReviewState | None = None,
    ) -> Entry:
        """Record a decision; nothing is overwritten.

        Args:
            identifier: id of the line.
            state: accepted, edited (with `changes`), rejected, or candidate (takes a decision back).
            reviewer: who decides.
            reason: why.
            changes: fields of the interchange format with their new values (kind, force, actors,
                counterparties, aim, object, technologies, instruments, deadline, conditions).
            expected: the state the reviewer saw; ConflictError if it is another by now.

        Raises:
            NotFoundError: no such line.
            UsageError: a field or value that does not exist, "edited" without changes.
            ConflictError: see `expected`.
        """
        raise NotImplementedError

    def search(self, text: str, *, offset: int = 0, limit: int = 20) -> SearchPage:
        """Find sentences; two-character Chinese words and "U.S." are found."""
        raise NotImplementedError

    def problems(self, document: str | None = None) -> tuple[Problem, ...]:
        """Return what was wrong or assumed while reading, errors first."""
        raise NotImplementedError

    def export(self, query: Query) -> Iterator[Entry]:
        """Stream the lines of a query in text order, without a page limit."""
        raise NotImplementedError
