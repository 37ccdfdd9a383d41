"""What sentences say of ties, whatever their place: kinds, kept with the number of sentences of each day.

A kind is a list of ties as JSON, each a list of the fields below, in order. Where all ties of a sentence are of
one day, the day stands beside the kind and is 0 within it; else the days stand within, and 0 beside. Columns made
of kinds give what those of all ties give, wherever sentences are counted and not listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from dragoman.alliances.columns import ROW, Codes, Columns, Rows, Tags, head_of
from dragoman.alliances.counting import Numbers

FIELDS = (
    "actor", "partner", "technologies", "instruments", "stance", "level", "layer", "force", "joint", "confidence",
    "day",
)  # fmt: skip
"""Fields of a tie within a kind; actor and partner by name."""
NAMED = 2
DAY = len(FIELDS) - 1


class Spoken(NamedTuple):
    """What some sentences of a document say.

    Attributes:
        key: hash of the content.
        content: ties as JSON.
        day: beside the kind.
        sentences: how many say it.
    """

    key: str
    content: str
    day: int
    sentences: int


def spoken_in(content: bytes) -> tuple[Spoken, ...]:
    """Return what the sentences of packed ties say, each kind and day once."""
    counts = Counter(sayings_in(content))
    return tuple(Spoken(key_of(kind), kind, day, number) for (kind, day), number in sorted(counts.items()))


def sayings_in(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield kind and day of each sentence of packed ties."""
    head, start = head_of(content)
    names: Sequence[str] = head["names"]
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in np.frombuffer(content, ROW, offset=start):
        numbers = [int(row[field]) for field in FIELDS]
        own = (names[numbers[0]], names[numbers[1]], *numbers[NAMED:])
        found.setdefault(int(row["start"]), []).append(own)
    yield from map(saying_of, found.values())


def saying_of(ties: Iterable[tuple[Any, ...]]) -> tuple[str, int]:
    """Return kind and day of the ties of a sentence."""
    rows = sorted(ties)
    days = {row[DAY] for row in rows}
    (day,) = days if len(days) == 1 else (0,)
    kept = [(*row[:DAY], 0) for row in rows] if len(days) == 1 else rows
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")), day


def key_of(kind: str) -> str:
    """Return the hash by which a kind is kept."""
    return sha256(kind.encode("utf-8", "surrogatepass")).hexdigest()


def columns_of_kinds(
    kinds: Sequence[tuple[int, str]], days: Sequence[tuple[int, int, int]], tags: Tags
) -> tuple[Columns, Numbers]:
    """Return what is said as columns, one sentence for each kind and day, weighted by how many say it.

    Args:
        kinds: number and content of each kind.
        days: kind, day, and number of sentences.
        tags: what the bits stand for.

    Returns:
        The columns, and number and day of the kind of each of their sentences.
    """
    names = Codes()
    rows, lengths = _rows_of([content for _, content in kinds], names)
    place = {number: at for at, (number, _) in enumerate(kinds)}
    said = np.array([one for one in days if one[0] in place], np.int64).reshape(-1, 3)
    which: Numbers = np.array([place[number] for number in said[:, 0].tolist()], np.int64)
    first = np.cumsum(lengths) - lengths
    times = lengths[which]
    docs: Numbers = np.repeat(np.arange(len(said)), times)
    inside = np.arange(len(docs)) - np.repeat(np.cumsum(times) - times, times)
    spread = rows[np.repeat(first[which], times) + inside]
    spread["day"] = np.where(spread["day"] > 0, spread["day"], said[docs, 1])
    return Columns(spread, docs, (), tuple(names.names), ("",), tags, said[:, 2].copy()), said[:, :2]


def _rows_of(contents: Sequence[str], names: Codes) -> tuple[Rows, Numbers]:
    """Return the ties of kinds as rows, and how many each kind has."""
    parsed = [json.loads(content) for content in contents]
    lengths: Numbers = np.array([len(ties) for ties in parsed], np.int64)
    flat = [tie for ties in parsed for tie in ties]
    rows = np.zeros(len(flat), ROW)
    for at, field in enumerate(FIELDS):
        rows[field] = [names.of(tie[at]) if at < NAMED else tie[at] for tie in flat]
    return rows, lengths
