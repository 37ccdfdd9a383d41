"""Parts of the facade that are loaded when they are asked for; the workspace holds what they rest on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.model import Document, Language, Problem, Query, ReadOutcome

if TYPE_CHECKING:
    from dragoman.accounts import Accounts
    from dragoman.actor_register import ActorBook
    from dragoman.archiving import Archivist
    from dragoman.briefing import Briefings
    from dragoman.bulk.loading import BulkLoader
    from dragoman.checking import Checker
    from dragoman.citing import Citing, Frozen, Verified
    from dragoman.comparing import Comparing
    from dragoman.coordinating import Coordinating
    from dragoman.docketing import Docketing
    from dragoman.extract import Extractor
    from dragoman.jobs import Jobs
    from dragoman.lexicon import Lexicon
    from dragoman.mapping import Mapper
    from dragoman.model.bilingual import Alignment
    from dragoman.model.docket import Person
    from dragoman.operating import Operating
    from dragoman.process_tracing import ProcessTracing
    from dragoman.read import ReadSettings
    from dragoman.register import AuditLog, Register
    from dragoman.team_coding import CodingDesk
    from dragoman.termbank import Termbank
    from dragoman.terminology import Terminology
    from dragoman.tracking import Tracking
    from dragoman.translating import Translating
    from dragoman.watching import Watching


class Parts(ABC):
    """What watches, translates, compares and weighs."""

    folder: Path
    _corpus: str | Path
    _register: Register
    _clock: Callable[[], datetime]
    _extractor: Extractor | None = None

    @abstractmethod
    def read(self, inputs: Sequence[str], *, settings: ReadSettings | None = None) -> Iterator[ReadOutcome]:
        """Read inputs into the register."""

    @abstractmethod
    def document(self, slug: str, version: int | None = None) -> Document:
        """Return a document. Raises NotFoundError."""

    @abstractmethod
    def checker(self) -> Checker:
        """Return what checks cases and screens their parties."""

    @abstractmethod
    def names(self, language: Language) -> Mapping[str, str]:
        """Return what the register of actors calls them in a language."""

    @property
    @abstractmethod
    def tracking(self) -> Tracking:
        """What follows delivery: the due board, events, evidence, verdicts, saved reports."""

    def _grammar(self) -> Extractor:
        """Return the grammar, which knows the actors that people added and the agreed terms of the termbase."""
        from dragoman.extract import Extractor  # noqa: PLC0415 - slow to load

        lexicon, mark = self.actor_register.lexicon(), self.actor_register.mark()
        if self._has_terms():
            lexicon, terms = self.termbank.reading(lexicon)
            mark = "+".join(one for one in (terms, mark) if one)
        if self._extractor is None or self._extractor.lexicon is not lexicon:
            self._extractor = Extractor(lexicon, mark)
        return self._extractor

    def _has_terms(self) -> bool:
        """Return whether there is anything in the termbase, which is slow to load."""
        return self._register.terms.last_step() > 0

    def _synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of organisations in the termbase, by each of them."""
        return self.termbank.synonyms() if self._has_terms() else {}

    def _extended(self, lexicon: Lexicon) -> Lexicon:
        """Return a lexicon with the words of the termbase."""
        return self.termbank.lexicon(lexicon) if self._has_terms() else lexicon

    def titles(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the titles of some documents, by slug; those that are not there are left out."""
        return self._register.titles(sorted(set(slugs)))

    def docketing(self, person: Person | None = None) -> Docketing:
        """Return the docket as a person sees it; without one, as who works alone on this machine."""
        from dragoman.docketing import LOCAL, Docketing  # noqa: PLC0415 - slow to load

        return Docketing(self._register.docket, self.checker, self._clock, person or LOCAL)

    def coding(self, person: Person | None = None) -> CodingDesk:
        """Return team coding as a person sees it; without one, as people see it who share this machine."""
        from dragoman.team_coding import CodingDesk  # noqa: PLC0415 - slow to load

        extract = lambda document: self._grammar().extract(document)  # noqa: E731 - a late call
        return CodingDesk(self._register, extract, self.actor_register.lexicon, self._clock, person)

    def jobs(self, person: Person | None = None) -> Jobs:
        """Return what is done for the docket in the background, as a person sees it."""
        from dragoman.docketing import LOCAL  # noqa: PLC0415 - slow to load
        from dragoman.jobs import Jobs  # noqa: PLC0415

        return Jobs(
            self._register.jobs,
            self.docketing,
            lambda document: self._grammar().extract(document),
            self._clock,
            person or LOCAL,
        )

    @property
    def accounts(self) -> Accounts:
        """Accounts of a team, their sessions and tokens."""
        from dragoman.accounts import Accounts  # noqa: PLC0415 - slow to load

        return Accounts(self._register.accounts, self._clock)

    @property
    def archiving(self) -> Archivist:
        """What writes the workspace to one file."""
        from dragoman.archiving import Archivist  # noqa: PLC0415

        return Archivist(self.folder, self._register, self._corpus, self._clock)

    @property
    def bulk(self) -> BulkLoader:
        """What loads the output of a bulk reading. Raises UsageError where pyarrow is not installed."""
        from dragoman.bulk import need_parquet  # noqa: PLC0415 - slow to load

        need_parquet()
        from dragoman.bulk.loading import BulkLoader  # noqa: PLC0415 - needs pyarrow

        return BulkLoader(self._register, self._clock)

    @property
    def operating(self) -> Operating:
        """How the register is, for who serves it."""
        from dragoman.operating import Operating  # noqa: PLC0415 - slow to load

        return Operating(self._register, self._clock)

    @property
    def audit(self) -> AuditLog:
        """The log of every act of the docket and of every change of accounts."""
        return self._register.audit

    @property
    def citing(self) -> Citing:
        """What writes snapshots of the register that can be cited."""
        from dragoman.citing import Citing  # noqa: PLC0415 - slow to load

        return Citing(self._register, lambda: self._grammar().coder, self._clock)

    def snapshot(
        self,
        path: Path,
        query: Query | None = None,
        *,
        as_of: date | None = None,
        texts: bool = False,
        title: str = "",
        authors: Sequence[str] = (),
    ) -> Frozen:
        """Write a snapshot of the register; see `dragoman.citing.Citing.snapshot`."""
        return self.citing.snapshot(path, query, as_of=as_of, texts=texts, title=title, authors=authors)

    def expecting(self, thing: str, check: Callable[[], None]) -> AbstractContextManager[None]:
        """Let this thread's next change be written only where a check passes in the transaction that writes it.

        Args:
            thing: what is changed, by any name. Between the check and the end of the change nobody else writes.
            check: looks at the thing through this workspace and raises where the change must not be.
        """
        return self._register.expecting(thing, check)

    def compared(self, path: Path) -> Verified:
        """Return whether a snapshot is as it was written, and in which lines the register differs from it."""
        from dragoman.citing import compared  # noqa: PLC0415 - slow to load

        return compared(path, self._register)

    @property
    def watching(self) -> Watching:
        """What watches folders and feeds for documents that touch commitments."""
        from dragoman.watching import Watching  # noqa: PLC0415 - slow to load

        return Watching(
            self.folder,
            self._register,
            lambda inputs, limits: self.read(inputs, settings=limits),
            self._clock,
        )

    @cached_property
    def translating(self) -> Translating:
        """What sets the two language versions of a text side by side."""
        from dragoman.translating import Translating  # noqa: PLC0415 - slow to load

        return Translating(self._register, self._clock, self._extended)

    @cached_property
    def termbank(self) -> Termbank:
        """The termbase: concepts on which two sides agree, and what holds texts against them."""
        from dragoman.termbank import Termbank, Texts  # noqa: PLC0415 - slow to load

        texts = Texts(self._read_text, self._align)
        return Termbank(self._register, self._clock, texts, self.names)

    @property
    def terminology(self) -> Terminology:
        """What finds terms in two versions, and where the versions differ in force."""
        from dragoman.terminology import Terminology  # noqa: PLC0415 - slow to load

        return Terminology(self._align, lambda document: self._grammar().extract(document))

    def _align(self, names: Sequence[str]) -> Alignment:
        """Return two versions aligned."""
        return self.translating.align(names)

    def _read_text(self, name: str) -> tuple[Document, tuple[Problem, ...]]:
        """Return a document of the register, or a file that is read and not kept, and what is wrong with it."""
        from dragoman.read import ReadSettings  # noqa: PLC0415 - slow to load
        from dragoman.translating import read_one  # noqa: PLC0415

        if self._register.titles((name,)):
            return self.document(name), ()
        return read_one(name, ReadSettings())

    @property
    def comparing(self) -> Comparing:
        """What compares texts: the lineage of a series, and corrections of it."""
        from dragoman.comparing import Comparing  # noqa: PLC0415 - slow to load

        extract = lambda document: self._grammar().extract(document)  # noqa: E731 - a late call
        return Comparing(self._register, extract, self._clock, self._extended)

    @property
    def coordinating(self) -> Coordinating:
        """What compares what two parties do: coordination, and profiles over time."""
        from dragoman.coordinating import Coordinating  # noqa: PLC0415 - slow to load

        return Coordinating(self._register, self.names)

    @cached_property
    def mapping(self) -> Mapper:
        """What draws who works with whom: cells, matrix, network, timeline, map."""
        from dragoman.mapping import Mapper  # noqa: PLC0415 - slow to load

        return Mapper(self._register, self.names, self.actor_register.lexicon)

    @cached_property
    def actor_register(self) -> ActorBook:
        """The register of actors: what ships, and what people changed."""
        from dragoman.actor_register import ActorBook  # noqa: PLC0415 - slow to load

        return ActorBook(self._register, self._clock)

    @property
    def briefing(self) -> Briefings:
        """What makes briefings on an actor or a pair."""
        from dragoman.briefing import Briefings  # noqa: PLC0415 - slow to load

        return Briefings(self._register, self.mapping, self.tracking, self.comparing, self.names)

    @property
    def process_tracing(self) -> ProcessTracing:
        """What reads, checks and weighs workbooks of process tracing."""
        from dragoman.process_tracing import ProcessTracing  # noqa: PLC0415 - slow to load

        return ProcessTracing(self.document)
