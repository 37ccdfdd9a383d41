"""Cases of a docket: acts that are only ever added, and how a case stands by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dragoman.model.docket_board import Deadline
from dragoman.model.procedure import Need, Role


class ActKind(StrEnum):
    """What can be done to a case. The payload of each is described in docs/docket.md."""

    SUBMITTED = "submitted"
    REVISED = "revised"
    """A further version of the facts."""
    ATTACHED = "attached"
    CHECKED = "checked"
    SCREENED = "screened"
    COMMENTED = "commented"
    ASKED = "asked"
    """A request for information, with a day."""
    ANSWERED = "answered"
    POSITION = "position"
    """What a seat says."""
    MOVED = "moved"
    CONDITION = "condition"
    REPORTED = "reported"
    """On a condition."""
    RAISED = "raised"
    """An item for people to look at: a breach, an expiry, a report overdue, a new hit."""
    SETTLED = "settled"
    """Such an item, with a reason."""


class Position(StrEnum):
    """What a seat says of a case."""

    CONCUR = "concur"
    NO_OBJECTION = "no objection"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts.

    Attributes:
        account: name of the account; "local" where one person works without accounts.
        roles: in the docket.
        seat: the seat an agency holds; "" for none.
        organisation: whose cases an applicant sees; "" for none.
    """

    account: str
    roles: frozenset[Role]
    seat: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done to a case.

    Attributes:
        case: number of the case ("AX-2026-00001").
        number: 1, 2, ... within the case, without gaps: two people can never add the same one.
        kind: see `ActKind`.
        at: when, with time zone.
        account: who.
        payload: as JSON can hold it.
    """

    case: str
    number: int
    kind: ActKind
    at: datetime
    account: str
    payload: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a case.

    Attributes:
        name: as given.
        sha256: of its bytes.
        size: in bytes.
        act: number of the act that brought it.
    """

    name: str
    sha256: str
    size: int
    act: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request for information.

    Attributes:
        act: number of the act that made it, by which it is answered.
        text: what is asked.
        due: by when; None for no day.
        asked, answered: when; None while it is open.
        answer: in words; "" while it is open.
    """

    act: int
    text: str
    due: date | None
    asked: datetime
    answered: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an approval.

    Attributes:
        act: number of the act that set it.
        text: in words.
        due: first day a report is due; None for a standing condition.
        every: ISO 8601 period of further reports; "" for none.
        reports: days on which it was reported, with whether it was kept.
    """

    act: int
    text: str
    due: date | None
    every: str = ""
    reports: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something that people must look at.

    Attributes:
        act: number of the act that raised it.
        cause: "breach", "expiry", "overdue report", "new hit", "clock".
        text: in words.
        key: what it is about, so that it is raised once ("condition 7 2026-03-01").
        raised: when.
        settled: when, None while it is open.
    """

    act: int
    cause: str
    text: str
    key: str
    raised: datetime
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeatPosition:
    """What a seat said in the consultation that runs.

    Attributes:
        seat: its name.
        position: what it said.
        reason: why.
        account, at: who and when.
    """

    seat: str
    position: Position
    reason: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a state.

    Attributes:
        stage: name of the state.
        since: when it was entered.
        until: when it was left; None for the state that stands.
    """

    stage: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocketCase:
    """How a case stands by its acts.

    Attributes:
        number: "AX-2026-00001".
        procedure: name of the procedure.
        title: what people call it.
        applicant: account that submitted it.
        organisation: whose it is; its accounts see it.
        stage: name of the state.
        acts: how many acts there are; the next one has this number plus one.
        version: of the facts, from 1.
        facts: the case file of the version that stands, as JSON can hold it.
        stays: in which states it stood.
        attachments, requests, conditions, items, positions: see their nouns.
        checked: version that was checked last; 0 for none.
        outcome: of that check; "" for none.
        results: results of its counted findings on what must be, with how many there are.
        advised: rules on what is proposed and not yet binding, by their result in that check.
        screened: version whose parties were screened last; 0 for none.
        open_hits: names of parties with a hit that nobody decided.
        decision: fields of the last move that was a decision.
        targets: countries the case goes to, as ISO codes.
        expires: day on which an approval ends; None for none.
    """

    number: str
    procedure: str
    title: str
    applicant: str
    organisation: str
    stage: str
    acts: int
    version: int
    facts: Mapping[str, Any]
    stays: tuple[Stay, ...]
    attachments: tuple[Attachment, ...] = ()
    requests: tuple[Request, ...] = ()
    conditions: tuple[Condition, ...] = ()
    items: tuple[Item, ...] = ()
    positions: tuple[SeatPosition, ...] = ()
    checked: int = 0
    outcome: str = ""
    results: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    advised: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    screened: int = 0
    open_hits: tuple[str, ...] = ()
    decision: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    targets: tuple[str, ...] = ()
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Where a clock stands on a day.

    Attributes:
        clock: its name.
        started: the day it started; None while it has not.
        used: days that ran.
        left: days that are left, negative once it is over; None where it has no end.
        due: the day it ended, or ends if nothing suspends it again; None where it has no end or has not started.
        running: whether it runs today.
        over: whether the day it ended is past.
    """

    clock: str
    started: date | None
    used: int
    left: int | None
    due: date | None
    running: bool
    over: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a move cannot be taken.

    Attributes:
        need: what does not hold; None where the person or the state is the obstacle.
        values: what exactly: results, seats, fields, numbers of requests.
    """

    need: Need | None
    values: tuple[str, ...] = ()
    reason: str = ""
    """"stage", "role", "seat" or "own case", where `need` is None."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cases a person sees.

    Attributes:
        everything: whether all.
        account, organisation: whose own cases are seen; "" for no such right.
        procedures: procedures whose cases are seen once they were before the seats.
    """

    everything: bool = False
    account: str = ""
    organisation: str = ""
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocketQuery:
    """Which cases are asked for; empty fields ask for all.

    Attributes:
        procedures, stages: names.
        target: ISO code of a country.
        text: words of the title, the number or the organisation.
        public: only those that the public register shows.
        open_items: only those with an item that is not settled.
        deadline: kind of a deadline; "" for any.
        clock: name of the clock of it; "" for any.
        due: where a deadline stands (`Due`); "" for anywhere.
        tool: name of a financing tool; "" for any.
        fit: its result; "" for any.
        days: the day, and the last that is near, for `due`; the docket fills them in.
        entered: whether the case that entered its state last comes first, instead of the one handed in last.
        before: only cases opened before this row; for the next page.
        limit: how many; None for all.
    """

    procedures: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    target: str = ""
    text: str = ""
    public: bool = False
    open_items: bool = False
    deadline: str = ""
    clock: str = ""
    due: str = ""
    tool: str = ""
    fit: str = ""
    days: tuple[date, date] | None = None
    entered: bool = False
    before: int | None = None
    limit: int | None = 50


@dataclass(frozen=True, slots=True)
class DocketLine:
    """A case in a list.

    Attributes:
        row: its place in the order of opening, for the next page.
        number, procedure, title, organisation, stage, version, acts, outcome: as in the case.
        targets: ISO codes.
        open_items, open_requests: how many.
        expires: day; None for none.
        opened, changed, since: when it was handed in, when something was done last, when it entered its state.
        deadlines: as they were noted with the last act.
    """

    row: int
    number: str
    procedure: str
    title: str
    organisation: str
    stage: str
    version: int
    acts: int
    outcome: str
    targets: tuple[str, ...]
    open_items: int
    open_requests: int
    expires: date | None
    opened: datetime
    changed: datetime
    since: datetime
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit log.

    Attributes:
        id: 1, 2, ... in the order of writing.
        at: when, with time zone.
        account: who.
        act: what ("docket.moved", "account.locked").
        subject: on what ("AX-2026-00001", name of an account).
        payload: as JSON can hold it.
        previous, hash: SHA-256 in hex, of the line before (64 zeros for the first) and of this one.
    """

    id: int
    at: datetime
    account: str
    act: str
    subject: str
    payload: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What checking the audit log gave.

    Attributes:
        lines: how many there are.
        last: hash of the last line, to be noted elsewhere; "" for an empty log.
        broken: ids of lines whose hash does not fit them, or that do not follow the line before.
        missing: acts of the docket that the log does not hold, as "NUMBER act N".
    """

    lines: int
    last: str
    broken: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is broken or missing."""
        return not self.broken and not self.missing
