"""What dashboards of the docket count by: deadlines and financing tools of cases, noted with each act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, delete, func, insert, select

from dragoman.model.docket import DocketQuery
from dragoman.model.docket_board import Deadline, DeadlineKind, Due, Notes
from dragoman.register.rows import column_text
from dragoman.register.schema import docket_cases, docket_deadlines, docket_targets, docket_tools
from dragoman.register.texts import AnyRow

MOST_KEYS = 5_000
"""Keys in one question."""
Days = tuple[date, date]
"""The day, and the last that is near."""


def keep_notes(connection: Connection, key: int, notes: Notes) -> None:
    """Put notes of a case in place of those before."""
    for table in (docket_deadlines, docket_tools):
        connection.execute(delete(table).where(table.c.case == key))
    rows = [_deadline_row(key, one) for one in notes.deadlines]
    if rows:
        connection.execute(insert(docket_deadlines), rows)
    tools = [{"case": key, "tool": tool, "result": result} for tool, result in notes.tools.items()]
    if tools:
        connection.execute(insert(docket_tools), tools)


def deadlines_of(connection: Connection, keys: Sequence[int]) -> Mapping[int, tuple[Deadline, ...]]:
    """Return the deadlines of cases, by the key of the case."""
    found: dict[int, tuple[Deadline, ...]] = {}
    for row in _of_cases(connection, docket_deadlines, keys, docket_deadlines.c.id):
        one = Deadline(DeadlineKind(row.kind), row.name, row.started, row.due, bool(row.rests))
        found[row.case] = (*found.get(row.case, ()), one)
    return found


def targets_of(connection: Connection, keys: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the countries that cases go to, by the key of the case."""
    found: dict[int, tuple[str, ...]] = {}
    for row in _of_cases(connection, docket_targets, keys, docket_targets.c.country):
        found[row.case] = (*found.get(row.case, ()), row.country)
    return found


def _of_cases(
    connection: Connection, table: Table, keys: Sequence[int], order: ColumnElement[Any]
) -> Iterator[AnyRow]:
    """Yield the rows that belong to cases; engines take no more than some ten thousand keys in one question."""
    for at in range(0, len(keys), MOST_KEYS):
        question = select(table).where(table.c.case.in_(keys[at : at + MOST_KEYS])).order_by(order)
        yield from connection.execute(question)


def count_by(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], by: str, days: Days
) -> dict[tuple[str, ...], int]:
    """Return how many cases there are by procedure and what is counted.

    Args:
        connection: to read by.
        conditions: which cases count.
        by: a column of cases, "target", "deadline" (kind, clock, where it stands) or "tool" (tool, result).
        days: for "deadline".
    """
    columns, source = _counted(by, days)
    several = by == "deadline"  # a case may have two requests; one country or tool it has but once
    number = func.count(docket_cases.c.id.distinct()) if several else func.count()
    question = select(docket_cases.c.procedure, *columns, number.label("cases"))
    if source is not None:
        question = question.join(source, source.c.case == docket_cases.c.id)
    question = question.where(*conditions).group_by(docket_cases.c.procedure, *columns)
    return {tuple(map(str, row[:-1])): row[-1] for row in connection.execute(question)}


def _counted(by: str, days: Days) -> tuple[tuple[ColumnElement[Any], ...], Any]:
    """Return the columns to count by, and the table beside that of cases that has them."""
    if by == "target":
        return (docket_targets.c.country,), docket_targets
    if by == "tool":
        return (docket_tools.c.tool, docket_tools.c.result), docket_tools
    if by == "deadline":
        clock = case((docket_deadlines.c.kind == DeadlineKind.CLOCK.value, docket_deadlines.c.name), else_="")
        return (docket_deadlines.c.kind, clock, _standing(days)), docket_deadlines
    return (docket_cases.c[by],), None


def _standing(days: Days) -> ColumnElement[str]:
    """Return where a deadline stands on a day, as `Deadline.on` says it."""
    day, soon = days
    return case(
        (docket_deadlines.c.rests == 1, Due.RESTS.value),
        (docket_deadlines.c.due.is_(None), Due.OPEN.value),
        (docket_deadlines.c.due < day, Due.OVER.value),
        (docket_deadlines.c.due <= soon, Due.SOON.value),
        else_=Due.LATER.value,
    )


def conditions_of(query: DocketQuery) -> Iterator[ColumnElement[bool]]:
    """Yield what a question asks of deadlines and tools."""
    if query.deadline or query.clock or query.due:
        asked = select(docket_deadlines.c.case).where(*_of_deadlines(query))
        yield docket_cases.c.id.in_(asked)
    if query.tool or query.fit:
        named = (docket_tools.c.tool == query.tool,) if query.tool else ()
        fitting = (docket_tools.c.result == query.fit,) if query.fit else ()
        yield docket_cases.c.id.in_(select(docket_tools.c.case).where(*named, *fitting))


def _of_deadlines(query: DocketQuery) -> Iterator[ColumnElement[bool]]:
    if query.deadline:
        yield docket_deadlines.c.kind == query.deadline
    if query.clock:
        yield docket_deadlines.c.name == query.clock
        yield docket_deadlines.c.kind == DeadlineKind.CLOCK.value
    if query.due and query.days:
        yield _standing(query.days) == query.due


def _deadline_row(key: int, one: Deadline) -> dict[str, Any]:
    return {
        "case": key,
        "kind": one.kind.value,
        "name": column_text(one.name),
        "started": one.started,
        "due": one.due,
        "rests": int(one.rests),
    }
