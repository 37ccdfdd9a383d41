"""Watching: saved questions, and what new documents have to do with commitments of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved question, and where new documents come from.

    Attributes:
        name: short; it names the watch in commands.
        query: words, all of which must stand in a document.
        technologies, instruments, actors: tags and names, one of each of which must stand in a document.
        documents: slugs of the register whose commitments are watched; () for those of all.
        folder: path of a folder, "" where a feed is watched.
        feed: address of an RSS or Atom feed, "" where a folder is.
    """

    name: str
    query: str = ""
    technologies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    folder: str = ""
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """A sentence of a new document that touches a commitment.

    Attributes:
        provision: id of the commitment.
        commitment: its sentence.
        quote, start, end: the sentence of the new document and its offsets.
        score: 0 to 1, how far it is about the commitment: words and tags they share, rare ones weighing more.
        why: names, tags and rare words that both have, the weightiest first.
    """

    provision: str
    commitment: str
    quote: str
    start: int
    end: int
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A promise of an earlier document, lacking in a later one of the series, that a new document makes again.

    Attributes:
        provision, promise: id and sentence of the promise in the earlier document.
        lacking: slug of the latest document of the series, which has nothing like it.
        again, quote: id and sentence of the new provision.
        score: likeness, 0 to 1.
        why: names, tags and rare words that both have.
    """

    provision: str
    promise: str
    lacking: str
    again: str
    quote: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a watch made of one new or changed document.

    Attributes:
        watch: its name.
        doc, version: slug and number of the version, "" and 0 where nothing could be read.
        item: path or address it was read from, as the folder or feed names it.
        title, day, address: of the document.
        seen: when.
        matched: whether the document fits the question.
        reasons: what of the question stands in it.
        touches, returns: best first.
        problem: why nothing could be read, "" otherwise.
    """

    watch: str
    doc: str
    version: int
    item: str
    title: str
    day: date | None
    address: str
    seen: datetime
    matched: bool
    reasons: tuple[str, ...] = ()
    touches: tuple[Touch, ...] = ()
    returns: tuple[Return, ...] = ()
    problem: str = ""


def watch_to_row(watch: Watch) -> dict[str, Any]:
    """Return a watch as JSON or YAML can hold it; what is empty is left out."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(watch).items() if value
    }


def watch_of_row(row: Mapping[str, Any]) -> Watch:
    """Return the watch of `watch_to_row`."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Watch(**values)


def sighting_to_row(sighting: Sighting) -> dict[str, Any]:
    """Return a sighting as JSON can hold it."""
    row = asdict(sighting)
    return {**row, "day": sighting.day.isoformat() if sighting.day else None, "seen": sighting.seen.isoformat()}


def sighting_of_row(row: Mapping[str, Any]) -> Sighting:
    """Return the sighting of `sighting_to_row`."""
    return Sighting(
        **{
            **row,
            "day": date.fromisoformat(row["day"]) if row["day"] else None,
            "seen": datetime.fromisoformat(row["seen"]),
            "reasons": tuple(row["reasons"]),
            "touches": tuple(Touch(**{**one, "why": tuple(one["why"])}) for one in row["touches"]),
            "returns": tuple(Return(**{**one, "why": tuple(one["why"])}) for one in row["returns"]),
        }
    )
