"""Read short texts of our own the way the extractor does, for the tests of the English grammar."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import read_context
from dragoman.extract.en.propose import propose
from dragoman.extract.view import View, views_of
from dragoman.lexicon import load_lexicon
from dragoman.model import BlockKind, Document
from dragoman.read import read_text

JOINT = "joint statement"
DOUBT = "doubt:"


def document_of(text: str, kind: str = JOINT) -> Document:
    """Return a text as a document of a kind; a joint one is spoken by two parties."""
    parties = ["United States", "United Kingdom"] if kind == JOINT else ["United States"]
    return read_text(text, slug="case", metadata={"kind": kind, "parties": parties, "languages": ["en"]})


def proposals(document: Document) -> Iterator[tuple[View, Candidate]]:
    """Yield every candidate of a document with its sentence, doubted ones included."""
    lexicon = load_lexicon()
    context = read_context(document, lexicon)
    for view in views_of(document, lexicon):
        if view.sentence.kind is not BlockKind.HEADING:
            for candidate in propose(view, context):
                yield view, candidate


def is_sure(candidate: Candidate) -> bool:
    """Return whether the grammar itself would keep a candidate."""
    return not any(feature.startswith(DOUBT) for feature in candidate.features)
