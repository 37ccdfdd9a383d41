"""Clauses of one actor, kind and force in a sentence are one provision (annotation guide)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.extract.zh.forces import EXPLORATORY
from dragoman.extract.zh.readings import Reading
from dragoman.extract.zh.setting import Setting
from dragoman.model import Kind


def merged(readings: Sequence[Reading], setting: Setting) -> list[Reading]:
    """Return the readings with those of one provision as one, the first of them."""
    kept: dict[tuple[object, ...], Reading] = {}
    who: str | None = None
    for reading in readings:
        if not (kept and goes_on(reading, setting)) and not is_nobody(reading, setting):
            who = reading.who
        pledged = meeting_pledged(reading, kept.values())
        if pledged is not None:
            continue
        key = (*key_of(reading), who)
        kept[key] = joined(kept[key], reading) if key in kept else reading
    return sorted(kept.values(), key=lambda reading: reading.found.span)


def meeting_pledged(reading: Reading, before: Iterable[Reading]) -> Reading | None:
    """Return the pledge before a reading that only tells when what is pledged meets, None for other readings.

    "双方同意建立对话机制，首次会议将于明年上半年举行", "双方商定，第五轮对话将于2026年举行".
    """
    found = reading.found
    if found.kind_of != "future" or found.verb is None or found.verb.data.get("class") != "meet":
        return None
    if reading.subject is None or reading.subject.type in {"authors", "named"}:
        return None
    near = range(found.number - NEAR, found.number)
    same = (r for r in before if r.found.kind_of == "pledge" and r.found.number in near)
    return next((pledge for pledge in same if pledge.force == reading.force and not pledge.doubts), None)


NEAR = 2
"""Segments back to which the pledge of what meets stands ("决定设立…机制，每年轮流主办，首次会议将…")."""


def key_of(reading: Reading) -> tuple[object, ...]:
    """Return what besides the actor must be equal for two readings to be one provision."""
    firmness = reading.force if reading.kind is Kind.COMMITMENT else reading.force == EXPLORATORY
    return reading.kind, firmness, reading.found.running


def is_nobody(reading: Reading, setting: Setting) -> bool:
    """Return whether a reading in a law has no actor of its own: it goes on with the one before."""
    subject = reading.subject
    return setting.statute and (subject is None or not subject.acts or subject.origin == "sentence")


def goes_on(reading: Reading, setting: Setting) -> bool:
    """Return whether a reading goes on with the actor of the one before in its sentence."""
    subject = reading.subject
    if subject is None:
        return False
    if setting.statute and subject.origin == "carried":
        return True
    return (reading.kind is Kind.MEASURE and not subject.acts) or reading.who in setting.tables.general


def joined(first: Reading, second: Reading) -> Reading:
    """Return two readings as one: what only one of them is doubted for counts no more."""
    if first.doubts and not second.doubts:
        return second
    doubts = tuple(doubt for doubt in first.doubts if doubt in second.doubts)
    if first.kind is Kind.MEASURE and not second.doubts:
        return replace(first, force=max(first.force, second.force), doubts=doubts)
    return replace(first, doubts=doubts)
