"""Rules: a condition over typed facts, with its citation, its dates and how sure the rule itself is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FactType(StrEnum):
    """The type of a fact. An unknown fact is absent, whatever its type."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    INTEGER = "integer"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    """One of the fact's options."""
    CHOICES = "choices"
    """A set of the fact's options; the set is known as a whole or not at all."""
    COUNTRY = "country"
    """An ISO 3166-1 alpha-2 code."""
    COUNTRIES = "countries"
    """A set of such codes."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence in the two languages of the interface."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """Return the sentence in a language ("en" or "zh")."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class FactSchema:
    """What a fact is and how it is asked for.

    Attributes:
        name: as in conditions; lower case with underscores.
        type: see `FactType`.
        question: the question put to a person.
        each: the collection whose members carry it ("items", "parties", "destinations", "flows"); "" for the case.
        unit: of a number ("USD", "mm2", "persons", ...); values with another unit are refused.
        options: of a choice, in the order shown, each with its words.
        help: what counts, and where the value is usually found.
        formula: of a derived fact: an expression over other facts that gives its value where those are known.
        minimum, maximum: bounds of a number, inclusive.
    """

    name: str
    type: FactType
    question: Bilingual
    each: str = ""
    unit: str = ""
    options: tuple[tuple[str, Bilingual], ...] = ()
    help: Bilingual | None = None
    formula: str = ""
    minimum: float | None = None
    maximum: float | None = None


class Force(StrEnum):
    """What it means for a case when a rule that bears on it is not met."""

    MUST = "must"
    """The case fails."""
    PRESUMPTION = "presumption"
    """The case must argue the point; it does not fail."""
    OPTION = "option"
    """An offer (a tool, an exemption) is not open to the case."""
    NOTICE = "notice"
    """A person should look; nothing follows by itself."""


class Standing(StrEnum):
    """Whether a version of a rule is applied on the day asked for."""

    IN_FORCE = "in force"
    NOT_ENFORCED = "not enforced"
    """Codified, but the authority says that it does not enforce it: reported beside the outcome, not counted."""
    SUSPENDED = "suspended"
    """Stayed by a dated act: reported, not counted."""
    UNSETTLED = "unsettled"
    """The public record does not settle whether it applies: `not met` counts as unknown in the outcome."""
    PROPOSED = "proposed"
    """Agreed or tabled, not yet binding: reported, not counted."""


class Confidence(StrEnum):
    """How sure the rule itself is."""

    SEEN = "seen"
    """The primary text was read."""
    SECONDARY = "secondary"
    """Read in a law firm's note, a press report, an extract by others."""
    UNVERIFIED = "unverified"
    """From memory or a single weak source: verify before relying on it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The sentence of a document that a rule implements.

    Attributes:
        doc: slug of the document.
        section: of the document, as people cite it ("Sec. 3(b)(i)(A)").
        quote: exact words of the document; kept short; "" where the document may not be quoted here, then
            `sha256` is the hash of the sentence (UTF-8) and `start`, `end` its offsets.
        start, end: offsets of the sentence; None where it is found by its quote.
        sha256: of the sentence's text, so that a new version of the document is noticed; "" when not pinned.
    """

    doc: str
    section: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as it stands between two days.

    Attributes:
        since: first day, inclusive; None when it was always so as far as the pack knows.
        until: last day, inclusive; None while no end is known.
        standing: see `Standing`.
        applies: when the rule bears on a case; "" for always.
        requires: what must hold then; "" only for an empty slot, whose finding is always unknown.
        citation: as a lawyer cites it.
        url: where the citation can be read; "" when unknown.
        as_of: day on which the authors looked.
        confidence: see `Confidence`.
        note: what a reader must know of this version.
    """

    since: date | None
    until: date | None
    standing: Standing
    applies: str
    requires: str
    citation: str
    as_of: date
    confidence: Confidence
    url: str = ""
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack.

    Attributes:
        id: "pack/name".
        title: the rule in one sentence.
        force: see `Force`.
        jurisdiction: "US", "EU", "GB", "CN", or the name of an arrangement.
        each: the collections whose members it judges one by one, at most two (then each pair); () for the
            case itself.
        facts: names of the facts its conditions use, as the file declares them.
        versions: in order of their first day.
        exception_to: ids of the rules that do not bear on a case that meets this one.
        yields_to: ids of the rules that take this one's place where they apply.
        contradicts: ids of rules on the same matter that no precedence orders: when one is met and the other is
            not, both findings are a conflict.
        basis: sentences of documents that it implements.
        remedy: what a person does when it is not met.
        path, line: the file it stands in.
    """

    id: str
    title: Bilingual
    force: Force
    jurisdiction: str
    versions: tuple[Version, ...]
    each: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    exception_to: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    remedy: Bilingual | None = None
    path: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A named list of countries (or of other codes), which changes over time.

    Attributes:
        name: as in `group('D:1')`.
        title: what it is.
        versions: (first day or None, last day or None, members), in order; a day outside them is unknown.
        source, as_of, confidence: where the list was seen, when, and how sure it is.
    """

    name: str
    title: Bilingual
    versions: tuple[tuple[date | None, date | None, frozenset[str]], ...]
    source: str
    as_of: date
    confidence: Confidence

    def members(self, day: date) -> frozenset[str] | None:
        """Return the members on a day, None when the pack does not know that day."""
        for since, until, members in self.versions:
            if (since is None or since <= day) and (until is None or day <= until):
                return members
        return None
