"""Whether a rule bears on a subject: its own condition, the rules that take its place, and its exceptions.

All three are combined in Kleene's logic: what one of them leaves unknown is unknown unless another decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.check.condition import Condition, Need, settle_together
from dragoman.check.context import Context
from dragoman.check.pack import Pack, ReadyRule, ReadyVersion
from dragoman.check.session import Session
from dragoman.model import Case, Standing, Step, Truth

Places = tuple[tuple[str, int], ...]
"""The members in view, by collection; () for the case itself."""

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
DECIDING = frozenset({Standing.IN_FORCE, Standing.UNSETTLED})
"""Standings in which a rule can relieve or replace another of any standing."""


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return Kleene's conjunction."""
    found = set(truths)
    return F if F in found else U if U in found else T


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return Kleene's disjunction."""
    found = set(truths)
    return T if T in found else U if U in found else F


def opposite(truth: Truth) -> Truth:
    """Return Kleene's negation."""
    return {T: F, F: T, U: U}[truth]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One version of a rule with its pack, as it is judged; two are the same only where they are one object."""

    pack: Pack
    ready: ReadyRule
    version: ReadyVersion

    @property
    def id(self) -> str:
        """Return the id of the rule."""
        return self.ready.rule.id

    @property
    def standing(self) -> Standing:
        """Return the standing of the version."""
        return self.version.version.standing


@dataclass(slots=True)
class Bench:
    """The rules of some packs on a day, and a case before them; what is worked out once is kept.

    Attributes:
        case: as given.
        as_of: the day whose law is applied.
        parts: the versions of the day, in order of packs and rules.
    """

    case: Case
    as_of: date
    parts: tuple[Part, ...]
    by_rule: Mapping[str, Sequence[Part]] = field(init=False)
    exceptions: Mapping[str, Sequence[str]] = field(init=False)
    _sessions: dict[tuple[int, Places], Session] = field(default_factory=dict, init=False)
    _truths: dict[tuple[int, Places], Truth] = field(default_factory=dict, init=False)
    _bearing: dict[tuple[int, Places], Truth] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        by_rule: dict[str, list[Part]] = {}
        exceptions: dict[str, list[str]] = {}
        for part in self.parts:
            by_rule.setdefault(part.id, []).append(part)
            for other in part.ready.rule.exception_to:
                if part.id not in exceptions.setdefault(other, []):
                    exceptions[other].append(part.id)
        self.by_rule, self.exceptions = by_rule, exceptions

    def session(self, pack: Pack, places: Places) -> Session:
        """Return the session of a subject in a pack."""
        key = (id(pack), places)
        if key not in self._sessions:
            if places:
                self._sessions[key] = self.session(pack, places[:-1]).member(*places[-1])
            else:
                context = Context(self.as_of, pack.groups, pack.tables)
                self._sessions[key] = pack.vocabulary.session(self.case.facts, context, self.case.collections)
        return self._sessions[key]

    def truth(self, part: Part, condition: Condition | None, places: Places) -> Truth:
        """Return the truth of a condition of a part, true for none."""
        if condition is None:
            return T
        key = (id(condition), places)
        if key not in self._truths:
            self._truths[key] = condition.evaluate(self.session(part.pack, places))
        return self._truths[key]

    def applies(self, part: Part, places: Places) -> Truth:
        """Return whether the part's own condition holds."""
        return self.truth(part, part.version.applies, places)

    def requires(self, part: Part, places: Places) -> Truth:
        """Return whether what it asks for holds; unknown for an empty slot."""
        return U if part.version.requires is None else self.truth(part, part.version.requires, places)

    def displaced(self, part: Part, places: Places) -> Truth:
        """Return whether a rule that takes its place applies."""
        return any_of(weighed(part, other, self.bears(other, at)) for other, at in self.successors(part, places))

    def excepted(self, part: Part, places: Places) -> Truth:
        """Return whether an exception of it is met."""
        return any_of(weighed(part, other, self.relieves(other, at)) for other, at in self.relievers(part, places))

    def bears(self, part: Part, places: Places) -> Truth:
        """Return whether it bears on a subject: it applies, is not displaced and not excepted."""
        key = (id(part), places)
        if key not in self._bearing:
            truth = self.applies(part, places)
            if truth is not F:
                truth = all_of((truth, opposite(self.displaced(part, places))))
            if truth is not F:
                truth = all_of((truth, opposite(self.excepted(part, places))))
            self._bearing[key] = truth
        return self._bearing[key]

    def relieves(self, part: Part, places: Places) -> Truth:
        """Return whether it is met as an exception."""
        return all_of((self.bears(part, places), self.requires(part, places)))

    def successors(self, part: Part, places: Places) -> Iterator[tuple[Part, Places]]:
        """Yield the parts that may take its place, with their subject."""
        return self._others(part, part.ready.rule.yields_to, places)

    def relievers(self, part: Part, places: Places) -> Iterator[tuple[Part, Places]]:
        """Yield its exceptions, with their subject."""
        return self._others(part, self.exceptions.get(part.id, ()), places)

    def _others(self, part: Part, names: Iterable[str], places: Places) -> Iterator[tuple[Part, Places]]:
        for name in names:
            for other in self.by_rule.get(name, ()):
                at = projected(places, other.ready.rule.each)
                if at is not None and (other.standing in DECIDING or other.standing is part.standing):
                    yield other, at

    def needs(self, part: Part, places: Places, *, relieved: bool = True) -> Iterator[Need]:
        """Yield the facts that can still change whether a part is met.

        Args:
            part: a rule, or an exception.
            places: its subject.
            relieved: whether its exceptions matter.
        """
        applies, requires = self.applies(part, places), self.requires(part, places)
        session = self.session(part.pack, places)
        if self.stands_alone(part, places) and part.version.requires is not None:
            yield from settle_together(part.version.conditions, session, verdict).needs
            return
        if applies is U and part.version.applies:
            yield from part.version.applies.asks(session)
        if self.displaced(part, places) is U:
            yield from self.open_successors(part, places)
        if requires is U and part.version.requires:
            yield from part.version.requires.asks(session)
        if relieved and self.excepted(part, places) is U:
            for other, at in self.relievers(part, places):
                if self.relieves(other, at) is U:
                    yield from self.needs(other, at)

    def stands_alone(self, part: Part, places: Places) -> bool:
        """Return whether no other rule has a say in whether a part bears on a subject."""
        others = (*self.successors(part, places), *self.relievers(part, places))
        return not others

    def open_successors(self, part: Part, places: Places) -> Iterator[Need]:
        """Yield the facts that decide whether another rule takes a part's place."""
        for other, at in self.successors(part, places):
            if self.bears(other, at) is not U:
                continue
            if other.version.applies and self.applies(other, at) is U:
                yield from other.version.applies.asks(self.session(other.pack, at))
            if self.displaced(other, at) is U:
                yield from self.open_successors(other, at)
            for exception, where in self.relievers(other, at):
                if self.relieves(exception, where) is U:
                    yield from self.needs(exception, where)

    def steps(self, part: Part, places: Places) -> Iterator[Step]:
        """Yield the comparisons that were looked at: its own, those of its exceptions and of its successors."""
        session = self.session(part.pack, places)
        if part.version.applies:
            yield from part.version.applies.trace(session, "applies")
        if self.applies(part, places) is F:
            return
        if part.version.requires:
            yield from part.version.requires.trace(session, "requires")
        for word, others in (("excepted by", self.relievers), ("yields to", self.successors)):
            for other, at in others(part, places):
                for condition in other.version.conditions if word == "excepted by" else (other.version.applies,):
                    if condition:
                        yield from condition.trace(self.session(other.pack, at), f"{word} {other.id}")


def verdict(truths: tuple[bool | None, ...]) -> str | None:
    """Return what the truths of `applies` (where there is one) and `requires` come to, None while it is open."""
    *applies, requires = truths
    if False in applies:
        return "does not apply"
    return None if None in applies or requires is None else str(requires)


def weighed(part: Part, other: Part, truth: Truth) -> Truth:
    """Return what another rule's truth does to a part: one of unsettled standing decides nothing for sure."""
    unsure = other.standing is Standing.UNSETTLED and part.standing is not Standing.UNSETTLED
    return U if truth is T and unsure else truth


def projected(places: Places, each: Sequence[str]) -> Places | None:
    """Return the members of some collections among those in view, None where one is not in view."""
    found = dict(places)
    if any(name not in found for name in each):
        return None
    return tuple((name, found[name]) for name in each)
