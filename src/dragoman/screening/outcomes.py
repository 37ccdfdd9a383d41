"""What screening and the registry of lists tell."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import HitDecision, ListChange, ListEntry, PartyList, Problem, Screening, UsageError
from dragoman.model.watching import PartyChange
from dragoman.register import Screened
from dragoman.screen.changes import FieldChange
from dragoman.screen.official import publishers


class NoListsError(UsageError):
    """Nothing can be screened: no list was imported."""

    http_status = 409

    def __init__(self) -> None:
        names = "; ".join(f"{one.publisher.en}: {one.title.en}" for one in publishers())
        super().__init__(
            "No list has been imported yet, so nothing can be screened.",
            f"Fetch a list from its publisher and run `dragoman lists import FILE`. {names}.",
        )


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a list that was to be imported.

    Attributes:
        list: the version in use now; None where there is none of that name.
        before: the version that was in use.
        change: from that one to this.
        taken: whether the file was taken; else nothing has changed.
        new: whether a version was added; False for the very same entries again.
        problems: of the file.
    """

    list: PartyList | None
    before: PartyList | None
    change: ListChange
    taken: bool
    new: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that says something else than before."""

    entry: ListEntry
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ListDifference:
    """What the version in use changed.

    Attributes:
        list: the version in use.
        before: the one before; None for the first, then all entries count as added.
        added, removed, changed: entries.
    """

    list: PartyList
    before: PartyList | None
    added: tuple[ListEntry, ...]
    removed: tuple[ListEntry, ...]
    changed: tuple[EntryChange, ...]


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    """A row of a file of parties, screened.

    Attributes:
        line: in the file.
        screening: None where the row names no party.
        problems: of the row; those of the screening are among them.
    """

    line: int
    screening: Screening | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of a party.

    Attributes:
        key: its reference, else its name.
        decisions: every decision on it, oldest first.
        changes: what monitoring found, oldest first.
        screened: its last screening, if it is screened again.
    """

    key: str
    decisions: tuple[HitDecision, ...]
    changes: tuple[PartyChange, ...]
    screened: Screened | None
