"""Procedures: the states of a case in a docket, who may move it, what must hold, and the clocks that run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.model.rule import Bilingual, Confidence


class Role(StrEnum):
    """What an account may be in a docket; a seat or the applicant's own name narrows it."""

    APPLICANT = "applicant"
    """Submits and sees its own cases."""
    DESK = "desk"
    """The programme office: takes in, asks, circulates."""
    AGENCY = "agency"
    """Holds a seat and sees the cases that are before its seat."""
    DECIDER = "decider"
    """Signs determinations."""
    AUDITOR = "auditor"
    """Sees everything and changes nothing."""
    ADMIN = "admin"
    """Keeps accounts; sees no case by that alone."""
    READER = "reader"
    """Reads the register and its reports; sees no case by that alone."""
    EDITOR = "editor"
    """Changes the register too: documents, reviews, evidence, lists, terms; sees no case by that alone."""
    CODER = "coder"
    """Codes the documents it is given, blind: sees no line of the register."""
    ARBITER = "arbiter"
    """Decides where coders differ; reads the register."""


class Counting(StrEnum):
    """How the days of a clock are counted."""

    CALENDAR = "calendar"
    WORKING = "working"
    """Monday to Friday, without the holidays of the clock's calendar."""


class Need(StrEnum):
    """What can be asked of a case before it moves."""

    NO_RESULT = "no result"
    """No counted finding of the last check has one of the results named."""
    NO_ADVISED = "no advised result"
    """No finding of the last check on what is proposed and not yet binding has one of the results named."""
    CHECKED = "checked"
    """The version that stands was checked."""
    SCREENED = "screened"
    """The parties of the version that stands were screened, and no hit is open."""
    SEATS = "seats"
    """Every seat of the procedure concurred, or did not object before the clock named ran out."""
    ANSWERED = "answered"
    """No request for information is open."""
    CLOCK_OVER = "clock over"
    """The clock named ran out."""
    FIELDS = "fields"
    """The move states the fields named."""
    REPORTED = "reported"
    """No condition is breached or overdue."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a procedure comes from.

    Attributes:
        citation: of the text; "" where it is ours.
        confidence: how the text was seen; what is ours is `unverified`.
        note: what a reader must know of it.
    """

    citation: str
    confidence: Confidence
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must hold before a move.

    Attributes:
        need: see `Need`.
        values: results, fields or nothing, by the need.
        clock: name of a clock, for `seats` and `clock over`; "" for none.
        packs: whose rules count, for `no advised result`; empty for all.
        besides: rules that do not count there, without the name of their pack.
    """

    need: Need
    values: tuple[str, ...] = ()
    clock: str = ""
    packs: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A body or a side that is asked for its position.

    Attributes:
        name: short, as accounts and commands carry it ("state", "us").
        title: what it is called.
    """

    name: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of a case.

    Attributes:
        name: short ("consultation").
        title: in words.
        public: whether the public register shows a case in it.
        approved: whether its conditions are watched in it.
        final: whether nothing moves from it.
        consulted: whether the seats give their positions in it, and agencies see it.
    """

    name: str
    title: Bilingual
    public: bool = False
    approved: bool = False
    final: bool = False
    consulted: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that runs while a case stands in some state.

    Attributes:
        name: short.
        title: in words.
        days: how many; None where the public record does not say: then it only counts up.
        counting: calendar or working days.
        stages: the states in which it runs; it starts on entering the first of them, and rests outside.
        pauses: whether an open request for information suspends it.
        calendar: name of the holidays in `data/procedures/holidays.yaml`; "" for none.
        basis: where it comes from.
    """

    name: str
    title: Bilingual
    days: int | None
    counting: Counting
    stages: tuple[str, ...]
    pauses: bool
    calendar: str
    basis: Origin


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one state to another.

    Attributes:
        name: short, as commands carry it ("designate").
        title: in words.
        sources: states it leaves.
        target: state it enters.
        roles: who may take it.
        seats: seats whose agency may take it; empty where a role is enough.
        needs: what must hold.
        fields: what it must state ("reason", "scope", "conditions", "expires").
        decision: whether it is a decision that gets a memo, with reasons and citations.
        basis: where it comes from.
    """

    name: str
    title: Bilingual
    sources: tuple[str, ...]
    target: str
    roles: tuple[Role, ...]
    needs: tuple[Requirement, ...]
    fields: tuple[str, ...]
    decision: bool
    basis: Origin
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the public record does not settle; shown with every case, never filled in.

    Attributes:
        name: short.
        text: the question.
        basis: where it was looked for.
    """

    name: str
    text: Bilingual
    basis: Origin


@dataclass(frozen=True, slots=True)
class Tool:
    """A financing tool that a designated case is matched to.

    Attributes:
        name: short.
        title: in words.
        rules: ids of the rules whose findings say whether it is open.
        basis: where it comes from.
    """

    name: str
    title: Bilingual
    rules: tuple[str, ...]
    basis: Origin


@dataclass(frozen=True, slots=True)
class Procedure:
    """How cases of one kind are dealt with.

    Attributes:
        name: "ai-exports-program", "green-channel", "data-flow-list".
        prefix: of the numbers of its cases ("AX").
        title, summary: in words.
        template: the kind of case that is submitted, as `check` knows it.
        packs: rule packs that are run; empty for those of the template.
        seats: bodies that are asked.
        stages: states by name, in order; the first is where a case begins.
        moves: by name.
        clocks: by name.
        tools: financing tools that are matched; empty for none.
        unsettled: open questions.
        aims: collection and fact that name the countries a case goes to.
        published: fields of a case that the public register shows.
        source, as_of: of the data file.
    """

    name: str
    prefix: str
    title: Bilingual
    summary: Bilingual
    template: str
    packs: tuple[str, ...]
    seats: tuple[Seat, ...]
    stages: Mapping[str, Stage]
    moves: Mapping[str, Move]
    clocks: Mapping[str, Clock]
    tools: tuple[Tool, ...]
    unsettled: tuple[OpenQuestion, ...]
    aims: tuple[str, str]
    published: tuple[str, ...]
    source: str
    as_of: date

    @property
    def first(self) -> str:
        """The state in which a case begins."""
        return next(iter(self.stages))
