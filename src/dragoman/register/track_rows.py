"""Events, evidence, searches and verdicts as the register stores them, and back: exact round trips."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from dragoman.model import (
    Assessment,
    Completion,
    Event,
    Evidence,
    EvidenceState,
    Search,
    Stage,
    Stance,
)
from dragoman.register.rows import json_of


def payload_of_event(event: Event) -> str:
    """Return an event as JSON; its id is a column."""
    return _json(asdict(event), {"id"})


def event_of(identifier: str, payload: str) -> Event:
    """Return the event of a row."""
    row = json.loads(payload)
    row |= {
        "id": identifier,
        "day": date.fromisoformat(row["day"]),
        "recorded": _time(row["recorded"]),
        "aliases": tuple(row["aliases"]),
        "provisions": tuple(row["provisions"]),
    }
    return Event(**row)


def payload_of_evidence(piece: Evidence) -> str:
    """Return a piece of evidence as JSON; id and line are columns."""
    return _json(asdict(piece), {"id", "provision"})


def evidence_of(identifier: str, provision: str, payload: str) -> Evidence:
    """Return the piece of evidence of a row."""
    row = json.loads(payload)
    row |= {
        "id": identifier,
        "provision": provision,
        "stance": Stance(row["stance"]),
        "state": EvidenceState(row["state"]),
        "stage": Stage(row["stage"]) if row["stage"] else None,
        "day": _day(row["day"]),
        "added": _time(row["added"]),
    }
    return Evidence(**row)


def payload_of_search(search: Search) -> str:
    """Return a search as JSON; the line is a column."""
    return _json(asdict(search), {"provision"})


def search_of(provision: str, payload: str) -> Search:
    """Return the search of a row."""
    row = json.loads(payload)
    row |= {
        "provision": provision,
        "sources": tuple(row["sources"]),
        "terms": tuple(row["terms"]),
        "until": _day(row["until"]),
        "made": datetime.fromisoformat(row["made"]),
    }
    return Search(**row)


def payload_of_assessment(verdict: Assessment) -> str:
    """Return a verdict as JSON; the line is a column."""
    return _json(asdict(verdict), {"provision"})


def assessment_of(provision: str, payload: str) -> Assessment:
    """Return the verdict of a row."""
    row = json.loads(payload)
    row |= {
        "provision": provision,
        "as_of": date.fromisoformat(row["as_of"]),
        "completion": Completion(row["completion"]) if row["completion"] else None,
        "made": _time(row["made"]),
    }
    return Assessment(**row)


def _json(row: dict[str, Any], columns: set[str]) -> str:
    """Return fields as JSON without those that are columns; days and times in ISO form."""
    return json_of({name: _plain(value) for name, value in row.items() if name not in columns})


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
