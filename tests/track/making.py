"""Lines, evidence and verdicts for tests, each in one call."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dragoman.model import (
    Assessment,
    Deadline,
    DeadlineKind,
    Entry,
    Event,
    Evidence,
    EvidenceState,
    Kind,
    Language,
    Legalization,
    Provision,
    ReviewState,
    Stage,
    Stance,
    quote_at,
)
from dragoman.track.board import Source

SIGNED = date(2023, 6, 8)
"""Date of the document in these tests."""
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
MEMO = Source("memo", "The Memo", SIGNED)


def line(deadline: Deadline | None = None, name: str = "1", **fields: Any) -> Provision:  # noqa: ANN401
    """Return a commitment of the memo."""
    text = fields.pop("text", "Freedonia will found a council.")
    values: dict[str, Any] = {
        "id": f"memo:{name}",
        "doc": "memo",
        "start": int(name) * 100 if name.isdigit() else 0,
        "end": len(text),
        "trigger": "will",
        "trigger_start": 10,
        "kind": Kind.COMMITMENT,
        "force": 3,
        "quote": quote_at(text, 0, len(text)),
        "language": Language.EN,
        "actors": ("Freedonia",),
        "deadline": deadline,
        "legalization": Legalization(3, 2, 0),
    }
    return Provision(**(values | fields))


def entry(deadline: Deadline | None = None, name: str = "1", **fields: Any) -> Entry:  # noqa: ANN401
    """Return the same as an entry of the register."""
    return Entry(line(deadline, name, **fields), ReviewState.CANDIDATE)


def by(day: date | None, text: str = "in time", kind: DeadlineKind = DeadlineKind.BY) -> Deadline:
    """Return a deadline with a day."""
    return Deadline(text, kind, day)


def every(period: str, first: date | None = None) -> Deadline:
    """Return the deadline of a recurring duty."""
    return Deadline("again and again", DeadlineKind.RECURRING, first, period)


def after(event: str, text: str) -> Deadline:
    """Return a deadline that hangs on an event."""
    return Deadline(text, DeadlineKind.VAGUE, event=event)


def happened(name: str, day: date, **fields: Any) -> Event:  # noqa: ANN401
    """Return an event."""
    return Event(name, day, id=fields.pop("id", f"v-{name}"), **fields)


def piece(
    stage: Stage | None = Stage.COMPLETED,
    day: date | None = date(2024, 1, 1),
    stance: Stance = Stance.SUPPORTS,
    **fields: Any,  # noqa: ANN401
) -> Evidence:
    """Return an accepted piece of evidence of line 1."""
    values: dict[str, Any] = {
        "id": f"e-{stage}-{day}-{stance}",
        "provision": "memo:1",
        "stance": stance,
        "state": EvidenceState.ACCEPTED,
        "quote": "The council met.",
        "day": day,
        "stage": stage,
    }
    return Evidence(**(values | fields))


def verdict(score: int | None, party: str = "", as_of: date = date(2024, 6, 1), **fields: Any) -> Assessment:  # noqa: ANN401
    """Return a verdict on line 1."""
    values: dict[str, Any] = {"provision": "memo:1", "author": "Ann", "guideline": "+1: it met"}
    return Assessment(score=score, as_of=as_of, party=party, **(values | fields))
