"""The label of a provision beside its predecessor, by the published rule (docs/comparing.md).

Delivered comes first: what was promised is reported as done. Else each field that differs gives points; their sum
strengthens, weakens or repeats, and the field with the largest part names the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dragoman.compare.settings import Settings, Wording
from dragoman.compare.traits import ACTOR, NUMBER, WORD, Marked, crossed, whole_names
from dragoman.lexicon.words import stems
from dragoman.model import Deadline, Kind, Provision
from dragoman.model.lineage import FieldChange, LineageField, LineageLabel

RANKS: Mapping[Kind, int] = {
    Kind.OBLIGATION: 3,
    Kind.PROHIBITION: 3,
    Kind.COMMITMENT: 2,
    Kind.RECOMMENDATION: 1,
    Kind.PERMISSION: 0,
}
"""Kinds by how much they bind; a measure is none of them, since it tells what is done."""
DUTIES = frozenset({Kind.OBLIGATION, Kind.PROHIBITION})


_EXPLORING = 1
"""Force of a promise to look for something that might be done."""
_YEAR = re.compile(rf"{NUMBER}(?:19|20)\d\d$")


class Labeller:
    """Labels provisions beside their predecessors."""

    def __init__(
        self,
        settings: Settings,
        wording: Wording,
        usual: frozenset[str] = frozenset(),
        binding: frozenset[int] = frozenset(),
    ) -> None:
        """Take figures and words.

        Args:
            settings: points by field.
            wording: words by which what is done is told.
            usual: names that stand in so many lines of the series that they make none more precise.
            binding: numbers of the texts that bind by law; what a statement says "must" be done is a firm promise.
        """
        self._points = settings.labels
        self._wording = wording
        self._usual = usual
        self._binding = binding

    def changes(
        self, later: Marked, earlier: Marked, day: date | None, before: date | None
    ) -> tuple[FieldChange, ...]:
        """Return the fields that differ, that with the most points first.

        Args:
            later: the line of the later text.
            earlier: its predecessor.
            day: date of the later text.
            before: date of the earlier text.
        """
        if self.delivers(later.provision, earlier.provision):
            return (
                self._delivery(later.provision, earlier.provision),
                *self._differences(later, earlier, day, before),
            )
        found = list(self._differences(later, earlier, day, before))
        total = sum(change.points for change in found)
        return tuple(sorted(found, key=lambda change: (-change.points * sign(total), -abs(change.points))))

    def label(self, changes: tuple[FieldChange, ...]) -> LineageLabel:
        """Return the label that changes make."""
        if changes and changes[0].field is LineageField.DELIVERY:
            return LineageLabel.DELIVERED
        total = sum(change.points for change in changes)
        if abs(total) < self._points["least"]:
            return LineageLabel.REPEATED
        return LineageLabel.STRENGTHENED if total > 0 else LineageLabel.WEAKENED

    def done(self, line: Provision) -> bool:
        """Return whether a line reports something as done."""
        return line.kind is Kind.MEASURE and not any(
            pattern.search(line.trigger) for pattern in self._wording.ongoing
        )

    def delivers(self, later: Provision, earlier: Provision) -> bool:
        """Return whether a line reports as done, or as being carried out, what an earlier one promised."""
        if later.kind is not Kind.MEASURE or self.done(earlier):
            return False
        if self._wording.keeping.match(later.trigger):
            return True
        return self.done(later) and (not self._only_deals(later) or same_act(later, earlier))

    def _only_deals(self, line: Provision) -> bool:
        """Return whether the act is a dealing (talks, exchanges) that delivers nothing by itself."""
        act = stems(line.aim) or stems(line.trigger)
        return bool(act) and act[0].startswith(self._wording.dealings)

    def _delivery(self, later: Provision, earlier: Provision) -> FieldChange:
        return FieldChange(LineageField.DELIVERY, 0.0, acting(earlier), acting(later))

    def _differences(
        self, later: Marked, earlier: Marked, day: date | None, before: date | None
    ) -> Iterator[FieldChange]:
        new, old = later.provision, earlier.provision
        yield from self._firmness(later, earlier)
        if new.kind is not Kind.MEASURE:  # what is done has neither a term nor a condition
            yield from self._deadline(new, old, day, before)
            yield from self._condition(new, old)
        yield from self._scope(later, earlier)
        if not (self.done(new) and self.done(old)):  # telling again what was done makes it no more precise
            yield from self._delegation(new, old)
            yield from self._precision(later, earlier)

    def _firmness(self, later: Marked, earlier: Marked) -> Iterator[FieldChange]:
        new, old = later.provision, earlier.provision
        allows = (new.kind is Kind.PERMISSION) != (
            old.kind is Kind.PERMISSION
        )  # its force tells of law, not of duty
        (force, rank), (before, beneath) = self._firm(later), self._firm(earlier)
        steps = 0.0 if allows else (force - before) * self._points["firmness"]
        if not steps and rank is not None and beneath is not None:
            steps = (rank - beneath) * self._points["kind"]
        if steps < 0 and old.kind is Kind.MEASURE is not new.kind:
            return  # a plan beside what was done is a further step
        if steps < 0 and self._tasks(earlier):
            return  # what a group was told to do, and what its masters plan, are not steps of one ladder
        if steps > 0 and self._goes_on(new):
            return  # what goes on as before is no firmer for a firmer verb
        if steps:
            yield FieldChange(LineageField.FIRMNESS, steps, firmness_of(old, new), firmness_of(new, old))

    def _firm(self, line: Marked) -> tuple[int, int | None]:
        """Return force and rank of a line.

        A duty in a text that does not bind by law is a promise; to look for openings promises little.
        """
        kind, force = line.provision.kind, line.provision.force
        if kind in DUTIES and line.text not in self._binding:
            kind, force = Kind.COMMITMENT, min(force, RANKS[kind])
        if kind is Kind.COMMITMENT and self._wording.explores.match(line.provision.aim):
            force = min(force, _EXPLORING)
        return force, RANKS.get(kind)

    def _tasks(self, line: Marked) -> bool:
        """Return whether a line of a text that does not bind by law tells a group what to do."""
        return line.text not in self._binding and bool(self._wording.tasks.search(line.provision.trigger))

    def _goes_on(self, line: Provision) -> bool:
        """Return whether a line says that what it tells goes on as before."""
        return any(self._wording.goes_on.match(words) for words in (line.trigger, line.aim))

    def _deadline(
        self, new: Provision, old: Provision, day: date | None, before: date | None
    ) -> Iterator[FieldChange]:
        rounds = all(self._wording.gathers.search(line.quote.exact) for line in (new, old))
        step = deadline_step(new.deadline, old.deadline, (day, before), self._points["same_term"], rounds=rounds)
        if step:
            points = step * self._points["deadline"]
            yield FieldChange(LineageField.DEADLINE, points, deadline_of(old), deadline_of(new))

    def _delegation(self, new: Provision, old: Provision) -> Iterator[FieldChange]:
        if new.legalization is None or old.legalization is None or Kind.PERMISSION in {new.kind, old.kind}:
            return  # the words that permit read like words that delegate
        step = new.legalization.delegation - old.legalization.delegation
        if step:
            reasons = (old.legalization.reasons[2], new.legalization.reasons[2])
            yield FieldChange(LineageField.DELEGATION, self._gain_or_loss("delegation", step), *reasons)

    def _condition(self, new: Provision, old: Provision) -> Iterator[FieldChange]:
        step = self._conditional(old) - self._conditional(new)
        if step:
            points = step * self._points["condition"]
            yield FieldChange(LineageField.CONDITION, points, old.conditions or "", new.conditions or "")

    def _conditional(self, line: Provision) -> bool:
        """Return whether a line hangs on a condition; to keep to the law is none."""
        return bool(line.conditions and not self._wording.formal.match(line.conditions))

    def _scope(self, later: Marked, earlier: Marked) -> Iterator[FieldChange]:
        new, old = later.provision, earlier.provision
        widens = [bool(self._wording.widens.search(f"{line.trigger} {line.aim}")) for line in (new, old)]
        if widens == [True, False]:
            yield FieldChange(LineageField.SCOPE, self._points["wider"], acting(old), acting(new))
        for name, wide, narrow in (
            ("partner", frozenset(new.counterparties), frozenset(old.counterparties)),
            ("technology", frozenset(new.technologies), frozenset(old.technologies)),
        ):
            added = wide - narrow - self._usual - named_in(earlier)
            lost = narrow - wide - self._usual - named_in(later)
            if bool(added) != bool(lost):
                points = self._gain_or_loss(name, 1 if added else -1)
                yield FieldChange(LineageField.SCOPE, points, ", ".join(sorted(lost)), ", ".join(sorted(added)))

    def _precision(self, later: Marked, earlier: Marked) -> Iterator[FieldChange]:
        if crossed(later.provision, earlier.provision):
            return  # names and words cannot be counted against each other
        added, lost = self._specifics(later, earlier), self._specifics(earlier, later)
        if abs(len(added) - len(lost)) >= self._points["specifics"]:
            points = self._gain_or_loss("precision", sign(len(added) - len(lost)))
            yield FieldChange(LineageField.PRECISION, points, spelt(lost), spelt(added))
        elif words_of(later) >= self._points["longer"] * max(1, words_of(earlier)):
            longer = f"{words_of(earlier)} words", f"{words_of(later)} words"
            yield FieldChange(LineageField.PRECISION, self._points["precision"], *longer)

    def _specifics(self, line: Marked, other: Marked) -> frozenset[str]:
        """Return the names and numbers that make a line more precise than another, a name of many words once.

        Days of what is done make none so.
        """
        names = {name for name in whole_names(line) if self._is_new(name, other)}
        numbers = {
            trait
            for trait in line.specifics - other.specifics
            if trait.startswith(NUMBER) and line.provision.kind is not Kind.MEASURE and not _YEAR.match(trait)
        }
        return frozenset(names | {number.removeprefix(NUMBER) for number in numbers})

    def _is_new(self, name: str, other: Marked) -> bool:
        """Return whether a name is none that all use, and hardly a word of it stands in another line."""
        if name in self._usual or ACTOR + name in other.specifics:
            return False
        words = stems(name)
        known = sum(word in other.counts for word in words)
        return known < len(words) / 2 and not self._usual.issuperset(words)

    def _gain_or_loss(self, name: str, step: int) -> float:
        """Return the points of steps that were added or are left out; a text that repeats also abridges."""
        return self._points[name] * step * (1 if step > 0 else self._points["loss"])


def named_in(line: Marked) -> frozenset[str]:
    """Return the actors that a line's sentence names, in whatever part."""
    return frozenset(trait.removeprefix(ACTOR) for trait in line.specifics if trait.startswith(ACTOR))


def words_of(line: Marked) -> int:
    """Return how many words a line has that tell something."""
    return sum(trait.startswith(WORD) for trait in line.own)


def sign(value: float) -> int:
    """Return -1, 0 or 1."""
    return (value > 0) - (value < 0)


def acting(line: Provision) -> str:
    """Return the trigger of a line, and its act where the two differ."""
    return line.trigger if line.aim in line.trigger or not line.aim else f"{line.trigger} … {line.aim}"


def firmness_of(line: Provision, other: Provision) -> str:
    """Return trigger, kind and force of a line in words, with its act where another has the same trigger."""
    words = acting(line) if line.trigger == other.trigger else line.trigger
    return f"“{words}” ({line.kind.value}, {line.force})"


def deadline_of(line: Provision) -> str:
    """Return the words of a line's deadline, "" where it has none."""
    return line.deadline.text if line.deadline else ""


def spelt(specifics: frozenset[str]) -> str:
    """Return names and numbers as one text."""
    return ", ".join(sorted(specifics))


def same_act(later: Provision, earlier: Provision) -> bool:
    """Return whether the acts of two lines begin with the same verb."""
    one, other = stems(later.aim)[:1], stems(earlier.aim)
    return bool(one) and one[0] in other[:2]


def deadline_step(
    new: Deadline | None,
    old: Deadline | None,
    days: tuple[date | None, date | None],
    same_term: float,
    *,
    rounds: bool = False,
) -> int:
    """Return 1 for a deadline that was added or is earlier, -1 for one that went or is later, else 0.

    One that went was still to come: what is no longer urged, or had passed, was not given up. A deadline that had
    (nearly) passed when the later text came is a former round's: then the terms from each text to its deadline are
    compared, and so they are where both lines fix the next of their meetings.

    Args:
        new: deadline of the later line.
        old: deadline of the earlier line.
        days: dates of the later and the earlier text.
        same_term: days by which the terms of two rounds may differ.
        rounds: whether both lines fix a meeting.
    """
    if old is None:
        return int(new is not None)
    if new is None:
        return -int(bool(old.every) or still_runs(old, days[0]))
    if new.date is None or old.date is None or new.date == old.date:
        return (new.date is not None) - (old.date is not None) if not (new.every or old.every) else 0
    day, before = days
    if day is None or before is None:
        return 1 if new.date < old.date else -1
    if old.date > day + timedelta(days=same_term) and not rounds:
        return 1 if new.date < old.date else -1
    longer = (new.date - day) - (old.date - before)
    return 0 if abs(longer) <= timedelta(days=same_term) else -sign(longer.days)


def still_runs(deadline: Deadline, day: date | None) -> bool:
    """Return whether a deadline has a date that had not passed on a day; without a day, whether it has one."""
    return deadline.date is not None and (day is None or deadline.date >= day)
