"""What is recorded of lines besides the lines themselves: events, evidence, searches, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from dragoman.model import Assessment, Event, Evidence, Search


class AboutLine(Protocol):
    """Anything that is recorded of a line."""

    @property
    def provision(self) -> str:
        """Id of the line."""


Kept = TypeVar("Kept", bound=AboutLine)


@dataclass(frozen=True, slots=True)
class Records:
    """What is recorded, by the id of the line; in the order in which it was recorded.

    Attributes:
        events: all events, those taken back too.
        evidence: each piece as it stands now, whatever its state.
        searches: every search.
        assessments: every verdict.
    """

    events: Sequence[Event] = ()
    evidence: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    searches: Mapping[str, Sequence[Search]] = field(default_factory=dict)
    assessments: Mapping[str, Sequence[Assessment]] = field(default_factory=dict)

    def lines(self) -> frozenset[str]:
        """Return the ids of all lines of which anything but an event is recorded."""
        return frozenset((*self.evidence, *self.searches, *self.assessments))


def by_line(kept: Iterable[Kept]) -> dict[str, tuple[Kept, ...]]:
    """Return records by the id of their line, in their order."""
    found: dict[str, list[Kept]] = {}
    for one in kept:
        found.setdefault(one.provision, []).append(one)
    return {line: tuple(records) for line, records in found.items()}


def merged(before: Event, again: Event) -> Event:
    """Return an event recorded again: the other names and lines of both; unchanged where nothing is new."""
    aliases = tuple(dict.fromkeys((*before.aliases, *again.aliases)))
    lines = tuple(dict.fromkeys((*before.provisions, *again.provisions)))
    source = again.source or before.source
    if (aliases, lines, source) == (before.aliases, before.provisions, before.source):
        return before
    return replace(again, aliases=aliases, provisions=lines, source=source)
