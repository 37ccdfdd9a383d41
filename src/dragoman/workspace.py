"""The facade: opens a folder, calls the rooms in order, saves, collects problems.

The only interface that the faces (cli, web, mcp), the tests of the whole and Python users need:

    with Workspace.open("workspace") as workspace:
        for outcome in workspace.read(["samples"]):
            print(outcome.doc, outcome.status)
        page = workspace.provisions(Query(kinds=(Kind.COMMITMENT,)))
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from dragoman.exchange import WRITERS, Format
from dragoman.model import (
    Case,
    CodeOutcome,
    Document,
    DocumentSummary,
    DocumentVersion,
    Entry,
    Facets,
    Language,
    LibraryPage,
    LibraryQuery,
    Page,
    Problem,
    Provision,
    Query,
    ReadOutcome,
    Review,
    ReviewState,
    SearchPage,
    StoreError,
    UsageError,
)
from dragoman.model.identity import sha256_of_bytes
from dragoman.model.screened import CheckedParties
from dragoman.parts import Parts
from dragoman.register import Decision, Register, count_sentences, values_in

if TYPE_CHECKING:
    from dragoman.checking import Checked, Checker, Coverage
    from dragoman.delivery import Delivery
    from dragoman.evidence import Finder
    from dragoman.read import ReadResult, ReadSettings
    from dragoman.screening import Screener
    from dragoman.tracking import Tracking

Progress = Callable[[int, int | None, str], None]
"""Called with (inputs done, inputs in all or None while unknown, what is being read)."""

Clock = Callable[[], datetime]
"""Gives the time of a reading or a decision, with time zone."""

REGISTER_FILE = "register.sqlite"
CORPUS_FILE = "corpus.sqlite"
FETCHED_FOLDER = "fetched"


class FolderNotWritableError(StoreError):
    """The folder of a workspace cannot be made or written."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        super().__init__(
            f"The workspace {folder} cannot be written ({cause.strerror or cause}).",
            "Choose a folder that you may write: dragoman --workspace FOLDER ...",
        )


class UnknownTagError(UsageError):
    """A tag that no data pack has."""

    def __init__(self, kind: str, tag: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(tag, sorted(known), n=1)
        remedy = f"Did you mean `{close[0]}`?" if close else f"Use one of: {', '.join(sorted(known))}."
        super().__init__(f"There is no {kind} `{tag}`.", remedy)


class Workspace(Parts):
    """A folder with a register (`register.sqlite`), an evidence corpus and the fetched bytes (`fetched/`)."""

    def __init__(self, folder: Path, register: Register, clock: Clock, corpus: str | Path | None = None) -> None:
        self.folder = folder
        self._register = register
        self._clock = clock
        self._evidence: Finder | None = None
        self._corpus = corpus or folder / CORPUS_FILE

    @classmethod
    def open(cls, path: str | Path, database_url: str | None = None, *, clock: Clock | None = None) -> Self:
        """Open or create a workspace.

        Args:
            path: its folder.
            database_url: "postgresql://..." or None for the SQLite file in the folder. The faces take it
                from the environment variable DRAGOMAN_DATABASE_URL.
            clock: gives the time of readings and decisions; by default the machine's.

        Raises:
            StoreError: the folder is not writable or the register cannot be opened.
        """
        folder = Path(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise FolderNotWritableError(folder, fault) from fault
        register = Register.open(database_url or folder / REGISTER_FILE)
        corpus = database_url or folder / CORPUS_FILE
        return cls(folder, register, clock or (lambda: datetime.now(UTC)), corpus)

    def close(self) -> None:
        """Close the register and the corpus."""
        if self._evidence is not None:
            self._evidence.close()
        self._register.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def read(
        self,
        inputs: Sequence[str],
        *,
        metadata: Mapping[str, Any] | None = None,
        settings: ReadSettings | None = None,
        standard_input: BinaryIO | None = None,
        progress: Progress | None = None,
    ) -> Iterator[ReadOutcome]:
        """Read inputs into the register, one transaction a document.

        Args:
            inputs: paths, folders, globs, "-" for standard input, http(s) addresses.
            metadata: overrides for title, date, kind, parties, languages (single input only).
            settings: limits of reading; `read_settings` makes them.
            standard_input: bytes of "-".
            progress: see `Progress`.

        Raises:
            StoreError: the register cannot be written; what was yielded before is kept.
        """
        from dragoman.read import ReadSettings, count_inputs, read_inputs  # noqa: PLC0415 - slow to load

        limits = settings or ReadSettings()
        total = count_inputs(inputs, limits) if progress else None
        results = read_inputs(inputs, limits, standard_input=standard_input, metadata=metadata)
        for done, result in enumerate(results, start=1):
            yield self._keep(result)
            if progress:
                progress(done, total, result.source)

    def read_bytes(self, data: bytes, name: str) -> Iterator[ReadOutcome]:
        """Read an uploaded file; `name` gives slug and type."""
        from dragoman.read import ReadSettings, read_bytes  # noqa: PLC0415 - slow to load

        self._keep_bytes(data)
        for result in read_bytes(data, name, ReadSettings()):
            yield self._keep(result)

    def _keep(self, result: ReadResult) -> ReadOutcome:
        """Put one result of reading into the register."""
        if result.data is not None:
            self._keep_bytes(result.data)
        if result.document is None:
            self._register.keep_problems(result.source, None, result.problems)
            return ReadOutcome(result.source, None, "failed", problems=result.problems)
        return self._keep_document(result.source, result.document, result.problems)

    def _keep_document(self, source: str, document: Document, problems: Sequence[Problem]) -> ReadOutcome:
        """Extract a document and put it into the register, unless it is there as it is."""
        if self._register.holds(document, self._grammar().coder):
            saved, found = self._register.as_it_stands(document.slug, source, problems)
        else:
            provisions, coder, defects = self._extract(document)
            saved, found = self._register.save(
                document,
                provisions,
                coder=coder,
                at=self._clock(),
                source=source,
                problems=(*problems, *defects),
            )
        return ReadOutcome(
            source=source,
            doc=document.slug,
            status=saved.status,
            document=document,
            sentences=count_sentences(document),
            provisions=saved.kinds,
            kept=saved.kept,
            problems=found,
        )

    def _extract(self, document: Document) -> tuple[tuple[Provision, ...], str, tuple[Problem, ...]]:
        """Return the lines of a document, the coder to note, and a problem where the grammar broke."""
        from dragoman.extract import extracted  # noqa: PLC0415 - slow to load

        return extracted(self._grammar, document)

    def code(
        self,
        slug: str,
        *,
        url: str,
        model: str,
        key: str = "",
        seconds: float | None = None,
        progress: Progress | None = None,
    ) -> CodeOutcome:
        """Let a language model code a document too. Its lines are candidates or stand beside another coder's.

        Title, kind, date, parties and sentences of the document are sent to `url`, and nothing else is.

        Args:
            slug: of the document.
            url: of an OpenAI-compatible endpoint, without "/chat/completions" ("http://127.0.0.1:11434/v1").
            model: name the endpoint knows it by.
            key: bearer token, "" for none.
            seconds: time allowed for one answer, by default 120.
            progress: told the questions answered and those in all.

        Raises:
            NotFoundError: no such document.
            UsageError: an address, name or key that no question can be sent with.
            DragomanError: the endpoint does not answer as it should; nothing is kept.
            ConflictError: the document got another version meanwhile; nothing is kept.
        """
        from dragoman.extract.endpoint import Endpoint, EndpointCoder  # noqa: PLC0415 - slow to load
        from dragoman.lexicon import load_lexicon  # noqa: PLC0415

        endpoint = Endpoint(url, model, key) if seconds is None else Endpoint(url, model, key, seconds)
        coder = EndpointCoder(endpoint.checked(), load_lexicon())
        version = self._register.version(slug)
        document = self._register.document(slug, version)
        asked = (lambda done, total: progress(done, total, slug)) if progress else None
        coded = coder.code(document, asked)
        at, rejected = self._clock(), coded.problems
        added = self._register.add(document, version, coded.provisions, at=at, rejected=rejected)
        return CodeOutcome(slug, coded.coder, added.new, added.shared, added.known, rejected)

    def _keep_bytes(self, data: bytes) -> Path:
        """Keep bytes that have no home on this disk under their hash. Raises StoreError."""
        folder = self.folder / FETCHED_FOLDER
        path = folder / sha256_of_bytes(data)
        if path.exists():
            return path
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        try:
            folder.mkdir(exist_ok=True)
            partial.write_bytes(data)
            partial.replace(path)
        except OSError as fault:
            partial.unlink(missing_ok=True)
            raise FolderNotWritableError(folder, fault) from fault
        return path

    def read_settings(
        self,
        *,
        allow_private: bool = False,
        max_bytes: int | None = None,
        max_seconds: float | None = None,
    ) -> ReadSettings:
        """Return limits of reading; None keeps the default.

        Args:
            allow_private: whether addresses inside this machine's networks may be read.
            max_bytes: bytes of one file or answer.
            max_seconds: seconds for one address.
        """
        from dragoman.read import ReadSettings  # noqa: PLC0415 - slow to load

        limits: dict[str, Any] = {"max_bytes": max_bytes, "max_seconds": max_seconds}
        stated = {name: value for name, value in limits.items() if value is not None}
        return ReadSettings(allow_private=allow_private, **stated)

    def vocabulary(self) -> dict[str, frozenset[str]]:
        """Return the names that filters and edits may use: actor, counterparty, technology, instrument, coder.

        Tags are those of the data packs; names are those of the packs and of the register's lines.
        """
        lexicon, found = self.actor_register.lexicon(), self._register.facets(Query())
        actors = frozenset(lexicon.actors.actors)
        return {
            "actor": actors.union(name for name, _ in found.actors),
            "counterparty": actors.union(name for name, _ in found.counterparties),
            "technology": frozenset(lexicon.technologies.labels).union(tag for tag, _ in found.technologies),
            "instrument": frozenset(lexicon.instruments.labels).union(tag for tag, _ in found.instruments),
            "coder": frozenset(name for name, _ in found.coders),
        }

    def names(self, language: Language) -> Mapping[str, str]:
        """Return what the register of actors calls them in a language, by canonical name; {} in English.

        An actor without a name in that language is left out. A name that several states' agencies have comes
        with the state (美国商务部).
        """
        return self.actor_register.names(language) if language is Language.ZH else {}

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the library, by date, then title: all of it; `each_document` streams it."""
        return self._register.documents()

    def each_document(self) -> Iterator[DocumentSummary]:
        """Stream the library, by date, then title, a few documents held at a time."""
        return self._register.each_document()

    def slugs(self) -> list[str]:
        """Return the slugs of all documents, in order."""
        return self._register.slugs()

    def summaries(self, slugs: Sequence[str]) -> tuple[DocumentSummary, ...]:
        """Return some documents of the library; those that are not there are left out."""
        return self._register.summaries(slugs) if slugs else ()

    def library(self, query: LibraryQuery, names: Mapping[str, str] | None = None) -> LibraryPage:
        """Return a page of the library.

        Args:
            query: words, order and page.
            names: of parties, by canonical name, by which words find them, too; see `names`.
        """
        return self._register.library(query, names or {})

    def document(self, slug: str, version: int | None = None) -> Document:
        """Return a document, by default its current version. Raises NotFoundError."""
        return self._register.document(slug, version)

    def versions(self, slug: str) -> tuple[DocumentVersion, ...]:
        """Return the versions of a document, oldest first. Raises NotFoundError."""
        return self._register.versions(slug)

    def provisions(self, query: Query) -> Page:
        """Return lines of the register. Raises NotFoundError for a document that is not there."""
        return self._register.provisions(query)

    def facets(self, query: Query, documents: int | None = None) -> Facets:
        """Return the values that occur among the lines of a query, with counts.

        Args:
            query: what is asked.
            documents: how many documents are counted, those with most lines first; None for all.
        """
        return self._register.facets(query, documents)

    def provision(self, identifier: str) -> Entry:
        """Return one line by its id; one that is history as it last stood. Raises NotFoundError."""
        return self._register.provision(identifier)

    def history(self, identifier: str) -> tuple[tuple[Entry, ...], tuple[Review, ...]]:
        """Return every coder's line with this id and every decision, oldest first. Raises NotFoundError."""
        return self._register.history(identifier)

    def review(
        self,
        identifier: str,
        state: ReviewState,
        *,
        reviewer: str,
        reason: str = "",
        changes: Mapping[str, Any] | None = None,
        expected: ReviewState | None = None,
        seen: Entry | None = None,
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
            seen: the whole line as the reviewer saw it; ConflictError if anything of it is otherwise by now.

        Raises:
            NotFoundError: no such line, or its sentence is no longer in the document.
            UsageError: a field or value that does not exist, "edited" without changes, no reviewer.
            ConflictError: see `expected` and `seen`.
        """
        self._check_tags(changes or {})
        decision = Decision(state, reviewer, self._clock(), reason, dict(changes or {}), expected, seen)
        return self._register.review(identifier, decision)

    def _check_tags(self, changes: Mapping[str, Any]) -> None:
        """Refuse tags that neither the data packs nor the register know. Raises UnknownTagError."""
        if not {"technologies", "instruments"} & set(changes):
            return
        known = self.vocabulary()
        for field, kind in (("technologies", "technology"), ("instruments", "instrument")):
            for tag in values_in(changes.get(field)):
                if tag not in known[kind]:
                    raise UnknownTagError(kind, tag, known[kind])

    def search(self, text: str, *, offset: int = 0, limit: int = 20) -> SearchPage:
        """Find sentences; two-character Chinese words and "U.S." are found."""
        return self._register.search(text, offset=offset, limit=limit)

    def problems(self, document: str | None = None) -> tuple[Problem, ...]:
        """Return what was wrong or assumed while reading, errors first."""
        return self._register.problems(document)

    def checker(self, *, screen: bool = True) -> Checker:
        """Return what checks cases against rule packs, for today where no day is named.

        Args:
            screen: whether the parties of a case are screened, where lists were imported.
        """
        from dragoman.checking import Checker  # noqa: PLC0415 - slow to load

        if not screen:
            return Checker(self._clock)
        return Checker(self._clock, self._screen_case, lambda: self.screener().case_screen())

    def _screen_case(self, case: Case, day: date) -> CheckedParties | None:
        return self.screener().screen_case(case, day) if self._register.parties.lists() else None

    def screener(self) -> Screener:
        """Return what screens parties against the lists of this workspace."""
        from dragoman.screening import Screener  # noqa: PLC0415 - slow to load

        return Screener(self._register.parties, self._clock, self.folder, self._synonyms)

    def check(self, case: Path | Case, packs: Sequence[str] = (), as_of: date | None = None) -> Checked:
        """Check a case; see `dragoman.checking.Checker.check`."""
        return self.checker().check(case, packs, as_of)

    @property
    def evidence(self) -> Finder:
        """The evidence corpus of this workspace, and the search for evidence in it."""
        if self._evidence is None:
            from dragoman.evidence import Finder  # noqa: PLC0415 - slow to load

            self._evidence = Finder(self._register, self._corpus, self._clock)
        return self._evidence

    @property
    def tracking(self) -> Tracking:
        """What follows delivery: the due board, events, evidence, verdicts, saved reports."""
        from dragoman.tracking import Tracking  # noqa: PLC0415 - slow to load

        return Tracking(self._register, self._clock, self._keep_bytes)

    @property
    def delivery(self) -> Delivery:
        """What makes the review of a document's delivery, and the calendar of its deadlines."""
        from dragoman.delivery import Delivery  # noqa: PLC0415 - slow to load

        return Delivery(self._register, self.tracking, self.names)

    def coverage(self, slug: str, packs: Sequence[str] = ()) -> Coverage:
        """Return which rules check the duties of a document, and which rules are to be reviewed.

        Args:
            slug: of the document; its current version is looked at, rejected lines are left out.
            packs: whose rules are looked at, by default those of all that ship.

        Raises:
            NotFoundError: no such document or pack.
        """
        from dragoman.checking import DUTIES  # noqa: PLC0415 - slow to load

        document = self._register.document(slug)
        page = self._register.provisions(Query(documents=(slug,), kinds=DUTIES, limit=None))
        entries = [entry for entry in page.entries if entry.state is not ReviewState.REJECTED]
        return self.checker().coverage(document, entries, packs)

    def export(self, query: Query) -> Iterator[Entry]:
        """Stream the lines of a query in its order, without a page limit."""
        return self._register.export(query)

    def export_bytes(self, query: Query, form: Format) -> Iterator[bytes]:
        """Stream the lines of a query as a file: "jsonl", "csv" or "xlsx"."""
        return WRITERS[form](self.export(query))
