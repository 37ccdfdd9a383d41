"""A condition as Common Expression Language text (cel-spec, language definition): the plain subset, for exchange.

`&&` and `||` of CEL absorb errors as Kleene's logic absorbs the unknown, so a fact that is unknown is left out of
the variables and the error of its absence stands for the unknown. Numbers are doubles, days are timestamps at
midnight UTC. Derived facts are variables: who evaluates the text works them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.check.context import Context
from dragoman.check.plain import NotPlainError
from dragoman.check.terms import (
    Among,
    And,
    Arithmetic,
    AsOf,
    Choose,
    Compare,
    Constant,
    Fact,
    GroupOf,
    Holds,
    Negative,
    Not,
    Or,
    Term,
)
from dragoman.check.types import Kind
from dragoman.model import Value

ABSENT = "unknown"
"""A variable that is never given: its absence is the unknown."""


def to_cel(term: Term, context: Context) -> str:
    """Return a condition as CEL text over the names of its facts; groups and the day are written out.

    Raises:
        NotPlainError: the condition has sets, collections, tables or days that are counted.
    """
    return _Printer(context).print(term)


@dataclass(frozen=True, slots=True)
class _Printer:
    context: Context

    def print(self, term: Term) -> str:
        printer = _PRINTERS.get(type(term))
        if printer is None or term.type.kind is Kind.SET:
            raise NotPlainError(type(term).__name__)
        return printer(self, term)

    def constant(self, term: Constant) -> str:
        return _literal(term.value)

    def fact(self, term: Fact) -> str:
        return term.name

    def as_of(self, _term: AsOf) -> str:
        return _literal(self.context.as_of)

    def arithmetic(self, term: Arithmetic) -> str:
        left, right = self.print(term.left), self.print(term.right)
        calculated = f"({left} {term.operator} {right})"
        return f"({right} == 0.0 ? {ABSENT} : {calculated})" if term.operator == "/" else calculated

    def negative(self, term: Negative) -> str:
        return f"(-{self.print(term.term)})"

    def choose(self, term: Choose) -> str:
        return f"({self.print(term.test)} ? {self.print(term.yes)} : {self.print(term.no)})"

    def compare(self, term: Compare) -> str:
        sides = [self.print(side) for side in term.terms]
        pairs = zip(sides, term.operators, sides[1:], strict=False)
        return "(" + " && ".join(f"{left} {sign} {right}" for left, sign, right in pairs) + ")"

    def among(self, term: Among) -> str:
        values = self._values(term.set)
        listed = ABSENT if values is None else f"[{', '.join(_literal(value) for value in sorted(values))}]"
        inner = f"({self.print(term.element)} in {listed})"
        return f"(!{inner})" if term.negated else inner

    def _values(self, term: Term) -> frozenset[Any] | None:
        if isinstance(term, GroupOf):
            return self.context.members(term.name)
        if isinstance(term, Constant) and isinstance(term.value, frozenset):
            return term.value
        raise NotPlainError(type(term).__name__)

    def holds(self, term: Holds) -> str:
        return self.print(term.term)

    def both(self, term: And) -> str:
        return f"({' && '.join(self.print(part) for part in term.parts)})"

    def either(self, term: Or) -> str:
        return f"({' || '.join(self.print(part) for part in term.parts)})"

    def contrary(self, term: Not) -> str:
        return f"(!{self.print(term.part)})"


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, date):
        return f"timestamp('{value.isoformat()}T00:00:00Z')"
    return "'" + str(value).replace("'", "\\'") + "'"


_PRINTERS: Mapping[type, Callable[[_Printer, Any], str]] = {
    Constant: _Printer.constant,
    Fact: _Printer.fact,
    AsOf: _Printer.as_of,
    Arithmetic: _Printer.arithmetic,
    Negative: _Printer.negative,
    Choose: _Printer.choose,
    Compare: _Printer.compare,
    Among: _Printer.among,
    Holds: _Printer.holds,
    And: _Printer.both,
    Or: _Printer.either,
    Not: _Printer.contrary,
}
