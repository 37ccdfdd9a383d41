"""What a report said, in a form that is kept, and how two of them differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from dragoman.model import Board, BoardRow, DueState, Snapshot
from dragoman.model.changes import Change, ChangeOf, Changes
from dragoman.model.identity import sha256_of_text
from dragoman.model.interchange import entry_to_row
from dragoman.model.track_format import (
    assessment_to_row,
    event_to_row,
    evidence_to_row,
    score_text,
    search_to_row,
)
from dragoman.track.records import Records

Kept = TypeVar("Kept")
Row: TypeAlias = dict[str, Any]


def content_of(board: Board) -> dict[str, Any]:
    """Return what a board says of each line, as JSON can hold it, in the order of the text."""
    rows = sorted(board.rows, key=lambda row: (row.entry.provision.doc, row.entry.provision.start))
    return {
        "as_of": board.as_of.isoformat(),
        "states": {state.value: count for state, count in board.summary.states.items()},
        "lines": {row.entry.provision.id: _line(row) for row in rows},
    }


def _line(row: BoardRow) -> dict[str, Any]:
    status = row.status
    return {
        "quote": row.entry.provision.quote.exact,
        "state": row.state.value,
        "due": row.due.isoformat() if row.due else "",
        "late": sum(item.state is DueState.OVERDUE for item in status.due),
        "claimed": status.claimed.value if status.claimed else "",
        "verified": status.verified.value if status.verified else "",
        "scores": {verdict.party: score_text(verdict.score) for verdict in status.assessments},
        "evidence": [piece.id for piece in status.evidence],
    }


def canonical(content: Mapping[str, Any]) -> str:
    """Return JSON with sorted keys and no blanks, so that equal contents have one hash."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def basis_hash(board: Board, records: Records, text_sha256: str) -> str:
    """Return the SHA-256 of all that a report rests on.

    It is taken over the canonical JSON of: the day; the hash of the document's text; the lines of the board in the
    interchange format; every event that bears on them; every piece of evidence, search and verdict on them, those
    that count no more too.
    """
    ids = {row.entry.provision.id for row in board.rows}
    docs = {"", *(row.entry.provision.doc for row in board.rows)}
    rows = sorted(board.rows, key=lambda row: row.entry.provision.id)
    whole = {
        "as_of": board.as_of.isoformat(),
        "text": text_sha256,
        "lines": [entry_to_row(row.entry) for row in rows],
        "events": [event_to_row(event) for event in records.events if event.doc in docs],
        "evidence": _of_lines(records.evidence, evidence_to_row, ids),
        "searches": _of_lines(records.searches, search_to_row, ids),
        "assessments": _of_lines(records.assessments, assessment_to_row, ids),
    }
    return sha256_of_text(canonical(whole))


def _of_lines(
    kept: Mapping[str, Sequence[Kept]], to_row: Callable[[Kept], Row], ids: set[str]
) -> dict[str, list[Row]]:
    return {line: [to_row(one) for one in pieces] for line, pieces in kept.items() if line in ids}


def changes_since(before: Snapshot, board: Board) -> Changes:
    """Return what is another than in an earlier report."""
    old: Mapping[str, Any] = before.content["lines"]
    new = content_of(board)["lines"]
    found = [change for line, now in new.items() for change in _changes(line, old.get(line), now)]
    found += [
        Change(ChangeOf.GONE, line, then["quote"], before=then["state"], due_before=_day(then))
        for line, then in old.items()
        if line not in new
    ]
    return Changes(before.as_of, before.sha256, tuple(found))


def _changes(line: str, then: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the changes of one line that still stands."""
    if then is None:
        yield Change(ChangeOf.NEW, line, now["quote"], after=now["state"], due_after=_day(now))
        return
    yield from _of_state(line, then, now)
    for kind, field in ((ChangeOf.CLAIMED, "claimed"), (ChangeOf.VERIFIED, "verified")):
        if then[field] != now[field]:
            yield Change(kind, line, now["quote"], then[field], now[field])
    for party in sorted({*then["scores"], *now["scores"]}):
        one, other = then["scores"].get(party, ""), now["scores"].get(party, "")
        if one != other:
            yield Change(ChangeOf.SCORE, line, now["quote"], one, other, party)
    yield from _of_evidence(line, then, now)


def _of_state(line: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the change of a line's state or day, or that more of its instances are overdue."""
    states, more = (then["state"], now["state"]), now["late"] - then["late"]
    if (then["state"], then["due"]) != (now["state"], now["due"]):
        before, after = _day(then), _day(now)
        yield Change(_kind_of(*states), line, now["quote"], *states, due_before=before, due_after=after)
    elif more > 0:
        yield Change(ChangeOf.OVERDUE, line, now["quote"], *states, more=more)


def _of_evidence(line: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the pieces that count now, and those that count no more."""
    for piece in now["evidence"]:
        if piece not in then["evidence"]:
            yield Change(ChangeOf.EVIDENCE_ADDED, line, now["quote"], subject=piece)
    for piece in then["evidence"]:
        if piece not in now["evidence"]:
            yield Change(ChangeOf.EVIDENCE_WITHDRAWN, line, now["quote"], subject=piece)


def _kind_of(then: str, now: str) -> ChangeOf:
    if then == now:
        return ChangeOf.STATE
    return {DueState.DELIVERED: ChangeOf.DELIVERED, DueState.OVERDUE: ChangeOf.OVERDUE}.get(
        DueState(now), ChangeOf.STATE
    )


def _day(line: Mapping[str, Any]) -> date | None:
    """Return the day of a line of a snapshot."""
    return date.fromisoformat(line["due"]) if line["due"] else None
