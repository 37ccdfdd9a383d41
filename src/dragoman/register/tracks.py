"""What is recorded of the delivery of lines. Rows are only ever added: the last of a thing is how it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, insert, select

from dragoman.model import (
    Assessment,
    Event,
    Evidence,
    EvidenceStep,
    NotFoundError,
    Search,
    Snapshot,
)
from dragoman.model.identity import sha256_of_text
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import assessments, events, evidence, searches, snapshots
from dragoman.register.texts import AnyRow, stamp
from dragoman.register.track_rows import (
    assessment_of,
    event_of,
    evidence_of,
    payload_of_assessment,
    payload_of_event,
    payload_of_evidence,
    payload_of_search,
    search_of,
)


class NoSuchEvidenceError(NotFoundError):
    """No piece of evidence has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"There is no evidence `{identifier}`.", "`dragoman track history PROVISION` lists it with its ids."
        )


class NoSuchEventError(NotFoundError):
    """No event has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"There is no event `{identifier}`.", "`dragoman track event list` lists them.")


class Tracks:
    """Events, evidence, searches, verdicts and saved reports; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep_event(self, event: Event) -> Event:
        """Keep an event, or how it stands now: taken back, or with other words. Its id must be set."""
        with self._store.writing("events") as connection:
            connection.execute(insert(events), _event_row(event))
        return event

    def event(self, identifier: str) -> Event:
        """Return an event as it stands. Raises NoSuchEventError."""
        steps = self.event_steps(identifier)
        if not steps:
            raise NoSuchEventError(identifier)
        return steps[-1]

    def event_steps(self, identifier: str) -> tuple[Event, ...]:
        """Return an event as it stood after each step, oldest first."""
        question = select(events).where(events.c.event == identifier).order_by(events.c.id)
        with self._store.reading() as connection:
            return tuple(event_of(row.event, row.payload) for row in connection.execute(question))

    def events(self) -> tuple[Event, ...]:
        """Return all events as they stand, those taken back too, by day."""
        with self._store.reading() as connection:
            rows = _last_of(connection, events, events.c.event, None)
        found = [event_of(row.event, row.payload) for row in rows]
        return tuple(sorted(found, key=lambda event: (event.day, event.name, event.id)))

    def keep_evidence(self, piece: Evidence, *, by: str, at: datetime, reason: str = "") -> Evidence:
        """Keep a piece of evidence unless one with its id is there already; return the one that is there then."""
        with self._store.writing(piece.provision) as connection:
            there = _steps(connection, evidence.c.evidence == piece.id)
            if there:
                return there[-1].evidence
            connection.execute(insert(evidence), _evidence_row(EvidenceStep(piece, by, at, reason)))
        return piece

    def change_evidence(
        self, identifier: str, change: Callable[[Evidence], Evidence], *, by: str, at: datetime, reason: str = ""
    ) -> Evidence:
        """Add a step to the history of a piece of evidence.

        Args:
            identifier: its id.
            change: returns the piece after the step; what it raises leaves everything as it was.
            by: who does it.
            at: when.
            reason: why.

        Raises:
            NoSuchEvidenceError: no such piece.
        """
        with self._store.writing("evidence") as connection:
            there = _steps(connection, evidence.c.evidence == identifier)
            if not there:
                raise NoSuchEvidenceError(identifier)
            piece = change(there[-1].evidence)
            connection.execute(insert(evidence), _evidence_row(EvidenceStep(piece, by, at, reason)))
        return piece

    def evidence(self, documents: Sequence[str] | None = None) -> tuple[Evidence, ...]:
        """Return the pieces as they stand, whatever their state, in the order added; of all documents or some."""
        with self._store.reading() as connection:
            rows = _last_of(connection, evidence, evidence.c.evidence, documents)
        return tuple(evidence_of(row.evidence, row.provision, row.payload) for row in rows)

    def one_evidence(self, identifier: str) -> Evidence:
        """Return a piece of evidence as it stands. Raises NoSuchEvidenceError."""
        with self._store.reading() as connection:
            there = _steps(connection, evidence.c.evidence == identifier)
        if not there:
            raise NoSuchEvidenceError(identifier)
        return there[-1].evidence

    def evidence_steps(self, provision: str) -> tuple[EvidenceStep, ...]:
        """Return every step of every piece of evidence of a line, oldest first."""
        with self._store.reading() as connection:
            return tuple(_steps(connection, evidence.c.provision == provision))

    def keep_search(self, search: Search) -> Search:
        """Keep a search."""
        row = {**_about(search.provision), "made_at": stamp(search.made), "payload": payload_of_search(search)}
        with self._store.writing(search.provision) as connection:
            connection.execute(insert(searches), row)
        return search

    def searches(self, documents: Sequence[str] | None = None) -> tuple[Search, ...]:
        """Return every search in the order made; of all documents or some."""
        with self._store.reading() as connection:
            rows = connection.execute(_chosen(searches, documents))
            return tuple(search_of(row.provision, row.payload) for row in rows)

    def keep_assessment(self, verdict: Assessment) -> Assessment:
        """Keep a verdict; earlier ones stay. Its time must be set."""
        row = {
            **_about(verdict.provision),
            "party": column_text(verdict.party),
            "as_of": verdict.as_of,
            "made_at": stamp(verdict.made) if verdict.made else "",
            "payload": payload_of_assessment(verdict),
        }
        with self._store.writing(verdict.provision) as connection:
            connection.execute(insert(assessments), row)
        return verdict

    def assessments(self, documents: Sequence[str] | None = None) -> tuple[Assessment, ...]:
        """Return every verdict in the order made; of all documents or some."""
        with self._store.reading() as connection:
            rows = connection.execute(_chosen(assessments, documents))
            return tuple(assessment_of(row.provision, row.payload) for row in rows)

    def keep_snapshot(
        self, doc: str, as_of: date, content: Mapping[str, Any], *, by: str, at: datetime
    ) -> Snapshot:
        """Save a report. `content` must be JSON; its hash is that of its canonical form."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        snapshot = Snapshot(doc, as_of, at, by, json.loads(text), sha256_of_text(text))
        row = {
            "document": doc,
            "as_of": as_of,
            "made_at": stamp(at),
            "made_by": column_text(by),
            "sha256": snapshot.sha256,
            "content": json_of(snapshot.content),
        }
        with self._store.writing(doc) as connection:
            connection.execute(insert(snapshots), row)
        return snapshot

    def snapshots(self, doc: str) -> tuple[Snapshot, ...]:
        """Return the saved reports of a document in the order made."""
        question = select(snapshots).where(snapshots.c.document == doc).order_by(snapshots.c.id)
        with self._store.reading() as connection:
            return tuple(_snapshot_of(row) for row in connection.execute(question))


def _about(provision: str) -> dict[str, Any]:
    """Return the columns that say which line a row is about."""
    return {"document": provision.rpartition(":")[0], "provision": provision}


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "event": event.id,
        "document": event.doc,
        "at": stamp(event.recorded) if event.recorded else "",
        "payload": payload_of_event(event),
    }


def _evidence_row(step: EvidenceStep) -> dict[str, Any]:
    return {
        **_about(step.evidence.provision),
        "evidence": step.evidence.id,
        "state": step.evidence.state.value,
        "payload": payload_of_evidence(step.evidence),
        "by": column_text(step.by),
        "at": stamp(step.at),
        "reason": column_text(step.reason),
    }


def _steps(connection: Connection, where: ColumnElement[bool]) -> list[EvidenceStep]:
    rows = connection.execute(select(evidence).where(where).order_by(evidence.c.id))
    return [
        EvidenceStep(
            evidence_of(row.evidence, row.provision, row.payload),
            row.by,
            datetime.fromisoformat(row.at),
            row.reason,
        )
        for row in rows
    ]


def _chosen(table: Table, documents: Sequence[str] | None) -> Select[Any]:
    question = select(table).order_by(table.c.id)
    return question if documents is None else question.where(table.c.document.in_(documents))


def _last_of(
    connection: Connection, table: Table, key: ColumnElement[Any], documents: Sequence[str] | None
) -> Iterable[AnyRow]:
    """Return the last row of each thing, in the order in which the things came."""
    last: dict[str, AnyRow] = {}
    for row in connection.execute(_chosen(table, documents)):
        last[getattr(row, key.key or "")] = row
    return last.values()


def _snapshot_of(row: AnyRow) -> Snapshot:
    made = datetime.fromisoformat(row.made_at)
    return Snapshot(row.document, row.as_of, made, row.made_by, json.loads(row.content), row.sha256)
