"""Decisions on lines and their history: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, not_, select, update

from dragoman.model import ConflictError, Entry, NotFoundError, Provision, Review, ReviewState, UsageError
from dragoman.register.asking import decision_of, entry_of, entry_select
from dragoman.register.deciding import edited
from dragoman.register.further import PERSON, precedence
from dragoman.register.rows import column_text, payload_of, provision_of
from dragoman.register.saving import Counting, entry_columns, value_rows
from dragoman.register.schema import entries, entry_values, lines, reviews, versions
from dragoman.register.tallies import pairs_before, tally
from dragoman.register.texts import AnyRow, inserted, stamp


class NoSuchLineError(NotFoundError):
    """No line has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"No line of the register has the id `{identifier}`.",
            "`dragoman provisions` lists the lines with their ids.",
        )


class GoneLineError(NotFoundError):
    """The line is history: its sentence is no longer in the document."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The line `{identifier}` does not stand in the current version of its document.",
            f"`dragoman show {identifier}` shows its history.",
        )


class StateChangedError(ConflictError):
    """Somebody else has decided meanwhile."""

    def __init__(self, identifier: str, expected: str, found: str) -> None:
        super().__init__(
            f"The line `{identifier}` is {found} by now, not {expected}.",
            "Look at it again before you decide.",
        )


class LineChangedError(ConflictError):
    """A line counts otherwise by now than who decides saw it."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"The line `{identifier}` has changed meanwhile.", "Look at it again before you decide.")


class NoReviewerError(UsageError):
    """A decision without a name."""

    def __init__(self) -> None:
        super().__init__("A decision needs a reviewer.", "Say who decides, for instance --by NAME.")


class NoChangesError(UsageError):
    """An edit that changes nothing."""

    def __init__(self) -> None:
        super().__init__("An edit needs at least one change.", "For instance --set force=3.")


class UnexpectedChangesError(UsageError):
    """Changes in a decision that is no edit."""

    def __init__(self, state: str) -> None:
        super().__init__(f"A line cannot be {state} with changes.", "Only an edit can change fields.")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to record; fields as in `Workspace.review`."""

    state: ReviewState
    reviewer: str
    at: datetime
    reason: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    expected: ReviewState | None = None
    seen: Entry | None = None


def decide(connection: Connection, identifier: str, decision: Decision) -> Entry:
    """Record a decision and return the line as it counts now. Raises as `Workspace.review`."""
    _check(decision)
    entry = connection.execute(select(entries).where(entries.c.provision == identifier)).first()
    if entry is None:
        raise GoneLineError(identifier) if _lines(connection, identifier) else NoSuchLineError(identifier)
    if decision.expected is not None and entry.state != decision.expected:
        raise StateChangedError(identifier, decision.expected, entry.state)
    if decision.seen is not None and current_entry(connection, identifier) != decision.seen:
        raise LineChangedError(identifier)
    before = pairs_before(connection, entry.document)
    line, provision = _line_after(connection, entry, decision)
    values = {
        "provision": identifier,
        "document": entry.document,
        "line": line,
        "state": decision.state.value,
        "reviewer": column_text(decision.reviewer.strip()),
        "at": stamp(decision.at),
        "reason": column_text(decision.reason.strip()),
    }
    review = inserted(connection, reviews, values)
    _count(connection, entry, Counting(line, provision, decision.state, review))
    tally(connection, entry.document, before)
    return current_entry(connection, identifier)


def _check(decision: Decision) -> None:
    if not decision.reviewer.strip():
        raise NoReviewerError
    if decision.state is ReviewState.EDITED and not decision.changes:
        raise NoChangesError
    if decision.state is not ReviewState.EDITED and decision.changes:
        raise UnexpectedChangesError(decision.state)


def _line_after(connection: Connection, entry: AnyRow, decision: Decision) -> tuple[int, Provision]:
    """Return the line that counts after a decision, appending a person's line for an edit."""
    counted = connection.execute(select(lines.c.payload).where(lines.c.id == entry.line)).scalar_one()
    if decision.state is ReviewState.EDITED:
        line = edited(provision_of(counted), decision.changes, PERSON + decision.reviewer.strip())
        return _append(connection, entry, line, decision.at), line
    if decision.state is ReviewState.ACCEPTED:
        return entry.line, provision_of(counted)
    return _proposed(connection, entry)


def _append(connection: Connection, entry: AnyRow, line: Provision, at: datetime) -> int:
    values = {
        "provision": line.id,
        "version": entry.version,
        "coder": column_text(line.coder),
        "made_at": stamp(at),
        "payload": payload_of(line),
    }
    return inserted(connection, lines, values)


def _proposed(connection: Connection, entry: AnyRow) -> tuple[int, Provision]:
    """Return the line that counts without a decision; a survivor has only the one that counts by it."""
    row = connection.execute(
        select(lines.c.id, lines.c.payload)
        .where(
            lines.c.provision == entry.provision,
            lines.c.version == entry.version,
            not_(lines.c.coder.startswith(PERSON)),
        )
        .order_by(*precedence(entry.version))
        .limit(1)
    ).first()
    if row is None:
        row = connection.execute(select(lines.c.id, lines.c.payload).where(lines.c.id == entry.line)).one()
    return row.id, provision_of(row.payload)


def _count(connection: Connection, entry: AnyRow, counting: Counting) -> None:
    """Make a line the one that counts."""
    connection.execute(update(entries).where(entries.c.id == entry.id).values(entry_columns(counting)))
    connection.execute(delete(entry_values).where(entry_values.c.entry == entry.id))
    values = value_rows(entry.id, entry.position, counting.provision)
    if values:
        connection.execute(insert(entry_values), values)


def current_entry(connection: Connection, identifier: str) -> Entry:
    """Return a line by its id; one that is history as it last stood. Raises NoSuchLineError."""
    row = connection.execute(entry_select([entries.c.provision == identifier])).first()
    if row is not None:
        return entry_of(row)
    past, _ = history_of(connection, identifier)
    return past[-1]


def history_of(connection: Connection, identifier: str) -> tuple[tuple[Entry, ...], tuple[Review, ...]]:
    """Return every coder's line with an id and every decision, oldest first. Raises NoSuchLineError."""
    rows = _lines(connection, identifier)
    if not rows:
        raise NoSuchLineError(identifier)
    decisions = connection.execute(
        select(reviews, reviews.c.state.label("decision"))
        .where(reviews.c.provision == identifier)
        .order_by(reviews.c.id)
    ).all()
    by_line = {decision.line: decision for decision in decisions}
    made = tuple(_past_entry(row, by_line.get(row.id)) for row in rows)
    return made, tuple(review for review in map(decision_of, decisions) if review)


def _lines(connection: Connection, identifier: str) -> list[AnyRow]:
    question = (
        select(lines.c.id, lines.c.payload, versions.c.number)
        .join(versions, versions.c.id == lines.c.version)
        .where(lines.c.provision == identifier)
        .order_by(lines.c.id)
    )
    return list(connection.execute(question))


def _past_entry(row: AnyRow, decision: AnyRow | None) -> Entry:
    """Return a coder's line with the latest decision that was about it."""
    if decision is None:
        return Entry(provision_of(row.payload), version=row.number)
    state = ReviewState(decision.state)
    return Entry(provision_of(row.payload), state, row.number, decision_of(decision))
