"""The functions of the condition language: how their arguments are read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from dragoman.check.refusal import nearest
from dragoman.check.terms import (
    AddDays,
    Constant,
    DaysBetween,
    GroupOf,
    Lookup,
    Over,
    Sets,
    Size,
    Tally,
    Term,
    constant_date,
)
from dragoman.check.types import DATE, NUMBER, TEXTUAL, Kind, type_of_column

if TYPE_CHECKING:
    from dragoman.check.expression import Reader

FUNCTIONS: Mapping[str, str] = {
    "group": "group('D:1')",
    "lookup": "lookup('chips', chip, 'tpp')",
    "date": "date('2026-01-15')",
    "days_between": "days_between(signed, as_of)",
    "add_days": "add_days(call_date, 90)",
    "size": "size(targets)",
    "overlaps": "overlaps(parents, group('D:5'))",
    "within": "within(targets, group('A:5'))",
    "any_of": "any_of(parties, owned_share >= 50)",
    "all_of": "all_of(items, tpp < 4800)",
    "count_of": "count_of(parties, role == 'anchor')",
    "sum_of": "sum_of(items, value)",
}
"""Each function with an example."""

_ARGUMENTS = {"group": (1,), "date": (1,), "size": (1,), "lookup": (3,), "count_of": (1, 2)}
_ISO = 10
_LONGEST_STEP = 100_000


def read_call(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    """Read a call of one of the functions.

    Raises:
        ConditionFault: no such function, or arguments that do not fit.
    """
    if not isinstance(node.func, ast.Name):
        reader.refuse(node, "Only the functions of the language can be called.", "See docs/rules.md.")
    name = node.func.id
    if name not in FUNCTIONS:
        reader.refuse(node, f"There is no function `{name}`.", nearest(name, FUNCTIONS, "Functions"))
    if node.keywords or len(node.args) not in _ARGUMENTS.get(name, (2,)):
        reader.refuse(node, f"`{name}` has other arguments.", f"Write {FUNCTIONS[name]}.")
    return _CALLS[name](reader, node, view, depth)


def _refuse(reader: Reader, node: ast.expr, message: str, name: str) -> NoReturn:
    reader.refuse(node, message, f"Write {FUNCTIONS[name]}.")


def _text(reader: Reader, node: ast.expr, name: str) -> str:
    if isinstance(node, ast.Constant):
        term = reader.constant(node, frozenset(), 0)
        if isinstance(term, Constant) and isinstance(term.value, str):
            return term.value
    _refuse(reader, node, "A text in quotes stands here.", name)


def _typed(reader: Reader, node: ast.expr, kind: Kind, name: str, view: frozenset[str], depth: int) -> Term:
    term = reader.term(node, view, depth + 1)
    if term.type.kind is not kind:
        _refuse(reader, node, f"`{reader.source(node)}` is {term.type.words}, not {kind.value}.", name)
    return term


def _group(reader: Reader, node: ast.Call, _view: frozenset[str], _depth: int) -> Term:
    name = _text(reader, node.args[0], "group")
    if name not in reader.words.groups:
        reader.refuse(node.args[0], f"There is no group '{name}'.", nearest(name, reader.words.groups, "Groups"))
    return GroupOf(name)


def _lookup(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    tables = reader.words.tables
    name, column = _text(reader, node.args[0], "lookup"), _text(reader, node.args[2], "lookup")
    if name not in tables:
        reader.refuse(node.args[0], f"There is no table '{name}'.", nearest(name, tables, "Tables"))
    if column not in tables[name].columns:
        message = f"The table '{name}' has no column '{column}'."
        reader.refuse(node.args[2], message, nearest(column, tables[name].columns, "Columns"))
    key = reader.term(node.args[1], view, depth + 1)
    if key.type.kind not in TEXTUAL:
        _refuse(reader, node.args[1], f"A row is named by a text, not by {key.type.words}.", "lookup")
    if isinstance(key, Constant) and key.value not in tables[name].rows:
        remedy = nearest(str(key.value), tables[name].rows, "Rows")
        reader.refuse(node.args[1], f"The table '{name}' has no row '{key.value}'.", remedy)
    return Lookup(name, key, column, type_of_column(tables[name].columns[column]))


def _date(reader: Reader, node: ast.Call, _view: frozenset[str], _depth: int) -> Term:
    text = _text(reader, node.args[0], "date")
    try:
        day = date.fromisoformat(text) if len(text) == _ISO else None
    except ValueError:
        day = None
    if day is None:
        _refuse(reader, node.args[0], f"'{text}' is no day of the calendar.", "date")
    return constant_date(day)


def _days_between(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    first, last = (_typed(reader, arg, Kind.DATE, "days_between", view, depth) for arg in node.args)
    return DaysBetween(first, last)


def _add_days(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    day = _typed(reader, node.args[0], Kind.DATE, "add_days", view, depth)
    days = _typed(reader, node.args[1], Kind.NUMBER, "add_days", view, depth)
    if isinstance(days, Constant):
        if not isinstance(days.value, int) or abs(days.value) > _LONGEST_STEP:
            _refuse(reader, node.args[1], "Days are a whole number.", "add_days")
        if isinstance(day, Constant) and day.type == DATE:
            _in_calendar(reader, node, day, days.value)
    return AddDays(day, days)


def _in_calendar(reader: Reader, node: ast.Call, day: Constant, days: int) -> None:
    if isinstance(day.value, date) and not 1 <= day.value.toordinal() + days <= date.max.toordinal():
        _refuse(reader, node, "The day is outside the calendar.", "add_days")


def _size(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    if isinstance(node.args[0], ast.Name) and node.args[0].id in reader.words.collections:
        reader.refuse(node.args[0], f"`{node.args[0].id}` is a collection.", f"Write count_of({node.args[0].id}).")
    return Size(_typed(reader, node.args[0], Kind.SET, "size", view, depth))


def _sets(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    left, right = (_typed(reader, arg, Kind.SET, name, view, depth) for arg in node.args)
    reader.fits(node.args[1], left, right)
    return Sets(name, left, right, reader.source(node))


def _collection(reader: Reader, node: ast.Call, name: str) -> str:
    first = node.args[0]
    if not isinstance(first, ast.Name) or first.id not in reader.words.collections:
        remedy = nearest(reader.source(first)[:40], reader.words.collections, "Collections")
        reader.refuse(first, f"`{name}` goes over a collection of the case.", remedy)
    return first.id


def _over(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    collection = _collection(reader, node, name)
    body = reader.truth(node.args[1], view | {collection}, depth + 1)
    return Over(name, collection, body, reader.source(node))


def _count(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    collection = _collection(reader, node, "count_of")
    body = reader.truth(node.args[1], view | {collection}, depth + 1) if len(node.args) > 1 else None
    return Tally("count_of", collection, body, NUMBER)


def _sum(reader: Reader, node: ast.Call, view: frozenset[str], depth: int) -> Term:
    collection = _collection(reader, node, "sum_of")
    body = _typed(reader, node.args[1], Kind.NUMBER, "sum_of", view | {collection}, depth)
    return Tally("sum_of", collection, body, body.type)


_CALLS: Mapping[str, Callable[[Reader, ast.Call, frozenset[str], int], Term]] = {
    "group": _group,
    "lookup": _lookup,
    "date": _date,
    "days_between": _days_between,
    "add_days": _add_days,
    "size": _size,
    "overlaps": _sets,
    "within": _sets,
    "any_of": _over,
    "all_of": _over,
    "count_of": _count,
    "sum_of": _sum,
}
