"""What a bulk reading is told, and what must be the same when it goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, Self

from dragoman import __version__
from dragoman.extract import GRAMMAR
from dragoman.read import ReadSettings

Engine = Literal["processes", "spark"]
FORM = 1
"""Of the output."""
MEGABYTE = 1 << 20
PARTS: Mapping[Engine, int] = {"processes": 8 * MEGABYTE, "spark": 4096 * MEGABYTE}
_WORDS = ("actors", "legalization.yaml", "lexicons", "reading", "tracking", "weights")
"""Data packs that reading and extraction rest on."""


@dataclass(frozen=True, slots=True)
class BulkSettings:
    """How a collection is read.

    Attributes:
        engine: "processes" on this machine, "spark" on a cluster.
        workers: processes that read, 0 for one a processor; Spark has its own measure.
        part_bytes: bytes of input a part is made from, 0 for what suits the engine: the grain in which a killed
            run goes on. A document is never split; on Spark, no input is.
        seconds: wall time allowed for one document.
        limits: of reading.
        master: of Spark, "" for what its configuration says, else this machine.
        options: of Spark's configuration.
    """

    engine: Engine = "processes"
    workers: int = 0
    part_bytes: int = 0
    seconds: float = 120.0
    limits: ReadSettings = field(default_factory=ReadSettings)
    master: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def part_size(self) -> int:
        """Bytes of input that a part is made from."""
        return self.part_bytes or PARTS[self.engine]

    @classmethod
    def stated(cls, engine: str, *, max_bytes: int, **others: Any) -> Self:  # noqa: ANN401 - as the fields are
        """Return settings with the largest file given in bytes; the other arguments are the attributes."""
        chosen: Engine = "spark" if engine == "spark" else "processes"
        return cls(chosen, limits=ReadSettings(max_bytes=max_bytes), **others)

    def identity(self) -> dict[str, Any]:
        """Return what makes the rows: these must not change while an output is written."""
        limits = asdict(self.limits)
        return {
            "form": FORM,
            "engine": self.engine,
            "dragoman": __version__,
            "grammar": GRAMMAR,
            "lexicon": lexicon_hash(),
            "settings": {"part_bytes": self.part_size, "seconds": self.seconds, **limits},
        }


@cache
def lexicon_hash() -> str:
    """Return the SHA-256 of the words, names and weights that reading and extraction rest on."""
    digest = hashlib.sha256()
    data = resources.files("dragoman").joinpath("data")
    for name in _WORDS:
        _add(data.joinpath(name), name, digest)
    return digest.hexdigest()


def _add(place: Traversable, name: str, digest: hashlib._Hash) -> None:
    if place.is_dir():
        for one in sorted(place.iterdir(), key=lambda one: one.name):
            _add(one, f"{name}/{one.name}", digest)
    elif name.endswith(".yaml"):
        digest.update(name.encode() + b"\0" + hashlib.sha256(place.read_bytes()).digest())
