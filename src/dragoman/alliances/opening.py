"""Which ties stand behind a square of a matrix."""

from __future__ import annotations

import numpy as np

from dragoman.alliances.columns import Columns
from dragoman.alliances.counting import Numbers, distinct, grouped, joined
from dragoman.alliances.picture import Entries, ordered
from dragoman.model.alliance import Cell, Level, Stance


def behind(ties: Columns, entries: Entries, actor: str, pair: tuple[str, str], column: str = "") -> Numbers:
    """Return the numbers of the ties behind a square, by day, document and position, one a sentence.

    Args:
        ties: that count.
        entries: the same by columns.
        actor: who is asked for, "" for all.
        pair: of the row, in its order; with "" as the second, all of the first.
        column: of the square; "" for all of the row.
    """
    first, second = ordered(ties, actor)
    wanted = first == ties.number(pair[0])
    if pair[1]:
        wanted &= second == ties.number(pair[1])
    else:
        wanted |= second == ties.number(pair[0])
    found: Numbers = np.flatnonzero(wanted)
    if column:
        number = entries.columns.index(column) if column in entries.columns else -1
        found = np.intersect1d(found, entries.at[entries.column == number])
    _, once = np.unique(ties.sentences[found], return_index=True)
    return sort(ties, found[once])


def sort(ties: Columns, found: Numbers) -> Numbers:
    """Return numbers of ties by day, document and position; those without a day last."""
    day = ties.rows["day"][found].astype(np.int64)
    day[day == 0] = np.iinfo(np.int64).max
    order: Numbers = found[np.lexsort((ties.rows["start"][found], ties.docs[found], day))]
    return order


def by_day(ties: Columns, found: Numbers, most: int) -> list[Numbers]:
    """Return the first kinds, day by day, that hold so many sentences; a day is never cut.

    Args:
        ties: of kinds of sentences.
        found: numbers of them, by day.
        most: sentences that are wanted.
    """
    days = ties.rows["day"][found]
    parts = np.split(found, np.flatnonzero(np.diff(days)) + 1)
    held = np.cumsum([len(part) for part in parts])
    return parts[: int(np.searchsorted(held, most)) + 1]


def first_of_each(ties: Columns, entries: Entries, most: int) -> Numbers:
    """Return the first kinds of sentences, so many, of every cell of ties of kinds."""
    first, second = ordered(ties)
    rows, at = ties.rows, entries.at
    keys = (first[at], second[at], entries.column, rows["stance"][at], rows["level"][at])
    groups = grouped(joined([one.astype(np.int64) for one in keys], len(at))).of
    order = np.lexsort((ties.docs[at], groups))
    apart = np.flatnonzero(np.diff(groups[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(apart, np.diff([*apart, len(order)]))
    return distinct(ties.docs[at[order[rank < most]]])


def head_of_cell(cell: Cell) -> tuple[str, str, str, Stance, Level]:
    """Return what makes a cell one of its kind."""
    return cell.actor, cell.partner, cell.column, cell.stance, cell.level
