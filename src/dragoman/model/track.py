"""Delivery: what is due, what evidence there is, and how a person assesses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class DueState(StrEnum):
    """Where an instance of a duty stands on a day."""

    OVERDUE = "overdue"
    DUE_30 = "due in 30 days"
    DUE_90 = "due in 90 days"
    LATER = "due later"
    DELIVERED = "delivered"
    """Accepted evidence or an assessment of +1 says so."""
    AWAITING = "awaiting event"
    """The deadline hangs on an event that is not recorded yet."""
    VAGUE = "vague"
    """The text gives a time that no calendar resolves."""
    UNDATED = "undated"


class Stance(StrEnum):
    """What a passage says of a commitment."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    CONTEXT = "context"


class Stage(StrEnum):
    """How far delivery has come; the first nine are a ladder, the last three take something off it."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    AUTHORIZED = "authorized"
    BUDGETED = "budgeted"
    FUNDED = "funded"
    CONTRACTED = "contracted"
    LAUNCHED = "launched"
    OPERATIONAL = "operational"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    REPEALED = "repealed"
    OVERTAKEN = "overtaken"
    """By another law or instrument."""


class DueRule(StrEnum):
    """How the day of a duty came about."""

    STATED = "stated"
    """The text names the day, month, season or year."""
    RELATIVE = "after the document"
    """A period after the document's own date."""
    RECURRING = "recurring"
    """A multiple of the period after the document's date, or after the first day named."""
    EVENT = "after an event"
    """The day of a recorded event, or a period before or after it."""
    NONE = "no day"


class EvidenceState(StrEnum):
    """What a person decided about a piece of evidence."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """Accepted once; the source took it back. It stays in the history and counts no more."""


class Completion(StrEnum):
    """OGP IRM's levels of completion (opengovpartnership.org/glossary)."""

    NO_EVIDENCE = "no evidence available"
    NOT_STARTED = "not started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, on which deadlines may hang.

    Attributes:
        name: as the deadline's text calls it.
        day: when it happened.
        doc: document whose deadlines it resolves; "" for all that name it.
        source: address or reference.
        recorded_by, recorded: by whom and when it was entered.
        id: short, stable; "" before it is kept.
        aliases: other words for it, for instance in another language.
        provisions: lines whose deadline a person says it resolves, whatever their words.
        withdrawn: whether it was taken back; then it resolves nothing and stays in the history.
        reason: why it was entered or taken back.
    """

    name: str
    day: date
    doc: str = ""
    source: str = ""
    recorded_by: str = ""
    recorded: datetime | None = None
    id: str = ""
    aliases: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    withdrawn: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One instance of a commitment or obligation on the board.

    Attributes:
        provision: its id.
        instance: 1, 2, ... of a recurring duty; 0 for a duty that does not recur.
        due: the day; None where there is none.
        basis: how the day came about ("stated", "90 days after the document", "event: call, 2026-04-01", ...).
        state: on the day asked for.
        days: days until due, negative when overdue; None without a day.
        rule: the same as `basis`, to be shown in another language with the next three.
        start: the day that is counted from: of the document, the first instance or the event; None where the
            text states the day.
        period: ISO 8601 duration that is counted, "-P30D" before an event; "" where none is.
        event: name of the event, as recorded, or as the deadline calls it where none is recorded.
        begins: whether the day is the one on which the act begins.
    """

    provision: str
    instance: int
    due: date | None
    basis: str
    state: DueState
    days: int | None = None
    rule: DueRule = DueRule.NONE
    start: date | None = None
    period: str = ""
    event: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be evidence for a commitment.

    Attributes:
        page: slug of the document or id of the corpus page it stands in.
        score: 0 to 1; comparable within one commitment.
        quote: the sentence.
        start, end: its offsets in the page's text.
        why: reasons for its rank: (feature, words it shares, share of the score).
        title, day, address: of the page.
        stance, stage: proposed for a person to confirm.
    """

    page: str
    score: float
    quote: str
    start: int
    end: int
    why: tuple[tuple[str, str, float], ...]
    title: str = ""
    day: date | None = None
    address: str = ""
    stance: Stance = Stance.CONTEXT
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence that is kept.

    Attributes:
        id: short, stable.
        provision: the commitment.
        quote, page, start, end: the passage; "" and -1 where only a link or a file was given.
        address: link or file.
        day: date of the source.
        stance, stage: as confirmed.
        by_party: the party that says it of itself; "" for an independent source.
        state: see `EvidenceState`.
        added_by, added, note: by whom, when, why.
        instance: which instance of a recurring duty it is about; 0 for that in whose time `day` falls.
        sha256: of the file's bytes, where a file was given; they are kept in the workspace under this name.
    """

    id: str
    provision: str
    stance: Stance
    state: EvidenceState
    quote: str = ""
    page: str = ""
    start: int = -1
    end: int = -1
    address: str = ""
    day: date | None = None
    stage: Stage | None = None
    by_party: str = ""
    added_by: str = ""
    added: datetime | None = None
    note: str = ""
    instance: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One step in the history of a piece of evidence: nothing is overwritten.

    Attributes:
        evidence: the piece as it stood after the step.
        by, at, reason: who did it, when, why.
    """

    evidence: Evidence
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A report as it was saved, so that the next one can say what has changed.

    Attributes:
        doc: slug of the document.
        as_of: day of the report.
        made: when it was saved.
        made_by: who saved it, "" where nobody is named.
        content: its figures and lines, as JSON.
        sha256: of `content` in its canonical form (sorted keys, no blanks).
    """

    doc: str
    as_of: date
    made: datetime
    made_by: str
    content: Mapping[str, Any]
    sha256: str


@dataclass(frozen=True, slots=True)
class Search:
    """A recorded search, so that "no evidence found" says where and until when somebody looked.

    Attributes:
        provision: the commitment.
        sources: what was searched (corpora with their number of pages, the register).
        terms: what was looked for.
        until: date of the newest page searched.
        made: when.
        found: number of candidates above the threshold.
    """

    provision: str
    sources: tuple[str, ...]
    terms: tuple[str, ...]
    until: date | None
    made: datetime
    found: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """A person's verdict on a commitment.

    Attributes:
        provision: the commitment.
        party: whose compliance is scored; "" for all together.
        score: -1, 0, +1 (G7/G20 Research Group); None for n/a.
        completion: OGP IRM's level, where given.
        guideline: what the three scores mean for this commitment.
        author, reviewer: two people where there are two; a reviewer is never the author.
        reason: why.
        as_of: day up to which evidence was considered.
        made: when.
    """

    provision: str
    score: int | None
    author: str
    as_of: date
    party: str = ""
    completion: Completion | None = None
    guideline: str = ""
    reviewer: str = ""
    reason: str = ""
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of one commitment on a day.

    Attributes:
        provision: its id.
        due: its instances.
        claimed: furthest stage that a party says of itself.
        verified: furthest stage that accepted independent evidence supports.
        evidence: accepted pieces.
        search: the last recorded search.
        assessments: the last one of each party.
    """

    provision: str
    due: tuple[DueItem, ...]
    claimed: Stage | None
    verified: Stage | None
    evidence: tuple[Evidence, ...]
    search: Search | None
    assessments: tuple[Assessment, ...]
