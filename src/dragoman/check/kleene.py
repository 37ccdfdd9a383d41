"""Conditions as closures in Kleene's three-valued logic: True, False, or None for unknown.

S. C. Kleene, Introduction to Metamathematics (1952), section 64, the strong tables. A comparison is worked out
once for a case whatever the number of rules that make it; its truth is kept in the session.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

from dragoman.check.session import UNSEEN, Session
from dragoman.check.terms import (
    LEAVES,
    AddDays,
    Among,
    And,
    Arithmetic,
    AsOf,
    Choose,
    Compare,
    Constant,
    DaysBetween,
    Fact,
    GroupOf,
    Holds,
    Leaf,
    Lookup,
    Negative,
    Not,
    Or,
    Over,
    Sets,
    Size,
    Tally,
    Term,
)

Function: TypeAlias = Callable[[Session], Any]
"""Gives the value of a term for a session, None when unknown."""

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CALCULATE: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_INFINITE = math.inf


class Closures:
    """Makes closures of terms; equal comparisons share one number and one result.

    Attributes:
        formulas: terms of the derived facts.
        leaves: comparisons by number.
    """

    def __init__(self, formulas: Mapping[str, Term]) -> None:
        """Take the formulas of the derived facts, which must not go in a circle."""
        self.formulas = formulas
        self.leaves: list[Leaf] = []
        self._numbers: dict[Leaf, int] = {}
        self._functions: list[Function] = []
        self._derived: dict[str, Function] = {}

    def number(self, leaf: Leaf) -> int:
        """Return the number of a comparison."""
        known = self._numbers.get(leaf)
        if known is None:
            function = self._leaf(leaf)
            known = self._numbers[leaf] = len(self.leaves)
            self.leaves.append(leaf)
            self._functions.append(function)
        return known

    def truth(self, term: Term, *, logged: bool) -> Function:
        """Return the closure of a condition; `logged` when what it looks at goes into the session's log."""
        match term:
            case And(parts=parts):
                return _conjunction([self._part(part, logged=logged) for part in parts])
            case Or(parts=parts):
                return _disjunction([self._part(part, logged=logged) for part in parts])
            case Not(part=part):
                return _negation(self.truth(part, logged=logged))
            case Choose(test=test, yes=yes, no=no):
                return _choice(*(self.truth(part, logged=logged) for part in (test, yes, no)))
            case _ if isinstance(term, LEAVES):
                number = self.number(term)
                function = self._functions[number]
                return _logged(number, function) if logged else _kept(number, function)
        return self.value(term)

    def _part(self, term: Term, *, logged: bool) -> tuple[int, Function]:
        if logged and isinstance(term, LEAVES):
            number = self.number(term)
            return number, self._functions[number]
        return -1, self.truth(term, logged=logged)

    def value(self, term: Term) -> Function:
        """Return the closure of a term of any type."""
        if isinstance(term, (*LEAVES, And, Or, Not)):
            return self.truth(term, logged=False)
        make = _VALUES[type(term)]
        return make(self, term)

    def derived(self, name: str) -> Function:
        """Return the closure of a fact's formula, whatever the case states."""
        if name not in self._derived:
            self._derived[name] = self.value(self.formulas[name])
        return self._derived[name]

    # ---- comparisons ----

    def _leaf(self, leaf: Leaf) -> Function:
        match leaf:
            case Compare():
                return self._compare(leaf)
            case Among(element=element, set=container, negated=negated):
                return _among(self.value(element), self.value(container), negated=negated)
            case Sets(function=name, left=left, right=right):
                return (_overlaps if name == "overlaps" else _within)(self.value(left), self.value(right))
            case Holds(term=term):
                return self.value(term)
            case Over(function=name, collection=collection, body=body):
                return (_any_of if name == "any_of" else _all_of)(collection, self.truth(body, logged=False))

    def _compare(self, leaf: Compare) -> Function:
        if len(leaf.operators) > 1:
            pairs = zip(leaf.terms, leaf.operators, leaf.terms[1:], strict=False)
            return _conjunction([(-1, self._pair(left, sign, right)) for left, sign, right in pairs])
        return self._pair(leaf.terms[0], leaf.operators[0], leaf.terms[1])

    def _pair(self, left: Term, sign: str, right: Term) -> Function:
        compare = COMPARE[sign]
        if isinstance(right, Constant) and isinstance(left, Fact) and left.name not in self.formulas:
            return _fact_with_constant(left.name, compare, right.value)
        if isinstance(right, Constant):
            return _with_constant(self.value(left), compare, right.value)
        return _strict(compare, self.value(left), self.value(right))

    # ---- values ----

    def _fact(self, term: Fact) -> Function:
        name = term.name
        if name not in self.formulas:
            return lambda session: session.facts.get(name)
        formula = self.derived(name)

        def stated_or_derived(session: Session) -> object:
            value = session.facts.get(name)
            if value is not None:
                return value
            if name not in session.derived:
                session.derived[name] = formula(session)
            return session.derived[name]

        return stated_or_derived

    def _lookup(self, term: Lookup) -> Function:
        table, key, column = term.table, self.value(term.key), term.column

        def cell(session: Session) -> object:
            name = key(session)
            known = session.context.tables.get(table)
            return None if name is None or known is None else known.cell(name, column)

        return cell

    def _choose(self, term: Choose) -> Function:
        return _choice(self.truth(term.test, logged=False), self.value(term.yes), self.value(term.no))

    def _tally(self, term: Tally) -> Function:
        collection = term.collection
        if term.body is None:
            return lambda session: _length(session.collections.get(collection))
        body = self.value(term.body)
        return _tally(collection, body, _sum if term.function == "sum_of" else sum)

    def _negative(self, term: Negative) -> Function:
        inner = self.value(term.term)

        def negative(session: Session) -> Any:  # noqa: ANN401 - a number or None
            value = inner(session)
            return None if value is None else -value

        return negative

    def _size(self, term: Size) -> Function:
        inner = self.value(term.set)
        return lambda session: _length(inner(session))


def _constant(_closures: Closures, term: Constant) -> Function:
    value = term.value
    return lambda _session: value


def _as_of(_closures: Closures, _term: AsOf) -> Function:
    return lambda session: session.context.as_of


def _group(_closures: Closures, term: GroupOf) -> Function:
    name = term.name
    return lambda session: session.context.members(name)


def _arithmetic(closures: Closures, term: Arithmetic) -> Function:
    calculate, left, right = CALCULATE[term.operator], closures.value(term.left), closures.value(term.right)
    return _finite(calculate, left, right)


def _days_between(closures: Closures, term: DaysBetween) -> Function:
    return _strict(days_between, closures.value(term.first), closures.value(term.last))


def _add_days(closures: Closures, term: AddDays) -> Function:
    return _strict(add_days, closures.value(term.day), closures.value(term.days))


_VALUES: Mapping[type, Callable[[Closures, Any], Function]] = {
    Constant: _constant,
    Fact: Closures._fact,  # noqa: SLF001 - the same module
    AsOf: _as_of,
    GroupOf: _group,
    Lookup: Closures._lookup,  # noqa: SLF001
    Arithmetic: _arithmetic,
    Negative: Closures._negative,  # noqa: SLF001
    DaysBetween: _days_between,
    AddDays: _add_days,
    Size: Closures._size,  # noqa: SLF001
    Choose: Closures._choose,  # noqa: SLF001
    Tally: Closures._tally,  # noqa: SLF001
}


def days_between(first: date, last: date) -> int:
    """Return the days from one date to another."""
    return (last - first).days


def add_days(day: date, days: float) -> date | None:
    """Return a date some whole days later; None for a part of a day and outside the calendar."""
    try:
        return day + timedelta(days=int(days)) if days == int(days) else None
    except OverflowError:
        return None


# ---- connectives ----


def _conjunction(parts: list[tuple[int, Function]]) -> Function:
    def conjunction(session: Session) -> bool | None:
        truths, log = session.truths, session.log
        result: bool | None = True
        for number, function in parts:
            if number < 0:
                truth = function(session)
            else:
                truth = truths[number]
                if truth is UNSEEN:
                    truth = truths[number] = function(session)
                log.append(number)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return conjunction


def _disjunction(parts: list[tuple[int, Function]]) -> Function:
    def disjunction(session: Session) -> bool | None:
        truths, log = session.truths, session.log
        result: bool | None = False
        for number, function in parts:
            if number < 0:
                truth = function(session)
            else:
                truth = truths[number]
                if truth is UNSEEN:
                    truth = truths[number] = function(session)
                log.append(number)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return disjunction


def _negation(inner: Function) -> Function:
    def negation(session: Session) -> bool | None:
        truth = inner(session)
        return None if truth is None else not truth

    return negation


def _choice(test: Function, yes: Function, no: Function) -> Function:
    def choice(session: Session) -> object:
        truth = test(session)
        if truth is None:
            return None
        return yes(session) if truth else no(session)

    return choice


def _logged(number: int, function: Function) -> Function:
    kept = _kept(number, function)

    def logged(session: Session) -> object:
        session.log.append(number)
        return kept(session)

    return logged


def _kept(number: int, function: Function) -> Function:
    def kept(session: Session) -> object:
        truth = session.truths[number]
        if truth is UNSEEN:
            truth = session.truths[number] = function(session)
        return truth

    return kept


# ---- comparisons and calculations ----


def _fact_with_constant(name: str, compare: Callable[[Any, Any], bool], constant: object) -> Function:
    def comparison(session: Session) -> bool | None:
        value = session.facts.get(name)
        return None if value is None else compare(value, constant)

    return comparison


def _with_constant(left: Function, compare: Callable[[Any, Any], bool], constant: object) -> Function:
    def comparison(session: Session) -> bool | None:
        value = left(session)
        return None if value is None else compare(value, constant)

    return comparison


def _strict(function: Callable[[Any, Any], Any], left: Function, right: Function) -> Function:
    def strict(session: Session) -> Any:  # noqa: ANN401 - what the function gives
        one = left(session)
        if one is None:
            return None
        other = right(session)
        return None if other is None else function(one, other)

    return strict


def _finite(calculate: Callable[[Any, Any], Any], left: Function, right: Function) -> Function:
    inner = _strict(calculate, left, right)

    def finite(session: Session) -> float | None:
        try:
            value: float | None = inner(session)
        except (ZeroDivisionError, OverflowError):
            return None
        return value if value is None or -_INFINITE < value < _INFINITE else None

    return finite


def _among(element: Function, container: Function, *, negated: bool) -> Function:
    def among(session: Session) -> bool | None:
        value = element(session)
        if value is None:
            return None
        values = container(session)
        return None if values is None else (value in values) is not negated

    return among


def _overlaps(left: Function, right: Function) -> Function:
    return _strict(lambda one, other: not one.isdisjoint(other), left, right)


def _within(left: Function, right: Function) -> Function:
    return _strict(lambda one, other: one <= other, left, right)


def _any_of(collection: str, body: Function) -> Function:
    def any_of(session: Session) -> bool | None:
        members = session.members(collection)
        if members is None:
            return None
        truths = [body(member) for member in members]
        return True if True in truths else None if None in truths else False

    return any_of


def _all_of(collection: str, body: Function) -> Function:
    def all_of(session: Session) -> bool | None:
        members = session.members(collection)
        if members is None:
            return None
        truths = [body(member) for member in members]
        return False if False in truths else None if None in truths else True

    return all_of


def _tally(collection: str, body: Function, total: Callable[[list[Any]], float | None]) -> Function:
    def tally(session: Session) -> float | None:
        members = session.members(collection)
        if members is None:
            return None
        values = [body(member) for member in members]
        return None if None in values else total(values)

    return tally


def _sum(values: list[float]) -> float | None:
    try:
        return math.fsum(values)
    except OverflowError:
        return None


def _length(values: Any) -> int | None:  # noqa: ANN401 - anything with a length, or None
    return None if values is None else len(values)
