"""Lineage: where each provision of a series of texts comes from, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dragoman.model.document import Document
from dragoman.model.problem import Problem
from dragoman.model.provision import Provision


class LineageLabel(StrEnum):
    """What a provision is beside its predecessors. How each is decided: docs/comparing.md."""

    NEW = "new"
    REPEATED = "repeated"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    DELIVERED = "delivered"
    DROPPED = "dropped"


class LineageField(StrEnum):
    """What of a provision changed; the field that made a label."""

    DELIVERY = "delivery"
    FIRMNESS = "firmness"
    PRECISION = "precision"
    DEADLINE = "deadline"
    DELEGATION = "delegation"
    CONDITION = "condition"
    SCOPE = "scope"


class Edit(StrEnum):
    """What became of some words between two texts."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a redline, the space behind them included."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """How one field differs between a provision and its predecessor.

    Attributes:
        field: which.
        points: above 0 strengthens, below 0 weakens; 0 only tells.
        before, after: the field's value in the earlier and the later text, "" where there was none.
    """

    field: LineageField
    points: float
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A predecessor of a provision.

    Attributes:
        provision: in an earlier text.
        score: likeness of the two, 0 to 1.
    """

    provision: Provision
    score: float


@dataclass(frozen=True, slots=True)
class LineageCorrection:
    """What a person says of a line; it counts until the sentence changes.

    Attributes:
        provision: id of the line.
        label: that counts.
        ancestors: ids of its predecessors; None leaves the computed ones.
        note: why.
        person: who says so.
        at: when, with time zone.
    """

    provision: str
    label: LineageLabel
    ancestors: tuple[str, ...] | None
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LineageLine:
    """One provision with its lineage.

    Attributes:
        provision: of a later text, or, where it was dropped, as it last stood.
        label: see `LineageLabel`.
        ancestors: predecessors, most alike first.
        changes: fields that differ from the first predecessor, that which made the label first.
        field: the field that made the label; None for new, dropped and what repeats.
        reason: the label's reason in one English sentence.
        thread: number of its thread; lines of one thread share it.
        moved: whether it stands in another section than its first predecessor.
        split: whether its first predecessor went on in several provisions of this text.
        merged: whether it takes up several provisions.
        first: whether it stands in the first text of the series, which nothing is compared with.
        dropped_in: slug of the first later text in which a dropped provision is missing, else "".
        gaps: missing members of the series in which it may have been dropped already.
        correction: a person's word, where it counts.
    """

    provision: Provision
    label: LineageLabel
    ancestors: tuple[Ancestor, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    field: LineageField | None = None
    reason: str = ""
    thread: int = 0
    moved: bool = False
    split: bool = False
    merged: bool = False
    first: bool = False
    dropped_in: str = ""
    gaps: tuple[int, ...] = ()
    correction: LineageCorrection | None = None


@dataclass(frozen=True, slots=True)
class SeriesText:
    """One text of a series.

    Attributes:
        document: the text.
        provisions: its lines, in the order of the text.
        ordinal: which meeting it is of, where text, title or slug say so.
        summary: whether it only sums up (a readout, a fact sheet), so that nothing counts as dropped in it.
    """

    document: Document
    provisions: tuple[Provision, ...]
    ordinal: int | None = None
    summary: bool = False

    @property
    def day(self) -> date | None:
        """Date of the document."""
        return self.document.date


@dataclass(frozen=True, slots=True)
class SeriesGap:
    """Members of a series that are missing between two texts.

    Attributes:
        ordinals: their numbers.
        after, before: slugs of the texts around them.
    """

    ordinals: tuple[int, ...]
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The lineage of a series.

    Attributes:
        texts: in the order in which they were compared.
        lines: of all texts, the first included, in order; then what was dropped, by where it last stood.
        gaps: missing members.
        problems: what was assumed or should be looked at.
    """

    texts: tuple[SeriesText, ...]
    lines: tuple[LineageLine, ...]
    gaps: tuple[SeriesGap, ...] = ()
    problems: tuple[Problem, ...] = ()

    def counts(self) -> Mapping[str, Mapping[LineageLabel, int]]:
        """Return how many lines have each label, by slug; what was dropped counts where it went missing."""
        table: dict[str, dict[LineageLabel, int]] = {text.document.slug: {} for text in self.texts}
        for line in self.lines:
            row = table[line.dropped_in or line.provision.doc]
            if not line.first or line.dropped_in:
                row[line.label] = row.get(line.label, 0) + 1
        return table
