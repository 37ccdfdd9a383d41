"""Monitoring: parties that were screened before against the lists as they are now, and only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from dragoman.model import Hit, HitDecision, ListEntry, NotFoundError, Party, Screening
from dragoman.model.listing import sha256_of_entry
from dragoman.model.watching import ChangeKind, PartyChange
from dragoman.register import KnownHit, PartyRegister, Screened
from dragoman.screen.changes import FieldChange, changed_fields
from dragoman.screening.indexes import Progress

BATCH = 1_000
SHOWN_VALUES = 3
"""Values of a changed field that are named."""
Key = tuple[str, str]


class Watch:
    """One run of monitoring.

    Args:
        register: of parties.
        screen: screens a party as things are.
        at: time of the run.
        day: its day.
    """

    def __init__(
        self, register: PartyRegister, screen: Callable[[Party], Screening], at: datetime, day: date
    ) -> None:
        self._register = register
        self._screen = screen
        self._at = at
        self._day = day
        self._old: dict[tuple[str, str, int], ListEntry | None] = {}

    def run(
        self, name: str | None, lists: Sequence[tuple[str, int]], progress: Progress | None
    ) -> tuple[PartyChange, ...]:
        """Screen all known parties, keep what was found, and return what changed.

        Args:
            name: of a list; only parties that were not screened against its version in use; None for all.
            lists: names and versions of the lists in use.
            progress: told the parties done.
        """
        found: list[PartyChange] = []
        again: list[Screening] = []
        known = list(self._register.screened())
        for number, before in enumerate(known, start=1):
            if _stale(before, lists, name):
                now = self._screen(before.party)
                found += self._compared(before, now)
                again.append(now)
            if progress:
                progress(number, len(known), before.key)
        opened = self._register.reopen(self._day, self._at)  # last, so that a run that breaks off loses none
        found = [*self._reopened(opened, found), *_without(found, opened)]
        self._keep(again, found)
        return tuple(found)

    def _keep(self, again: Sequence[Screening], found: Sequence[PartyChange]) -> None:
        self._register.note_changes(found)
        for start in range(0, len(again), BATCH):
            self._register.remember(again[start : start + BATCH])

    def _compared(self, before: Screened, now: Screening) -> Iterator[PartyChange]:
        """Yield how the hits of a party differ from those of its last screening."""
        old = {(hit.list, hit.entry): hit for hit in before.hits}
        new = {(hit.entry.list, hit.entry.id): hit for hit in now.hits}
        for place, hit in new.items():
            if place not in old:
                yield self._change(before.key, ChangeKind.NEW, hit, _decided(hit))
            elif sha256_of_entry(hit.entry) != old[place].sha256:
                yield self._change(before.key, ChangeKind.ENTRY, hit, self._fields(hit.entry, before))
        for place, gone in old.items():
            if place not in new:
                yield self._gone(before, gone)

    def _change(self, key: str, kind: ChangeKind, hit: Hit, detail: str) -> PartyChange:
        entry = hit.entry
        return PartyChange(key, kind, entry.list, entry.id, hit.name, round(hit.score, 4), detail, self._at)

    def _gone(self, before: Screened, hit: KnownHit) -> PartyChange:
        entry = self._entry(hit.list, hit.entry, dict(before.lists).get(hit.list))
        detail = "the entry is no longer in the list, or no longer like the party"
        name = entry.name if entry else ""
        return PartyChange(before.key, ChangeKind.GONE, hit.list, hit.entry, name, None, detail, self._at)

    def _fields(self, entry: ListEntry, before: Screened) -> str:
        old = self._entry(entry.list, entry.id, dict(before.lists).get(entry.list))
        return fields_words(changed_fields(old, entry)) if old else ""

    def _entry(self, name: str, identifier: str, version: int | None) -> ListEntry | None:
        """Return an entry as an earlier version had it, None where that is kept no longer."""
        if version is None:
            return None
        place = (name, identifier, version)
        if place not in self._old:
            try:
                self._old[place] = self._register.entry(name, identifier, version)
            except NotFoundError:
                self._old[place] = None
        return self._old[place]

    def _reopened(self, opened: Sequence[HitDecision], found: Sequence[PartyChange]) -> Iterator[PartyChange]:
        """Yield the decisions that are open again, with what changed in the entry where that is known."""
        changed = {(one.party, one.list, one.entry): one for one in found if one.kind is ChangeKind.ENTRY}
        for one in opened:
            entry = changed.get((one.party, one.list, one.entry))
            detail = f"{one.reason} {entry.detail}".strip() if entry else one.reason
            yield PartyChange(
                one.party,
                ChangeKind.REOPENED,
                one.list,
                one.entry,
                entry.name if entry else self._name(one.list, one.entry),
                entry.score if entry else None,
                detail,
                self._at,
            )

    def _name(self, name: str, identifier: str) -> str:
        try:
            return self._register.entry(name, identifier).name
        except NotFoundError:
            return ""


def _stale(before: Screened, lists: Sequence[tuple[str, int]], name: str | None) -> bool:
    """Return whether a party was screened against other versions than those in use."""
    if name is None:
        return set(before.lists) != set(lists)
    return dict(before.lists).get(name) != dict(lists).get(name)


def _decided(hit: Hit) -> str:
    return f"{hit.decision.verdict.value} before: {hit.decision.reason}" if hit.decision else ""


def _without(found: Sequence[PartyChange], opened: Sequence[HitDecision]) -> Iterator[PartyChange]:
    """Yield the changes that are not told already as a decision that is open again."""
    told = {(one.party, one.list, one.entry) for one in opened}
    for one in found:
        if one.kind is not ChangeKind.ENTRY or (one.party, one.list, one.entry) not in told:
            yield one


def fields_words(changes: Sequence[FieldChange]) -> str:
    """Return what became of the fields of an entry, in words."""
    return "; ".join(_field_words(change) for change in changes)


def _field_words(change: FieldChange) -> str:
    parts = [("+", change.added), ("-", change.removed)]
    shown = [
        f"{sign} {', '.join(values[:SHOWN_VALUES])}{' ...' if len(values) > SHOWN_VALUES else ''}"
        for sign, values in parts
        if values
    ]
    return f"{change.field}: {' '.join(shown)}"
