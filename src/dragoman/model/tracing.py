"""Process tracing: hypotheses, evidence, and what the evidence weighs. People set the likelihoods."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from dragoman.model.coordination_format import remark_to_row
from dragoman.model.problem import Problem

LN10 = math.log(10)


class Test(StrEnum):
    """Van Evera's names for tests, by what passing them tells."""

    __test__ = False
    HOOP = "hoop"
    """The hypothesis had to pass it: P(E|H) is high, and so is P(E|not H)."""
    SMOKING_GUN = "smoking gun"
    """Passing it all but confirms: P(E|not H) is low, and P(E|H) is not high."""
    DOUBLY_DECISIVE = "doubly decisive"
    """Both."""
    STRAW = "straw in the wind"
    """Neither."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of several explanations, of which one only can be true.

    Attributes:
        id: short name.
        title: in a sentence.
        prior: probability before the evidence, all adding up to 1.
        line: in the workbook; 0 for a residual hypothesis that was added.
    """

    id: str
    title: str
    prior: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """The sentence an item is pinned to.

    Attributes:
        doc: slug.
        start, end: offsets of the quoted words.
        quote: the words.
    """

    doc: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """The dated event an item rests on.

    Attributes:
        day: its date.
        source: where it is recorded.
        url: address, "" for none.
    """

    day: date
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One observation.

    Attributes:
        id, title: short name, and what was observed.
        likelihoods: P(E|H) by hypothesis.
        pin: its sentence, or None.
        event: its dated event, or None.
        cluster: items of one cluster depend on each other and are pooled.
        interpretive: whether it rests on interpretation.
        relevance: 0 to 1.
        note: why the likelihoods are what they are.
        line: in the workbook.
    """

    id: str
    title: str
    likelihoods: Mapping[str, float]
    pin: Pin | None = None
    event: DatedEvent | None = None
    cluster: str = ""
    interpretive: bool = False
    relevance: float = 1.0
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook of process tracing.

    Attributes:
        title, question, author: of it.
        hypotheses: with the residual one.
        items: evidence.
    """

    title: str
    question: str
    author: str
    hypotheses: tuple[Hypothesis, ...]
    items: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One item or cluster as it is weighed.

    Attributes:
        name: id of the item or name of the cluster.
        items: ids of the items in it.
        ratios: log likelihood ratio to the geometric mean by hypothesis, in nepers, as it counts.
        tests: Van Evera's name by hypothesis; only for the hypotheses that the item speaks for.
        capped: whether a cap bound it.
        left_out: whether it is not relevant enough to be weighed.
    """

    name: str
    items: tuple[str, ...]
    ratios: Mapping[str, float]
    tests: Mapping[str, Test]
    capped: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Swing:
    """How far the leader's posterior moves with one driver.

    Attributes:
        driver: an item or cluster, or "prior" and a hypothesis.
        low, high: posterior of the leader with 50 % less and 50 % more.
        leads: whether the leader still leads in both.
    """

    driver: str
    low: float
    high: float
    leads: bool


@dataclass(frozen=True, slots=True)
class Tracing:
    """What the evidence of a workbook weighs.

    Attributes:
        workbook: as read.
        items: each item alone.
        units: what counts once: items of no cluster, and clusters.
        posteriors: by hypothesis.
        leader, second: the two with the highest posterior.
        decibels: weight of all evidence by pair of hypotheses.
        strong: units that weigh more than the bound of robustness for the leader against the second.
        least: how many of them are asked for.
        nepers: that bound.
        swings: sensitivity.
    """

    workbook: Workbook
    items: tuple[Weighed, ...]
    units: tuple[Weighed, ...]
    posteriors: Mapping[str, float]
    leader: str
    second: str
    decibels: Mapping[tuple[str, str], float]
    strong: tuple[str, ...]
    least: int
    nepers: float
    swings: tuple[Swing, ...]

    @property
    def robust(self) -> bool:
        """Return whether enough independent items are strong."""
        return len(self.strong) >= self.least

    def between(self, one: Weighed) -> float:
        """Return what an item or cluster weighs for the leader against the second, in decibels."""
        return 10 * (one.ratios[self.leader] - one.ratios[self.second]) / LN10


@dataclass(frozen=True, slots=True)
class TracingReading:
    """What became of a workbook file.

    Attributes:
        source: name of the file.
        tracing: None where the workbook is refused.
        problems: faults and notes, with lines.
        checked: whether the pinned quotations were compared with the register.
    """

    source: str
    tracing: Tracing | None
    problems: tuple[Problem, ...] = field(default=())
    checked: bool = False


def weighed_to_row(one: Weighed) -> dict[str, Any]:
    """Return a weighed item as JSON."""
    return {
        "name": one.name,
        "items": list(one.items),
        "decibels": {name: round(10 * ratio / LN10, 3) for name, ratio in one.ratios.items()},
        "tests": {name: test.value for name, test in one.tests.items()},
        "capped": one.capped,
        "left_out": one.left_out,
    }


def item_to_row(item: EvidenceItem) -> dict[str, Any]:
    """Return an item of evidence as JSON."""
    pin, event = item.pin, item.event
    return {
        "id": item.id,
        "title": item.title,
        "pin": {"doc": pin.doc, "start": pin.start, "end": pin.end, "quote": pin.quote} if pin else None,
        "event": {"date": event.day.isoformat(), "source": event.source, "url": event.url} if event else None,
        "cluster": item.cluster,
        "interpretive": item.interpretive,
        "relevance": item.relevance,
        "likelihoods": dict(item.likelihoods),
        "line": item.line,
    }


def tracing_to_row(reading: TracingReading) -> dict[str, Any]:
    """Return what became of a workbook as JSON."""
    row: dict[str, Any] = {"source": reading.source, "checked": reading.checked}
    problems = [remark_to_row(problem) for problem in reading.problems]
    if reading.tracing is None:
        return row | {"posteriors": None, "problems": problems}
    found = reading.tracing
    return row | {
        "title": found.workbook.title,
        "question": found.workbook.question,
        "author": found.workbook.author,
        "hypotheses": [
            {"id": one.id, "title": one.title, "prior": one.prior, "posterior": found.posteriors[one.id]}
            for one in found.workbook.hypotheses
        ],
        "leader": found.leader,
        "second": found.second,
        "decibels": [
            {"first": first, "second": second, "db": round(weight, 3)}
            for (first, second), weight in found.decibels.items()
        ],
        "robust": found.robust,
        "strong": list(found.strong),
        "items": [
            item_to_row(item) | {"weighed": weighed_to_row(weighed)}
            for item, weighed in zip(found.workbook.items, found.items, strict=True)
        ],
        "units": [weighed_to_row(one) for one in found.units],
        "sensitivity": [
            {"driver": one.driver, "low": one.low, "high": one.high, "leads": one.leads} for one in found.swings
        ],
        "problems": problems,
    }
