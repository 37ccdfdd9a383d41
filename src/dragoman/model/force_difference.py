"""Where the two versions of a sentence differ in what they bind to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dragoman.model.bilingual import Alignment, Span
from dragoman.model.document import Language


class Gravity(StrEnum):
    """How serious a difference is, the most serious first.

    MAJOR: another obligation, negation, condition, figure or actor. CONTENT: other words of substance. MINOR: a
    shade, a standard rendering, or a term that the text renders in several ways.
    """

    MAJOR = "major"
    CONTENT = "content"
    MINOR = "minor"


class Direction(StrEnum):
    """How the Chinese stands to the English."""

    WEAKER = "weaker"
    STRONGER = "stronger"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that differs.

    Attributes:
        gravity: how serious.
        kind: "commitment", "obligation", "negation", "deadline", "scope", "condition", "hedge", "number", "name",
            "omission", ...; docs/terms.md lists them.
        reasons: a sentence in each language.
        direction: how the Chinese stands to the English.
        en, zh: the words that differ, "" where one version has none.
    """

    gravity: Gravity
    kind: str
    reasons: Mapping[Language, str]
    direction: Direction = Direction.NONE
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class ForceDifference:
    """A pair of sentences that differ, with all that differs in them.

    Attributes:
        en, zh: offsets of the sentences; empty (start = end) where a version leaves the sentence out.
        link: number of the link in the alignment, from 0.
        remarks: what differs, the gravest first.
    """

    en: Span
    zh: Span
    link: int
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def gravity(self) -> Gravity:
        """The gravest of the remarks."""
        return self.remarks[0].gravity

    @property
    def kind(self) -> str:
        """Of the gravest remark."""
        return self.remarks[0].kind

    def reason(self, language: Language) -> str:
        """Return all reasons in a language of the interface."""
        return "; ".join(dict.fromkeys(remark.reasons[language] for remark in self.remarks))


@dataclass(frozen=True, slots=True)
class ForceReport:
    """The differences of two versions, the most serious first.

    Attributes:
        alignment: of the versions, with what is wrong with them.
        differences: sentence by sentence.
        checked: how many links with two sides were looked at.
    """

    alignment: Alignment
    differences: tuple[ForceDifference, ...]
    checked: int


def difference_to_row(difference: ForceDifference) -> Mapping[str, Any]:
    """Return a difference as JSON can hold it."""
    return {
        "en": list(difference.en),
        "zh": list(difference.zh),
        "severity": difference.gravity.value,
        "kind": difference.kind,
        "reason": difference.reason(Language.EN),
    }
