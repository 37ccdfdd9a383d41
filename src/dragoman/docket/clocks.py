"""Clocks: days that ran while a case stood in some states, without suspensions and, where so counted, holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.docket.procedures import holidays
from dragoman.model.docket import ClockReading, DocketCase
from dragoman.model.procedure import Clock, Counting, Procedure

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def read_clocks(procedure: Procedure, case: DocketCase, as_of: date) -> dict[str, ClockReading]:
    """Return where the clocks of a procedure stand for a case at the end of a day, by name.

    The day on which a clock starts does not count: a clock of one day that starts on the first is due on the
    second and over on the third. A day counts where the case stood in one of the clock's states at its end, no
    request for information was open then (for clocks that pause), and it is a working day (for those that
    count them).
    """
    return {name: read_clock(clock, case, as_of) for name, clock in procedure.clocks.items()}


def read_clock(clock: Clock, case: DocketCase, as_of: date) -> ClockReading:
    """Return where one clock stands at the end of a day."""
    stays = [stay for stay in case.stays if stay.stage in clock.stages and stay.since.date() <= as_of]
    if not stays:
        return ClockReading(clock.name, None, 0, clock.days, None, running=False)
    started = stays[0].since.date()
    used = sum(1 for day in days_after(started, as_of) if counts(clock, case, day))
    running = runs(clock, case, as_of)
    left = None if clock.days is None else clock.days - used
    due = None if left is None else _due(clock, as_of, left)
    return ClockReading(clock.name, started, used, left, due, running)


def days_after(start: date, end: date) -> Iterator[date]:
    """Yield the days after `start` up to `end`."""
    day = start + ONE_DAY
    while day <= end:
        yield day
        day += ONE_DAY


def is_counted(clock: Clock, day: date) -> bool:
    """Return whether a day counts by the calendar alone."""
    if clock.counting is Counting.CALENDAR:
        return True
    return day.weekday() < SATURDAY and day not in holidays(clock.calendar)


def runs(clock: Clock, case: DocketCase, day: date) -> bool:
    """Return whether the case lets the clock run at the end of a day."""
    stands = any(
        stay.stage in clock.stages and stay.since.date() <= day and (stay.until is None or stay.until.date() > day)
        for stay in case.stays
    )
    return stands and not (clock.pauses and _asked_on(case, day))


def counts(clock: Clock, case: DocketCase, day: date) -> bool:
    """Return whether a day counts."""
    return is_counted(clock, day) and runs(clock, case, day)


def _asked_on(case: DocketCase, day: date) -> bool:
    return any(
        one.asked.date() <= day and (one.answered is None or one.answered.date() > day) for one in case.requests
    )


def _due(clock: Clock, as_of: date, left: int) -> date | None:
    """Return the day on which the last day that is left ends; None once it is past."""
    if left < 0:
        return None
    day = as_of
    while left > 0:
        day += ONE_DAY
        left -= is_counted(clock, day)
    return day
