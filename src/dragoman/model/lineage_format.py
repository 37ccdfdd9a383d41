"""Lineage as JSON lines; field order and names are stable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.model.lineage import Ancestor, FieldChange, LineageCorrection, LineageLine


def change_to_row(change: FieldChange) -> dict[str, Any]:
    """Return a change of a field as JSON."""
    return {
        "field": change.field.value,
        "points": change.points,
        "before": change.before,
        "after": change.after,
    }


def correction_to_row(correction: LineageCorrection) -> dict[str, Any]:
    """Return a correction as JSON."""
    return {
        "provision": correction.provision,
        "label": correction.label.value,
        "from": None if correction.ancestors is None else list(correction.ancestors),
        "note": correction.note,
        "person": correction.person,
        "at": correction.at.isoformat(),
    }


def ancestors_to_rows(ancestors: Iterable[Ancestor]) -> list[dict[str, Any]]:
    """Return predecessors as JSON, each sentence once."""
    rows: dict[tuple[str, int, int], dict[str, Any]] = {}
    for one in ancestors:
        line = one.provision
        row = {"doc": line.doc, "start": line.start, "end": line.end}
        rows.setdefault(
            (line.doc, line.start, line.end),
            row | {"provision": line.id, "score": round(one.score, 3), "quote": line.quote.exact},
        )
    return list(rows.values())


def lineage_to_row(line: LineageLine) -> dict[str, Any]:
    """Return a line as JSON."""
    provision = line.provision
    row: dict[str, Any] = {
        "doc": provision.doc,
        "start": provision.start,
        "end": provision.end,
        "label": line.label.value,
        "from": ancestors_to_rows(line.ancestors),
        "reason": line.reason,
    }
    if line.dropped_in:
        row |= {"dropped_in": line.dropped_in, "gaps": list(line.gaps)}
    return row | {
        "field": line.field.value if line.field else None,
        "score": round(line.ancestors[0].score, 3) if line.ancestors else None,
        "moved": line.moved,
        "split": line.split,
        "merged": line.merged,
        "thread": line.thread,
        "changes": [change_to_row(change) for change in line.changes],
        "provision": provision.id,
        "kind": provision.kind.value,
        "force": provision.force,
        "trigger": provision.trigger,
        "trigger_start": provision.trigger_start,
        "quote": provision.quote.exact,
        "correction": correction_to_row(line.correction) if line.correction else None,
    }
