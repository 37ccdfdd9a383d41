"""The two language versions of one text, sentence beside sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.model.document import Document
from dragoman.model.problem import Problem

Span = tuple[int, int]
"""Start and end in the text of a document, end exclusive."""


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences that say the same; one side is empty where the other version leaves them out.

    Attributes:
        en, zh: their offsets, in text order.
        confidence: 0 to 1.
    """

    en: tuple[Span, ...]
    zh: tuple[Span, ...]
    confidence: float

    @property
    def shape(self) -> str:
        """How many sentences stand on each side: "1-1", "2-1"."""
        return f"{len(self.en)}-{len(self.zh)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """What aligning two versions gave.

    Attributes:
        english, chinese: the documents; one and the same where both versions stand in one text.
        links: in the order of the English sentences, those of Chinese sentences alone where they stand;
            every sentence of either version is in exactly one.
        score: 0 to 1, how far the versions say the same: the share of their text in sure links.
        problems: of the two versions.
    """

    english: Document
    chinese: Document
    links: tuple[Link, ...]
    score: float
    problems: tuple[Problem, ...] = ()

    def words(self, link: Link) -> tuple[str, str]:
        """Return the English and the Chinese words of a link; sentences are joined as their language does."""
        english = " ".join(self.english.slice(*span) for span in link.en)
        return english, "".join(self.chinese.slice(*span) for span in link.zh)


def link_to_row(link: Link) -> Mapping[str, Any]:
    """Return a link as JSON can hold it."""
    return {
        "en": [list(span) for span in link.en],
        "zh": [list(span) for span in link.zh],
        "confidence": link.confidence,
    }
