"""What people changed in the register of actors, and how often lines name whom. Rows are only ever added."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, insert, select

from dragoman.model import ReviewState
from dragoman.model.actor import ActorAct, ActorStep
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import actor_steps, documents, entries, entry_values
from dragoman.register.texts import AnyRow, stamp


class ActorSteps:
    """Steps of the register of actors; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, step: ActorStep) -> int:
        """Keep a step and return its number."""
        row = {
            "act": step.act.value,
            "actor": column_text(step.actor),
            "payload": json_of(dict(step.values)),
            "by": column_text(step.by),
            "at": stamp(step.at),
            "reason": column_text(step.reason),
        }
        with self._store.writing("actors") as connection:
            connection.execute(insert(actor_steps), row)
            return int(connection.execute(select(func.max(actor_steps.c.id))).scalar_one())

    def last(self) -> int:
        """Return the number of the last step, 0 where there is none."""
        with self._store.reading() as connection:
            return int(connection.execute(select(func.max(actor_steps.c.id))).scalar() or 0)

    def steps(self) -> tuple[ActorStep, ...]:
        """Return all steps, oldest first."""
        with self._store.reading() as connection:
            return tuple(map(step_of, connection.execute(select(actor_steps).order_by(actor_steps.c.id))))

    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """Return how many lines of each document name whom as actor or counterparty: (name, slug, lines).

        Lines that people rejected are left out.
        """
        question = (
            select(entry_values.c.value, documents.c.slug, func.count(func.distinct(entry_values.c.entry)))
            .join(entries, entries.c.id == entry_values.c.entry)
            .join(documents, documents.c.id == entries.c.document)
            .where(entry_values.c.field.in_(("actors", "counterparties")))
            .where(entries.c.state != ReviewState.REJECTED.value)
            .group_by(entry_values.c.value, documents.c.slug)
            .order_by(entry_values.c.value, documents.c.slug)
        )
        with self._store.reading() as connection:
            return tuple((str(name), str(slug), int(n)) for name, slug, n in connection.execute(question))


def step_of(row: AnyRow) -> ActorStep:
    """Return the step of a row."""
    return ActorStep(
        number=row.id,
        act=ActorAct(row.act),
        actor=row.actor,
        values=json.loads(row.payload),
        by=row.by,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
    )
