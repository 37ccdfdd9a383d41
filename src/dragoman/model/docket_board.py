"""What lists and dashboards of the docket show: what is due, figures, versions of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class DeadlineKind(StrEnum):
    """What a day is set for."""

    CLOCK = "clock"
    """A clock of the procedure."""
    REQUEST = "request"
    """An answer to a request for information."""
    REPORT = "report"
    """A report on a condition."""
    APPROVAL = "approval"
    """The end of an approval."""


class Due(StrEnum):
    """Where a deadline stands on a day."""

    OVER = "over"
    SOON = "soon"
    """Within the days of `data/docket/board.yaml`."""
    LATER = "later"
    OPEN = "open"
    """It runs, and no day is set for its end."""
    RESTS = "rests"
    """A request for information suspends it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that is set for a case as it stands, or a time that runs without one.

    Attributes:
        kind: see `DeadlineKind`.
        name: of the clock; number of the act of a request or condition; "" for an approval.
        started: the day from which it runs.
        due: the last day, None where none is set or where it rests.
        rests: whether it is suspended.
    """

    kind: DeadlineKind
    name: str
    started: date
    due: date | None
    rests: bool = False

    def on(self, day: date, soon: date) -> Due:
        """Return where it stands on a day, `soon` being the last day that is near."""
        if self.rests:
            return Due.RESTS
        if self.due is None:
            return Due.OPEN
        if self.due < day:
            return Due.OVER
        return Due.SOON if self.due <= soon else Due.LATER


@dataclass(frozen=True, slots=True)
class Notes:
    """What lists and dashboards know of a case beside its row.

    Attributes:
        deadlines: of the case as it stands.
        tools: result of each financing tool by its name.
    """

    deadlines: tuple[Deadline, ...] = ()
    tools: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure of the dashboard.

    Attributes:
        procedure: its name.
        keys: what is counted: a state; a country; kind, clock and `Due`; a tool and its result.
        cases: how many.
    """

    procedure: str
    keys: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class Board:
    """The dashboard of a docket on a day.

    Attributes:
        as_of: the day.
        soon: the last day that is near.
        stages, targets, deadlines, tools: figures, see `Tally`.
    """

    as_of: date
    soon: date
    stages: tuple[Tally, ...]
    targets: tuple[Tally, ...]
    deadlines: tuple[Tally, ...]
    tools: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """A version of the facts of a case.

    Attributes:
        number: 1, 2, ...
        act, at, account: which act handed it in, when, whose.
        name, sha256: of the case file.
        outcome, results: of its last check; "" and nothing before any.
        findings: of that check, as its act keeps them.
    """

    number: int
    act: int
    at: datetime
    account: str
    name: str
    sha256: str
    outcome: str = ""
    results: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Mapping[str, Any], ...] = ()
