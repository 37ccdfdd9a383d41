"""Whether a condition can ever be true: a search over the values worth trying, cut short by Kleene's logic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dragoman.check.condition import Condition
from dragoman.check.context import Context
from dragoman.check.domains import domains_for, is_plain, sets_of
from dragoman.check.pack import Pack, ReadyVersion
from dragoman.check.precedence import all_of, any_of, opposite
from dragoman.check.session import Session
from dragoman.check.terms import comparisons
from dragoman.model import Truth, Value

MOST_TRIED = 4_000
"""Partial cases that are tried for one rule; beyond them it counts as reachable."""
TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}


@dataclass(slots=True)
class _Search:
    """A search for facts under which something is not false."""

    open_session: Callable[[Mapping[str, Value]], Session]
    judge: Callable[[Session], Truth]
    domains: Mapping[str, tuple[Value, ...]]
    left: int = MOST_TRIED

    def found(self, facts: Mapping[str, Value], names: tuple[str, ...]) -> bool:
        """Return whether some completion is true, or the search gave up."""
        self.left -= 1
        truth = self.judge(self.open_session(facts))
        if truth is Truth.FALSE:
            return False
        if truth is Truth.TRUE or not names or self.left <= 0:
            return True
        values = self.domains[names[0]]
        return not values or any(self.found({**facts, names[0]: value}, names[1:]) for value in values)


def can_hold(
    pack: Pack, context: Context, conditions: Iterable[Condition], judge: Callable[[Session], Truth]
) -> bool:
    """Return whether some case makes a judgement over conditions true; True where that cannot be told.

    Args:
        pack: of the conditions.
        context: the law of the day.
        conditions: whose facts are tried.
        judge: what is asked of each case, made of the conditions.
    """
    given = list(conditions)
    leaves = [leaf for condition in given for leaf in comparisons(condition.term)]
    if not all(map(is_plain, leaves)):
        return True
    names = sorted({name for condition in given for name in condition.direct})
    domains = domains_for(names, pack.vocabulary.schemas, sets_of(leaves, context))
    search = _Search(lambda facts: pack.vocabulary.session(facts, context), judge, domains)
    return search.found({}, tuple(domains))


def can_apply(pack: Pack, context: Context, version: ReadyVersion) -> bool:
    """Return whether a rule can bear on some case, exceptions and precedence left aside."""
    applies = version.applies
    return applies is None or can_hold(pack, context, [applies], lambda session: holds(applies, session))


def can_remain(
    pack: Pack,
    context: Context,
    version: ReadyVersion,
    exceptions: Iterable[ReadyVersion],
    successors: Iterable[ReadyVersion],
) -> bool:
    """Return whether a rule can bear on some case that no exception and no later rule takes away from it."""
    relievers, later = list(exceptions), list(successors)
    own = [version.applies] if version.applies else []
    others = [condition for one in relievers for condition in one.conditions]
    others += [one.applies for one in later if one.applies]

    def judge(session: Session) -> Truth:
        met = [all_of([holds(one.applies, session), required(one, session)]) for one in relievers]
        taken = [holds(one.applies, session) for one in later]
        return all_of([holds(version.applies, session), opposite(any_of([*met, *taken]))])

    return can_hold(pack, context, [*own, *others], judge)


def holds(condition: Condition | None, session: Session) -> Truth:
    """Return the truth of a condition in Kleene's logic alone, true for none."""
    if condition is None:
        return Truth.TRUE
    return TRUTHS[condition.look(session).truth]


def required(version: ReadyVersion, session: Session) -> Truth:
    """Return whether what a version asks for holds; unknown for an empty slot."""
    return Truth.UNKNOWN if version.requires is None else holds(version.requires, session)
