"""Questions to the register and what comes back: plain values, so that faces and stores share them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from dragoman.model.document import Document, Language
from dragoman.model.problem import Problem
from dragoman.model.provision import Kind
from dragoman.model.review import Entry, ReviewState


@dataclass(frozen=True, slots=True)
class Query:
    """Filter over the lines of the register; empty means "all". Fields combine with AND, values with OR.

    Attributes:
        documents, kinds, actors, counterparties, technologies, instruments, forces, reviews,
            languages, coders: values that may stand in the field.
        due_from, due_to: window, inclusive, on the deadline's date.
        text: words to find in the sentence (full-text, see `Register.search`).
        order: "text" (document, then position) or "confidence" (most doubtful first).
        offset, limit: page; `limit` None returns all.
        after: id of the line behind which the page begins, "" for none; then `offset` counts from there.
        before: id of the line before which the page ends, "" for none; `after` and `offset` do not count then.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    actors: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    forces: tuple[int, ...] = ()
    reviews: tuple[ReviewState, ...] = ()
    languages: tuple[Language, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    order: str = "text"
    offset: int = 0
    limit: int | None = 50
    coders: tuple[str, ...] = ()
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a result and how many there are in all.

    Attributes:
        entries: the lines.
        total: how many there are in all.
        offset: of the first one.
        exact: False where a large register was not looked through for the total: there are at least so many.
    """

    entries: tuple[Entry, ...]
    total: int
    offset: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A sentence that holds the words asked for, whether or not it carries a provision.

    Attributes:
        doc, title: slug and title of its document.
        start, end: offsets of the sentence.
        text: the sentence.
        marks: offsets within `text` of the words found.
        provisions: ids of the provisions pinned to this sentence.
    """

    doc: str
    title: str
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some hits of a search and how many there are in all."""

    hits: tuple[SearchHit, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the library.

    Attributes:
        slug, title, date, kind, parties, languages, source, guessed: as in `Document`.
        version: number of the current version, from 1.
        read_at: when this version was read.
        sentences: number of sentences of the text (furniture and headings not counted).
        provisions: number of lines by kind (rejected ones not counted).
        reviewed: number of lines with a decision.
        problems: number of problems found while reading.
    """

    slug: str
    title: str
    date: date | None
    kind: str
    parties: tuple[str, ...]
    languages: tuple[Language, ...]
    source: str
    guessed: frozenset[str]
    version: int
    read_at: datetime
    sentences: int
    provisions: dict[Kind, int] = field(default_factory=dict)
    reviewed: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """Which part of the library is wanted.

    Attributes:
        words: all must stand in the title, the slug, the kind or a party; anywhere, whatever their case.
        sort: "title", "date", "kind", "provisions", "reviewed", "problems" or "read".
        descending: whether the largest comes first.
        offset, limit: page; `limit` None returns all.
        after: slug of the document behind which the page begins, "" for none; then `offset` counts from there.
    """

    words: str = ""
    sort: str = "date"
    descending: bool = False
    offset: int = 0
    limit: int | None = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Some documents of the library.

    Attributes:
        documents: in the order asked for.
        found: how many there are in all with the words.
        provisions: of those, rejected ones not counted.
        largest: most provisions of one of those.
        in_all: documents of the library.
        offset: of the page.
    """

    documents: tuple[DocumentSummary, ...]
    found: int
    provisions: int
    largest: int
    in_all: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version of a document: the text as it was read once; another text or other metadata makes another.

    Attributes:
        number: from 1.
        read_at: when it was read.
        source: path or address.
        title, date: its metadata.
        sha256, text_sha256: of the bytes and of the text.
        coder: the grammar that read it last.
        current: whether its lines are those of the register.
    """

    number: int
    read_at: datetime
    source: str
    title: str
    date: date | None
    sha256: str
    text_sha256: str
    coder: str
    current: bool


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of one input of a read.

    Attributes:
        source: path or address.
        doc: slug, or None where nothing could be read.
        status: "new", "version" (a changed text or changed metadata became a new version), "recoded" (the
            same version, lines found anew by another grammar), "unchanged" or "failed".
        document: the document, where one was read (not kept for large batches: may be None).
        sentences: number of sentences of the text.
        provisions: lines found, by kind.
        kept: provisions that stood in the last version too and keep their ids and reviews.
        problems: what was wrong or assumed.
    """

    source: str
    doc: str | None
    status: str
    document: Document | None = None
    sentences: int = 0
    provisions: dict[Kind, int] = field(default_factory=dict)
    kept: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """What became of a document that a further coder has looked at.

    Attributes:
        doc: slug.
        coder: "model/<name>".
        new: lines that nobody had; they are candidates now.
        shared: lines that another coder has too; they are kept beside its line.
        known: lines that this coder alone had already.
        problems: one for each line that was rejected.
    """

    doc: str
    coder: str
    new: int
    shared: int
    known: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """Values that occur in the register with their counts, for filters; most frequent first.

    Attributes:
        documents, kinds, actors, counterparties, technologies, instruments, forces, reviews, coders: values with
            the number of lines that have them.
        looked_at: lines that were counted, the first of the text, where all would be too many; None for all.
    """

    documents: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    actors: tuple[tuple[str, int], ...] = ()
    counterparties: tuple[tuple[str, int], ...] = ()
    technologies: tuple[tuple[str, int], ...] = ()
    instruments: tuple[tuple[str, int], ...] = ()
    forces: tuple[tuple[str, int], ...] = ()
    reviews: tuple[tuple[str, int], ...] = ()
    coders: tuple[tuple[str, int], ...] = ()
    looked_at: int | None = None
