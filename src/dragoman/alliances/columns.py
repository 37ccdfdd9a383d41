"""Ties as columns of numbers: packed into bytes for the register, and counted without making an object of each.

The bytes of a document are the length of a head (4 bytes, little endian), the head as JSON (names and reasons that
the numbers stand for), and its rows. Tags are bits, in the order of the tags' names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.alliances.counting import Numbers, counts_of, grouped
from dragoman.model.alliance import Layer, Level, Stance, Tie

ROW = np.dtype(
    [
        ("start", "<i4"),
        ("end", "<i4"),
        ("actor", "<i4"),
        ("partner", "<i4"),
        ("technologies", "<u8"),
        ("instruments", "<u8"),
        ("day", "<i4"),  # proleptic ordinal, 0 where unknown
        ("why", "<u2"),
        ("stance", "u1"),
        ("level", "u1"),
        ("layer", "u1"),
        ("force", "u1"),
        ("joint", "u1"),
        ("confidence", "u1"),  # per cent
    ]
)
STANCES, LEVELS, LAYERS = tuple(Stance), tuple(Level), tuple(Layer)
HEAD = 4
Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags that bits stand for, in order."""

    technologies: tuple[str, ...]
    instruments: tuple[str, ...]


class Codes:
    """Numbers for names, given as they come."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def of(self, name: str) -> int:
        """Return the number of a name."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number


def bits_of(values: Iterable[str], tags: Sequence[str]) -> int:
    """Return the bits of tags; one that no pack has is left out."""
    return sum(1 << tags.index(tag) for tag in dict.fromkeys(values) if tag in tags)


def tags_of(bits: int, tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags of bits."""
    return tuple(tag for at, tag in enumerate(tags) if bits >> at & 1)


def packed(ties: Sequence[Tie], tags: Tags) -> bytes:
    """Return the ties of one document as bytes."""
    names, whys = Codes(), Codes()
    rows = np.zeros(len(ties), ROW)
    for at, tie in enumerate(ties):
        rows[at] = (
            tie.start,
            tie.end,
            names.of(tie.actor),
            names.of(tie.partner),
            bits_of(tie.technologies, tags.technologies),
            bits_of(tie.instruments, tags.instruments),
            tie.day.toordinal() if tie.day else 0,
            whys.of(tie.why),
            STANCES.index(tie.stance),
            LEVELS.index(tie.level),
            LAYERS.index(tie.layer),
            tie.force,
            tie.joint,
            round(tie.confidence * 100),
        )
    head = json.dumps({"names": names.names, "whys": whys.names}, ensure_ascii=False).encode()
    return len(head).to_bytes(HEAD, "little") + head + rows.tobytes()


def head_of(content: bytes) -> tuple[dict[str, Any], int]:
    """Return the head of packed ties, and where the rows start."""
    length = int.from_bytes(content[:HEAD], "little")
    return json.loads(content[HEAD : HEAD + length]), HEAD + length


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The ties of many documents.

    Attributes:
        rows: see `ROW`; names and reasons are numbers of `names` and `whys`.
        docs: number of its document, for each row.
        slugs: of the documents.
        names, whys: what the numbers stand for.
        tags: what the bits stand for.
        weights: how many sentences each number of `docs` stands for; None where rows are ties of documents, and
            each sentence stands for itself.
        known: what was counted before, by name.
    """

    rows: Rows
    docs: Numbers
    slugs: tuple[str, ...]
    names: tuple[str, ...]
    whys: tuple[str, ...]
    tags: Tags
    weights: Numbers | None = None
    known: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, chosen: npt.NDArray[np.bool_] | Numbers) -> Columns:
        """Return some of the rows."""
        own = (self.slugs, self.names, self.whys, self.tags, self.weights)
        return Columns(self.rows[chosen], self.docs[chosen], *own)

    @property
    def sizes(self) -> Numbers:
        """How many ties each row stands for."""
        return np.ones(len(self.rows), np.int64) if self.weights is None else self.weights[self.docs]

    def counts(self, groups: Numbers, sentences: Numbers, size: int) -> Numbers:
        """Return how many different sentences each of so many groups has."""
        return counts_of(groups, sentences, size, self.weights)

    @property
    def sentences(self) -> Numbers:
        """A number for the sentence of each tie."""
        if self.weights is not None:
            return self.docs
        found = self.known.get("sentences")
        if found is None:
            keys = self.docs << 32 | self.rows["start"].astype(np.int64)
            steps = np.diff(keys)
            found = (
                np.concatenate([[0], np.cumsum(steps > 0)])
                if len(keys) and (steps >= 0).all()
                else grouped(keys).of
            )
            self.known["sentences"] = found
        return found

    def number(self, name: str) -> int:
        """Return the number of a name, -1 for one that no tie has."""
        return self.names.index(name) if name in self.names else -1

    def tie(self, at: int) -> Tie:
        """Return one row as a tie."""
        row = self.rows[at]
        return Tie(
            actor=self.names[row["actor"]],
            partner=self.names[row["partner"]],
            technologies=tags_of(int(row["technologies"]), self.tags.technologies),
            instruments=tags_of(int(row["instruments"]), self.tags.instruments),
            stance=STANCES[row["stance"]],
            level=LEVELS[row["level"]],
            layer=LAYERS[row["layer"]],
            force=int(row["force"]),
            joint=bool(row["joint"]),
            day=day_of(int(row["day"])),
            doc=self.slugs[self.docs[at]],
            start=int(row["start"]),
            end=int(row["end"]),
            confidence=int(row["confidence"]) / 100,
            why=self.whys[row["why"]],
        )


def day_of(ordinal: int) -> date | None:
    """Return the day of a number, None for 0."""
    return date.fromordinal(ordinal) if ordinal else None


def columns_of(packs: Iterable[tuple[str, bytes]], tags: Tags) -> Columns:
    """Return the ties of documents.

    Args:
        packs: slug and packed ties of each.
        tags: what the bits stand for.
    """
    names, whys = Codes(), Codes()
    slugs: list[str] = []
    parts: list[bytes] = []
    lengths: list[int] = []
    maps: list[tuple[list[int], list[int]]] = []
    for slug, content in packs:
        head, start = head_of(content)
        slugs.append(slug)
        parts.append(content[start:])
        lengths.append((len(content) - start) // ROW.itemsize)
        maps.append(([names.of(name) for name in head["names"]], [whys.of(why) for why in head["whys"]]))
    rows = np.frombuffer(bytearray().join(parts), ROW)
    docs = np.repeat(np.arange(len(slugs), dtype=np.int64), lengths)
    renumber(rows, docs, maps)
    return Columns(rows, docs, tuple(slugs), tuple(names.names), tuple(whys.names), tags)


def renumber(rows: Rows, docs: Numbers, maps: Sequence[tuple[list[int], list[int]]]) -> None:
    """Replace the documents' own numbers of names and reasons by common ones, in place."""
    for column, which in (("actor", 0), ("partner", 0), ("why", 1)):
        flat = np.array([number for one in maps for number in one[which]], dtype=np.int64)
        first = np.cumsum([0, *(len(one[which]) for one in maps)])
        if len(flat):
            rows[column] = flat[first[docs] + rows[column]]
