"""The limits of signing in, from `data/access/limits.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from dragoman.lexicon import load_pack

PACK = "access/limits.yaml"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the numbers of the pack mean.

    Attributes:
        least, most: characters of a password.
        failures, failures_within, lock: so many failed attempts within so long lock an account for so long.
        attempts, attempts_within: attempts that one address may make within so long.
        session, idle: how long a session holds at most, and without being used.
        token, most_token: how long a token holds where nothing else is said, and at most.
    """

    least: int
    most: int
    failures: int
    failures_within: timedelta
    lock: timedelta
    attempts: int
    attempts_within: timedelta
    session: timedelta
    idle: timedelta
    token: timedelta
    most_token: timedelta


@cache
def load_limits() -> Limits:
    """Return the limits."""
    pack = load_pack(PACK)
    lock, address, session, token = pack["lock"], pack["address"], pack["session"], pack["token"]
    return Limits(
        least=pack["password"]["least"],
        most=pack["password"]["most"],
        failures=lock["failures"],
        failures_within=timedelta(minutes=lock["within_minutes"]),
        lock=timedelta(minutes=lock["minutes"]),
        attempts=address["attempts"],
        attempts_within=timedelta(minutes=address["within_minutes"]),
        session=timedelta(hours=session["hours"]),
        idle=timedelta(minutes=session["idle_minutes"]),
        token=timedelta(days=token["days"]),
        most_token=timedelta(days=token["most_days"]),
    )
