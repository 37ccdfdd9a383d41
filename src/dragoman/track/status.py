"""What is known of one line on a day: claimed and verified stages, and which instances are delivered.

Claimed is what a party says of itself, verified what independent sources support; neither becomes the other.
Which rungs of the ladder count as delivered: data/tracking/delivery.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model import (
    Assessment,
    DueItem,
    DueState,
    Evidence,
    EvidenceState,
    Search,
    Stage,
    Stance,
    Status,
)
from dragoman.track.due import DueDays, delivered
from dragoman.track.records import Records

PACK = "tracking/delivery.yaml"
FULL = 1
"""The score of full compliance."""


@cache
def ladder() -> tuple[Stage, ...]:
    """Return the rungs of delivery, the lowest first."""
    return tuple(Stage(name) for name in load_pack(PACK)["ladder"])


@cache
def off_ladder() -> frozenset[Stage]:
    """Return the stages that take delivery off the ladder."""
    return frozenset(Stage(name) for name in load_pack(PACK)["halted"])


@cache
def delivering() -> frozenset[Stage]:
    """Return the rungs that count as delivered."""
    return frozenset(Stage(name) for name in load_pack(PACK)["delivered"])


def status_of(provision: str, due: DueDays, records: Records, as_of: date) -> Status:
    """Return what is known of a line on a day.

    Args:
        provision: its id.
        due: its instances by the calendar.
        records: what is recorded.
        as_of: the day. Evidence whose source is younger, and verdicts of later days, do not count.
    """
    pieces = counting(records.evidence.get(provision, ()), as_of)
    verdicts = last_verdicts(records.assessments.get(provision, ()), as_of)
    own, independent = by_origin(pieces)
    return Status(
        provision=provision,
        due=with_delivery(due.items, independent, verdicts),
        claimed=furthest(own),
        verified=furthest(independent),
        evidence=pieces,
        search=last_search(records.searches.get(provision, ())),
        assessments=verdicts,
    )


def counting(evidence: Iterable[Evidence], as_of: date) -> tuple[Evidence, ...]:
    """Return the pieces that count on a day: accepted by now and not younger than the day; oldest first."""
    found = [
        piece
        for piece in evidence
        if piece.state is EvidenceState.ACCEPTED and (known_from(piece) or as_of) <= as_of
    ]
    return tuple(sorted(found, key=lambda piece: (known_from(piece) or date.min, piece.id)))


def known_from(piece: Evidence) -> date | None:
    """Return the day of a piece's source, where that is not known the day on which it was added."""
    return piece.day or (piece.added.date() if piece.added else None)


def by_origin(pieces: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Return what parties say of themselves, and what independent sources say."""
    own = tuple(piece for piece in pieces if piece.by_party)
    return own, tuple(piece for piece in pieces if not piece.by_party)


def furthest(pieces: Sequence[Evidence]) -> Stage | None:
    """Return the furthest stage that pieces support, None where they support none.

    Only a piece that supports counts on the ladder. A stage off the ladder (suspended, repealed, overtaken), from
    whatever piece that is no mere context, wins over all rungs up to its day; what is younger starts the ladder
    anew. Where days are not known, doubt goes against delivery: a rung counts as the oldest, a stage off the
    ladder as the youngest.

    Args:
        pieces: those that count.
    """
    stops = [piece for piece in pieces if piece.stage in off_ladder() and piece.stance is not Stance.CONTEXT]
    last = max(stops, key=lambda piece: piece.day or date.max, default=None)
    since = (last.day or date.max) if last else date.min
    rungs = [piece for piece in pieces if is_rung(piece) and (last is None or (piece.day or date.min) > since)]
    best = max((ladder().index(piece.stage) for piece in rungs if piece.stage), default=None)
    if best is not None:
        return ladder()[best]
    return last.stage if last else None


def is_rung(piece: Evidence) -> bool:
    """Return whether a piece supports a rung of the ladder."""
    return piece.stance is Stance.SUPPORTS and piece.stage in ladder()


def last_verdicts(assessments: Iterable[Assessment], as_of: date) -> tuple[Assessment, ...]:
    """Return the last verdict of each party on a day, by party.

    The last is that with the latest day; of several of one day, the one made last. Earlier ones are history: an
    interim and a final report stay records of their own.
    """
    latest: dict[str, Assessment] = {}
    for verdict in assessments:
        before = latest.get(verdict.party)
        if verdict.as_of <= as_of and (before is None or verdict.as_of >= before.as_of):
            latest[verdict.party] = verdict
    return tuple(latest[party] for party in sorted(latest))


def last_search(searches: Iterable[Search]) -> Search | None:
    """Return the search made last; it says itself up to which day it looked."""
    return max(searches, key=lambda search: search.made, default=None)


def with_delivery(
    items: Sequence[DueItem], independent: Sequence[Evidence], verdicts: Sequence[Assessment]
) -> tuple[DueItem, ...]:
    """Return instances, those that were delivered marked so.

    A duty that does not recur is delivered when independent evidence has reached a rung that counts, or when the
    last verdicts are +1 for all who have one. Of a recurring duty, an instance is delivered by evidence that names
    it, else by evidence dated in its time (after the instance before, up to its own day); a verdict of +1 covers
    the instances that were due by the verdict's day.
    """
    if items and items[0].instance:
        return _recurring_delivered(items, independent, verdicts)
    done = furthest(independent) in delivering() or full_since(verdicts) is not None
    return delivered(items, lambda _item: done)


def _recurring_delivered(
    items: Sequence[DueItem], independent: Sequence[Evidence], verdicts: Sequence[Assessment]
) -> tuple[DueItem, ...]:
    full = full_since(verdicts)
    supporting = [piece for piece in independent if is_rung(piece) and piece.stage in delivering()]
    before = {item.instance: item.due for item in items}

    def is_done(item: DueItem) -> bool:
        if item.due is None:
            return False
        opened = before.get(item.instance - 1) or (item.start if item.instance == 1 else None) or date.min
        return (full is not None and item.due <= full) or any(
            piece.instance == item.instance
            or (not piece.instance and piece.day is not None and opened < piece.day <= item.due)
            for piece in supporting
        )

    return delivered(items, is_done)


def full_since(verdicts: Sequence[Assessment]) -> date | None:
    """Return the day up to which all who have a score comply in full, None where one does not, or none has one."""
    scored = [verdict for verdict in verdicts if verdict.score is not None]
    if not scored or any(verdict.score != FULL for verdict in scored):
        return None
    return min(verdict.as_of for verdict in scored)


def is_settled(item: DueItem) -> bool:
    """Return whether an instance presses nobody any more."""
    return item.state is DueState.DELIVERED
