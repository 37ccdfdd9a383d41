"""The timeline: instances of duties as marks on an axis of days, one lane for each pillar.

Pure geometry; the template draws it. A state is told by the shape of its mark and by words, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.model import BoardRow, DueItem, DueState

WIDTH = 1000
MARGIN = 44
"""Units left free at either side, so that no mark and no number is cut."""
MARK = 26
"""Units that a mark takes with its number."""
HEAD, LANE_HEAD, LANE_FOOT, FOOT = 26, 24, 6, 20
MOST = 100
"""Marks of one picture: those nearest to the day asked for."""
MOST_TICKS = 10
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200, 6000, 12000)
"""Months between two ticks."""
SHORTEST = 60
"""Days that the axis covers at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One instance: its number in the table behind, its row, and where it is drawn."""

    number: int
    row: BoardRow
    item: DueItem
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A pillar with its marks; `y` is its upper edge."""

    title: str
    y: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of instances.

    Attributes:
        lanes: in the order of the rows.
        ticks: place and day of each.
        today: place of the day asked for.
        height: of the whole picture.
        marks: all marks by day: the table behind it.
        left_out: instances with a day that are not shown.
        undated: rows without any day.
        states: those of the marks, as they are shown in a legend.
    """

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[int, date], ...]
    today: int
    height: int
    marks: tuple[Mark, ...]
    left_out: int
    undated: int
    states: tuple[DueState, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last` on the width of the picture."""

    first: date
    last: date

    def place(self, day: date) -> int:
        """Return where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN))


def timeline_of(rows: Sequence[BoardRow], as_of: date) -> Timeline:
    """Return the picture of the instances of rows that have a day."""
    dated = [(row, item) for row in rows for item in row.status.due if item.due]
    nearest = sorted(dated, key=lambda pair: abs((_day(pair[1]) - as_of).days))[:MOST]
    shown = sorted(nearest, key=lambda pair: _day(pair[1]))
    axis = axis_of([_day(item) for _, item in shown], as_of)
    lanes, height = lanes_of(shown, axis)
    return Timeline(
        lanes=lanes,
        ticks=tuple((axis.place(day), day) for day in ticks_of(axis)),
        today=axis.place(as_of),
        height=height,
        marks=tuple(sorted((mark for lane in lanes for mark in lane.marks), key=lambda mark: mark.number)),
        left_out=len(dated) - len(shown),
        undated=sum(all(item.due is None for item in row.status.due) for row in rows),
        states=tuple(state for state in DueState if any(item.state is state for _, item in shown)),
    )


def _day(item: DueItem) -> date:
    """Return the day of an instance that has one."""
    return item.due or date.max


def axis_of(days: Iterable[date], as_of: date) -> Axis:
    """Return an axis that holds some days and the day asked for."""
    held = (*days, as_of)
    first, last = min(held), max(held)
    spare = max(0, SHORTEST - (last - first).days) // 2
    return Axis(shifted(first, -spare), shifted(last, spare))


def shifted(day: date, days: int) -> date:
    """Return a day some days later, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def ticks_of(axis: Axis) -> list[date]:
    """Return the firsts of months to be named: every month, quarter, year or rarer, so that they fit."""
    first = axis.first.year * 12 + axis.first.month - 1
    last = axis.last.year * 12 + axis.last.month - 1
    step = next((step for step in STEPS if (last - first) / step <= MOST_TICKS), STEPS[-1])
    months = range(-(-first // step) * step, last + 1, step)
    days = (date(month // 12, month % 12 + 1, 1) for month in months if month >= 12)  # noqa: PLR2004 - year 1
    return [day for day in days if axis.first <= day <= axis.last]


def lanes_of(shown: Sequence[tuple[BoardRow, DueItem]], axis: Axis) -> tuple[tuple[Lane, ...], int]:
    """Return lanes with their marks, and the height of all; marks that would touch stand under each other."""
    numbered = list(enumerate(shown, start=1))
    in_text = sorted(numbered, key=lambda pair: (pair[1][0].entry.provision.doc, pair[1][0].entry.provision.start))
    names = list(dict.fromkeys((row.entry.provision.doc, row.pillar) for _, (row, _) in in_text))
    several = len({doc for doc, _ in names}) > 1
    lanes, y = [], HEAD
    for doc, pillar in names:
        own = [one for one in numbered if (one[1][0].entry.provision.doc, one[1][0].pillar) == (doc, pillar)]
        marks, levels = placed(own, axis, y + LANE_HEAD)
        height = LANE_HEAD + levels * MARK + LANE_FOOT
        title = " › ".join(part for part in (own[0][1][0].title, pillar) if part) if several else pillar
        lanes.append(Lane(title, y, height, marks))
        y += height
    return tuple(lanes), y + FOOT


def placed(
    own: Iterable[tuple[int, tuple[BoardRow, DueItem]]], axis: Axis, top: int
) -> tuple[tuple[Mark, ...], int]:
    """Return the marks of a lane, each on the highest level where it touches none, and the number of levels."""
    ends: list[int] = []
    marks = []
    for number, (row, item) in own:
        x = axis.place(_day(item))
        level = next((at for at, end in enumerate(ends) if end <= x), len(ends))
        ends[level : level + 1] = [x + 2 * MARK]
        marks.append(Mark(number, row, item, x, top + level * MARK + MARK // 2))
    return tuple(marks), len(ends)
