"""The nouns of the house: frozen dataclasses and enums, no logic beyond identity; standard library only."""

from __future__ import annotations

from dragoman.model.document import (
    Block,
    BlockKind,
    Document,
    Language,
    Run,
    Section,
    Sentence,
)
from dragoman.model.errors import (
    ConflictError,
    DataPackError,
    DragomanError,
    NotFoundError,
    StoreError,
    UsageError,
)
from dragoman.model.problem import Problem, Severity
from dragoman.model.provision import (
    Amount,
    Bound,
    Deadline,
    DeadlineKind,
    Kind,
    Legalization,
    Provision,
    Why,
)
from dragoman.model.query import (
    CodeOutcome,
    DocumentSummary,
    Facets,
    Page,
    Query,
    ReadOutcome,
    SearchHit,
    SearchPage,
)
from dragoman.model.quote import Quote, quote_at
from dragoman.model.review import Entry, Review, ReviewState

__all__ = [
    "Amount",
    "Block",
    "BlockKind",
    "Bound",
    "CodeOutcome",
    "ConflictError",
    "DataPackError",
    "Deadline",
    "DeadlineKind",
    "Document",
    "DocumentSummary",
    "DragomanError",
    "Entry",
    "Facets",
    "Kind",
    "Language",
    "Legalization",
    "NotFoundError",
    "Page",
    "Problem",
    "Provision",
    "Query",
    "Quote",
    "ReadOutcome",
    "Review",
    "ReviewState",
    "Run",
    "SearchHit",
    "SearchPage",
    "Section",
    "Sentence",
    "Severity",
    "StoreError",
    "UsageError",
    "Why",
    "quote_at",
]
