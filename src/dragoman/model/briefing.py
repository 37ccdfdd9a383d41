"""A briefing on one actor or a pair: what they do together, since when, by what, what changed, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.model.alliance import Tie
from dragoman.model.alliance_format import iso, tie_to_row
from dragoman.model.problem import Problem
from dragoman.model.track import DueState


@dataclass(frozen=True, slots=True)
class Said:
    """A tie with the words of its sentence.

    Attributes:
        tie: the tie.
        text: its sentence.
        title: of its document.
    """

    tie: Tie
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Subject:
    """All ties on one field or by one instrument.

    Attributes:
        tag: of the technology or instrument; "" where the sentences name none.
        count: sentences.
        force: mean force.
        first, last: days, None where none is known.
        said: the firmest of them, one at least.
    """

    tag: str
    count: int
    force: float
    first: date | None
    last: date | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that is otherwise than before.

    Attributes:
        day: of its text.
        doc, title, start, end: where it stands; of a dropped one, where it last stood.
        text: its words.
        label: of the lineage ("strengthened", "weakened", "delivered", "dropped"), or "text" where no lineage was
            at hand and it is the firmest sentence of one of the last texts.
        reason: why, in a sentence; "" for a text.
        new: tags that no earlier text had.
    """

    day: date
    doc: str
    title: str
    start: int
    end: int
    text: str
    label: str
    reason: str = ""
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A duty of the two that is not delivered.

    Attributes:
        provision: id of the line.
        due: day, None while it is not known.
        state: see `DueState`.
        owners: who acts.
        doc, title, start, end: where it stands.
        text: its words.
    """

    provision: str
    due: date | None
    state: DueState
    owners: tuple[str, ...]
    doc: str
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing says.

    Attributes:
        actor, partner: canonical names; the partner "" for all.
        as_of: day of the deadlines.
        ties: sentences.
        documents: texts that they stand in.
        first: the first that has a day, None where none has.
        partners: with whom and in how many sentences, where no partner is named.
        fields, instruments: most sentences first.
        changes: the last ones, newest first.
        deadlines: open ones, the most pressing first.
        open: number of open deadlines, those that are not listed too.
        problems: what should be known.
    """

    actor: str
    partner: str
    as_of: date
    ties: int
    documents: int
    first: Said | None
    partners: tuple[tuple[str, int], ...]
    fields: tuple[Subject, ...]
    instruments: tuple[Subject, ...]
    changes: tuple[Change, ...]
    deadlines: tuple[OpenDeadline, ...]
    open: int
    problems: tuple[Problem, ...] = ()


def said_to_row(said: Said) -> dict[str, Any]:
    """Return a tie with its words as JSON."""
    return {**tie_to_row(said.tie), "text": said.text, "title": said.title}


def subject_to_row(subject: Subject) -> dict[str, Any]:
    """Return a field or instrument as JSON."""
    return {
        "tag": subject.tag,
        "count": subject.count,
        "force": subject.force,
        "first": iso(subject.first) or None,
        "last": iso(subject.last) or None,
        "sentences": [said_to_row(one) for one in subject.said],
    }


def briefing_to_row(found: Briefing) -> dict[str, Any]:
    """Return a briefing as JSON."""
    return {
        "actor": found.actor,
        "partner": found.partner or None,
        "as_of": found.as_of.isoformat(),
        "ties": found.ties,
        "documents": found.documents,
        "first": said_to_row(found.first) if found.first else None,
        "partners": [{"name": name, "count": count} for name, count in found.partners],
        "fields": [subject_to_row(one) for one in found.fields],
        "instruments": [subject_to_row(one) for one in found.instruments],
        "changes": [
            {
                "date": one.day.isoformat(),
                "label": one.label,
                "reason": one.reason,
                "new": list(one.new),
                "doc": one.doc,
                "start": one.start,
                "end": one.end,
                "text": one.text,
            }
            for one in found.changes
        ],
        "open": found.open,
        "deadlines": [
            {
                "provision": one.provision,
                "due": iso(one.due) or None,
                "state": one.state.value,
                "owners": list(one.owners),
                "doc": one.doc,
                "start": one.start,
                "end": one.end,
                "text": one.text,
            }
            for one in found.deadlines
        ],
    }
