"""Tables of figures that rules look up: chips, thresholds by country, amounts by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.model.case import Value
from dragoman.model.rule import Bilingual, Confidence, FactType


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: known values by column; an absent cell is unknown.
        evidence: how sure the row is; a finding that rests on it is never surer.
        note: what a reader must know of the row.
        source: where the row was found, when not where the whole table was.
    """

    cells: Mapping[str, Value]
    evidence: Confidence
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as in `lookup('chips', chip, 'tpp')`.

    Attributes:
        name: of the file, without its ending.
        key: what the rows are named by ("chip").
        columns: type of each column.
        rows: by key.
        title: what it is.
        source, as_of: where and when it was seen.
    """

    name: str
    key: str
    columns: Mapping[str, FactType]
    rows: Mapping[str, Row]
    title: Bilingual
    source: str
    as_of: date

    def cell(self, key: str, column: str) -> Value | None:
        """Return a cell, None when the row or the cell is not known."""
        row = self.rows.get(key)
        return None if row is None else row.cells.get(column)
