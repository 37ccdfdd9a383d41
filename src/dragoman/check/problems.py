"""Problems of packs and cases, their words taken from the pack `data/cases/problems.yaml`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem, Severity

_PACK = "cases/problems.yaml"
MOST_NAMES = 24
"""Names listed in a remedy."""


def problem(code: str, source: str, line: int | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        source: path of the file; stands in the message as {name}.
        line: from 1; stands in the message as {line}, too.
        **values: what else the message needs.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(_PACK, code, Place(source, line=line), values)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a remedy for an unknown name: the nearest known one, else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    if not names:
        return "Nothing is known here; leave it out."
    listed = ", ".join(names[:MOST_NAMES])
    return f"Known: {listed}{', ...' if len(names) > MOST_NAMES else ''}."


@dataclass(slots=True)
class Faults:
    """Collects the problems of one file.

    Attributes:
        source: path of the file as messages show it.
        found: the problems so far.
    """

    source: str
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int | None = None, **values: object) -> None:
        """Note a problem; arguments as for `problem`."""
        self.found.append(problem(code, self.source, line, **values))


def serious(problems: Iterable[Problem]) -> bool:
    """Return whether an error is among the problems."""
    return any(one.severity is Severity.ERROR for one in problems)
