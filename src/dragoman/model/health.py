"""How a served register is: whether it can be used, what waits, how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dragoman.model.job import JobState


@dataclass(frozen=True, slots=True)
class Pool:
    """Connections to the database that one process holds.

    Attributes:
        size: how many it keeps.
        used: how many are at work.
        more: how many beyond those it keeps.
    """

    size: int
    used: int
    more: int


@dataclass(frozen=True, slots=True)
class Health:
    """How a register is at a moment.

    Attributes:
        engine: "sqlite" or "postgresql".
        form: number of the newest step of migration that its tables have; "" for none.
        known: the one this version of dragoman works with.
        jobs: how many stand where.
        oldest: seconds since the job that has waited longest was due; None where none is due.
        patience: seconds after which a job that waits shows that no worker works.
        pool: connections of this process.
    """

    engine: str
    form: str
    known: str
    jobs: Mapping[JobState, int] = field(default_factory=lambda: MappingProxyType({}))
    oldest: float | None = None
    patience: float = 0.0
    pool: Pool = Pool(0, 0, 0)

    @property
    def ready(self) -> bool:
        """Whether the pages can answer: the tables have the form that this version knows."""
        return self.form == self.known

    @property
    def behind(self) -> bool:
        """Whether work waits for longer than a worker would let it."""
        return self.oldest is not None and self.oldest > self.patience


def health_to_row(health: Health) -> dict[str, Any]:
    """Return how a register is, as JSON can hold it."""
    return {
        "status": "not ready" if not health.ready else "behind" if health.behind else "ok",
        "database": health.engine,
        "form": health.form,
        "known": health.known,
        "jobs": {state.value: health.jobs.get(state, 0) for state in JobState},
        "oldest_seconds": None if health.oldest is None else round(health.oldest, 1),
    }
