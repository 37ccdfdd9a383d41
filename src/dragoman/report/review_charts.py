"""Charts of the review of delivery: lines by pillar and state, and what is due when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.model import Board, BoardRow, DueState
from dragoman.report.blocks import Chart, Table, line
from dragoman.report.charts import colours_of, width
from dragoman.report.delivery_words import Speaker, sentence

MOST_POINTS = 60
"""Points of the picture of days: more are a cloud."""
SHORT = 120
"""Characters of a sentence in the table of days."""
LABELS = 340
"""Pixels for the names of pillars."""
BAR = 26
"""Pixels from one bar to the next."""


@dataclass(frozen=True, slots=True)
class Point:
    """A line or instance that has a day."""

    row: BoardRow
    day: date
    state: DueState


def pillar_chart(board: Board, speaker: Speaker) -> Chart:
    """Return bars of the lines of each pillar by state; the table behind it has all pillars and the sums."""
    states = tuple(board.summary.states)
    pillars = [(pillar_name(name, speaker), counts) for name, counts in board.summary.pillars]
    values = [
        {"pillar": name, "state": speaker.state(state).text, "n": counts[state], "order": order}
        for name, counts in pillars
        for order, state in enumerate(states)
        if state in counts
    ]
    rows = [
        (line(name), *(line(str(counts.get(state, "–"))) for state in states), line(str(sum(counts.values()))))
        for name, counts in pillars
    ]
    sums = [line(str(board.summary.states[state])) for state in states]
    rows.append((line(speaker.text("delivery.total")), *sums, line(str(board.summary.rows))))
    head = (
        speaker.text("delivery.columns.pillar"),
        *(speaker.state(state).text for state in states),
        speaker.text("delivery.total"),
    )
    counts = speaker.listed(f"{speaker.state(state).text} {n}" for state, n in board.summary.states.items())
    spec = {
        "data": {"values": values},
        "width": width() - LABELS,
        "height": {"step": BAR},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "pillar", "type": "nominal", "sort": [name for name, _ in pillars], "axis": _labels()},
            "x": {
                "field": "n",
                "type": "quantitative",
                "aggregate": "sum",
                "axis": {"title": None, "tickMinStep": 1},
            },
            "color": _colour(states, speaker),
            "order": {"field": "order"},
        },
    }
    table = Table(head, tuple(rows), speaker.text("delivery.chart_pillars"), (4, *(1.0 for _ in head[1:])))
    return Chart(spec, speaker.text("delivery.chart_alt", counts=counts), table)


def due_chart(board: Board, speaker: Speaker) -> Chart | None:
    """Return points of what has a day on an axis of time; None where nothing has one."""
    points = sorted(points_of(board.rows), key=lambda point: (abs((point.day - board.as_of).days), point.day))
    if not points:
        return None
    shown = sorted(points[:MOST_POINTS], key=lambda point: (point.day, speaker.numbers[_id(point)]))
    states = tuple(state for state in board.summary.instances if any(point.state is state for point in shown))
    late = sum(point.state is DueState.OVERDUE for point in points)
    day = speaker.texts.date(board.as_of)
    alt = speaker.text("delivery.chart_due_alt", day=day, overdue=late, later=len(points) - late)
    if len(points) > len(shown):
        alt = f"{alt} {speaker.text('delivery.left_out', shown=len(shown), all=len(points), day=day)}"
    return Chart(_timeline(shown, states, board.as_of, speaker), alt, _due_table(shown, speaker))


def points_of(rows: Sequence[BoardRow]) -> Iterator[Point]:
    """Yield the lines and instances that have a day."""
    for row in rows:
        yield from (Point(row, item.due, item.state) for item in row.status.due if item.due)


def pillar_name(pillar: str, speaker: Speaker) -> str:
    """Return a pillar's title, or what stands for none."""
    return pillar or speaker.text("delivery.no_pillar")


def _id(point: Point) -> str:
    return point.row.entry.provision.id


def _timeline(
    points: Sequence[Point], states: Sequence[DueState], as_of: date, speaker: Speaker
) -> dict[str, Any]:
    values = [
        {
            "day": point.day.isoformat(),
            "pillar": pillar_name(point.row.pillar, speaker),
            "state": speaker.state(point.state).text,
        }
        for point in points
    ]
    order = list(dict.fromkeys(pillar_name(row.pillar, speaker) for row in _in_text(points)))
    axis = {"title": None, "format": "%Y-%m", "labelOverlap": True, "tickCount": 8}
    when = {"field": "day", "type": "temporal", "axis": axis}
    today = {
        "data": {"values": [{"day": as_of.isoformat()}]},
        "mark": {"type": "rule", "color": "#1c1e21", "strokeDash": [4, 3]},
        "encoding": {"x": when},
    }
    marks = {
        "data": {"values": values},
        "mark": {
            "type": "point",
            "filled": True,
            "size": 90,
            "opacity": 0.85,
            "stroke": "#1c1e21",
            "strokeWidth": 0.7,
        },
        "encoding": {
            "x": when,
            "y": {"field": "pillar", "type": "nominal", "sort": order, "axis": _labels()},
            "color": _colour(states, speaker),
            "shape": {
                **_named(states, speaker),
                "scale": {"domain": _words(states, speaker), "range": SHAPES[: len(states)]},
            },
        },
    }
    return {"width": width() - LABELS, "height": {"step": BAR}, "layer": [today, marks]}


SHAPES = [
    "diamond",
    "triangle-down",
    "square",
    "circle",
    "cross",
    "triangle-up",
    "triangle-left",
    "triangle-right",
]
"""A shape for each state, so that none is told by colour alone."""


def _in_text(points: Sequence[Point]) -> list[BoardRow]:
    return [point.row for point in sorted(points, key=lambda point: point.row.entry.provision.start)]


def _labels() -> dict[str, Any]:
    return {"title": None, "labelLimit": LABELS - 10, "ticks": False, "domain": False}


def _words(states: Sequence[DueState], speaker: Speaker) -> list[str]:
    return [speaker.state(state).text for state in states]


def _named(states: Sequence[DueState], speaker: Speaker) -> dict[str, Any]:
    domain = _words(states, speaker)
    return {"field": "state", "type": "nominal", "sort": domain, "legend": {"title": None}}


def _colour(states: Sequence[DueState], speaker: Speaker) -> dict[str, Any]:
    colours = colours_of("due_states")
    scale = {"domain": _words(states, speaker), "range": [colours[state.value] for state in states]}
    return {**_named(states, speaker), "scale": scale}


def _due_table(points: Sequence[Point], speaker: Speaker) -> Table:
    head = tuple(
        speaker.text(f"delivery.columns.{name}") for name in ("day", "ref", "commitment", "pillar", "state")
    )
    rows = tuple(
        (
            line(speaker.day(point.day)),
            line(speaker.ref(_id(point))),
            sentence(point.row.entry.provision, SHORT),
            line(pillar_name(point.row.pillar, speaker)),
            (speaker.state(point.state),),
        )
        for point in points
    )
    return Table(head, rows, widths=(1.2, 0.6, 6, 3, 1.6))
