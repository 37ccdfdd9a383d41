"""Which ties stand behind a square of a matrix."""

from __future__ import annotations

import numpy as np

from dragoman.alliances.columns import Columns
from dragoman.alliances.counting import Numbers
from dragoman.alliances.picture import Entries, ordered


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
