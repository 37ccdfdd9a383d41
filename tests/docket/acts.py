"""Acts for the tests of the docket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from dragoman.model.docket import Act, ActKind, Person
from dragoman.model.procedure import Role

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday."""

DESK = Person("dora", frozenset({Role.DESK}))
DECIDER = Person("dan", frozenset({Role.DECIDER}))
OWNER = Person("ada", frozenset({Role.APPLICANT}), organisation="Fjord Compute")


def day(number: int) -> datetime:
    """A moment some days after the start."""
    return START + timedelta(days=number)


def acts_of(*steps: tuple[ActKind, int, Mapping[str, Any]], stage: str = "received") -> list[Act]:
    """A case of Fjord Compute in the programme, with further acts on the days given."""
    first = {
        "procedure": "ai-exports-program",
        "title": "Harbour stack",
        "organisation": "Fjord Compute",
        "stage": stage,
        "facts": {"template": "package"},
        "targets": ["KE"],
    }
    given = [(ActKind.SUBMITTED, 0, first), *steps]
    return [
        Act("AX-2026-00001", number, kind, day(days), "ada" if number == 1 else "dora", payload)
        for number, (kind, days, payload) in enumerate(given, 1)
    ]


def moved(days: int, target: str, **more: object) -> tuple[ActKind, int, Mapping[str, Any]]:
    """A move to a state."""
    return ActKind.MOVED, days, {"move": "x", "to": target, **more}


def checked(days: int, version: int = 1, **results: int) -> tuple[ActKind, int, Mapping[str, Any]]:
    """A check of a version; `not_met=2` are two findings that are not met."""
    named = {name.replace("_", " "): count for name, count in results.items()}
    return ActKind.CHECKED, days, {"version": version, "outcome": "met", "results": named}


def screened(days: int, version: int = 1, *names: str) -> tuple[ActKind, int, Mapping[str, Any]]:
    """A screening of a version, with the names whose hits are open."""
    return ActKind.SCREENED, days, {"version": version, "open": list(names)}


def said(days: int, seat: str, position: str) -> tuple[ActKind, int, Mapping[str, Any]]:
    """What a seat says."""
    return ActKind.POSITION, days, {"seat": seat, "position": position, "reason": "as discussed"}


def asked(days: int) -> tuple[ActKind, int, Mapping[str, Any]]:
    """A request for information."""
    return ActKind.ASKED, days, {"text": "Who owns the cooling plant?", "due": None}


def answered(days: int, request: int) -> tuple[ActKind, int, Mapping[str, Any]]:
    """Its answer."""
    return ActKind.ANSWERED, days, {"request": request, "text": "The port."}
