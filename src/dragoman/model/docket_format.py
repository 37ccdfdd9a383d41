"""Cases of the docket as JSON can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.model.docket import Act, AuditLine, ClockReading, DocketCase, DocketLine, Obstacle


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
    }


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
        "checked": case.checked,
        "screened": case.screened,
        "open_hits": list(case.open_hits),
        "targets": list(case.targets),
        "expires": case.expires.isoformat() if case.expires else None,
        "documents": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in case.attachments],
        "open_requests": [one.act for one in case.requests if one.answered is None],
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
