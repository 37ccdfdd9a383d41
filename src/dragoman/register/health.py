"""How a register is, without changing it: the form of its tables, its queue, its connections, its size."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.pool import QueuePool

from dragoman.model.health import Health, Pool
from dragoman.model.job import JobState
from dragoman.register.engine import Store, store_at
from dragoman.register.job_schema import jobs
from dragoman.register.migrate import HEAD, revision_of
from dragoman.register.schema import audit, docket_cases, documents, entries

SIZES: Mapping[str, Table] = {
    "documents": documents,
    "entries": entries,
    "cases": docket_cases,
    "audit_lines": audit,
}
"""Tables whose size is told."""


def health_of(store: Store, at: datetime, patience: float) -> Health:
    """Return how a register is at a moment; nothing is created or brought up to date. Raises StoreError."""
    with store.reading() as connection:
        form = revision_of(connection) or ""
        if form != HEAD:
            return Health(store.engine.dialect.name, form, HEAD, patience=patience, pool=pool_of(store))
        counts, oldest = _queue(connection, at)
    return Health(store.engine.dialect.name, form, HEAD, counts, oldest, patience, pool_of(store))


def sizes_of(store: Store) -> dict[str, int]:
    """Return how many rows tables have, by the highest number given: rows of these are hardly ever taken out."""
    with store.reading() as connection:
        return {
            name: connection.execute(select(func.max(table.c.id))).scalar() or 0 for name, table in SIZES.items()
        }


def pool_of(store: Store) -> Pool:
    """Return the connections that this process holds."""
    pool = store.engine.pool
    if not isinstance(pool, QueuePool):
        return Pool(0, 0, 0)
    return Pool(pool.size(), pool.checkedout(), max(0, pool.overflow()))


def _queue(connection: Connection, at: datetime) -> tuple[dict[JobState, int], float | None]:
    counted = select(jobs.c.state, func.count()).group_by(jobs.c.state)
    counts = {JobState(state): number for state, number in connection.execute(counted)}
    waits = select(func.min(jobs.c.due)).where(jobs.c.state == JobState.WAITING.value)
    due = connection.execute(waits).scalar()
    seconds = (at - datetime.fromisoformat(due)).total_seconds() if due else None
    return counts, seconds if seconds is not None and seconds >= 0 else None


def look(place: str | Path, at: datetime, patience: float) -> Health:
    """Return how a register is that nobody has open here, as `health_of` does. Raises StoreError, UsageError."""
    store = store_at(place)
    try:
        return health_of(store, at, patience)
    finally:
        store.engine.dispose()


def form_of(place: str | Path) -> str:
    """Return the number of the newest step of migration that a register's tables have; "" for none."""
    store = store_at(place)
    try:
        with store.reading() as connection:
            return revision_of(connection) or ""
    finally:
        store.engine.dispose()
