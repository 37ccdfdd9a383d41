"""What both grammars of time share: which deadline counts, and its exact words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dragoman.model import Deadline, DeadlineKind

DAYS_A_WEEK = 7


def nearest(found: Iterable[Deadline]) -> Deadline | None:
    """Return the earliest dated deadline, else a recurring one, else the first vague one.

    A day from which something recurs ("each year from 2027") only says when that begins.
    """
    deadlines = list(found)
    recurring = [deadline for deadline in deadlines if deadline.every]
    dated = [
        deadline
        for deadline in deadlines
        if deadline.date and not (recurring and deadline.kind is DeadlineKind.FROM)
    ]
    if dated:
        return min(dated, key=lambda deadline: (deadline.date or date.max, deadline.start))
    return next(iter(recurring or deadlines), None)


def still_ahead(found: Iterable[Deadline | None], today: date | None) -> Iterator[Deadline]:
    """Yield the deadlines that had not passed when the document spoke, without white space around their words."""
    for deadline in found:
        if deadline is None or (deadline.date and today and deadline.date < today):
            continue
        text = deadline.text.strip().rstrip(".")
        lead = len(deadline.text) - len(deadline.text.lstrip())
        yield deadline if text == deadline.text else replace(deadline, text=text, start=deadline.start + lead)


def period_of(count: int, unit: str) -> str:
    """Return the ISO 8601 duration of a counted unit; weeks are given in days."""
    return f"P{count * DAYS_A_WEEK}D" if unit == "W" else f"P{count}{unit}"
