"""What persons say of the lineage of lines. Rows are only ever added: the last of a line counts."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select

from dragoman.model.lineage import LineageCorrection, LineageLabel
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import lineage_corrections
from dragoman.register.texts import AnyRow, stamp


class Lineages:
    """Corrections of lineage; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, correction: LineageCorrection) -> None:
        """Keep a correction; earlier ones of the line stay as its history."""
        ancestors = correction.ancestors
        row = {
            "provision": correction.provision,
            "label": correction.label.value,
            "ancestors": None if ancestors is None else json_of(list(ancestors)),
            "note": column_text(correction.note),
            "person": column_text(correction.person),
            "at": stamp(correction.at),
        }
        with self._store.writing(correction.provision) as connection:
            connection.execute(insert(lineage_corrections), row)

    def standing(self) -> dict[str, LineageCorrection]:
        """Return the corrections that count, by the id of their line."""
        question = select(lineage_corrections).order_by(lineage_corrections.c.id)
        with self._store.reading() as connection:
            return {row.provision: correction_of(row) for row in connection.execute(question)}

    def history(self, provision: str) -> tuple[LineageCorrection, ...]:
        """Return all corrections of a line, oldest first."""
        question = (
            select(lineage_corrections)
            .where(lineage_corrections.c.provision == provision)
            .order_by(lineage_corrections.c.id)
        )
        with self._store.reading() as connection:
            return tuple(map(correction_of, connection.execute(question)))


def correction_of(row: AnyRow) -> LineageCorrection:
    """Return the correction of a row."""
    return LineageCorrection(
        provision=row.provision,
        label=LineageLabel(row.label),
        ancestors=None if row.ancestors is None else tuple(json.loads(row.ancestors)),
        note=row.note,
        person=row.person,
        at=datetime.fromisoformat(row.at),
    )
