"""When a line is due: its day, the days of a recurring duty, and how each came about."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model import Deadline, DeadlineKind, DueItem, DueRule, DueState, Event, Problem, Provision
from dragoman.track.events import event_of, offset_of, resolving
from dragoman.track.periods import Period, alternatives, period_in, period_of
from dragoman.track.problems import problem

SOON, NEAR = 30, 90
"""Days ahead that the states of the board tell apart."""
MOST_INSTANCES = 60
"""Instances of one recurring duty that are shown; the oldest are left out, and counted."""
MONTHS = "lexicons/en/deadlines.yaml"
FIGURE = re.compile(r"\d")
ONE_OF_EACH = (Period(months=12), Period(months=1), Period(days=7))
"""A year, a month, a week: what "the coming year" counts."""
LEAP_YEAR = 2024
"""Stands for a year that a text does not name: 29 February may be meant."""

IsDelivered = Callable[[DueItem], bool]


@dataclass(frozen=True, slots=True)
class DueDays:
    """The instances of a line and what is wrong or assumed with their days."""

    items: tuple[DueItem, ...]
    problems: tuple[Problem, ...] = ()


def due_days(
    provision: Provision,
    document_date: date | None,
    events: Sequence[Event],
    as_of: date,
    horizon: int,
) -> DueDays:
    """Return the instances of a line as of a day, with their state by the calendar alone.

    Args:
        provision: the line.
        document_date: date of its document, None where it is not known.
        events: all that are recorded; see `dragoman.track.events.resolving`.
        as_of: the day.
        horizon: days after it, up to which instances of a recurring duty are listed; the first is always listed.
    """
    found = resolving(provision, events, as_of)
    items, problems = _instances(provision, document_date, found, as_of, horizon)
    notes = [*problems, *_doubts(provision, document_date, found, items)]
    return DueDays(tuple(with_state(item, as_of) for item in items), tuple(notes))


def days_ahead(day: date, count: int) -> date:
    """Return the day a number of days ahead, at most the calendar's last."""
    return day + timedelta(days=min(count, (date.max - day).days))


def with_state(item: DueItem, as_of: date) -> DueItem:
    """Return an instance with its state on a day; one without a day keeps the state it has."""
    if item.due is None:
        return item
    days = (item.due - as_of).days
    return replace(item, state=state_of(days), days=days)


def state_of(days: int) -> DueState:
    """Return the state of what is due in a number of days: the day itself is not overdue yet."""
    if days < 0:
        return DueState.OVERDUE
    if days <= SOON:
        return DueState.DUE_30
    return DueState.DUE_90 if days <= NEAR else DueState.LATER


def delivered(items: Iterable[DueItem], is_delivered: IsDelivered) -> tuple[DueItem, ...]:
    """Return instances, those that were delivered marked so; days until due are kept."""
    return tuple(replace(item, state=DueState.DELIVERED) if is_delivered(item) else item for item in items)


def _instances(
    provision: Provision, document_date: date | None, found: Sequence[Event], as_of: date, horizon: int
) -> tuple[list[DueItem], list[Problem]]:
    """Return the instances without a state, and what is wrong with a period."""
    deadline = provision.deadline
    if deadline is not None and deadline.every:
        start = found[0].day if found else document_date
        return _recurring(provision, deadline, start, found, days_ahead(as_of, horizon))
    if found:
        return [_after_event(provision, found[0])], []
    if deadline is None:
        return [_without_day(provision, "no time in the text", DueState.UNDATED)], []
    if deadline.date is not None:
        return [_dated(provision, deadline, deadline.date, document_date)], []
    awaited = event_of(deadline)
    if awaited:
        item = _without_day(provision, f"event not recorded: {awaited}", DueState.AWAITING)
        return [replace(item, event=awaited, period=_iso(offset_of(deadline)))], []
    return [_without_day(provision, f"no day of the calendar: {deadline.text}", DueState.VAGUE)], []


def _without_day(provision: Provision, basis: str, state: DueState) -> DueItem:
    return DueItem(provision.id, 0, None, basis, state)


def _dated(provision: Provision, deadline: Deadline, due: date, document_date: date | None) -> DueItem:
    """Return the instance of a deadline that was resolved when the text was read."""
    begins = deadline.kind is DeadlineKind.FROM
    lead = "begins; " if begins else ""
    item = DueItem(provision.id, 0, due, f"{lead}stated", DueState.LATER, rule=DueRule.STATED, begins=begins)
    period = _counted_from(deadline.text, document_date, due)
    if period is None:
        return item
    basis = f"{lead}{in_words(period)} after the document, {document_date}"
    return replace(item, basis=basis, rule=DueRule.RELATIVE, start=document_date, period=period.iso)


def _counted_from(text: str, document_date: date | None, due: date) -> Period | None:
    """Return the period from the document's date to a day, where the words name it ("the coming year" is one)."""
    if document_date is None:
        return None
    named = period_in(text)
    spoken = ONE_OF_EACH if named is None and not FIGURE.search(text) else (named,)
    return next((period for period in spoken if period and period.after(document_date) == due), None)


def _after_event(provision: Provision, event: Event) -> DueItem:
    """Return the instance of a line whose event has happened or has its day."""
    offset = offset_of(provision.deadline)
    due = offset.after(event.day) if offset else event.day
    lead = f"{in_words(offset)} {'before' if _is_before(offset) else 'after'} " if offset else ""
    return DueItem(
        provision.id,
        0,
        due,
        f"{lead}event: {event.name}, {event.day}",
        DueState.VAGUE if due is None else DueState.LATER,
        rule=DueRule.EVENT,
        start=event.day,
        period=_iso(offset),
        event=event.name,
        begins=provision.deadline is not None and provision.deadline.kind is DeadlineKind.FROM,
    )


def _recurring(
    provision: Provision, deadline: Deadline, start: date | None, found: Sequence[Event], until: date
) -> tuple[list[DueItem], list[Problem]]:
    """Return the instances of a recurring duty up to a day, and what is wrong with its period."""
    written = deadline.every or ""
    period = period_of(written)
    if period is None:
        item = _without_day(provision, f"no period: {written}", DueState.VAGUE)
        return [item], [problem("bad-period", provision, period=written)]
    first = deadline.date or (period.after(start) if start else None)
    if first is None:
        item = _without_day(provision, f"every {in_words(period)}, first day not known", DueState.VAGUE)
        return [replace(item, period=period.iso)], [problem("no-first-day", provision, period=period.iso)]
    origin = f"event: {found[0].name}, {start}" if found else f"the document, {start}"
    counted = f"first on {first}" if deadline.date else f"from {origin}"
    basis = f"every {in_words(period)}, {counted}"
    model = DueItem(
        provision.id,
        0,
        None,
        basis,
        DueState.LATER,
        rule=DueRule.RECURRING,
        start=deadline.date or start,
        period=period.iso,
        event=found[0].name if found and not deadline.date else "",
    )
    days = list(recurring_days(first, period, until))
    shown = days[-MOST_INSTANCES:]
    items = [replace(model, instance=number, due=day) for number, day in shown]
    left = len(days) - len(shown)
    notes = [problem("instances-left-out", provision, count=len(days), left=left)] if left else []
    return items, notes


def recurring_days(first: date, period: Period, until: date) -> Iterator[tuple[int, date]]:
    """Yield number and day of the instances up to a day; the first in any case.

    Each is counted from the first, so that a month's end stays one: 31 January, 28 February, 31 March.
    """
    number, day = 1, first
    while True:
        yield number, day
        following = period.times(number).after(first)
        if following is None or following > until:
            return
        number, day = number + 1, following


def _doubts(
    provision: Provision, document_date: date | None, found: Sequence[Event], items: Sequence[DueItem]
) -> Iterator[Problem]:
    """Yield what is wrong or assumed with the day of a line."""
    deadline = provision.deadline
    if len(found) > 1:
        yield problem("several-events", provision, count=len(found), event=found[0].name, start=found[0].day)
    stated = [item.due for item in items if item.due and item.rule is not DueRule.EVENT]
    if document_date and stated and stated[0] < document_date:
        yield problem("due-before-document", provision, due=stated[0], start=document_date)
    counted = _counted_otherwise(deadline, document_date) if not found else None
    if deadline and counted:
        values = {"text": deadline.text, "due": deadline.date, "start": document_date, "counted": counted}
        yield problem("due-not-as-counted", provision, **values)
    if deadline and _counts_from_document(deadline) and document_date is None and not found:
        yield problem("document-undated", provision, text=deadline.text)
    words = impossible_date(provision.quote.exact)
    if words:
        yield problem("impossible-date", provision, text=words)


def _counted_otherwise(deadline: Deadline | None, document_date: date | None) -> date | None:
    """Return the day to which a period in the words leads from the document, None where it is the line's own."""
    if deadline is None or deadline.date is None or deadline.every or document_date is None:
        return None
    period = period_in(deadline.text)
    counted = period.after(document_date) if period else None
    return counted if counted != deadline.date else None


def _counts_from_document(deadline: Deadline) -> bool:
    """Return whether the words name a period and nothing else that it could count from."""
    resolved = deadline.date or deadline.every or deadline.event
    return not resolved and deadline.kind is not DeadlineKind.VAGUE and period_in(deadline.text) is not None


def impossible_date(text: str) -> str:
    """Return the words of a text that name a day which no calendar has (30 February), "" where there are none."""
    for found in day_named().finditer(text):
        if (found["m1"] or found["m2"] or "").islower():
            continue  # a verb, as in "may 32 states"
        month, day = _month_of(found), int(found["d1"] or found["d2"] or found["d3"])
        year = int(found["y1"] or found["y2"] or found["y3"] or LEAP_YEAR)
        if not 1 <= day <= monthrange(year, month)[1]:
            return found[0].strip(" .")
    return ""


def _month_of(found: re.Match[str]) -> int:
    named = found["m1"] or found["m2"]
    return int(load_pack(MONTHS)["months"][named.lower()]) if named else int(found["m3"])


@cache
def day_named() -> re.Pattern[str]:
    """Return the pattern of a day with its month in English or Chinese."""
    month = alternatives(load_pack(MONTHS)["months"])
    year = r"(?:19|20)\d\d"
    number = r"(?<!\d)(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    first = number.format(name="d1") + rf"\s+(?:of\s+)?(?P<m1>{month})\b\.?(?:,?\s+(?P<y1>{year}))?"
    second = rf"(?P<m2>{month})\.?\s+" + number.format(name="d2") + rf"(?:,?\s+(?P<y2>{year}))?"
    third = rf"(?:(?P<y3>{year})\s*年\s*)?(?<!\d)(?P<m3>[1-9]|1[0-2])\s*月\s*(?P<d3>\d{{1,2}})\s*[日号]"
    return re.compile(f"{first}|{second}|{third}", re.IGNORECASE)


def in_words(period: Period) -> str:
    """Return a period in English words, without its sign."""
    parts = ((abs(period.months), "month"), (abs(period.days), "day"))
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " and ".join(words)


def _is_before(period: Period | None) -> bool:
    return period is not None and (period.months < 0 or period.days < 0)


def _iso(period: Period | None) -> str:
    return period.iso if period else ""
