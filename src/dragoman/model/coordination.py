"""Coordination of two parties: what each does, what they do together, toward whom, and how firmly.

Terms: congruence, conflict and subtract as in discourse network analysis (Leifeld); targeted, implementing and
affected jurisdictions as in Global Trade Alert and Digital Policy Alert; hard and soft as in Abbott et al. (2000).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dragoman.model.problem import Problem


class Direction(StrEnum):
    """How a measure stands to a country that it names."""

    RESTRICT = "restrict"
    """It is directed against it."""
    SUPPORT = "support"
    """It is done for it or with it."""
    AFFECTED = "affected"
    """It is named as the one to whom harm is done ("the war against Ukraine")."""


class Mode(StrEnum):
    """Who acts in a measure."""

    JOINT = "joint"
    """Both parties, or a body of both."""
    FIRST = "first"
    SECOND = "second"


NONE_NAMED = "none named"
"""Target of a measure that names nobody against whom it is directed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A country, or kind of country, that a measure names.

    Attributes:
        name: canonical name, or a label of the pack ("non-market").
        direction: see `Direction`.
        start, end: offsets of the words in the document; -1, -1 for an event.
        how: "name", "adjective", "label", "column" or "carried" (a sentence before names it).
        firm: whether the words before the name decide the direction, whatever the instrument.
    """

    name: str
    direction: Direction
    start: int = -1
    end: int = -1
    how: str = "name"
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One provision of the register, or one row of a table of events.

    Attributes:
        id: of the provision, or name of the table and line ("events.csv:7").
        day: date of the document or event.
        mode: who acts.
        targets: countries it names.
        technologies, instruments: tags.
        force: 4 binding ... 1 exploratory.
        text: the sentence, or title of the event.
        legalization: obligation, precision, delegation (0-4), None where unknown.
        doc, start, end: its sentence; "", -1, -1 for an event.
        source, line, url: of an event; "", 0, "" for a provision.
        why: what made it count for the topic: "tag", "heading" or "column".
        relaxes: whether it takes a restriction back or refuses it.
        actors: who acts, as the register or table names them.
    """

    id: str
    day: date
    mode: Mode
    targets: tuple[Target, ...] = ()
    technologies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    force: int = 3
    text: str = ""
    legalization: tuple[int, int, int] | None = None
    doc: str = ""
    start: int = -1
    end: int = -1
    source: str = ""
    line: int = 0
    url: str = ""
    why: str = "tag"
    relaxes: bool = False
    actors: tuple[str, ...] = ()

    @property
    def against(self) -> tuple[str, ...]:
        """Return the names it is directed against, or `NONE_NAMED`."""
        names = dict.fromkeys(target.name for target in self.targets if target.direction is Direction.RESTRICT)
        return tuple(names) or (NONE_NAMED,)


@dataclass(frozen=True, slots=True)
class Match:
    """Two separate measures that answer each other.

    Attributes:
        first, second: the measures.
        lag: days from the first party's to the second's; below zero the second party led.
    """

    first: Measure
    second: Measure
    lag: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Congruence, conflict and their difference, raw and normalised.

    Attributes:
        congruence, conflict, subtract: raw sums over concepts.
        normaliser: what they are divided by; 0 where there is nothing.
        normalisation: its name.
        activity: statements of the first and of the second party.
    """

    congruence: float
    conflict: float
    subtract: float
    normaliser: float
    normalisation: str
    activity: tuple[int, int]

    def normalised(self, value: float) -> float | None:
        """Return a value divided by the normaliser, None where there is nothing to divide by."""
        return value / self.normaliser if self.normaliser else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one set of measures.

    Attributes:
        target: against whom they are directed; "" for all.
        joint, first, second: measures by who acts.
        matches: separate measures that answer each other.
        credited: agreement with joint measures credited to both parties.
        separate: agreement over separate measures alone.
    """

    target: str
    joint: tuple[Measure, ...]
    first: tuple[Measure, ...]
    second: tuple[Measure, ...]
    matches: tuple[Match, ...]
    credited: Agreement
    separate: Agreement

    @property
    def total(self) -> int:
        """Return how many measures there are."""
        return len(self.joint) + len(self.first) + len(self.second)

    @property
    def unilateral(self) -> tuple[Measure, ...]:
        """Return separate measures that nothing answers."""
        answered = {id(one) for match in self.matches for one in (match.first, match.second)}
        return tuple(one for one in (*self.first, *self.second) if id(one) not in answered)

    def shares(self) -> dict[str, float]:
        """Return the shares of joint, matched and unilateral measures; they sum to 1, {} where there is none."""
        if not self.total:
            return {}
        parts = {"joint": len(self.joint), "matched": 2 * len(self.matches), "unilateral": len(self.unilateral)}
        return {name: number / self.total for name, number in parts.items()}

    def median_lag(self) -> float | None:
        """Return the middle of the lags in days, None without matches."""
        lags = sorted(match.lag for match in self.matches)
        if not lags:
            return None
        middle = len(lags) // 2
        return float(lags[middle]) if len(lags) % 2 else (lags[middle - 1] + lags[middle]) / 2


@dataclass(frozen=True, slots=True)
class Period:
    """One document or year of a drift.

    Attributes:
        name: slug or year.
        day: its date, the first of January for a year.
        measures: all of the parties in it.
        hard, soft: those with a hard instrument, and those with soft instruments only.
        force: mean force.
        profile: mean obligation, precision and delegation, None where unknown.
        index: weighted mean of the three, None where unknown.
    """

    name: str
    day: date
    measures: tuple[Measure, ...]
    hard: tuple[Measure, ...]
    soft: tuple[Measure, ...]
    force: float
    profile: tuple[float, float, float] | None
    index: float | None

    @property
    def hard_share(self) -> float | None:
        """Return the share of hard among hard and soft, None where there is neither."""
        told = len(self.hard) + len(self.soft)
        return len(self.hard) / told if told else None


@dataclass(frozen=True, slots=True)
class Drift:
    """How firm and hard measures are over time.

    Attributes:
        periods: in order.
        force_slope, index_slope, hard_slope: change a year by least squares over the measures; None where all are
            of one day.
    """

    periods: tuple[Period, ...]
    force_slope: float | None
    index_slope: float | None
    hard_slope: float | None


@dataclass(frozen=True, slots=True)
class Coordination:
    """The coordination of two parties on a topic.

    Attributes:
        parties: canonical names.
        topic: tag.
        window: days between measures that still answer each other.
        since, until: bounds of dates, None where open.
        overall: figures of all measures.
        targets: figures by target, most measures first.
        meetings: measures of each document by target.
        topical: drift of the measures of the topic.
        wide: drift of all measures of the parties, whatever their topic.
        settings: what was assumed, by name, in words.
        problems: what was left out or should be looked at.
    """

    parties: tuple[str, str]
    topic: str
    window: int
    since: date | None
    until: date | None
    overall: Figures
    targets: tuple[Figures, ...]
    meetings: tuple[tuple[str, date, Mapping[str, tuple[Measure, ...]]], ...]
    topical: Drift
    wide: Drift
    settings: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
