"""A condition ready to be asked of a case: its truth, what was looked at, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.check.ask import Asker, Need
from dragoman.check.kleene import Closures
from dragoman.check.session import Session
from dragoman.check.settle import Combine, Settled, settle
from dragoman.check.terms import Fact, GroupOf, Lookup, Over, Tally, Term, comparisons, walk
from dragoman.check.trace import Seen, Tracer, truth_of
from dragoman.model import Confidence, Step, Truth

__all__ = ["Condition", "Looked", "Need", "Settled", "settle_together"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What came out of a condition: its truth, and the comparisons looked at."""

    truth: bool | None
    seen: Seen


class Condition:
    """A parsed and typed condition.

    Attributes:
        text: as written.
        each: collections whose members it judges.
        term: its tree.
        asker: finds what is still to be asked.
        closures: work out its comparisons.
    """

    def __init__(
        self, text: str, each: tuple[str, ...], term: Term, tools: tuple[Closures, Asker, Tracer]
    ) -> None:
        """Make the closures of a tree."""
        self.text = text
        self.each = each
        self.term = term
        self.closures, self.asker, self._tracer = tools
        self._function = self.closures.truth(term, logged=True)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    # ---- what it speaks of ----

    @cached_property
    def direct(self) -> frozenset[str]:
        """Names of the facts that stand in the text."""
        return frozenset(term.name for term in walk(self.term) if isinstance(term, Fact))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Names of all facts it rests on, derived ones with what they are derived from."""
        return frozenset(term.name for term in self._all_terms() if isinstance(term, Fact))

    @cached_property
    def groups(self) -> frozenset[str]:
        """Names of the groups it uses, also through derived facts."""
        return frozenset(term.name for term in self._all_terms() if isinstance(term, GroupOf))

    @cached_property
    def tables(self) -> frozenset[str]:
        """Names of the tables it uses, also through derived facts."""
        return frozenset(term.table for term in self._all_terms() if isinstance(term, Lookup))

    @cached_property
    def collections(self) -> frozenset[str]:
        """Names of the collections that its functions go over, also through derived facts."""
        return frozenset(term.collection for term in self._all_terms() if isinstance(term, Over | Tally))

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """Texts of its comparisons, as written."""
        return tuple(leaf.text for leaf in comparisons(self.term))

    def _all_terms(self) -> Iterator[Term]:
        return all_terms(self.term, self.closures.formulas)

    # ---- what it says of a case ----

    def look(self, session: Session) -> Looked:
        """Return the truth (None for unknown) with what was looked at; the cheap form of both."""
        if len(session.truths) < len(self.closures.leaves):
            session.make_room(len(self.closures.leaves))
        log: list[int] = []
        session.log = log
        truth, truths = self._function(session), session.truths
        return Looked(truth, tuple([(number, truths[number]) for number in dict.fromkeys(log)]))  # type: ignore[misc]

    def evaluate(self, session: Session) -> Truth:
        """Return its truth for a case or a member of it; unknown only where a missing fact can still change it."""
        truth = self.look(session).truth
        return truth_of(self.settle(session).result if truth is None else truth)

    def settle(self, session: Session) -> Settled:
        """Return its truth (None for unknown) and the facts that can still change it."""
        known = session.settled.get(self)
        if known is None:
            known = session.settled[self] = settle_together((self,), session, _only)
        return known

    def trace(self, session: Session, part: str) -> tuple[Step, ...]:
        """Return each comparison that was looked at; `part` goes into the steps."""
        return self.steps(self.look(session), session, part)

    def steps(self, looked: Looked, session: Session, part: str) -> tuple[Step, ...]:
        """Put into words what was looked at."""
        return self._tracer.steps(looked.seen, session, part)

    def asks(self, session: Session) -> tuple[Need, ...]:
        """Return the facts that can still change it; none when it is known."""
        return self.settle(session).needs

    def evidence(self, session: Session) -> Confidence:
        """Return how sure the weakest table row or group is that the looked-at comparisons rest on."""
        return self._tracer.evidence((number for number, _ in self.look(session).seen), session)


def settle_together(conditions: Sequence[Condition], session: Session, combine: Combine) -> Settled:
    """Return what conditions of one vocabulary come to together, and which facts can still change that.

    Args:
        conditions: as `applies` and `requires` of a rule.
        session: the case or member.
        combine: makes one result of their truths, in their order (None for unknown).
    """
    for condition in conditions:
        condition.look(session)
    return settle([condition.term for condition in conditions], combine, conditions[0].asker, session)


def _only(truths: tuple[bool | None, ...]) -> bool | None:
    return truths[0]


def all_terms(term: Term, formulas: Mapping[str, Term]) -> Iterator[Term]:
    """Yield all terms of a tree, and after each derived fact those of its formula, each formula once."""
    seen: set[str] = set()
    waiting = [term]
    while waiting:
        for inner in walk(waiting.pop()):
            yield inner
            if isinstance(inner, Fact) and inner.name in formulas and inner.name not in seen:
                seen.add(inner.name)
                waiting.append(formulas[inner.name])
