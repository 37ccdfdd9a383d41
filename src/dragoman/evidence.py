"""Evidence for commitments, for the faces: a corpus that is only searched, and candidates with reasons.

with Workspace.open("workspace") as workspace:
    evidence = workspace.evidence
    for outcome in evidence.add(["pages.jsonl.gz"]):
        print(outcome.source, outcome.added)
    for found in evidence.candidates("atlantic-declaration"):
        print(found.provision.id, found.search.found)
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dragoman.lexicon import load_lexicon
from dragoman.lexicon.words import load_words
from dragoman.model import Document, Kind, NotFoundError, Problem, Provision, Query, ReviewState, Severity
from dragoman.model.corpus import REGISTER, CorpusOutcome, CorpusPage, CorpusSource, Found
from dragoman.model.identity import sha256_of_text
from dragoman.read import ReadSettings, read_inputs
from dragoman.read.chinese import chinese_spans
from dragoman.read.english import english_spans
from dragoman.read.sources import is_lines
from dragoman.register import Register
from dragoman.register.corpus import Corpus, IndexedPage
from dragoman.track.pages import cut_short, pages_in, twice, with_hash
from dragoman.track.ranking import Ranker, Tools
from dragoman.track.settings import load_weights
from dragoman.track.stance import load_cues
from dragoman.track.terms import Tagger

Progress = Callable[[int, int | None, str], None]
"""Called with (pages or commitments done, how many in all or None while unknown, what is being worked on)."""

KINDS = (Kind.COMMITMENT, Kind.OBLIGATION, Kind.MEASURE)
"""Kinds of lines that evidence is looked for, where nobody names others."""
LIMIT = 10
"""Candidates of a commitment, where nobody asks for more."""
BATCH_PAGES, BATCH_CHARACTERS = 2_000, 16_000_000
"""What is indexed in one transaction: what is interrupted loses this at most."""
_HAN = re.compile("[\u3400-\u9fff]")
LARGEST_LINE = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"


class NothingRemovedError(NotFoundError):
    """A source or page that is not in the corpus."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The corpus has no source and no page `{name}`.", "`dragoman corpus list` names its sources."
        )


class NotOfDocumentError(NotFoundError):
    """A line of another document."""

    def __init__(self, identifier: str, slug: str) -> None:
        super().__init__(
            f"`{slug}` has no line `{identifier}`.", f"`dragoman provisions --document {slug}` lists its lines."
        )


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph, by the rules of the language most of its letters are of."""
    stretch = text[start:end]
    chinese = not stretch.isascii() and len(_HAN.findall(stretch)) * 4 > len(stretch)
    return (chinese_spans if chinese else english_spans)(text, start, end)


@dataclass(slots=True)
class _Tally:
    """What became of the pages of one input."""

    source: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    characters: int = 0
    problems: list[Problem] = field(default_factory=list)

    def outcome(self) -> CorpusOutcome:
        counts = (self.added, self.changed, self.unchanged, self.characters)
        return CorpusOutcome(self.source, *counts, tuple(self.problems))


class Finder:
    """The corpus of a workspace, and the search for evidence in it and in the register's other documents."""

    def __init__(self, register: Register, place: str | Path, clock: Callable[[], datetime]) -> None:
        """Take a register, the place of the corpus, and the clock; the corpus is opened when it is needed."""
        self._register = register
        self._place = place
        self._clock = clock
        self._opened: Corpus | None = None
        self._tagger = Tagger(load_lexicon(), load_words())

    @property
    def _corpus(self) -> Corpus:
        if self._opened is None:
            self._opened = Corpus.open(self._place)
        return self._opened

    def close(self) -> None:
        """Close the corpus."""
        if self._opened is not None:
            self._opened.close()

    def add(self, inputs: Sequence[str], *, progress: Progress | None = None) -> Iterator[CorpusOutcome]:
        """Add files to the corpus; pages that are there already are passed over.

        Args:
            inputs: JSON lines (`id`, `title`, `date`, `url`, `text`; packed or not), or anything that can be read:
                folders, TXT, HTML, DOCX, PDF, addresses.
            progress: told of each batch of pages.

        Yields:
            One outcome an input, when it is done.

        Raises:
            StoreError: the corpus cannot be written; what was added before is kept.
        """
        for name in inputs:
            tally = _Tally(name)
            pages = _lines_of(Path(name)) if is_lines(name) and Path(name).is_file() else _documents_of(name)
            for batch in _batches(pages, tally):
                self._add(batch, tally)
                if progress:
                    progress(tally.added + tally.changed + tally.unchanged, None, name)
            yield tally.outcome()

    def _add(self, batch: Sequence[CorpusPage], tally: _Tally) -> None:
        """Index a batch of pages and count what became of them."""
        latest = {page.id: page for page in batch}
        known = self._corpus.hashes(list(latest))
        fresh = [page for page in latest.values() if known.get(page.id) != page.sha256]
        if fresh:
            self._corpus.add([self._indexed(page) for page in fresh])
        tally.added += sum(page.id not in known for page in fresh)
        tally.changed += sum(page.id in known for page in fresh)
        tally.unchanged += len(latest) - len(fresh)
        tally.characters += sum(len(page.text) for page in fresh)
        tally.problems += [twice(page, tally.source) for page in _overwritten(batch, latest)]

    def _indexed(self, page: CorpusPage) -> IndexedPage:
        counts = self._tagger.count(f"{page.title}\n{page.text}")
        return IndexedPage(page, counts, counts.total())

    def sources(self) -> tuple[CorpusSource, ...]:
        """Return what the corpus holds, by source."""
        return self._corpus.sources()

    def page(self, identifier: str) -> CorpusPage | None:
        """Return a page of the corpus by its id, None where there is none."""
        return self._corpus.page(identifier)

    def remove(self, name: str) -> int:
        """Remove a source with its pages, or one page; return how many went. Raises NothingRemovedError."""
        gone = self._corpus.remove(name)
        if not gone:
            raise NothingRemovedError(name)
        return gone

    def candidates(
        self,
        slug: str,
        provisions: Sequence[str] = (),
        *,
        kinds: Sequence[Kind] = KINDS,
        limit: int = LIMIT,
        progress: Progress | None = None,
    ) -> Iterator[Found]:
        """Look for evidence for the lines of a document, in the corpus and the register's other documents.

        Args:
            slug: of the document.
            provisions: ids of its lines; by default all of some kinds that are not rejected.
            kinds: of the lines, where none are named.
            limit: most candidates of a line.
            progress: told of each line.

        Yields:
            The candidates of each line, best first, and the record of the search; in the order of the text.

        Raises:
            NotFoundError: no such document, or a line that is not one of it.
        """
        document = self._register.document(slug)
        lines = self._lines(slug, provisions, kinds)
        self._take_in_register()
        tools = Tools(self._tagger, sentence_spans, load_cues(), load_weights())
        ranker = Ranker(document, self._corpus, tools)
        for done, line in enumerate(lines, start=1):
            yield ranker.rank(line, at=self._clock(), limit=limit)
            if progress:
                progress(done, len(lines), line.id)

    def candidates_in(
        self, document: Document, lines: Iterable[Provision], *, limit: int = LIMIT
    ) -> Iterator[Found]:
        """Look for evidence for lines of a document that need not stand in the register."""
        tools = Tools(self._tagger, sentence_spans, load_cues(), load_weights())
        ranker = Ranker(document, self._corpus, tools)
        for line in lines:
            yield ranker.rank(line, at=self._clock(), limit=limit)

    def _lines(self, slug: str, provisions: Sequence[str], kinds: Sequence[Kind]) -> list[Provision]:
        wanted = Query(documents=(slug,), kinds=() if provisions else tuple(kinds), limit=None)
        entries = self._register.provisions(wanted).entries
        if not provisions:
            return [entry.provision for entry in entries if entry.state is not ReviewState.REJECTED]
        known = {entry.provision.id: entry.provision for entry in entries}
        for identifier in provisions:
            if identifier not in known:
                raise NotOfDocumentError(identifier, slug)
        return [known[identifier] for identifier in provisions]

    def _take_in_register(self) -> None:
        """Index the documents of the register that are new or have another version, and forget those that went."""
        marks = {one.slug: sha256_of_text(f"{one.slug} {one.version}") for one in self._register.each_document()}
        known = self._corpus.register_hashes()
        if gone := [slug for slug in known if slug not in marks]:
            self._corpus.forget(gone)
        stale = [slug for slug, mark in marks.items() if known.get(slug) != mark]
        for start in range(0, len(stale), BATCH_PAGES):
            batch = [self._document_page(slug, marks[slug]) for slug in stale[start : start + BATCH_PAGES]]
            self._corpus.add([self._indexed(page) for page in batch])

    def _document_page(self, slug: str, mark: str) -> CorpusPage:
        document = self._register.document(slug)
        return CorpusPage(slug, document.text, document.title, document.date, document.source, REGISTER, mark)


def _batches(pages: Iterable[CorpusPage | Problem], tally: _Tally) -> Iterator[list[CorpusPage]]:
    """Yield pages in batches; problems go to the tally."""
    batch: list[CorpusPage] = []
    size = 0
    for page in pages:
        if isinstance(page, Problem):
            tally.problems.append(page)
            continue
        batch.append(page)
        size += len(page.text)
        if len(batch) >= BATCH_PAGES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _overwritten(batch: Sequence[CorpusPage], latest: dict[str, CorpusPage]) -> list[CorpusPage]:
    """Return the pages whose id a later page of the same batch has, with another content."""
    return [page for page in batch if latest[page.id].sha256 != page.sha256]


def _lines_of(path: Path) -> Iterator[CorpusPage | Problem]:
    """Yield the pages of a file of JSON lines; one that breaks off gives what stood before."""
    done = 0
    try:
        with path.open("rb") as stream:
            for page in pages_in(_unpacked(stream), str(path)):
                done += isinstance(page, CorpusPage)
                yield page
    except (EOFError, OSError, zlib.error) as fault:
        yield cut_short(str(path), done, str(fault))


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream, unpacked where it is packed; the end of a line that never ends is cut off."""
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    lines = gzip.GzipFile(fileobj=stream) if packed else stream
    while line := lines.readline(LARGEST_LINE):
        yield line


def _documents_of(name: str) -> Iterator[CorpusPage | Problem]:
    """Yield what the reading room makes of an input, as pages."""
    for result in read_inputs([name], ReadSettings()):
        yield from (found for found in result.problems if found.severity is not Severity.NOTE)
        if result.document is not None:
            yield _page_of(result.document, name)


def _page_of(document: Document, name: str) -> CorpusPage:
    return with_hash(
        CorpusPage(document.slug, document.text, document.title, document.date, document.source, name)
    )
