"""What is wrong with a list: problems in the words of the pack `data/screening/problems.yaml`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

_PACK = "screening/problems.yaml"
_FORMATS = "screening/formats.yaml"


def problem(code: str, source: str, line: int | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        source: name of the file; stands in the message as {name}.
        line: from 1; stands in the message as {line}, too.
        **values: what else the message needs.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(_PACK, code, Place(source, line=line), values)


@cache
def limit(name: str) -> float:
    """Return a limit of the pack of forms."""
    return float(load_pack(_FORMATS)["limits"][name])


@cache
def words_of(name: str) -> Any:  # noqa: ANN401 - a part of a pack
    """Return a part of the pack of forms."""
    return load_pack(_FORMATS)[name]


class UnreadableList(Exception):  # noqa: N818 - a way out of reading, no defect
    """The list cannot be used; nothing of it counts."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.found = found


@dataclass(slots=True)
class Faults:
    """Collects the problems of one list, so many of a code and the number of the others.

    Attributes:
        source: name of the file as messages show it.
        found: the problems so far.
        counts: how many of each code.
    """

    source: str
    found: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, line: int | None = None, **values: object) -> None:
        """Note a problem; arguments as for `problem`."""
        self.counts[code] += 1
        if self.counts[code] <= limit("shown"):
            self.found.append(problem(code, self.source, line, **values))

    def all(self) -> tuple[Problem, ...]:
        """Return the problems, with a line on those that are not shown."""
        shown = int(limit("shown"))
        more = [(code, count - shown) for code, count in sorted(self.counts.items()) if count > shown]
        rest = (problem("list-more-of-these", self.source, which=code, count=count) for code, count in more)
        return (*self.found, *rest)


def unreadable(faults: Faults, code: str, line: int | None = None, **values: object) -> UnreadableList:
    """Return the exception that ends the reading of a list; arguments as for `problem`."""
    return UnreadableList(problem(code, faults.source, line, **values))
