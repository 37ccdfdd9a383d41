"""Steps of team coding. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from dragoman.model import ConflictError, StoreError
from dragoman.model.coding import CodingAct, CodingStep
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of, payload_of, provision_of
from dragoman.register.schema import coding_steps
from dragoman.register.texts import AnyRow, inserted, stamp


class CodingChangedError(ConflictError):
    """Somebody else did something to the same coding meanwhile."""

    def __init__(self, doc: str) -> None:
        super().__init__(f"The coding of `{doc}` was changed meanwhile.", "Look at it again and repeat.")


class UnknownStepError(StoreError):
    """A step of team coding that this version does not know."""

    def __init__(self, act: str) -> None:
        super().__init__(
            f"The register holds a step of team coding, `{act}`, that this version of dragoman does not know.",
            "Install the newer dragoman that wrote it.",
        )


class CodingSteps:
    """Steps of team coding; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, steps: Sequence[CodingStep], expected: int | None = None) -> tuple[int, ...]:
        """Keep steps, all or none, and return their numbers.

        Args:
            steps: of one or several documents.
            expected: number of the last step of the first one's document by that coder or of the document as a
                whole, as the caller saw it; None where that does not matter.

        Raises:
            CodingChangedError: there is a later one by now.
        """
        if not steps:
            return ()
        with self._store.writing("coding") as connection:
            first = steps[0]
            if expected is not None and _last(connection, first.doc, first.coder) != expected:
                raise CodingChangedError(first.doc)
            return tuple(_kept(connection, step) for step in steps)

    def last(self, doc: str, coder: str = "") -> int:
        """Return the number of the last step on a document by a coder or on the whole document, 0 for none."""
        with self._store.reading() as connection:
            return _last(connection, doc, coder)

    def steps(self, doc: str | None = None) -> tuple[CodingStep, ...]:
        """Return all steps, or those of a document, oldest first."""
        question = select(coding_steps).order_by(coding_steps.c.id)
        if doc is not None:
            question = question.where(coding_steps.c.doc == doc)
        with self._store.reading() as connection:
            return tuple(map(step_of, connection.execute(question)))


def _last(connection: Connection, doc: str, coder: str) -> int:
    own = or_(coding_steps.c.coder == coder, coding_steps.c.coder == "")
    question = select(func.max(coding_steps.c.id)).where(coding_steps.c.doc == doc, own)
    return int(connection.execute(question).scalar() or 0)


def _kept(connection: Connection, step: CodingStep) -> int:
    row = {
        "act": step.act.value,
        "doc": column_text(step.doc),
        "coder": column_text(step.coder),
        "unit": step.unit,
        "line": payload_of(step.line) if step.line else None,
        "payload": json_of(dict(step.values)),
        "by": column_text(step.by),
        "at": stamp(step.at),
        "reason": column_text(step.reason),
    }
    return inserted(connection, coding_steps, row)


def step_of(row: AnyRow) -> CodingStep:
    """Return the step of a row. Raises UnknownStepError: a newer dragoman took it."""
    if row.act not in set(CodingAct):
        raise UnknownStepError(row.act)
    return CodingStep(
        number=row.id,
        act=CodingAct(row.act),
        doc=row.doc,
        coder=row.coder,
        by=row.by,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
        unit=row.unit,
        line=provision_of(row.line) if row.line else None,
        values=json.loads(row.payload),
    )
