"""A provision: who commits to, must, must not, may, or is advised to do what; pinned to its sentence.

The component names follow Institutional Grammar 2.0 (Attributes = actors, Deontic = trigger, Aim, Object,
Context = deadline and conditions); force follows the obligation dimension of Abbott, Keohane, Moravcsik,
Slaughter and Snidal, "The Concept of Legalization" (2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.model.document import Language
from dragoman.model.quote import Quote


class Kind(StrEnum):
    """What the clause does; exactly one per provision."""

    COMMITMENT = "commitment"
    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"


class DeadlineKind(StrEnum):
    """How a deadline is given."""

    BY = "by"
    ON = "on"
    FROM = "from"
    RECURRING = "recurring"
    VAGUE = "vague"


class Bound(StrEnum):
    """How an amount of money is given."""

    EXACT = "exact"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an act is due.

    Attributes:
        text: the words, exactly as in the document.
        kind: see `DeadlineKind`.
        date: last day allowed, resolved against the document's date; None where it cannot be resolved.
        every: ISO 8601 duration of a recurring duty ("P6M"), else None.
        event: the event a deadline hangs on where it is not the document itself ("公开征集提案"), else "".
        start: offset of `text` in the document.
    """

    text: str
    kind: DeadlineKind
    date: date | None = None
    every: str | None = None
    event: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money.

    Attributes:
        text: the words, exactly as in the document.
        value: in whole and decimal units of `currency`, written as a decimal string ("1500000000").
        currency: ISO 4217 code.
        bound: exact, up to, at least, about.
        start: offset of `text` in the document.
    """

    text: str
    value: str
    currency: str
    bound: Bound
    start: int


@dataclass(frozen=True, slots=True)
class Why:
    """Where a field's value was read, and which rule or weight made it.

    Attributes:
        field: name of the provision's field ("kind", "actors", "deadline", ...).
        value: the value this reason is for, as text (one actor, one tag), "" for the whole field.
        rule: name of the rule, lexicon entry or weight ("trigger:will", "actor:we>parties", ...).
        start, end: the span it was read from; -1, -1 where the value comes from metadata alone.
    """

    field: str
    value: str
    rule: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Legalization:
    """Obligation, precision and delegation on 0-4 anchors (Abbott et al. 2000), each with its reason."""

    obligation: int
    precision: int
    delegation: int
    reasons: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of the register, as one coder sees it. Field meanings: docs/provisions.md.

    Attributes:
        id: stable over re-reading, see `dragoman.model.identity.provision_id`.
        doc: slug of the document.
        start, end: offsets of the sentence or list item.
        trigger, trigger_start: the shortest words that carry the kind, and their offset.
        kind: see `Kind`.
        force: 4 binding, 3 firm, 2 intended, 1 exploratory.
        quote: the sentence with prefix, suffix and hash (W3C TextQuoteSelector).
        language: language of the sentence.
        section: path of section titles.
        actors: who acts (IG Attributes), canonical names.
        counterparties: toward or with whom.
        aim: main verb phrase of the act, in the text's language.
        object: direct object of the aim (IG Direct Object), "" where none was found.
        technologies, instruments: tags of data/lexicons/technologies and instruments.
        deadline: when, or None.
        conditions: text of a stated condition, or None.
        amounts: sums of money named in the clause.
        legalization: profile, or None where it was not computed.
        confidence: calibrated probability that the line is a provision of this kind, 0-1.
        why: reasons, field by field.
        coder: who made the line: "grammar/<version>", "person/<name>", "model/<name>".
    """

    id: str
    doc: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    kind: Kind
    force: int
    quote: Quote
    language: Language
    section: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    aim: str = ""
    object: str = ""
    technologies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    deadline: Deadline | None = None
    conditions: str | None = None
    amounts: tuple[Amount, ...] = ()
    legalization: Legalization | None = None
    confidence: float = 1.0
    why: tuple[Why, ...] = ()
    coder: str = "grammar"
