"""Monitoring of approved cases: what is breached, overdue, expiring or over on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.docket.clocks import read_clocks
from dragoman.model.docket import Condition, DocketCase
from dragoman.model.period import period_of
from dragoman.model.procedure import Procedure


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something to raise, with a key that keeps it from being raised twice.

    Attributes:
        cause: "breach", "overdue report", "expiry" or "clock".
        key: what it is about.
        values: what its sentence needs: "condition", "day", "clock".
    """

    cause: str
    key: str
    values: tuple[str, ...]


def due_items(procedure: Procedure, case: DocketCase, as_of: date) -> tuple[DueItem, ...]:
    """Return what must be raised on a case at the end of a day and was not raised before."""
    raised = {item.key for item in case.items}
    found = (
        *_of_conditions(procedure, case, as_of),
        *_of_expiry(procedure, case, as_of),
        *_of_clocks(procedure, case, as_of),
    )
    return tuple(item for item in found if item.key not in raised)


def failing_conditions(case: DocketCase, as_of: date) -> tuple[Condition, ...]:
    """Return the conditions that are breached by their last report, or on which a report is overdue."""
    return tuple(one for one in case.conditions if broken(one) or overdue(one, as_of) is not None)


def broken(condition: Condition) -> bool:
    """Return whether the last report says that the condition was not kept."""
    return bool(condition.reports) and not condition.reports[-1][1]


def overdue(condition: Condition, as_of: date) -> date | None:
    """Return the first day on which a report was due and none came, None where none is overdue."""
    for due, reported in zip(due_days(condition, as_of), _reports(condition, as_of), strict=False):
        if reported is None and due < as_of:
            return due
    return None


def due_days(condition: Condition, as_of: date) -> Iterator[date]:
    """Yield the days on which reports are due, up to and with the first that lies after a day."""
    day = condition.due
    period = period_of(condition.every)
    count = 0
    while day is not None:
        yield day
        count += 1
        if day > as_of or period is None or condition.due is None:
            return
        day = period.times(count).after(condition.due)


def _reports(condition: Condition, as_of: date) -> Iterator[date | None]:
    """Yield the reports in their order, then None for each that has not come; one report answers one due day."""
    yield from (day for day, _ in sorted(condition.reports) if day <= as_of)
    while True:
        yield None


def _of_conditions(procedure: Procedure, case: DocketCase, as_of: date) -> Iterator[DueItem]:
    if not procedure.stages[case.stage].approved:
        return
    for one in case.conditions:
        if broken(one):
            day = one.reports[-1][0].isoformat()
            yield DueItem("breach", f"breach {one.act} {day}", (one.text, day))
        late = overdue(one, as_of)
        if late is not None:
            yield DueItem("overdue report", f"report {one.act} {late.isoformat()}", (one.text, late.isoformat()))


def _of_expiry(procedure: Procedure, case: DocketCase, as_of: date) -> Iterator[DueItem]:
    if procedure.stages[case.stage].approved and case.expires is not None and case.expires < as_of:
        yield DueItem("expiry", f"expiry {case.expires.isoformat()}", (case.expires.isoformat(),))


def _of_clocks(procedure: Procedure, case: DocketCase, as_of: date) -> Iterator[DueItem]:
    for reading in read_clocks(procedure, case, as_of).values():
        if reading.over and case.stage in procedure.clocks[reading.clock].stages:
            started = reading.started.isoformat() if reading.started else ""
            yield DueItem("clock", f"clock {reading.clock} {started}", (reading.clock, started))
