"""The two language versions of one text, sentence beside sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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
        by: who set it by hand, "" where it was computed.
    """

    en: tuple[Span, ...]
    zh: tuple[Span, ...]
    confidence: float
    by: str = ""

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
        means: what was used besides signs and lengths: "dictionary", "encoder".
    """

    english: Document
    chinese: Document
    links: tuple[Link, ...]
    score: float
    problems: tuple[Problem, ...] = ()
    means: tuple[str, ...] = ()

    def words(self, link: Link) -> tuple[str, str]:
        """Return the English and the Chinese words of a link; sentences are joined as their language does."""
        english = " ".join(self.english.slice(*span) for span in link.en)
        return english, "".join(self.chinese.slice(*span) for span in link.zh)


class LinkAction(StrEnum):
    """What a person does with links."""

    LINK = "link"
    UNLINK = "unlink"


@dataclass(frozen=True, slots=True)
class LinkCorrection:
    """What a person says of sentences of two versions: that they belong together, or that this was wrong.

    Attributes:
        english, chinese: slugs of the documents; one and the same where both versions stand in one text.
        texts: SHA-256 of the texts it was made on, English first.
        action: whether the sentences are linked, or what was said of them before is taken back.
        en, zh: offsets of the sentences; an empty side says that the others stand alone.
        person: who says so.
        reason: why.
        at: when.
    """

    english: str
    chinese: str
    texts: tuple[str, str]
    action: LinkAction
    en: tuple[Span, ...]
    zh: tuple[Span, ...]
    person: str
    reason: str
    at: datetime

    def touches(self, other: LinkCorrection) -> bool:
        """Return whether two corrections are about a sentence of the same two texts."""
        same = self.texts == other.texts
        return same and not (set(self.en).isdisjoint(other.en) and set(self.zh).isdisjoint(other.zh))


def link_to_row(link: Link) -> Mapping[str, Any]:
    """Return a link as JSON can hold it; "by" only where a person set it."""
    row: dict[str, Any] = {
        "en": [list(span) for span in link.en],
        "zh": [list(span) for span in link.zh],
        "confidence": link.confidence,
    }
    return {**row, "by": link.by} if link.by else row


def correction_to_row(correction: LinkCorrection) -> Mapping[str, Any]:
    """Return a correction as JSON can hold it."""
    return {
        "action": correction.action.value,
        "en": [list(span) for span in correction.en],
        "zh": [list(span) for span in correction.zh],
        "by": correction.person,
        "at": correction.at.isoformat(),
        "reason": correction.reason,
    }
