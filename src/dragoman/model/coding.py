"""Team coding: who codes which document, what each found, where they differ, and what was decided.

Coding is blind: until all coders of a document are done, or a coordinator opens it, nobody sees another's lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from dragoman.model.interchange import deadline_to_row, provision_to_row
from dragoman.model.problem import Problem
from dragoman.model.provision import Provision
from dragoman.model.review import Entry, ReviewState

GRAMMAR, ARBITRATED = "grammar", "arbitrated"
"""Names of two coders that are no persons: the grammar, and what the team agreed on."""
FIELDS = ("kind", "force", "actors", "counterparties", "technologies", "instruments", "deadline")
"""Fields on which coders are compared, under their names of the interchange format."""
SPANS_EXACT, SPANS_OVERLAP, SENTENCES = "spans, exact", "spans, overlap", "sentences"
"""What is compared besides the fields."""
MEASURES = (SPANS_EXACT, SPANS_OVERLAP, SENTENCES, *FIELDS)
"""All that is compared, in the order of a report."""
NO_LINE, OWN = "nobody", "own"
"""Choices of an arbiter besides a coder's name: there is no provision here; a line of the arbiter's own."""
GOLD_FIELDS = (
    "doc", "start", "end", "trigger", "kind", "actors", "counterparties", "aim", "technologies", "instruments",
    "force", "deadline", "conditions", "trigger_start",
)  # fmt: skip
"""Fields of a gold line, in their order; a line of the interchange format has them all."""


class CodingAct(StrEnum):
    """What a step of team coding does."""

    ASSIGN = "assign"
    """A document to a coder."""
    WITHDRAW = "withdraw"
    """Takes an assignment back; the lines stay in the history."""
    SET = "set"
    """A line, new or changed."""
    REMOVE = "remove"
    """A line."""
    DONE = "done"
    """The coder has finished."""
    REOPEN = "reopen"
    """The coder may go on; the document is blind again."""
    OPEN = "open"
    """Lets all lines of a document be seen before all are done."""
    DECIDE = "decide"
    """A difference between coders."""
    ADOPT = "adopt"
    """What the team agrees on becomes decisions of the register."""


class CodingState(StrEnum):
    """Where the coding of a document by one coder stands."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CodingStep:
    """One step; none is ever changed or removed.

    Attributes:
        number: from 1; 0 before it is kept.
        act: what it does.
        doc: slug of the document.
        coder: whose coding it is about; "" for the whole document.
        unit: number of the step that made the line; 0 for a new line, or where it is about none.
        line: what a line is from now on; for a decision the line that stands, None where none does.
        values: by act - assign: `version`; set: `labels`; decide: `key`, `seen` (a hash of the codings that were
            decided on), `choice`; adopt: how many lines by `Adoption`.
        by: who.
        at: when, with time zone.
        reason: why; for a line the coder's own reason.
    """

    number: int
    act: CodingAct
    doc: str
    coder: str
    by: str
    at: datetime
    reason: str = ""
    unit: int = 0
    line: Provision | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodedLine:
    """A line as one coder has it.

    Attributes:
        unit: its number, which stays when it is changed; 0 for a line of the grammar.
        line: the line.
        reason: why the coder codes so, "" where nothing was said.
        labels: codes of an import that stand for no field of ours.
    """

    unit: int
    line: Provision
    reason: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A document given to a coder.

    Attributes:
        doc: slug.
        coder: who codes.
        state: open or done.
        lines: how many the coder has.
        by: who gave it.
        at: when.
        changed: when the coder last did something, None for never.
    """

    doc: str
    coder: str
    state: CodingState
    lines: int
    by: str
    at: datetime
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A document that is coded by a team.

    Attributes:
        doc, title: of the document.
        version: number of the version that all of them code.
        newest: number of the newest version of the document.
        assignments: by coder.
        blind: whether nobody may see another's lines.
        early: whether a coordinator opened it before all were done.
    """

    doc: str
    title: str
    version: int
    newest: int
    assignments: tuple[Assignment, ...]
    blind: bool
    early: bool = False

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders."""
        return tuple(one.coder for one in self.assignments)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of agreement.

    Attributes:
        value: Krippendorff's alpha, or F1 for spans; None where it is undefined (no variation, nothing coded).
        low, high: bounds of the bootstrap interval, None where it is undefined.
        units: how many units were compared (for spans: lines of both coders).
        same: share of pairs that are the same, None where there is none.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    same: float | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """How far some coders agree.

    Attributes:
        doc: slug, "" for all documents together.
        coders: two, or all persons.
        figures: by measure, in the order of `MEASURES`; no spans for more than two coders.
    """

    doc: str
    coders: tuple[str, ...]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement of a team.

    Attributes:
        rows: over all documents first, then by document.
        lines: lines of each coder, by name.
        documents: slugs.
        sentences: how many were compared.
        seed, resamples, level: of the bootstrap.
        over: what was drawn again: "documents" or "sentences".
        problems: documents that are still blind and were left out.
    """

    rows: tuple[AgreementRow, ...]
    lines: Mapping[str, int]
    documents: tuple[str, ...]
    sentences: int
    seed: int
    resamples: int
    level: float
    over: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an arbiter decided.

    Attributes:
        number: of its step.
        choice: name of the coder whose line stands, `NO_LINE` or `OWN`.
        line: the line that stands, None for none.
        by, at, reason: who, when, why.
        stale: whether the codings changed afterwards, so that it counts no more.
    """

    number: int
    choice: str
    line: Provision | None
    by: str
    at: datetime
    reason: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit on which coders differ.

    Attributes:
        key: stable as long as the same lines are compared.
        seen: hash of what the coders say; a decision counts as long as it is the same.
        doc: slug.
        start, end: the stretch that the lines cover together.
        quote: its words.
        sides: by coder, None where a coder has no line here.
        fields: in which they differ; "line" where one has none, "span" where only the stretch differs.
        decision: the last one, None before any.
    """

    key: str
    seen: str
    doc: str
    start: int
    end: int
    quote: str
    sides: Mapping[str, CodedLine | None]
    fields: tuple[str, ...]
    decision: Decision | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be decided."""
        return self.decision is None or self.decision.stale


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a file of coded lines.

    Attributes:
        coder: whose lines they are.
        documents: slugs with the number of lines kept.
        lines: lines kept in all.
        known: lines that the coder had already.
        problems: what is wrong in the file; with an error nothing was kept.
        kept: whether it was kept.
    """

    coder: str
    documents: Mapping[str, int]
    lines: int
    known: int
    problems: tuple[Problem, ...]
    kept: bool


class Adoption(StrEnum):
    """What becomes of a line of the register, or of a unit of the team, when the team's coding is adopted."""

    ACCEPT = "accept"
    """The team says the same of it."""
    EDIT = "edit"
    """The team says something else of it."""
    REJECT = "reject"
    """The arbiter decided that there is no provision."""
    SAME = "same"
    """A person has decided so already."""
    OTHERWISE = "otherwise"
    """A person has decided otherwise, or changed it meanwhile; it stays."""
    MISSING = "missing"
    """The team has a provision where the register has none; none is invented."""
    UNCODED = "uncoded"
    """The register has a provision where no coder has one, and no arbiter was asked; it stays."""


DECIDING = {
    Adoption.ACCEPT: ReviewState.ACCEPTED,
    Adoption.EDIT: ReviewState.EDITED,
    Adoption.REJECT: ReviewState.REJECTED,
}
"""What is decided on a line of the register, by what becomes of it."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A line of the register beside what the team says of it.

    Attributes:
        what: becomes of it.
        quote: words of the line, of the register's where there is one.
        start, end: its stretch.
        entry: the line of the register, None where there is none.
        line: the team's line, None where it has none.
        fields: in which they differ.
        said: who agreed, or who decided and why.
    """

    what: Adoption
    quote: str
    start: int
    end: int
    entry: Entry | None = None
    line: Provision | None = None
    fields: tuple[str, ...] = ()
    said: str = ""


def adopted_to_row(one: Adopted) -> dict[str, Any]:
    """Return what becomes of a line as JSON."""
    return {
        "what": one.what.value,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "provision": one.entry.provision.id if one.entry else None,
        "state": one.entry.state.value if one.entry else None,
        "team": provision_to_row(one.line) if one.line else None,
        "fields": list(one.fields),
        "said": one.said,
    }


def coded_to_row(coded: Coded) -> dict[str, Any]:
    """Return a coded document as JSON."""
    return {
        "doc": coded.doc,
        "title": coded.title,
        "version": coded.version,
        "newest": coded.newest,
        "blind": coded.blind,
        "early": coded.early,
        "coders": [
            {
                "coder": one.coder,
                "state": one.state.value,
                "lines": one.lines,
                "by": one.by,
                "at": one.at.isoformat(),
                "changed": one.changed.isoformat() if one.changed else None,
            }
            for one in coded.assignments
        ],
    }


def line_to_row(coded: CodedLine) -> dict[str, Any]:
    """Return a coded line as JSON: the interchange format, then unit, reason and labels."""
    row = provision_to_row(coded.line)
    return {**row, "unit": coded.unit, "reason": coded.reason, "labels": list(coded.labels)}


def gold_row(line: Provision) -> dict[str, Any]:
    """Return a line as a line of gold."""
    row = provision_to_row(line)
    return {name: row[name] for name in GOLD_FIELDS}


def figure_to_row(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON."""
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "units": figure.units,
        "same": figure.same,
    }


def agreement_to_row(report: AgreementReport) -> dict[str, Any]:
    """Return a report of agreement as JSON."""
    return {
        "documents": list(report.documents),
        "sentences": report.sentences,
        "lines": dict(report.lines),
        "bootstrap": {
            "seed": report.seed,
            "resamples": report.resamples,
            "level": report.level,
            "over": report.over,
        },
        "rows": [
            {
                "doc": row.doc or None,
                "coders": list(row.coders),
                "figures": {name: figure_to_row(one) for name, one in row.figures.items()},
            }
            for row in report.rows
        ],
    }


def difference_to_row(one: Difference) -> dict[str, Any]:
    """Return a difference as JSON."""
    decision = one.decision
    return {
        "key": one.key,
        "seen": one.seen,
        "doc": one.doc,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "fields": list(one.fields),
        "sides": {name: line_to_row(side) if side else None for name, side in one.sides.items()},
        "decision": decision
        and {
            "number": decision.number,
            "choice": decision.choice,
            "line": provision_to_row(decision.line) if decision.line else None,
            "by": decision.by,
            "at": decision.at.isoformat(),
            "reason": decision.reason,
            "stale": decision.stale,
        },
    }


def value_of(line: Provision, name: str) -> Any:  # noqa: ANN401 - text, number or set, by field
    """Return a field in the form in which coders are compared: lists as sets, a deadline by kind and day."""
    if name == "deadline":
        row = deadline_to_row(line.deadline)
        return None if row is None else (row["kind"], row.get("every") or row.get("date") or "")
    value = getattr(line, name)
    return frozenset(value) if isinstance(value, tuple) else value
