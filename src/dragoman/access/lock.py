"""Locks after failed attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dragoman.access.limits import Limits


def locked_until(failures: Sequence[datetime], limits: Limits, at: datetime) -> datetime | None:
    """Return until when an account is locked, None where it is not.

    Args:
        failures: times of the attempts that failed since the last that did not, in their order.
        limits: how many within how long lock it, and for how long.
        at: now.
    """
    if len(failures) < limits.failures:
        return None
    last = failures[-limits.failures :]
    end = last[-1] + limits.lock
    return end if last[-1] - last[0] <= limits.failures_within and at < end else None
