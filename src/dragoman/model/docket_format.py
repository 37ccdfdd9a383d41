"""Cases of the docket as JSON can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.model.docket import Act, AuditLine, ClockReading, DocketCase, DocketLine, Obstacle
from dragoman.model.docket_board import Board, CaseVersion, Deadline, DeadlineKind, Due, Tally
from dragoman.model.job import Job, result_to_row


def line_to_row(line: DocketLine) -> dict[str, Any]:
    """Return a case of a list."""
    return {
        "number": line.number,
        "procedure": line.procedure,
        "title": line.title,
        "organisation": line.organisation,
        "stage": line.stage,
        "version": line.version,
        "outcome": line.outcome,
        "targets": list(line.targets),
        "open_items": line.open_items,
        "open_requests": line.open_requests,
        "expires": line.expires.isoformat() if line.expires else None,
        "opened": line.opened.isoformat(),
        "changed": line.changed.isoformat(),
        "since": line.since.isoformat(),
        "deadlines": [deadline_to_row(one) for one in line.deadlines],
    }


def deadline_to_row(deadline: Deadline) -> dict[str, Any]:
    """Return a day that is set for a case."""
    return {
        "kind": deadline.kind.value,
        "name": deadline.name,
        "started": deadline.started.isoformat(),
        "due": deadline.due.isoformat() if deadline.due else None,
        "rests": deadline.rests,
    }


def board_to_row(board: Board) -> dict[str, Any]:
    """Return a dashboard."""
    return {
        "as_of": board.as_of.isoformat(),
        "soon": board.soon.isoformat(),
        "states": [_tally(one, "state") for one in board.stages],
        "targets": [_tally(one, "target") for one in board.targets],
        "deadlines": [_tally(one, "kind", "clock", "due") for one in board.deadlines],
        "tools": [_tally(one, "tool", "fit") for one in board.tools],
    }


def due_table(board: Board) -> dict[tuple[str, str, str], dict[Due, int]]:
    """Return how many cases have a deadline where, by procedure, kind and clock, in the order of the kinds."""
    order = {kind.value: at for at, kind in enumerate(DeadlineKind)}
    found: dict[tuple[str, str, str], dict[Due, int]] = {}
    for one in sorted(board.deadlines, key=lambda one: (one.procedure, order[one.keys[0]], one.keys)):
        kind, clock, due = one.keys
        found.setdefault((one.procedure, kind, clock), dict.fromkeys(Due, 0))[Due(due)] = one.cases
    return found


def _tally(tally: Tally, *names: str) -> dict[str, Any]:
    return {"procedure": tally.procedure, **dict(zip(names, tally.keys, strict=True)), "cases": tally.cases}


def reading_to_row(job: Job) -> dict[str, Any]:
    """Return what was read of a document, or where its reading stands."""
    return {
        "state": job.state.value,
        "changed": job.changed.isoformat(),
        "error": job.error,
        **result_to_row(job),
    }


def tools_to_row(tools: Mapping[str, tuple[str, tuple[tuple[str, str, str], ...]]]) -> list[dict[str, Any]]:
    """Return financing tools with their result and the findings it rests on."""
    return [
        {
            "tool": name,
            "result": result,
            "findings": [{"rule": rule, "subject": subject, "result": one} for rule, subject, one in findings],
        }
        for name, (result, findings) in tools.items()
    ]


def versions_to_row(versions: tuple[CaseVersion, ...]) -> list[dict[str, Any]]:
    """Return the versions of a case, without their findings, which stand in its acts."""
    return [
        {
            "version": one.number,
            "act": one.act,
            "at": one.at.isoformat(),
            "account": one.account,
            "name": one.name,
            "sha256": one.sha256,
            "outcome": one.outcome,
            "results": dict(one.results),
        }
        for one in versions
    ]


def act_to_row(act: Act) -> dict[str, Any]:
    """Return an act with its payload."""
    return {
        "number": act.number,
        "kind": act.kind.value,
        "at": act.at.isoformat(),
        "account": act.account,
        "payload": dict(act.payload),
    }


def clock_to_row(reading: ClockReading) -> dict[str, Any]:
    """Return where a clock stands."""
    return {
        "clock": reading.clock,
        "started": reading.started.isoformat() if reading.started else None,
        "used": reading.used,
        "left": reading.left,
        "due": reading.due.isoformat() if reading.due else None,
        "running": reading.running,
        "over": reading.over,
    }


def case_to_row(
    case: DocketCase,
    acts: tuple[Act, ...],
    clocks: Mapping[str, ClockReading],
    moves: Mapping[str, tuple[Obstacle, ...]],
) -> dict[str, Any]:
    """Return a case with its acts, clocks and the moves that lead on."""
    return {
        "number": case.number,
        "procedure": case.procedure,
        "title": case.title,
        "organisation": case.organisation,
        "stage": case.stage,
        "version": case.version,
        "outcome": case.outcome,
        "results": dict(case.results),
        "advised": {result: list(rules) for result, rules in case.advised.items()},
        "checked": case.checked,
        "screened": case.screened,
        "open_hits": list(case.open_hits),
        "targets": list(case.targets),
        "expires": case.expires.isoformat() if case.expires else None,
        "documents": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in case.attachments],
        "open_requests": [one.act for one in case.requests if one.answered is None],
        "requests": [
            {
                "act": one.act,
                "text": one.text,
                "due": one.due.isoformat() if one.due else None,
                "asked": one.asked.isoformat(),
                "answered": one.answered.isoformat() if one.answered else None,
                "answer": one.answer,
            }
            for one in case.requests
        ],
        "conditions": [
            {"act": one.act, "text": one.text, "due": one.due.isoformat() if one.due else None, "every": one.every}
            for one in case.conditions
        ],
        "items": [
            {"act": one.act, "cause": one.cause, "text": one.text, "settled": one.settled is not None}
            for one in case.items
        ],
        "positions": [
            {"seat": one.seat, "position": one.position.value, "reason": one.reason} for one in case.positions
        ],
        "clocks": [clock_to_row(reading) for reading in clocks.values()],
        "moves": {
            name: [
                {"need": str(one.need) if one.need else one.reason, "values": list(one.values)} for one in found
            ]
            for name, found in moves.items()
        },
        "acts": [act_to_row(act) for act in acts],
    }


def audit_to_row(line: AuditLine) -> dict[str, Any]:
    """Return a line of the audit log."""
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "account": line.account,
        "act": line.act,
        "subject": line.subject,
        "payload": dict(line.payload),
        "previous": line.previous,
        "hash": line.hash,
    }
