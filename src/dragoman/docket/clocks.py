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
    second and over on the third, whether or not that one counts. A day counts where the case stood in one of the
    clock's states at its end, no request for information was open then (for clocks that pause), and it is a
    working day (for those that count them).
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
    if clock.days is None:
        return ClockReading(clock.name, started, used, None, None, running)
    left, ended = clock.days - used, last_day(clock, case, as_of)
    due = ended or end_of(clock, as_of, left)
    return ClockReading(clock.name, started, used, left, due, running, over=due < as_of)


def last_day(clock: Clock, case: DocketCase, as_of: date) -> date | None:
    """Return the day up to `as_of` on which the days of a clock had run; None where they have not."""
    stays = [stay for stay in case.stays if stay.stage in clock.stages and stay.since.date() <= as_of]
    if not stays or clock.days is None:
        return None
    left, started = clock.days, stays[0].since.date()
    for day in (started, *days_after(started, as_of)):
        left -= day > started and counts(clock, case, day)
        if not left:
            return day
    return None


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


def end_of(clock: Clock, as_of: date, left: int) -> date:
    """Return the day on which the last of the days that are left after a day ends, if nothing suspends it."""
    day = as_of
    while left > 0:
        day += ONE_DAY
        left -= is_counted(clock, day)
    return day
