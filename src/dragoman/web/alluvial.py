"""The picture above a lineage: texts as bars of their labels, links as ribbons between them.

Pure geometry; the template draws it. A label is told by its sign and by words, never by colour alone. A statement
with several predecessors hangs on the most alike one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.model.lineage import Lineage, LineageLabel, LineageLine
from dragoman.web.river import MARKS, Column, columns_of, mark_of

WIDTH = 1000
"""Units of a picture of few texts; one of many is wider."""
STEP = 130
"""Units that a text takes at least."""
HEIGHT = 300
"""Units of the highest bar with what is dropped below it."""
TOP = 58
FOOT = 12
BAR = 74
MARGIN = 40
APART = 12
"""Units between a bar and what was dropped in its text."""
LEAST = 1.5
"""Units of the thinnest segment."""
WORDED = 11.5
"""Units from which on a segment has room for its number."""
DROPPED = LineageLabel.DROPPED.value

Place = tuple[int, str]
"""Column and mark of a segment."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The statements of one text with one mark: where they are drawn, and how many there are."""

    column: int
    slug: str
    mark: str
    count: int
    x: float
    y: float
    height: float

    @property
    def worded(self) -> bool:
        """Return whether there is room for a number."""
        return self.height >= WORDED


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Links from statements of one mark to statements of another text: the outline that is drawn, and how many."""

    source: Place
    goal: Place
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: its text or gap, and the middle of its bar."""

    column: Column
    x: float
    middle: float


@dataclass(frozen=True, slots=True)
class Alluvial:
    """A picture.

    Attributes:
        bars: columns in order.
        segments: of the bars.
        ribbons: between them, the widest first.
        width, height: of the whole picture.
    """

    bars: tuple[Bar, ...]
    segments: tuple[Segment, ...]
    ribbons: tuple[Ribbon, ...]
    width: int
    height: int


def alluvial_of(lineage: Lineage) -> Alluvial:
    """Return the picture of a lineage."""
    columns = columns_of(lineage)
    width = max(WIDTH, 2 * MARGIN + len(columns) * STEP)
    bars = tuple(_bars(columns, width))
    places = {column.slug: at for at, column in enumerate(columns) if column.slug}
    counts = Counter(_place(line, places) for line in lineage.lines)
    segments = tuple(_segments(bars, counts))
    return Alluvial(bars, segments, _ribbons(lineage, places, segments), width, TOP + HEIGHT + FOOT)


def _bars(columns: Sequence[Column], width: int) -> Iterable[Bar]:
    step = (width - 2 * MARGIN - BAR) / max(1, len(columns) - 1)
    for at, column in enumerate(columns):
        x = MARGIN + at * step
        yield Bar(column, round(x, 1), round(x + BAR / 2, 1))


def _place(line: LineageLine, places: Mapping[str, int]) -> Place:
    return places[line.dropped_in or line.provision.doc], mark_of(line)


def _segments(bars: Sequence[Bar], counts: Mapping[Place, int]) -> Iterable[Segment]:
    totals = Counter[int]()
    for (column, _), count in counts.items():
        totals[column] += count
    unit = (HEIGHT - APART) / max([1, *totals.values()])
    for at, bar in enumerate(bars):
        y = float(TOP)
        for mark in MARKS:
            count = counts.get((at, mark), 0)
            if count:
                y += APART if mark == DROPPED else 0
                height = max(LEAST, count * unit)
                yield Segment(at, bar.column.slug, mark, count, bar.x, round(y, 1), round(height, 1))
                y += height


def _ribbons(lineage: Lineage, places: Mapping[str, int], segments: Iterable[Segment]) -> tuple[Ribbon, ...]:
    """Return the ribbons; those that leave one segment share its height, and so do those that reach one."""
    boxes = {(one.column, one.mark): one for one in segments}
    links = Counter(_links(lineage, places))
    starts = _shares(boxes, [(source, goal, count) for (source, goal), count in sorted(links.items(), key=_order)])
    ends = _shares(boxes, [(goal, source, count) for (source, goal), count in sorted(links.items(), key=_order)])
    made = [
        Ribbon(source, goal, count, _path(boxes[source], starts[source, goal], boxes[goal], ends[goal, source]))
        for (source, goal), count in links.items()
    ]
    return tuple(sorted(made, key=lambda ribbon: -ribbon.count))


def _order(link: tuple[tuple[Place, Place], int]) -> tuple[int, int, int, int]:
    (source, goal), _ = link
    return goal[0], MARKS.index(goal[1]), -source[0], MARKS.index(source[1])


def _links(lineage: Lineage, places: Mapping[str, int]) -> Iterable[tuple[Place, Place]]:
    marks = {line.provision.id: _place(line, places) for line in lineage.lines if not line.dropped_in}
    for line in lineage.lines:
        origin = line.provision.id if line.dropped_in else line.ancestors[0].provision.id if line.ancestors else ""
        source, goal = marks.get(origin), _place(line, places)
        if source and source[0] < goal[0]:
            yield source, goal


def _shares(
    boxes: Mapping[Place, Segment], links: Iterable[tuple[Place, Place, int]]
) -> dict[tuple[Place, Place], tuple[float, float]]:
    """Return, for each link of a segment, the stretch of its side that it takes."""
    listed = list(links)
    totals = Counter[Place]()
    for here, _, count in listed:
        totals[here] += count
    taken: dict[Place, float] = {}
    found: dict[tuple[Place, Place], tuple[float, float]] = {}
    for here, there, count in listed:
        box = boxes[here]
        top = taken.get(here, box.y)
        high = box.height * count / max(totals[here], box.count)
        found[here, there] = (top, top + high)
        taken[here] = top + high
    return found


def _path(source: Segment, out: tuple[float, float], goal: Segment, into: tuple[float, float]) -> str:
    left, right = source.x + BAR, goal.x
    middle = (left + right) / 2
    (a, b), (c, d) = out, into
    return (
        f"M{left:.1f} {a:.1f}C{middle:.1f} {a:.1f} {middle:.1f} {c:.1f} {right:.1f} {c:.1f}"
        f"V{d:.1f}C{middle:.1f} {d:.1f} {middle:.1f} {b:.1f} {left:.1f} {b:.1f}Z"
    )
