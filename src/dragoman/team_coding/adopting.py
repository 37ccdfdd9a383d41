"""What a team agrees on, as decisions of the register: what becomes of each line, and doing it.

Lines of both are paired by the rule of the agreement. Only the fields on which coders are compared are adopted:
aim, object and conditions of the register stay, and so does its stretch. What a person decided on already is left
alone unless that is asked for; no line is added, and whatever is decided is added to the history of its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dragoman.coding import pairs_of
from dragoman.model import ConflictError, Document, Entry, Provision, Query, ReviewState
from dragoman.model.coding import DECIDING, FIELDS, NO_LINE, OWN, Adopted, Adoption, Difference, value_of
from dragoman.register import Decision, Register
from dragoman.team_coding.team import stated

Settled = Sequence[tuple[Difference, Provision | None]]
"""Units of the team with the line that stands."""


@dataclass(frozen=True, slots=True)
class Adopter:
    """Lays what a team agrees on beside the register.

    Attributes:
        register: whose lines are decided on.
        document: in the version that was coded, which is the current one.
        least: share of the shorter line that two must share.
        again: whether lines on which a person decided are decided anew.
    """

    register: Register
    document: Document
    least: float
    again: bool = False

    def plan(self, settled: Settled) -> tuple[Adopted, ...]:
        """Return what becomes of each line, in text order; units that are still open are left out."""
        units = [(one, line) for one, line in settled if line or not one.open]
        entries = list(self.register.export(Query(documents=(self.document.slug,))))
        stands = [line or _first(one) for one, line in units]
        pairs = dict(pairs_of(stands, [one.provision for one in entries], self.least))
        found = list(self._paired(units, entries, pairs))
        pending = [_first(one) for one, line in settled if one.open and one.fields and line is None]
        left = [entry for number, entry in enumerate(entries) if number not in set(pairs.values())]
        waits = {j for _, j in pairs_of(pending, [one.provision for one in left], self.least)}
        found += [_uncoded(entry) for number, entry in enumerate(left) if number not in waits]
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def _paired(self, units: Settled, entries: Sequence[Entry], pairs: Mapping[int, int]) -> Iterator[Adopted]:
        for number, (one, line) in enumerate(units):
            if number in pairs:
                yield self._beside(entries[pairs[number]], line, said_of(one))
            elif line is not None:
                yield Adopted(
                    Adoption.MISSING, line.quote.exact, line.start, line.end, line=line, said=said_of(one)
                )

    def _beside(self, entry: Entry, line: Provision | None, said: str) -> Adopted:
        """Return what becomes of a line of the register by what the team says of it."""
        own = entry.provision
        fields = tuple(name for name in FIELDS if line and value_of(own, name) != value_of(line, name))
        rejected = entry.state is ReviewState.REJECTED
        decided = entry.state is not ReviewState.CANDIDATE
        same = rejected if line is None else decided and not rejected and not fields
        what = Adoption.REJECT if line is None else Adoption.EDIT if fields else Adoption.ACCEPT
        if same:
            what = Adoption.SAME
        elif decided and not self.again:
            what = Adoption.OTHERWISE
        return Adopted(what, own.quote.exact, own.start, own.end, entry, line, fields, said)

    def adopt(
        self, plan: Sequence[Adopted], by: str, reason: str, clock: Callable[[], datetime]
    ) -> Iterator[Adopted]:
        """Decide on the lines of a plan, one by one, and yield what became of each."""
        for one in plan:
            yield self._decided(one, by, reason, clock()) if one.what in DECIDING else one

    def _decided(self, one: Adopted, by: str, reason: str, at: datetime) -> Adopted:
        """Record a decision; where the line is otherwise by now than it was seen, it stays."""
        entry = one.entry
        if entry is None:
            return one
        row = stated(one.line) if one.line else {}
        changes = {name: row[name] for name in one.fields} if one.what is Adoption.EDIT else {}
        why = "; ".join(filter(None, (reason.strip(), f"team coding: {one.said}")))
        decision = Decision(DECIDING[one.what], by, at, why, changes, seen=entry)
        try:
            self.register.review(entry.provision.id, decision)
        except ConflictError:
            return Adopted(
                Adoption.OTHERWISE, one.quote, one.start, one.end, entry, one.line, one.fields, one.said
            )
        return one


def _first(one: Difference) -> Provision:
    return next(side.line for side in one.sides.values() if side)


def _uncoded(entry: Entry) -> Adopted:
    own = entry.provision
    return Adopted(Adoption.UNCODED, own.quote.exact, own.start, own.end, entry)


def said_of(one: Difference) -> str:
    """Return who agreed, or who decided and why."""
    if one.decision is None or not one.fields:
        return f"{', '.join(one.sides)} agree"
    choice = {NO_LINE: "no provision", OWN: "a line of the arbiter"}.get(one.decision.choice, one.decision.choice)
    return f"{one.decision.by} decided for {choice} ({one.decision.reason})"
