"""The part of the facade that screens parties: lists, hits, decisions, history, monitoring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import (
    Case,
    Hit,
    HitDecision,
    ListChange,
    Party,
    PartyList,
    Problem,
    Screening,
    UsageError,
    Verdict,
)
from dragoman.model.screened import CheckedParties, ListStatus
from dragoman.model.watching import PartyChange
from dragoman.register import PartyRegister, key_of
from dragoman.screen.changes import changed_fields, difference, hashes_of, shrunk
from dragoman.screen.importers import ImportedList, read_list
from dragoman.screen.importers.faults import limit, problem
from dragoman.screen.index import NameIndex
from dragoman.screen.official import official_of, searchable
from dragoman.screen.owned import Standings, ownership_of, with_known_owners
from dragoman.screen.parties import PartyRow, checked_party, known_owners, read_parties
from dragoman.screen.second import with_second_opinion
from dragoman.screening.cases import checked_parties
from dragoman.screening.indexes import Progress, index_over
from dragoman.screening.outcomes import (
    EntryChange,
    History,
    ImportOutcome,
    ListDifference,
    NoListsError,
    ScreenedRow,
)
from dragoman.screening.watching import Watch

Clock = Callable[[], datetime]
Synonyms = Mapping[str, tuple[str, ...]]
"""Further names of parties by each of their names, folded as terms are."""
Decisions = Mapping[tuple[str, str], HitDecision]
"""Decisions on one party by list and entry."""
LIMIT = 10
"""Hits of a party where nobody asks for more."""
KEPT_HITS = 50
"""Hits of a party that are remembered, so that what comes after the shown ones is not new the next time."""
BATCH = 1_000
"""Parties remembered in one transaction: what is interrupted loses these at most."""
EXACT = 0.99
"""Score from which a name of one character is a hit."""


class UnsearchableError(UsageError):
    """A party without a name that can be searched."""

    http_status = 422

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message, found.remedy)


class Screener:
    """Screens parties against the lists of a register.

    Args:
        register: of parties.
        clock: gives the time of imports and decisions.
        folder: of the workspace, where the index is kept; None for nowhere.
        synonyms: gives the names of organisations in the termbase.
    """

    def __init__(
        self,
        register: PartyRegister,
        clock: Clock | None = None,
        folder: Path | None = None,
        synonyms: Callable[[], Synonyms] = dict,
    ) -> None:
        self._synonyms = synonyms
        self._register = register
        self._folder = folder
        self._clock = clock or (lambda: datetime.now(UTC))

    def today(self) -> date:
        """Return the day for which parties are screened where nobody names one."""
        return self._clock().date()

    # -- lists

    def import_list(
        self,
        path: Path,
        form: str | None = None,
        name: str | None = None,
        *,
        accept: bool = False,
        source: str = "",
    ) -> ImportOutcome:
        """Import a list; a faulty file changes nothing, and the version before stays in use.

        Args:
            path: the publisher's file.
            form: one of `FORMS`; None to tell it by the content.
            name: of the list; by default its form.
            accept: whether a version that lacks much of the one before is taken.
            source: where the file came from, if its path does not tell.
        """
        read = read_list(path, form, name=name or "", today=self.today())
        before = self._in_use(read.name)
        if not read.usable:
            return ImportOutcome(before, before, NOTHING, taken=False, new=False, problems=read.problems)
        change = difference(self._register.hashes(read.name), hashes_of(read.entries))
        gone = () if accept else shrunk(read.name, before.entries if before else 0, change)
        if gone:
            return ImportOutcome(before, before, change, taken=False, new=False, problems=(*read.problems, *gone))
        kept = self._register.import_list(self._about(read, source), read.entries)
        return ImportOutcome(kept.list, kept.before, kept.change, taken=True, new=kept.new, problems=read.problems)

    def _in_use(self, name: str) -> PartyList | None:
        return next((one for one in self._register.lists() if one.name == name), None)

    def _about(self, read: ImportedList, source: str) -> PartyList:
        return PartyList(
            read.name,
            read.form,
            0,
            read.published,
            read.sha256,
            len(read.entries),
            read.names,
            self._clock(),
            source or read.source,
        )

    def lists(self, as_of: date | None = None, stale_days: int | None = None) -> tuple[ListStatus, ...]:
        """Return the lists in use with their age.

        Args:
            as_of: the day by which it is judged; today by default.
            stale_days: age in days from which a list warns; by default that of the data pack.
        """
        day = as_of or self.today()
        most = stale_days if stale_days is not None else int(limit("stale_days"))
        return tuple(self._status(one, day, most) for one in self._register.lists())

    def _status(self, version: PartyList, day: date, most: int) -> ListStatus:
        of = version.published or self._newest(version, day) or version.imported.date()
        days = (day - of).days
        found = (problem("list-stale", version.name, day=of.isoformat(), days=days),) if days > most else ()
        return ListStatus(version, days, found)

    def _newest(self, version: PartyList, day: date) -> date | None:
        """Return the day of the newest entry of a list that says no day of itself."""
        key = (version.sha256, day)
        if key not in _newest_entries:
            days = (one.listed_on for one in self._register.entries([version.name]) if one.listed_on)
            _newest_entries[key] = max((one for one in days if one <= day), default=None)
        return _newest_entries[key]

    def versions(self, name: str) -> tuple[PartyList, ...]:
        """Return every version of a list there ever was, oldest first."""
        return tuple(one for one in self._register.lists(all_versions=True) if one.name == name)

    def remove_list(self, name: str) -> PartyList:
        """Take a list out of use. Raises NotFoundError."""
        return self._register.retire_list(name)

    def difference(self, name: str) -> ListDifference:
        """Return what the version in use of a list changed. Raises NotFoundError."""
        before, change = self._register.change(name)
        (now,) = (one for one in self._register.lists() if one.name == name)
        new = self._register.entries_named(name, (*change.added, *change.changed))
        old = (
            self._register.entries_named(name, (*change.removed, *change.changed), before.version)
            if before
            else {}
        )
        return ListDifference(
            now,
            before,
            tuple(new[one] for one in change.added if one in new),
            tuple(old[one] for one in change.removed if one in old),
            tuple(
                EntryChange(new[one], changed_fields(old[one], new[one])) for one in change.changed if one in old
            ),
        )

    # -- screening

    def screen(
        self,
        party: Party,
        as_of: date | None = None,
        threshold: float | None = None,
        limit: int = LIMIT,
        *,
        keep: bool = True,
    ) -> Screening:
        """Screen a party against the lists in use.

        Args:
            party: who; the more is known, the better the hits are ordered.
            as_of: day for decisions and rules on ownership; today by default.
            threshold: score from which a name is a hit; by default the calibrated ones.
            limit: most hits.
            keep: whether the party is screened again when lists change.

        Raises:
            UsageError: it has no name that can be searched, or no list was imported.
        """
        row = checked_party(party)
        if row.party is None:
            raise UnsearchableError(row.problems[-1])
        (screened,) = self._screened([row], as_of, threshold, limit, keep=keep)
        if screened.screening is None:
            raise UnsearchableError(row.problems[-1])
        return screened.screening

    def screen_many(
        self,
        parties: Iterable[Party],
        as_of: date | None = None,
        threshold: float | None = None,
        limit: int = LIMIT,
        *,
        keep: bool = True,
        progress: Progress | None = None,
    ) -> Iterator[ScreenedRow]:
        """Screen parties as they come, a row each in their order; `progress` is told those done. Else as `screen`.

        Raises:
            UsageError: no list was imported.
        """
        rows = (checked_party(party, line=number) for number, party in enumerate(parties, start=1))
        return self._screened(rows, as_of, threshold, limit, keep=keep, progress=progress)

    def screen_file(
        self,
        path: Path,
        as_of: date | None = None,
        threshold: float | None = None,
        limit: int = LIMIT,
        *,
        keep: bool = True,
        progress: Progress | None = None,
    ) -> Iterator[ScreenedRow]:
        """Screen the parties of a file as they are read; see docs/screening.md. Arguments as for `screen_many`.

        Owners of parties that stand in the file themselves are followed.
        """
        total = 0

        def seen() -> Iterator[PartyRow]:
            nonlocal total
            for row in read_parties(path):
                total += 1
                yield row

        known = known_owners(seen())
        rows = (_linked(row, known) for row in read_parties(path))
        return self._screened(rows, as_of, threshold, limit, keep=keep, progress=progress, total=total)

    def screen_rows(
        self,
        rows: Iterable[PartyRow],
        as_of: date | None = None,
        threshold: float | None = None,
        limit: int = LIMIT,
        *,
        keep: bool = True,
    ) -> Iterator[ScreenedRow]:
        """Screen rows that were read elsewhere; arguments as for `screen`."""
        return self._screened(rows, as_of, threshold, limit, keep=keep)

    def _screened(
        self,
        rows: Iterable[PartyRow],
        as_of: date | None,
        threshold: float | None,
        most: int,
        *,
        keep: bool,
        progress: Progress | None = None,
        total: int | None = None,
    ) -> Iterator[ScreenedRow]:
        day = as_of or self.today()
        court = self._court(day, progress)
        waiting = iter(rows)
        done = 0
        while batch := list(islice(waiting, BATCH)):
            kept: list[Screening] = []
            for row in batch:
                done += 1
                if row.party is None:
                    yield ScreenedRow(row.line, None, row.problems)
                    continue
                shown, full = court.screen(row, threshold, most, keep=keep)
                if full:
                    kept.append(full)
                yield ScreenedRow(row.line, shown, row.problems)
                if progress:
                    progress(done, total, row.party.name)
            if kept:
                self._register.remember(kept)

    def _court(self, day: date, progress: Progress | None = None) -> _Court:
        lists = self._register.lists()
        if not lists:
            raise NoListsError
        index = index_over(self._register, lists, progress, self._folder)
        return _Court(index, lists, self._register.all_standing(day), day, self._synonyms())

    def screen_case(self, case: Case, as_of: date | None = None) -> CheckedParties | None:
        """Screen the parties of a case; None where no list was imported.

        Args:
            case: as given; nothing of it is changed.
            as_of: see `screen`.
        """
        return self.case_screen()(case, as_of or self.today())

    def case_screen(self) -> Callable[[Case, date], CheckedParties | None]:
        """Return what screens case after case as `screen_case` does, against the lists as they are now."""
        lists = self.lists()
        forms = {one.list.name: one.list.form for one in lists}
        courts: dict[date, _Court] = {}

        def screen(case: Case, day: date) -> CheckedParties | None:
            if not lists:
                return None
            if day not in courts:
                courts[day] = self._court(day)
            court = courts[day]
            checked = checked_parties(case, lambda row: court.screen(row, None, LIMIT, keep=False)[0], forms)
            return CheckedParties(tuple(checked), lists)

        return screen

    # -- decisions

    def decide(
        self,
        party: str,
        place: tuple[str, str],
        verdict: Verdict,
        *,
        reviewer: str,
        reason: str,
        until: date | None = None,
        seen: str = "",
    ) -> HitDecision:
        """Record what a person decided on a hit; nothing is overwritten.

        Args:
            party: its key: its reference, else its name.
            place: name of the list and id of the entry.
            verdict: confirmed or cleared.
            reviewer: by whom.
            reason: why.
            until: last day on which it holds; None without end.
            seen: hash of the entry that was looked at; ConflictError if it is another by now.

        Raises:
            UsageError: no reviewer or reason, or a day that has passed.
            NotFoundError: no such list or entry.
        """
        decision = HitDecision(party.strip(), *place, verdict, reviewer, reason, self._clock(), until, seen)
        return self._register.decide(decision)

    def history(self, party: str) -> History:
        """Return all that is known of a party, by its key."""
        key = party.strip()
        screened = next(self._register.screened(key), None)
        return History(key, self._register.decisions(key), self._register.changes(key), screened)

    def forget(self, party: str) -> bool:
        """Stop screening a party again; decisions on it stay. Returns whether it was known."""
        return self._register.forget(party.strip())

    def monitor(
        self, name: str | None = None, as_of: date | None = None, progress: Progress | None = None
    ) -> tuple[PartyChange, ...]:
        """Screen the parties known from before against the lists as they are, and return only what changed.

        Args:
            name: of a list: only parties not yet screened against its version in use; None for all lists.
            as_of: the day; today by default.
            progress: told the parties done.

        Raises:
            UsageError: no list was imported.
        """
        day = as_of or self.today()
        court = self._court(day)

        def screen(party: Party) -> Screening:
            return court.screen(PartyRow(0, party), None, KEPT_HITS, keep=False)[0]

        return Watch(self._register, screen, self._clock(), day).run(name, court.lists, progress)


NOTHING = ListChange((), (), ())
_newest_entries: dict[tuple[str, date], date | None] = {}


def _linked(row: PartyRow, known: Mapping[str, Sequence[tuple[Party, float | None]]]) -> PartyRow:
    if row.party is None or not row.party.owners:
        return row
    return replace(row, party=with_known_owners(row.party, known))


class _Court:
    """Screens party after party on one day, against one state of the lists."""

    def __init__(
        self,
        index: NameIndex,
        lists: tuple[PartyList, ...],
        decided: Mapping[str, Decisions],
        day: date,
        synonyms: Synonyms,
    ) -> None:
        self._index = index
        self._decided = decided
        self._day = day
        self._synonyms = synonyms
        self._forms = {one.name: one.form for one in lists}
        self._searched = searchable(self._forms.values())
        self.lists = tuple((one.name, one.version) for one in lists)

    def screen(
        self, row: PartyRow, threshold: float | None, most: int, *, keep: bool
    ) -> tuple[Screening, Screening | None]:
        """Return the screening of a row's party, and the one to be remembered."""
        party = row.party
        if party is None:
            raise UnsearchableError(row.problems[-1])
        hits = self._hits(party, threshold, KEPT_HITS)
        owned = ownership_of(party, self._standings, self._day, self._searched)
        best = with_second_opinion(party, hits[:most])
        shown = Screening(party, best, self._day, self.lists, owned, row.problems)
        if not keep:
            return shown, None
        full = hits if threshold is None else self._hits(party, None, KEPT_HITS)
        return shown, replace(shown, hits=full)

    def _hits(self, party: Party, threshold: float | None, most: int) -> tuple[Hit, ...]:
        names = (party.name, *party.other_names)
        if self._synonyms:
            more = [other for name in names for other in self._synonyms.get(folded_term(name), ())]
            others = dict.fromkeys((*party.other_names, *more))
            party = replace(party, other_names=tuple(name for name in others if name != party.name))
        if all(sum(map(str.isalnum, name)) == 1 for name in names):
            threshold = EXACT
        decided = self._decided.get(key_of(party), {})
        found = self._index.search(party, threshold, most)
        if not decided:
            return found
        return tuple(replace(hit, decision=decided.get((hit.entry.list, hit.entry.id))) for hit in found)

    def _standings(self, owner: Party) -> Standings:
        """Return the official lists on which an owner stands, surely or perhaps."""
        sure: set[str] = set()
        maybe: set[str] = set()
        for hit in self._hits(owner, None, LIMIT):
            verdict = hit.decision.verdict if hit.decision else None
            if verdict is not Verdict.CLEARED:
                on = official_of(hit.entry, self._forms.get(hit.entry.list, ""))
                (sure if verdict is Verdict.CONFIRMED else maybe).update(on)
        return Standings(frozenset(sure), frozenset(maybe))
