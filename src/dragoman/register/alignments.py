"""Links of language versions that persons set. Rows are only ever added: the last about a sentence counts."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select

from dragoman.model.bilingual import LinkAction, LinkCorrection, Span
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import link_corrections
from dragoman.register.texts import AnyRow, stamp


class Alignments:
    """Corrections of links; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, correction: LinkCorrection) -> None:
        """Keep a correction; earlier ones stay as its history."""
        row = {
            "english": correction.english,
            "chinese": correction.chinese,
            "english_sha256": correction.texts[0],
            "chinese_sha256": correction.texts[1],
            "action": correction.action.value,
            "en": json_of([list(span) for span in correction.en]),
            "zh": json_of([list(span) for span in correction.zh]),
            "person": column_text(correction.person),
            "reason": column_text(correction.reason),
            "at": stamp(correction.at),
        }
        with self._store.writing(correction.english) as connection:
            connection.execute(insert(link_corrections), row)

    def history(self, english: str, chinese: str) -> tuple[LinkCorrection, ...]:
        """Return all corrections of two documents, oldest first; of any version of their texts."""
        about = (link_corrections.c.english == english) & (link_corrections.c.chinese == chinese)
        question = select(link_corrections).where(about).order_by(link_corrections.c.id)
        with self._store.reading() as connection:
            return tuple(map(correction_of, connection.execute(question)))


def correction_of(row: AnyRow) -> LinkCorrection:
    """Return the correction of a row."""
    return LinkCorrection(
        english=row.english,
        chinese=row.chinese,
        texts=(row.english_sha256, row.chinese_sha256),
        action=LinkAction(row.action),
        en=spans_of(row.en),
        zh=spans_of(row.zh),
        person=row.person,
        reason=row.reason,
        at=datetime.fromisoformat(row.at),
    )


def spans_of(content: str) -> tuple[Span, ...]:
    """Return the offsets that a column holds."""
    return tuple((start, end) for start, end in json.loads(content))
