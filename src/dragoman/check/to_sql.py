"""A condition as SQL text, whose NULL logic is Kleene's: the plain subset, for SQLite and PostgreSQL.

Facts are columns of one table with a row a case; unknown is NULL. A yes or no is 1 and 0 in SQLite, a boolean in
PostgreSQL; a day is a text (ISO 8601) in SQLite, a date in PostgreSQL; a number is a floating-point column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from dragoman.check.context import Context
from dragoman.check.plain import NotPlainError
from dragoman.check.terms import (
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
    Lookup,
    Negative,
    Not,
    Or,
    Term,
)
from dragoman.check.types import Kind
from dragoman.model import Value

Dialect: TypeAlias = Literal["sqlite", "postgresql"]


def to_sql(term: Term, formulas: Mapping[str, Term], context: Context, dialect: Dialect = "sqlite") -> str:
    """Return a condition as an SQL expression over the columns of its facts.

    Args:
        term: the tree of a condition.
        formulas: trees of the derived facts; a derived fact is its column, or its formula where that is NULL.
        context: groups, tables and the day are written out.
        dialect: which database.

    Raises:
        NotPlainError: the condition has sets or collections, which have no column.
    """
    return _Printer(formulas, context, dialect).print(term)


@dataclass(frozen=True, slots=True)
class _Printer:
    formulas: Mapping[str, Term]
    context: Context
    dialect: Dialect

    def print(self, term: Term) -> str:
        printer = _PRINTERS.get(type(term))
        if printer is None or term.type.kind is Kind.SET:
            raise NotPlainError(type(term).__name__)
        return printer(self, term)

    def constant(self, term: Constant) -> str:
        return self._literal(term.value)

    def _literal(self, value: Value) -> str:
        if isinstance(value, bool):
            return str(int(value)) if self.dialect == "sqlite" else str(value).upper()
        if isinstance(value, int | float):
            return repr(value)
        if isinstance(value, date):
            return f"{'' if self.dialect == 'sqlite' else 'DATE '}'{value.isoformat()}'"
        return "'" + str(value).replace("'", "''") + "'"

    def fact(self, term: Fact) -> str:
        column = f'"{term.name}"'
        formula = self.formulas.get(term.name)
        return column if formula is None else f"COALESCE({column}, {self.print(formula)})"

    def as_of(self, _term: AsOf) -> str:
        return self._literal(self.context.as_of)

    def lookup(self, term: Lookup) -> str:
        table = self.context.tables[term.table]
        cells = {key: row.cells[term.column] for key, row in table.rows.items() if term.column in row.cells}
        lines = "".join(f" WHEN {self._literal(key)} THEN {self._literal(cell)}" for key, cell in cells.items())
        return f"CASE {self.print(term.key)}{lines} END" if lines else self._null(term.type.kind)

    def _null(self, kind: Kind) -> str:
        types = {Kind.NUMBER: "double precision", Kind.DATE: "date", Kind.BOOLEAN: "boolean"}
        return "NULL" if self.dialect == "sqlite" else f"CAST(NULL AS {types.get(kind, 'text')})"

    def arithmetic(self, term: Arithmetic) -> str:
        left, right = self.print(term.left), self.print(term.right)
        if term.operator == "/":
            return f"(1.0 * {left} / NULLIF({right}, 0))"
        return f"({left} {term.operator} {right})"

    def negative(self, term: Negative) -> str:
        return f"(- {self.print(term.term)})"

    def days_between(self, term: DaysBetween) -> str:
        first, last = self.print(term.first), self.print(term.last)
        if self.dialect == "sqlite":
            return f"(julianday({last}) - julianday({first}))"
        return f"({last} - {first})"

    def add_days(self, term: AddDays) -> str:
        day = self.print(term.day)
        if not isinstance(term.days, Constant):
            raise NotPlainError(type(term).__name__)
        days = f"{term.days.value:+}" if isinstance(term.days.value, int) else ""
        return f"date({day}, '{days} days')" if self.dialect == "sqlite" else f"({day} + ({days}))"

    def choose(self, term: Choose) -> str:
        test, yes, no = self.print(term.test), self.print(term.yes), self.print(term.no)
        return f"(CASE WHEN {test} THEN {yes} WHEN NOT {test} THEN {no} END)"

    def compare(self, term: Compare) -> str:
        signs = ["<>" if sign == "!=" else "=" if sign == "==" else sign for sign in term.operators]
        sides = [self.print(side) for side in term.terms]
        pairs = [f"{left} {sign} {right}" for left, sign, right in zip(sides, signs, sides[1:], strict=False)]
        return f"({' AND '.join(pairs)})"

    def among(self, term: Among) -> str:
        element, values = self.print(term.element), self._values(term.set)
        if values is None:
            return self._null(Kind.BOOLEAN)
        word = "NOT IN" if term.negated else "IN"
        if not values:
            return f"({element} {'=' if term.negated else '<>'} {element})"
        return f"({element} {word} ({', '.join(self._literal(value) for value in sorted(values))}))"

    def _values(self, term: Term) -> frozenset[Any] | None:
        if isinstance(term, GroupOf):
            return self.context.members(term.name)
        if isinstance(term, Constant) and isinstance(term.value, frozenset):
            return term.value
        raise NotPlainError(type(term).__name__)

    def holds(self, term: Holds) -> str:
        return self.print(term.term)

    def both(self, term: And) -> str:
        return f"({' AND '.join(self.print(part) for part in term.parts)})"

    def either(self, term: Or) -> str:
        return f"({' OR '.join(self.print(part) for part in term.parts)})"

    def contrary(self, term: Not) -> str:
        return f"(NOT {self.print(term.part)})"


_PRINTERS: Mapping[type, Callable[[_Printer, Any], str]] = {
    Constant: _Printer.constant,
    Fact: _Printer.fact,
    AsOf: _Printer.as_of,
    Lookup: _Printer.lookup,
    Arithmetic: _Printer.arithmetic,
    Negative: _Printer.negative,
    DaysBetween: _Printer.days_between,
    AddDays: _Printer.add_days,
    Choose: _Printer.choose,
    Compare: _Printer.compare,
    Among: _Printer.among,
    Holds: _Printer.holds,
    And: _Printer.both,
    Or: _Printer.either,
    Not: _Printer.contrary,
}
