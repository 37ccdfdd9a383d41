"""What sentences say of ties, counted for the whole register, so that a matrix costs what it shows.

A sentence that ties actors says something that others say too, on their days. How many say it on a day is kept,
and which versions hold them; both follow when the ties of a document are kept anew. Sums over sentences are sums
over these rows, of which there are as many as different things said on different days, however many documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import TypeVar

from sqlalchemy import Connection, delete, exists, insert, select

from dragoman.register.schema import versions
from dragoman.register.tie_schema import tie_days, tie_kinds, tie_places, ties_due
from dragoman.register.upserting import changed_by, left_as_they_are, replaced_by

AT_A_TIME = 500
"""Kinds named in one question."""
MARK_BITS = 62
"""Of a number that tells one change of a document from any other."""

Value = TypeVar("Value")
Saying = tuple[int, int]
"""Number of a kind, and a day as a proleptic ordinal, 0 where unknown."""


@dataclass(frozen=True, slots=True)
class Said:
    """What some sentences of one document say on a day.

    Attributes:
        key: hash of the content.
        content: what they say, packed.
        day: proleptic ordinal, 0 where unknown.
        sentences: how many say it.
    """

    key: str
    content: str
    day: int
    sentences: int


def note_due(connection: Connection, document: int) -> None:
    """Note that a document has changed, and its ties are to be read and counted anew."""
    replaced_by(connection, ties_due, [{"document": document, "mark": randbits(MARK_BITS)}])


def count_said(connection: Connection, version: int, said: Sequence[Said]) -> None:
    """Count what a current version says in place of what its document said before.

    Args:
        connection: inside a transaction that no other one counts beside.
        version: id of the version.
        said: what its sentences say, each kind and day once.
    """
    numbers = _numbers_of(connection, said)
    now = {(numbers[one.key], one.day): one.sentences for one in said}
    before = _taken_back(connection, version)
    rows = [
        {"version": version, "kind": kind, "day": day, "sentences": sentences}
        for (kind, day), sentences in sorted(now.items())
    ]
    if rows:
        connection.execute(insert(tie_places), rows)
    changes = {saying: now.get(saying, 0) - before.get(saying, 0) for saying in sorted({*now, *before})}
    changed = [
        {"kind": kind, "day": day, "sentences": number} for (kind, day), number in changes.items() if number
    ]
    changed_by(connection, tie_days, changed)
    _drop_unsaid(connection, {row["kind"] for row in changed if row["sentences"] < 0})


def _drop_unsaid(connection: Connection, fewer: Iterable[int]) -> None:
    """Remove the days on which nobody says kinds that are said less now, and the kinds without a day."""
    said = exists().where(tie_days.c.kind == tie_kinds.c.id)
    placed = exists().where(tie_places.c.kind == tie_kinds.c.id)
    for some in _some(sorted(fewer)):
        connection.execute(delete(tie_days).where(tie_days.c.sentences <= 0, tie_days.c.kind.in_(some)))
        connection.execute(delete(tie_kinds).where(tie_kinds.c.id.in_(some), ~said, ~placed))


def _numbers_of(connection: Connection, said: Sequence[Said]) -> dict[str, int]:
    """Return the numbers of kinds by their key; new ones are kept."""
    contents = dict(sorted((one.key, one.content) for one in said))
    left_as_they_are(connection, tie_kinds, [{"key": key, "content": text} for key, text in contents.items()])
    found: dict[str, int] = {}
    for keys in _some(list(contents)):
        rows = connection.execute(select(tie_kinds.c.key, tie_kinds.c.id).where(tie_kinds.c.key.in_(keys)))
        found.update((row.key, row.id) for row in rows)
    return found


def _some(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Yield values, so many at a time as one question names."""
    for start in range(0, len(values), AT_A_TIME):
        yield values[start : start + AT_A_TIME]


def _taken_back(connection: Connection, version: int) -> Mapping[Saying, int]:
    """Take away what any version of a document is counted for, and return it."""
    document = select(versions.c.document).where(versions.c.id == version).scalar_subquery()
    own = tie_places.c.version.in_(select(versions.c.id).where(versions.c.document == document))
    found: Counter[Saying] = Counter()
    for row in connection.execute(select(tie_places).where(own)):
        found[row.kind, row.day] += row.sentences
    if found:
        connection.execute(delete(tie_places).where(own))
    return found


def kinds_said(connection: Connection) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
    """Return number and content of each kind that is said, and kind, day and number of sentences that say it."""
    said = exists().where(tie_days.c.kind == tie_kinds.c.id)
    kinds = connection.execute(select(tie_kinds.c.id, tie_kinds.c.content).where(said).order_by(tie_kinds.c.id))
    days = connection.execute(select(tie_days.c.kind, tie_days.c.day, tie_days.c.sentences))
    return [(row.id, row.content) for row in kinds], [(row.kind, row.day, row.sentences) for row in days]


def versions_saying(connection: Connection, sayings: Iterable[Saying], most: int) -> Iterator[int]:
    """Yield the versions that say something on a day, so many of each at the most."""
    for kind, day in sayings:
        own = select(tie_places.c.version).where(tie_places.c.kind == kind, tie_places.c.day == day)
        yield from connection.execute(own.order_by(tie_places.c.version).limit(most)).scalars()


def first_versions_saying(connection: Connection, days: Iterable[Sequence[Saying]], most: int) -> set[int]:
    """Return the versions that hold the first sentences, so many of them, that say something.

    Args:
        connection: of the register.
        days: what is looked for, day by day.
        most: sentences that are wanted; within a day those of the first versions.
    """
    found: set[int] = set()
    for sayings in days:
        if len(found) >= most:
            break
        found.update(sorted(set(versions_saying(connection, sayings, most)))[:most])
    return found


def versions_of_kinds(connection: Connection, kinds: Iterable[int]) -> set[int]:
    """Return the versions that say any of some kinds."""
    found: set[int] = set()
    for some in _some(sorted(kinds)):
        question = select(tie_places.c.version).where(tie_places.c.kind.in_(some)).distinct()
        found.update(connection.execute(question).scalars())
    return found
