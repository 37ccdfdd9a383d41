"""Many conditions asked of one case at once, on one day, with all that each looks at.

Comparisons of one fact with what is written out split its values into few classes, and all of them are known from
the class: a search among the thresholds, or a look into a table of words, replaces as many comparisons as the
rules have. What a condition comes to, and which comparisons it looks at for that, depends on nothing but the
truths of its comparisons, so it is worked out once for each combination that occurs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from dragoman.check.condition import Condition, Looked
from dragoman.check.context import Context
from dragoman.check.kleene import Closures, Function
from dragoman.check.session import Session
from dragoman.check.terms import (
    Among,
    AsOf,
    Compare,
    Constant,
    Fact,
    GroupOf,
    Holds,
    Leaf,
    Term,
    children,
    comparisons,
)
from dragoman.check.types import ORDERED, Kind

MOST_KEPT = 4096
"""Combinations that are kept for a condition."""
_OTHER = object()


class Panel:
    """Conditions of one vocabulary, on one day."""

    def __init__(self, conditions: Sequence[Condition], context: Context) -> None:
        """Arrange the comparisons of the conditions by the facts they are about."""
        self.conditions = tuple(conditions)
        self._context = context
        leaves = dict.fromkeys(leaf for condition in conditions for leaf in comparisons(condition.term))
        by_fact: dict[str, list[Leaf]] = {}
        for leaf in leaves:
            fact = self._fact_of(leaf)
            by_fact.setdefault("" if fact is None else fact.name, []).append(leaf)
        others = by_fact.pop("", [])
        closures = conditions[0].closures if conditions else Closures({})
        self._facts = [self._classes(found, closures) for found in by_fact.values()]
        self._others = [closures.truth(leaf, logged=False) for leaf in others]
        order = [leaf for found in by_fact.values() for leaf in found] + others
        place = {leaf: index for index, leaf in enumerate(order)}
        self._rows = [
            (itemgetter(*[place[leaf] for leaf in comparisons(condition.term)]), _Kept(), condition)
            for condition in conditions
        ]

    def look(self, session: Session) -> list[Looked]:
        """Return what comes out of each condition; the session must be of the panel's day.

        The lists are shared between cases: read them only.
        """
        truths: list[bool | None] = []
        for classes in self._facts:
            truths += classes(session)
        for function in self._others:
            truths.append(function(session))
        return [
            kept.get(key) or kept.add(key, condition.look(session))
            for key, kept, condition in [(pick(truths), kept, condition) for pick, kept, condition in self._rows]
        ]

    # ---- classes of values ----

    def _fact_of(self, leaf: Leaf) -> Fact | None:
        """Return the one fact that a comparison is about, None for other forms."""
        if not isinstance(leaf, Compare | Among | Holds):
            return None
        facts = [part for part in children(leaf) if not self._fixed(part)]
        if len(facts) == 1 and isinstance(facts[0], Fact) and facts[0].type.kind is not Kind.SET:
            return facts[0]
        return None

    def _fixed(self, term: Term) -> bool:
        if isinstance(term, GroupOf):
            return self._context.members(term.name) is not None
        return isinstance(term, Constant | AsOf)

    def _items(self, term: Term) -> Iterable[Any]:
        if isinstance(term, GroupOf):
            return self._context.members(term.name) or ()
        if isinstance(term, Constant):
            return term.value if isinstance(term.value, frozenset) else (term.value,)
        return (self._context.as_of,)

    def _classes(self, leaves: list[Leaf], closures: Closures) -> Function:
        fact = next(part for part in children(leaves[0]) if isinstance(part, Fact))
        functions = [closures.truth(leaf, logged=False) for leaf in leaves]
        written = {
            item for leaf in leaves for part in children(leaf) if part != fact for item in self._items(part)
        }
        value = _stated(fact.name) if fact.name not in closures.formulas else closures.value(fact)
        if fact.type.kind in ORDERED:
            return _between(value, sorted(written), functions)
        return _named(value, written | {True, False}, functions)


class _Kept(dict[Any, Looked]):
    """What a condition came to, by the truths of its comparisons."""

    def add(self, key: object, looked: Looked) -> Looked:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = looked
        return looked


def _stated(name: str) -> Function:
    return lambda session: session.facts.get(name)


def _between(value_of: Function, thresholds: Sequence[Any], functions: list[Function]) -> Function:
    """Return what gives the truths of comparisons of a number or a day: a row for each threshold and gap."""
    rows: list[tuple[bool | None, ...] | None] = [None] * (2 * len(thresholds) + 1)
    unknown, last = (None,) * len(functions), len(thresholds)

    def truths(session: Session) -> tuple[bool | None, ...]:
        value = value_of(session)
        if value is None:
            return unknown
        index = bisect_left(thresholds, value)
        place = 2 * index + 1 if index < last and thresholds[index] == value else 2 * index
        row = rows[place]
        if row is None:
            row = rows[place] = tuple(function(session) for function in functions)
        return row

    return truths


def _named(value_of: Function, written: set[Any], functions: list[Function]) -> Function:
    """Return what gives the truths of comparisons of a text: a row for each word written out, one for the rest."""
    rows: dict[object, tuple[bool | None, ...]] = {None: (None,) * len(functions)}

    def truths(session: Session) -> tuple[bool | None, ...]:
        value = value_of(session)
        row = rows.get(value)
        if row is None:
            place = value if value in written else _OTHER
            row = rows.get(place)
            if row is None:
                row = rows[place] = tuple(function(session) for function in functions)
        return row

    return truths
