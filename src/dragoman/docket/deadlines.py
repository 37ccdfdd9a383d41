"""The days that are set for a case as it stands, by which lists and dashboards find it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dragoman.docket.clocks import last_day, read_clock, runs
from dragoman.lexicon import load_pack
from dragoman.model.docket import Condition, DocketCase
from dragoman.model.docket_board import Deadline, DeadlineKind
from dragoman.model.period import period_of
from dragoman.model.procedure import Clock, Procedure

PACK = "docket/board.yaml"


def deadlines(procedure: Procedure, case: DocketCase, as_of: date) -> tuple[Deadline, ...]:
    """Return the deadlines of a case as it stands on a day; none where it is closed.

    They hold until something is done to the case: a clock that runs ends on the same day whenever it is looked
    at, and one that rests has no day.
    """
    stage = procedure.stages[case.stage]
    if stage.final:
        return ()
    return (
        *_of_clocks(procedure, case, as_of),
        *_of_requests(case),
        *(_of_approval(case) if stage.approved else ()),
    )


@cache
def soon_days() -> timedelta:
    """Return how far ahead a deadline is near."""
    return timedelta(days=load_pack(PACK)["soon_days"])


def _of_clocks(procedure: Procedure, case: DocketCase, as_of: date) -> Iterator[Deadline]:
    for clock in procedure.clocks.values():
        if case.stage in clock.stages:
            started = next(stay.since.date() for stay in case.stays if stay.stage in clock.stages)
            end = _ended(clock, case, as_of)
            rests = end is None and not runs(clock, case, as_of)
            yield Deadline(DeadlineKind.CLOCK, clock.name, started, end, rests)


def _ended(clock: Clock, case: DocketCase, as_of: date) -> date | None:
    """Return the last day of a clock, past or to come; None where it has no end or rests before it."""
    ended = last_day(clock, case, as_of)
    if ended is not None or not runs(clock, case, as_of):
        return ended
    return read_clock(clock, case, as_of).due


def _of_requests(case: DocketCase) -> Iterator[Deadline]:
    for one in case.requests:
        if one.answered is None:
            yield Deadline(DeadlineKind.REQUEST, str(one.act), one.asked.date(), one.due)


def _of_approval(case: DocketCase) -> Iterator[Deadline]:
    since = case.stays[-1].since.date()
    for one in case.conditions:
        due = next_report(one)
        if due is not None:
            yield Deadline(DeadlineKind.REPORT, str(one.act), since, due)
    if case.expires is not None:
        yield Deadline(DeadlineKind.APPROVAL, "", since, case.expires)


def next_report(condition: Condition) -> date | None:
    """Return the first day on which a report is due that has not come; None where none is due any more."""
    reported = len(condition.reports)
    if condition.due is None or not reported:
        return condition.due
    period = period_of(condition.every)
    return period.times(reported).after(condition.due) if period else None
