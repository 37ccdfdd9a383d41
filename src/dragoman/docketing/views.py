"""A case as a person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dragoman.docket import obstacles, own_acts, possible_moves, read_clocks, sees_inner
from dragoman.model.docket import Act, ActKind, ClockReading, DocketCase, Obstacle, Person
from dragoman.model.procedure import Procedure, Tool


@dataclass(frozen=True, slots=True)
class ToolMatch:
    """A financing tool and what the last check says of it.

    Attributes:
        tool: of the procedure.
        findings: result of each of its rules by the rule, and its subject where it has one.
        result: "open" where all that apply are met, "closed" where one is not met, "unknown" where one is
            unknown or in conflict, "not asked for" where none applies, "not checked" before any check.
    """

    tool: Tool
    findings: tuple[tuple[str, str, str], ...]
    result: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that its page shows.

    Attributes:
        procedure: of the case.
        case: as it stands; what is the office's own is taken out for an applicant.
        acts: those the person is shown.
        clocks: readings by name.
        moves: moves that lead on and that the person may take, with what keeps each of them.
        tools: matched financing tools.
        as_of: the day.
    """

    procedure: Procedure
    case: DocketCase
    acts: tuple[Act, ...]
    clocks: Mapping[str, ClockReading]
    moves: Mapping[str, tuple[Obstacle, ...]]
    tools: tuple[ToolMatch, ...]
    as_of: date


def view_of(
    procedure: Procedure, case: DocketCase, acts: tuple[Act, ...], person: Person, as_of: date
) -> CaseView:
    """Return a case as a person sees it on a day."""
    shown = own_acts(acts, person)
    return CaseView(
        procedure=procedure,
        case=case if sees_inner(person) else replace(case, positions=(), items=(), open_hits=()),
        acts=shown,
        clocks=read_clocks(procedure, case, as_of),
        moves={
            name: tuple(_without_fields(obstacles(procedure, case, name, person, {}, as_of)))
            for name in possible_moves(procedure, case, person)
        },
        tools=match_tools(procedure, acts),
        as_of=as_of,
    )


def match_tools(procedure: Procedure, acts: tuple[Act, ...]) -> tuple[ToolMatch, ...]:
    """Return the financing tools of a procedure with what the last check of a case says of them."""
    last = next((act for act in reversed(acts) if act.kind is ActKind.CHECKED), None)
    findings = last.payload["findings"] if last else ()
    return tuple(_match(tool, findings) for tool in procedure.tools)


def _match(tool: Tool, findings: tuple[Mapping[str, object], ...]) -> ToolMatch:
    found = tuple(
        (str(one["rule"]), str(one["subject"]), str(one["result"]))
        for one in findings
        if str(one["rule"]).partition("/")[2] in tool.rules
    )
    results = {result for _, _, result in found} - {"not applicable"}
    if not results:
        return ToolMatch(tool, found, "not asked for" if found else "not checked")
    if "not met" in results:
        return ToolMatch(tool, found, "closed")
    return ToolMatch(tool, found, "open" if results == {"met"} else "unknown")


def _without_fields(found: tuple[Obstacle, ...]) -> list[Obstacle]:
    """Leave out the fields that the form of a move will state."""
    return [one for one in found if str(one.need) != "fields"]
