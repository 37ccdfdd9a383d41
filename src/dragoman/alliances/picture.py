"""Cells, matrix, timeline and map of ties, counted in columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dragoman.alliances.columns import LAYERS, LEVELS, STANCES, Columns, day_of
from dragoman.alliances.counting import Numbers, grouped, joined
from dragoman.model.alliance import Axis, Cell, Mark, Matrix, Place, Point, Span, Stance

WITH, AGAINST = STANCES.index(Stance.WITH), STANCES.index(Stance.AGAINST)


class Entries(NamedTuple):
    """Ties by the columns of an axis: a tie that names two technologies stands there twice.

    Attributes:
        at: number of the tie, for each entry.
        column: number of the column, for each entry.
        columns: their names.
        unnamed: ties that name no column.
    """

    at: Numbers
    column: Numbers
    columns: tuple[str, ...]
    unnamed: int


def entries_of(ties: Columns, axis: Axis) -> Entries:
    """Return ties by the columns of an axis."""
    if axis is Axis.LAYER:
        at: Numbers = np.arange(len(ties))
        return Entries(at, ties.rows["layer"].astype(np.int64), tuple(LAYERS), 0)
    field = "technologies" if axis is Axis.TECHNOLOGY else "instruments"
    tags = ties.tags.technologies if axis is Axis.TECHNOLOGY else ties.tags.instruments
    bits = ties.rows[field]
    found = [np.flatnonzero(bits & np.uint64(1 << number)) for number in range(len(tags))]
    column = np.repeat(np.arange(len(tags)), [len(one) for one in found])
    at = np.concatenate([*found, np.zeros(0, np.int64)]).astype(np.int64)
    return Entries(at, column, tags, int(ties.sizes[bits == 0].sum()))


def activity(ties: Columns) -> Numbers:
    """Return how many ties each name has."""
    if (known := ties.known.get("activity")) is not None:
        return known
    rows, sizes, names = ties.rows, ties.sizes, len(ties.names)
    both = (np.bincount(rows[side], sizes, minlength=names) for side in ("actor", "partner"))
    return np.rint(sum(both, np.zeros(names))).astype(np.int64)


def ordered(ties: Columns, first: str = "") -> tuple[Numbers, Numbers]:
    """Return the two parties of each tie; in one `with`, the more active first, or the one that is asked for."""
    actor, partner = ties.rows["actor"].astype(np.int64), ties.rows["partner"].astype(np.int64)
    rank = np.lexsort((np.array(ties.names), -activity(ties)))
    place = np.empty(len(rank), np.int64)
    place[rank] = np.arange(len(rank))
    if (number := ties.number(first)) >= 0:
        place[number] = -1
    swap = (ties.rows["stance"] == WITH) & (place[partner] < place[actor])
    return np.where(swap, partner, actor), np.where(swap, actor, partner)


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries grouped by a key.

    Attributes:
        first: number of one entry of each group.
        groups: number of the group, for each entry.
        counts: sentences of each group.
        order: numbers of groups, most sentences first.
    """

    first: Numbers
    groups: Numbers
    counts: Numbers
    order: Numbers


def tally(ties: Columns, keys: Sequence[Numbers], sentences: Numbers) -> Tally:
    """Return entries grouped by several numbers each, with the sentences of each group counted once."""
    groups = grouped(joined(keys, len(sentences)))
    counts = ties.counts(groups.of, sentences, len(groups.first))
    return Tally(groups.first, groups.of, counts, np.lexsort((np.arange(len(counts)), -counts)))


def cells_of(ties: Columns, entries: Entries, actor: str = "", most: int | None = None) -> tuple[Cell, ...]:
    """Return the cells of ties, most sentences first.

    Args:
        ties: that count.
        entries: the same by columns.
        actor: who is asked for, "" for all.
        most: sentences that a cell lists; None lists all. The count is of all.
    """
    first, second = ordered(ties, actor)
    rows, at, sizes = ties.rows, entries.at, ties.sizes
    stance, level = rows["stance"].astype(np.int64)[at], rows["level"].astype(np.int64)[at]
    keys = (first[at], second[at], entries.column, stance, level)
    found = tally(ties, keys, ties.sentences[at])
    spots = np.argsort(found.groups, kind="stable")
    bounds = np.searchsorted(found.groups[spots], np.arange(len(found.first) + 1))
    names = ties.names
    cells = []
    for group in found.order:
        one = found.first[group]
        members = at[spots[bounds[group] : bounds[group + 1]]]
        own = rows[members]
        days = own["day"][own["day"] > 0]
        cells.append(
            Cell(
                actor=names[keys[0][one]],
                partner=names[keys[1][one]],
                column=entries.columns[entries.column[one]],
                stance=STANCES[stance[one]],
                level=LEVELS[level[one]],
                count=int(found.counts[group]),
                force=mean_of(own["force"], sizes[members]),
                joint=mean_of(own["joint"], sizes[members]),
                confidence=int(own["confidence"].max()) / 100,
                first=day_of(int(days.min(initial=2**31 - 1))) if len(days) else None,
                last=day_of(int(days.max(initial=0))),
                sentences=places_of(ties, members, most),
            )
        )
    return tuple(
        sorted(
            cells, key=lambda cell: (-cell.count, cell.actor, cell.partner, cell.column, cell.stance, cell.level)
        )
    )


def mean_of(values: npt.NDArray[np.integer], sizes: Numbers) -> float:
    """Return the mean of values, each standing for so many, rounded to two places."""
    return round(float(values.astype(np.int64) @ sizes) / int(sizes.sum()), 2)


def places_of(ties: Columns, members: Numbers, most: int | None) -> tuple[Place, ...]:
    """Return the sentences of some ties, each once, in order of document and position; none of kinds."""
    own = members[: 0 if ties.weights is not None else most]
    rows = ties.rows[own]
    columns = (ties.docs[own].tolist(), rows["start"].tolist(), rows["end"].tolist())
    found = {(ties.slugs[doc], start, end) for doc, start, end in zip(*columns, strict=True)}
    return tuple(Place(*one) for one in sorted(found))


def matrix_of(ties: Columns, entries: Entries, axis: Axis, actor: str = "") -> Matrix:
    """Return the matrix of ties: partners of an actor, or pairs, by the columns of an axis."""
    first, second = ordered(ties, actor)
    at = entries.at
    sentences = ties.sentences
    found = tally(ties, (first[at], second[at], entries.column), sentences[at])
    many = ties.sizes[at]
    force = np.bincount(found.groups, ties.rows["force"][at] * many, minlength=len(found.first))
    sizes = np.bincount(found.groups, many, minlength=len(found.first))
    against = against_in(ties, found, at, sentences)
    marks: dict[tuple[tuple[str, str], str], Mark] = {}
    for group, one in enumerate(found.first):
        pair = (ties.names[first[at[one]]], ties.names[second[at[one]]])
        column = entries.columns[entries.column[one]]
        mean = round(float(force[group] / sizes[group]), 2)
        marks[pair, column] = Mark(int(found.counts[group]), mean, int(against[group]))
    totals: dict[tuple[str, str], int] = {}
    for (pair, _), mark in marks.items():
        totals[pair] = totals.get(pair, 0) + mark.count
    rows = tuple(sorted(totals, key=lambda pair: (-totals[pair], pair)))
    return Matrix(axis, actor, rows, entries.columns, marks)


def against_in(ties: Columns, found: Tally, at: Numbers, sentences: Numbers) -> Numbers:
    """Return how many sentences of each group are against the partner."""
    sharp = ties.rows["stance"][at] == AGAINST
    return ties.counts(found.groups[sharp], sentences[at][sharp], len(found.first))


def timeline_of(ties: Columns, entries: Entries, actor: str = "", *, quarters: bool = False) -> tuple[Span, ...]:
    """Return ties by year or quarter; those without a day are left out."""
    dated = np.flatnonzero(ties.rows["day"] > 0)
    day = ties.rows["day"][dated].astype(np.int64)
    days = grouped(day)
    steps = [step_of(date.fromordinal(int(one)), quarters=quarters) for one in day[days.first]]
    names = sorted(set(steps))
    if not names:
        return ()
    step = np.full(len(ties), -1, np.int64)
    step[dated] = np.array([names.index(one) for one in steps], np.int64)[days.of]
    sentences = ties.sentences
    counts = by_step(ties, step[entries.at], entries.column, sentences[entries.at], len(names), entries.columns)
    first, second = ordered(ties, actor)
    partners = by_step(ties, step, second, sentences, len(names), ties.names)
    new = first_pairs(ties, step, first, second, len(names))
    return tuple(Span(name, *bounds_of(name), counts[at], partners[at], new[at]) for at, name in enumerate(names))


def by_step(
    ties: Columns,
    step: Numbers,
    value: npt.NDArray[np.integer],
    sentences: Numbers,
    steps: int,
    names: Sequence[str],
) -> list[dict[str, int]]:
    """Return sentences by value, for each step."""
    dated = step >= 0
    steps_of, values = step[dated], value[dated].astype(np.int64)
    found = tally(ties, (steps_of, values), sentences[dated])
    counts: list[dict[str, int]] = [{} for _ in range(steps)]
    for group in found.order:
        one = found.first[group]
        counts[steps_of[one]][names[values[one]]] = int(found.counts[group])
    return counts


def first_pairs(
    ties: Columns, step: Numbers, first: Numbers, second: Numbers, steps: int
) -> list[tuple[tuple[str, str], ...]]:
    """Return the pairs that are tied for the first time, for each step."""
    dated = np.flatnonzero(step >= 0)
    pairs = grouped(joined((first[dated], second[dated]), len(dated)))
    earliest = np.full(len(pairs.first), steps, np.int64)
    np.minimum.at(earliest, pairs.of, step[dated])
    found: list[list[tuple[str, str]]] = [[] for _ in range(steps)]
    for at, one in zip(earliest, dated[pairs.first], strict=True):
        found[at].append((ties.names[first[one]], ties.names[second[one]]))
    return [tuple(sorted(one)) for one in found]


def step_of(day: date, *, quarters: bool) -> str:
    """Return the name of the year or quarter of a day."""
    return f"{day.year}-Q{(day.month + 2) // 3}" if quarters else f"{day.year:04d}"


def bounds_of(name: str) -> tuple[date, date]:
    """Return the first and last day of a year or quarter."""
    year, _, quarter = name.partition("-Q")
    if not quarter:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    month = int(quarter) * 3
    last = date(int(year), month, 30 if month in {6, 9} else 31)
    return date(int(year), month - 2, 1), last


def points_of(ties: Columns, places: Mapping[str, tuple[float, float]], actor: str = "") -> tuple[Point, ...]:
    """Return the partners that have a place on the map, most sentences first."""
    _, second = ordered(ties, actor)
    sentences = ties.sentences
    found = tally(ties, (second,), sentences)
    against = against_in(ties, found, np.arange(len(ties)), sentences)
    points = []
    for group in found.order:
        name = ties.names[second[found.first[group]]]
        if name in places:
            latitude, longitude = places[name]
            points.append(Point(name, latitude, longitude, int(found.counts[group]), int(against[group])))
    return tuple(sorted(points, key=lambda point: (-point.count, point.name)))
