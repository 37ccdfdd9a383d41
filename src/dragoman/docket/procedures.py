"""Procedures from `data/procedures/`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from dragoman.lexicon import load_pack, pack_paths
from dragoman.lexicon.packs import PackFaultError
from dragoman.model import NotFoundError
from dragoman.model.procedure import (
    Clock,
    Counting,
    Move,
    Need,
    OpenQuestion,
    Origin,
    Procedure,
    Requirement,
    Role,
    Seat,
    Stage,
    Tool,
)
from dragoman.model.rule import Bilingual, Confidence

FOLDER = "procedures"
HOLIDAYS = f"{FOLDER}/holidays.yaml"
OURS = Origin("", Confidence.UNVERIFIED)
QUALIFIERS = frozenset({"clock", "of", "except"})
"""What stands beside the name of a need and narrows it."""


class NoSuchProcedureError(NotFoundError):
    """A procedure that does not exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else f"Procedures: {', '.join(names)}."
        super().__init__(f"There is no procedure `{name}`.", hint)


def procedure_names() -> tuple[str, ...]:
    """Return the names of the procedures that ship."""
    return tuple(PurePosixPath(path).stem for path in pack_paths(FOLDER) if path != HOLIDAYS)


@cache
def load_procedure(name: str) -> Procedure:
    """Return a procedure. Raises NoSuchProcedureError, PackFaultError."""
    known = procedure_names()
    if name not in known:
        raise NoSuchProcedureError(name, known)
    path = f"{FOLDER}/{name}.yaml"
    procedure = _procedure(name, load_pack(path))
    for fault in faults(procedure):
        raise PackFaultError(path, fault)
    return procedure


def procedures_taking(template: str) -> tuple[Procedure, ...]:
    """Return the procedures that take a kind of case."""
    return tuple(one for one in map(load_procedure, procedure_names()) if one.template == template)


@cache
def holidays(calendar: str) -> frozenset[date]:
    """Return the days of a calendar on which no working day is counted; none for the calendar ""."""
    if not calendar:
        return frozenset()
    return frozenset(load_pack(HOLIDAYS)["calendars"][calendar])


def faults(procedure: Procedure) -> list[str]:
    """Return what does not fit together in a procedure: names that are not defined."""
    found = []
    seats = {seat.name for seat in procedure.seats}
    for move in procedure.moves.values():
        where = f"move `{move.name}`"
        found += [
            f"{where}: no state `{one}`" for one in (*move.sources, move.target) if one not in procedure.stages
        ]
        found += [f"{where}: no seat `{one}`" for one in move.seats if one not in seats]
        found += [
            f"{where}: no clock `{one.clock}`"
            for one in move.needs
            if one.clock and one.clock not in procedure.clocks
        ]
    for clock in procedure.clocks.values():
        found += [f"clock `{clock.name}`: no state `{one}`" for one in clock.stages if one not in procedure.stages]
    return found


def _procedure(name: str, pack: Mapping[str, Any]) -> Procedure:
    return Procedure(
        name=name,
        prefix=pack["prefix"],
        title=_words(pack["called"]),
        summary=_words(pack["summary"]),
        template=pack["template"],
        packs=tuple(pack.get("packs", ())),
        seats=tuple(Seat(key, _words(title)) for key, title in pack.get("seats", {}).items()),
        stages={key: _stage(key, entry) for key, entry in pack["states"].items()},
        moves={key: _move(key, entry) for key, entry in pack["moves"].items()},
        clocks={key: _clock(key, entry) for key, entry in pack.get("clocks", {}).items()},
        tools=tuple(_tool(key, entry) for key, entry in pack.get("tools", {}).items()),
        unsettled=tuple(
            OpenQuestion(key, _words(entry["text"]), _origin(entry)) for key, entry in pack["unsettled"].items()
        ),
        aims=(pack["aims"]["collection"], pack["aims"]["fact"]),
        published=tuple(pack.get("published", ())),
        source=pack["source"],
        as_of=pack["as_of"],
    )


def _words(entry: Mapping[str, str]) -> Bilingual:
    return Bilingual(entry["en"], entry["zh"])


def _origin(entry: Mapping[str, Any]) -> Origin:
    if "citation" not in entry:
        return Origin("", Confidence.UNVERIFIED, _words(entry["note"]) if "note" in entry else None)
    note = _words(entry["note"]) if "note" in entry else None
    return Origin(entry["citation"], Confidence(entry["confidence"]), note)


def _stage(name: str, entry: Mapping[str, Any]) -> Stage:
    marks = dict.fromkeys(entry.get("marks", ()), True)
    return Stage(name, _words(entry["title"]), **marks)


def _requirement(entry: Mapping[str, Any]) -> Requirement:
    ((need, given),) = ((key, value) for key, value in entry.items() if key not in QUALIFIERS)
    clock = entry.get("clock", "")
    if need == Need.CLOCK_OVER:
        return Requirement(Need(need), (), given)
    values = tuple(given) if isinstance(given, list) else ()
    return Requirement(Need(need), values, clock, tuple(entry.get("of", ())), tuple(entry.get("except", ())))


def _move(name: str, entry: Mapping[str, Any]) -> Move:
    return Move(
        name=name,
        title=_words(entry["title"]),
        sources=tuple(entry["from"]),
        target=entry["to"],
        roles=tuple(Role(role) for role in entry["roles"]),
        needs=tuple(_requirement(one) for one in entry.get("needs", ())),
        fields=tuple(entry.get("fields", ())),
        decision=entry.get("decision", False),
        basis=_origin(entry),
        seats=tuple(entry.get("seats", ())),
    )


def _clock(name: str, entry: Mapping[str, Any]) -> Clock:
    return Clock(
        name=name,
        title=_words(entry["title"]),
        days=entry["days"],
        counting=Counting(entry["counting"]),
        stages=tuple(entry["states"]),
        pauses=entry.get("pauses", False),
        calendar=entry.get("calendar", ""),
        basis=_origin(entry),
    )


def _tool(name: str, entry: Mapping[str, Any]) -> Tool:
    return Tool(name, _words(entry["title"]), tuple(entry["rules"]), _origin(entry))
