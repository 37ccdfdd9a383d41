"""A case as a person sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dragoman.docket import deadlines, obstacles, own_acts, possible_moves, read_clocks, sees_inner
from dragoman.model.docket import Act, ActKind, ClockReading, DocketCase, Obstacle, Person
from dragoman.model.docket_board import CaseVersion, Notes
from dragoman.model.docket_format import case_to_row, reading_to_row, tools_to_row, versions_to_row
from dragoman.model.job import Job
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
        versions: of the facts, the first one first.
        readings: what was read in its documents in the background, by their SHA-256.
        as_of: the day.
    """

    procedure: Procedure
    case: DocketCase
    acts: tuple[Act, ...]
    clocks: Mapping[str, ClockReading]
    moves: Mapping[str, tuple[Obstacle, ...]]
    tools: tuple[ToolMatch, ...]
    versions: tuple[CaseVersion, ...]
    readings: Mapping[str, Job]
    as_of: date


def view_of(
    procedure: Procedure,
    case: DocketCase,
    acts: tuple[Act, ...],
    person: Person,
    as_of: date,
    readings: Mapping[str, Job],
) -> CaseView:
    """Return a case as a person sees it on a day, with the readings of its documents."""
    attached = {one.sha256 for one in case.attachments}
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
        versions=versions_of(acts),
        readings={digest: job for digest, job in readings.items() if digest in attached},
        as_of=as_of,
    )


def view_to_row(view: CaseView) -> dict[str, Any]:
    """Return a case as JSON can hold it, with all that its person is shown."""
    tools = {match.tool.name: (match.result, match.findings) for match in view.tools}
    row = case_to_row(view.case, view.acts, view.clocks, view.moves)
    documents = [
        {
            **one,
            "reading": reading_to_row(view.readings[one["sha256"]]) if one["sha256"] in view.readings else None,
        }
        for one in row["documents"]
    ]
    return {
        **row,
        "documents": documents,
        "tools": tools_to_row(tools),
        "versions": versions_to_row(view.versions),
    }


def notes_of(procedure: Procedure, case: DocketCase, acts: Sequence[Act], as_of: date) -> Notes:
    """Return what dashboards count a case by."""
    tools = {match.tool.name: match.result for match in match_tools(procedure, tuple(acts))}
    return Notes(deadlines(procedure, case, as_of), tools)


def versions_of(acts: Sequence[Act]) -> tuple[CaseVersion, ...]:
    """Return the versions of the facts of a case, each with its last check."""
    handed = [act for act in acts if act.kind in {ActKind.SUBMITTED, ActKind.REVISED}]
    checks = {act.payload["version"]: act.payload for act in acts if act.kind is ActKind.CHECKED}
    return tuple(_version(number, act, checks.get(number, {})) for number, act in enumerate(handed, 1))


def _version(number: int, act: Act, check: Mapping[str, Any]) -> CaseVersion:
    return CaseVersion(
        number=number,
        act=act.number,
        at=act.at,
        account=act.account,
        name=act.payload.get("name", ""),
        sha256=act.payload.get("file", ""),
        outcome=check.get("outcome", ""),
        results=check.get("results", {}),
        findings=tuple(check.get("findings", ())),
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
