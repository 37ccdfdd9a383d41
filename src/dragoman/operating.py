"""Running a register for others: how it is, and bringing it up to date by itself.

with Workspace.open("workspace") as workspace:
    workspace.operating.health().ready
look_at(Path("workspace"), "postgresql://dragoman@/dragoman").behind
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dragoman.lexicon import load_pack
from dragoman.model import NotFoundError
from dragoman.model.health import Health
from dragoman.register import Register, form_of, look

__all__ = ["NoRegisterError", "Operating", "look_at", "migrate"]


class NoRegisterError(NotFoundError):
    """There is no register yet."""

    def __init__(self, place: str) -> None:
        super().__init__(f"There is no register in {place}.", "`dragoman migrate` makes an empty one.")


class Operating:
    """How an open register is.

    Args:
        register: the register.
        clock: gives the time.
    """

    def __init__(self, register: Register, clock: Callable[[], datetime]) -> None:
        self._register = register
        self._clock = clock

    def health(self) -> Health:
        """Return how the register is. Raises StoreError where the database does not answer."""
        return self._register.health(self._clock(), patience())

    def sizes(self) -> dict[str, int]:
        """Return about how many documents, lines, cases and lines of the audit log there are."""
        return self._register.sizes()


def patience() -> float:
    """Return the seconds after which a job that waits shows that no worker works."""
    return float(load_pack("docket/jobs.yaml")["patience_seconds"])


def look_at(place: Path | str, at: datetime) -> Health:
    """Return how a register is without making it or bringing it up to date.

    Args:
        place: path of a SQLite file, or "postgresql://...".
        at: the moment.

    Raises:
        NoRegisterError: there is no file.
        StoreError: the database does not answer.
    """
    if isinstance(place, Path) and not place.exists():
        raise NoRegisterError(str(place.parent))
    return look(place, at, patience())


def migrate(place: Path | str) -> tuple[str, str]:
    """Make a register, or bring it up to date; return the form it had and the one it has. Raises StoreError."""
    before = "" if isinstance(place, Path) and not place.exists() else form_of(place)
    if isinstance(place, Path):
        place.parent.mkdir(parents=True, exist_ok=True)
    Register.open(place).close()
    return before, form_of(place)
