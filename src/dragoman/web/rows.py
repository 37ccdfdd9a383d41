"""The answers of the JSON API, described for OpenAPI; provisions stand in the interchange format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dragoman.model import (
    BlockKind,
    Document,
    DocumentSummary,
    DocumentVersion,
    Entry,
    Kind,
    Language,
    Page,
    Problem,
    ReadOutcome,
    Review,
    ReviewState,
    SearchHit,
    SearchPage,
    Sentence,
)
from dragoman.model.interchange import entry_to_row, why_to_row
from dragoman.web.render import permalink


class ProblemDocument(BaseModel):
    """An error (RFC 9457), with what to do about it in `remedy`."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="short name of the error, for programs", examples=["no-such-line"])
    remedy: str = Field(description="what can be done about it")
    position: str | None = Field(
        default=None, description="where in the request it is", examples=["query.limit", "body.parties.0.name"]
    )
    instance: str


class DocumentRow(BaseModel):
    """A line of the library."""

    slug: str
    title: str
    date: date | None
    kind: str
    parties: list[str]
    languages: list[Language]
    source: str
    guessed: list[str] = Field(description="metadata fields that were found in the text by rule")
    version: int
    read_at: datetime
    sentences: int
    provisions: dict[Kind, int] = Field(description="lines by kind, rejected ones not counted")
    reviewed: int
    problems: int


class BlockRow(BaseModel):
    """A block of a document."""

    start: int
    end: int
    kind: BlockKind
    level: int
    marker: str
    page: int | None
    stem: int | None
    role: str


class SectionRow(BaseModel):
    """A section of a document."""

    start: int
    end: int
    title: str
    number: str
    level: int
    path: list[str]


class RunRow(BaseModel):
    """A stretch of the text in one language."""

    start: int
    end: int
    language: Language


class SentenceRow(BaseModel):
    """A sentence of a document."""

    index: int
    start: int
    end: int
    language: Language
    block: int
    kind: BlockKind
    section: list[str]
    stem: int | None
    first: bool


class DocumentText(BaseModel):
    """A document with its text and structure; offsets count code points, the end exclusive."""

    slug: str
    title: str
    date: date | None
    kind: str
    parties: list[str]
    languages: list[Language]
    source: str
    sha256: str
    text_sha256: str
    media_type: str
    work: str
    guessed: list[str]
    text: str
    runs: list[RunRow]
    blocks: list[BlockRow]
    sections: list[SectionRow]
    sentences: list[SentenceRow]


class VersionRow(BaseModel):
    """A version of a document."""

    number: int
    read_at: datetime
    source: str
    title: str
    date: date | None
    sha256: str
    text_sha256: str
    coder: str
    current: bool


class WhyRow(BaseModel):
    """Where a field was read, and by which rule; -1 where it comes from the metadata."""

    field: str
    value: str
    rule: str
    start: int
    end: int


class ReviewRow(BaseModel):
    """A decision."""

    provision: str
    state: ReviewState
    reviewer: str
    at: datetime
    reason: str


class Line(BaseModel):
    """A line of the register: the provision in the interchange format, and what goes with it."""

    provision: dict[str, Any] = Field(description="the interchange format, see docs/provisions.md")
    state: ReviewState
    version: int = Field(description="version of the document in which it stands")
    permalink: str
    why: list[WhyRow]
    review: ReviewRow | None


class SentenceLines(BaseModel):
    """A sentence with its words, and the lines that were read from it."""

    document: str
    sentence: SentenceRow
    text: str
    lines: list[Line]


class Lines(BaseModel):
    """Some lines of the register and how many there are in all."""

    total: int
    exact: bool = Field(
        description="false where there are at least so many: a large register is not looked through"
    )
    offset: int
    lines: list[Line]


class History(BaseModel):
    """Every coder's line and every decision, oldest first."""

    lines: list[Line]
    reviews: list[ReviewRow]


class Hit(BaseModel):
    """A sentence that holds the words; `marks` are offsets in `text`."""

    doc: str
    title: str
    start: int
    end: int
    text: str
    marks: list[tuple[int, int]]
    provisions: list[str]


class Hits(BaseModel):
    """Some hits of a search and how many there are in all."""

    total: int
    offset: int
    hits: list[Hit]


class ProblemRow(BaseModel):
    """Something wrong or assumed in a text."""

    code: str
    severity: str
    message: str
    remedy: str
    source: str
    doc: str | None
    start: int | None
    end: int | None
    page: int | None


class OutcomeRow(BaseModel):
    """What became of one input."""

    source: str
    doc: str | None
    status: str = Field(description="new, version, unchanged or failed")
    sentences: int
    provisions: dict[Kind, int]
    kept: int
    problems: list[ProblemRow]


class DecisionBody(BaseModel):
    """A decision to record."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"state": "edited", "reviewer": "Mara", "reason": "weaker", "changes": {"force": 2}}]
        }
    )

    state: ReviewState
    reviewer: str = Field(min_length=1, max_length=200)
    reason: str = Field(default="", max_length=10_000)
    changes: dict[str, Any] | None = Field(
        default=None, description="fields of the interchange format, for an edit"
    )
    expected: ReviewState | None = Field(default=None, description="the state seen; 409 if it is another by now")


class AddressBody(BaseModel):
    """A web address to read."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"address": "https://example.org/declaration.html"}]}
    )

    address: str = Field(max_length=4000)


def document_row(document: DocumentSummary) -> DocumentRow:
    """Return a line of the library."""
    return DocumentRow.model_validate({**asdict(document), "guessed": sorted(document.guessed)})


def document_text(document: Document) -> DocumentText:
    """Return a document with its text."""
    return DocumentText.model_validate({**asdict(document), "guessed": sorted(document.guessed)})


def version_row(version: DocumentVersion) -> VersionRow:
    """Return a version of a document."""
    return VersionRow.model_validate(asdict(version))


def sentence_lines(document: Document, sentence: Sentence, entries: Iterable[Entry]) -> SentenceLines:
    """Return a sentence with its lines."""
    return SentenceLines(
        document=document.slug,
        sentence=SentenceRow.model_validate(asdict(sentence)),
        text=document.slice(sentence.start, sentence.end),
        lines=[line(entry) for entry in entries],
    )


def review_row(review: Review) -> ReviewRow:
    """Return a decision."""
    return ReviewRow.model_validate(asdict(review))


def line(entry: Entry) -> Line:
    """Return a line of the register."""
    return Line(
        provision=entry_to_row(entry),
        state=entry.state,
        version=entry.version,
        permalink=permalink(entry.provision),
        why=[WhyRow(**why_to_row(why)) for why in entry.provision.why],
        review=review_row(entry.review) if entry.review else None,
    )


def lines(page: Page, offset: int | None = None) -> Lines:
    """Return a page of the register, which begins at an offset."""
    start = page.offset if offset is None else offset
    shown = [line(entry) for entry in page.entries]
    return Lines(total=page.total, exact=page.exact, offset=start, lines=shown)


def hits(page: SearchPage) -> Hits:
    """Return a page of a search."""
    return Hits.model_validate(asdict(page))


def hit(found: SearchHit) -> Hit:
    """Return a hit of a search."""
    return Hit.model_validate(asdict(found))


def problem_row(problem: Problem) -> ProblemRow:
    """Return a problem."""
    return ProblemRow.model_validate(asdict(problem))


def outcome_row(outcome: ReadOutcome) -> OutcomeRow:
    """Return what became of an input, without the document itself."""
    return OutcomeRow(
        source=outcome.source,
        doc=outcome.doc,
        status=outcome.status,
        sentences=outcome.sentences,
        provisions=outcome.provisions,
        kept=outcome.kept,
        problems=[problem_row(problem) for problem in outcome.problems],
    )
