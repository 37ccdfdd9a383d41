"""Which lines of coders are about the same unit.

Two lines are of one unit where they share at least half of the shorter one. Where several could be, the same kind
comes first, then the greatest share, then the nearest trigger: the rule of the scorer of the annotation guide.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.model import Provision
from dragoman.model.coding import CodedLine


@dataclass(slots=True)
class Unit:
    """Lines of several coders about one thing, at most one of each, by coder."""

    lines: dict[str, CodedLine] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return min(one.line.start for one in self.lines.values())

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return max(one.line.end for one in self.lines.values())

    @property
    def first(self) -> Provision:
        """The line that was there first."""
        return next(iter(self.lines.values())).line


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return which share of the shorter of two stretches both cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(shared, 0) / shorter if shorter > 0 else 0.0


class Stretches:
    """Stretches of a text, found by place: what lies far away is never looked at."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        found = sorted((start, end, number) for number, (start, end) in enumerate(stretches))
        self._found = found
        self._starts = [start for start, _, _ in found]
        self._longest = max((end - start for start, end, _ in found), default=0)

    def near(self, start: int, end: int) -> Iterator[tuple[int, float]]:
        """Yield the number of each stretch that a stretch overlaps, and the share of the shorter one."""
        first = bisect_right(self._starts, start - self._longest)
        for one, other, number in self._found[first : bisect_left(self._starts, end)]:
            share = overlap((start, end), (one, other))
            if share > 0:
                yield number, share


def pairs_of(first: Sequence[Provision], second: Sequence[Provision], least: float) -> tuple[tuple[int, int], ...]:
    """Return which lines of two coders are of one unit, as pairs of indexes; each line is in at most one.

    Args:
        first: lines of one.
        second: lines of the other.
        least: share of the shorter line that both must cover.
    """
    candidates = []
    places = Stretches((other.start, other.end) for other in second)
    for i, one in enumerate(first):
        for j, share in places.near(one.start, one.end):
            if share >= least:
                apart = abs(one.trigger_start - second[j].trigger_start)
                candidates.append((one.kind is not second[j].kind, -share, apart, i, j))
    found, mine, theirs = [], set(), set()
    for _, _, _, i, j in sorted(candidates):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            found.append((i, j))
    return tuple(sorted(found))


def units_of(lines: Mapping[str, Sequence[CodedLine]], least: float) -> tuple[Unit, ...]:
    """Return the units of several coders' lines on one document, in text order.

    The lines of each coder are paired with the units found so far, coders by name, so that the outcome does not
    hang on the order in which they are given.
    """
    units: list[Unit] = []
    for coder in sorted(lines):
        own = sorted(lines[coder], key=_place)
        paired = pairs_of([unit.first for unit in units], [one.line for one in own], least)
        for i, j in paired:
            units[i].lines[coder] = own[j]
        taken = {j for _, j in paired}
        units += [Unit({coder: one}) for j, one in enumerate(own) if j not in taken]
    return tuple(sorted(units, key=lambda unit: (unit.start, unit.end, _place(next(iter(unit.lines.values()))))))


def _place(one: CodedLine) -> tuple[int, int, int, int]:
    return one.line.start, one.line.end, one.line.trigger_start, one.unit
