"""How the lines of a query are found and put in order, so that a page costs what it shows.

A page of fifty lines must not put all hits in order. Where lines are asked for in the order of the text and one
value of a field narrows them, the values themselves stand in that order. Where no index has both the condition
and the order, many hits are met soon by walking through the register in its order, and few are soon collected and
sorted; which of the two is decided by how many hits there are. SQLite keeps no statistics of a register, so it is
told: a unary plus keeps a column's index out of its sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    func,
    select,
    tuple_,
)
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from dragoman.model import NotFoundError, Query
from dragoman.register.index import matching
from dragoman.register.pairs import COLUMNS, Place, beside
from dragoman.register.schema import VALUE_FIELDS, documents, entries, entry_values
from dragoman.register.tallies import all_lines, lines_with
from dragoman.register.tokens import phrases_of

ASKED = {**COLUMNS, "languages": entries.c.language}
"""Fields of a Query that ask for one of several values of a column."""
IN_TEXT_ORDER = ("kinds", "forces", "coders")
"""Columns with an index in the order of the text; that of the states is in the order of confidence."""
PLACE = (entries.c.position, entries.c.trigger_start, entries.c.provision)
DAYS, WORDS = "days", "words"
"""What leads to lines beside the values of a field."""
LOOKED_AT = 50_000
"""Lines that are looked at, at the most, where a total is not kept."""
AT_ONCE = 1000
"""Lines of the longest page of which the ids are found first."""
_DRIVER = entry_values.alias("driver")


class LostPlaceError(NotFoundError):
    """The line behind or before which a page stands is not there any more."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The line `{identifier}`, where the page before ended, is not in the register any more.",
            "Begin with the first page again.",
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where lines are found: `entries`, joined to what leads to them, conditions, and their order."""

    source: FromClause
    where: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...]

    def ids(self) -> Select[int]:
        """Return the question for the ids of the entries."""
        return select(entries.c.id).select_from(self.source).where(*self.where)


def ordered(query: Query) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a query's lines, the same in every engine."""
    return (entries.c.confidence, *PLACE) if query.order == "confidence" else PLACE


@dataclass(frozen=True, slots=True)
class Total:
    """How many lines a query leaves.

    Attributes:
        lines: how many are known of.
        likely: how many there may be: the same, where all were counted.
        exact: whether all were counted.
    """

    lines: int
    likely: int
    exact: bool = True


def total_of(connection: Connection, query: Query) -> Total:
    """Return how many lines a query leaves.

    From what is kept where at most two values or fields narrow it; else counted, at the most among the first
    `LOOKED_AT` lines that its days, its words or the rarest of its values lead to.
    """
    known = _kept_total(connection, query)
    if known is not None:
        return Total(known, known)
    some = among_first(connection, query, LOOKED_AT)
    found = _count(connection, some.chosen if some else choose(connection, query))
    return Total(found, found * some.lines // LOOKED_AT if some else found, exact=some is None)


def _count(connection: Connection, chosen: Chosen) -> int:
    counting = select(func.count()).select_from(chosen.source).where(*chosen.where)
    return int(connection.execute(counting).scalar_one())


def _kept_total(connection: Connection, query: Query) -> int | None:
    """Return how many lines a query leaves where that is kept, else None."""
    if (either := _either_of(query)) is not None:
        one, other = either
        return lines_with(connection, *one) + lines_with(connection, *other) - beside(connection, *one)[other]
    places = kept_places(query)
    if places is None:
        return None
    if not places:
        return all_lines(connection)
    if len(places) == 1:
        return sum(lines_with(connection, *place) for place in places[0])
    first, second = sorted(places, key=len)
    return sum(beside(connection, *place)[own] for place in first for own in second)


def _either_of(query: Query) -> tuple[Place, Place] | None:
    """Return the two values of a field, of which lines may have both, where nothing else narrows a query."""
    fields = [field for field in (*ASKED, *VALUE_FIELDS) if getattr(query, field)]
    if len(fields) != 1 or fields[0] not in VALUE_FIELDS or is_narrow(query):
        return None
    values = list(dict.fromkeys(_stored(query, fields[0])))
    return ((fields[0], values[0]), (fields[0], values[1])) if len(values) == 2 else None  # noqa: PLR2004 - a pair


@dataclass(frozen=True, slots=True)
class Rarest:
    """The field of a query whose values stand in the fewest lines; "" where no field with kept counts does."""

    field: str
    lines: int


def rarest_of(connection: Connection, query: Query) -> Rarest:
    """Return the field that leads to the fewest lines, at most."""
    fields = [field for field in (*COLUMNS, *VALUE_FIELDS) if getattr(query, field)]
    if not fields:
        return Rarest("", all_lines(connection))
    lines = {field: _lines(connection, query, field) for field in fields}
    best = min(fields, key=lambda field: lines[field])
    return Rarest(best, lines[best])


@dataclass(frozen=True, slots=True)
class Some:
    """The first lines that something leads to.

    Attributes:
        chosen: where those of a query are found among them.
        lines: how many it leads to in all, as far as that is known.
    """

    chosen: Chosen
    lines: int


def among_first(connection: Connection, query: Query, most: int) -> Some | None:
    """Return where lines of a query are found among the first, so many, that its narrowest part leads to.

    None where that leads to no more, or documents are named: then all of them are looked at.
    """
    if query.documents:
        return None
    if is_narrow(query):
        leads = _leads(connection, query)
        if any(len(connection.execute(lead.limit(most + 1)).all()) <= most for lead in leads.values()):
            return None
        leading = WORDS if WORDS in leads else DAYS
        return Some(_among(connection, query, leads[leading].limit(most), leading), most)
    rarest = rarest_of(connection, query)
    if rarest.lines <= most:
        return None
    if rarest.field in VALUE_FIELDS:
        first = select(entry_values.c.entry.label("id")).where(
            entry_values.c.field == rarest.field, entry_values.c.value.in_(_stored(query, rarest.field))
        )
    else:
        first = select(entries.c.id)
        first = first.where(_one_of(query, rarest.field)) if rarest.field else first
    return Some(_among(connection, query, first.limit(most).distinct(), rarest.field), rarest.lines)


def _leads(connection: Connection, query: Query) -> dict[str, Select[int]]:
    """Return the questions for the lines that days lead to, and words."""
    leads = {}
    if query.due_from or query.due_to:
        leads[DAYS] = select(entries.c.id).where(*_within_days(query, entries.c.due))
    if query.text.strip():
        found = matching(connection, phrases_of(query.text)).subquery("matching")
        leads[WORDS] = select(entries.c.id).join(found, found.c.key == entries.c.sentence)
    return leads


def _among(connection: Connection, query: Query, first: Select[int], leading: str) -> Chosen:
    """Return where lines of a query are found among some, to which a field, days or words lead, "" for nothing.

    Words that lead are not looked for again: looking into one sentence costs as much as finding a thousand.
    """
    some = first.subquery("first")
    rest = [field for field in VALUE_FIELDS if getattr(query, field) and field != leading]
    values = [_stands_in(query, field, entries.c.id) for field in rest]
    narrowing = _narrowing(connection, replace(query, text="") if leading == WORDS else query, walked=True)
    source = some.join(entries, entries.c.id == some.c.id)
    return Chosen(source, (*_hidden(connection, query), *values, *narrowing), ordered(query))


def kept_places(query: Query) -> list[list[Place]] | None:
    """Return the values that narrow a query, by field, where counts of them are kept; else None.

    Kept are counts of one or two fields; of a field with several values in a line only for one of them.
    """
    fields = [field for field in (*COLUMNS, *VALUE_FIELDS) if getattr(query, field)]
    several = any(len(set(getattr(query, field))) > 1 for field in fields if field in VALUE_FIELDS)
    if several or len(fields) > 2 or query.languages or is_narrow(query):  # noqa: PLR2004 - pairs are kept
        return None
    return [[(field, value) for value in dict.fromkeys(_stored(query, field))] for field in fields]


def is_narrow(query: Query) -> bool:
    """Return whether documents, days or words lead to the lines."""
    return bool(query.documents or query.due_from or query.due_to or query.text.strip())


def _stored(query: Query, field: str) -> list[str]:
    return [str(getattr(value, "value", value)) for value in getattr(query, field)]


def choose(connection: Connection, query: Query, total: int | None = None) -> Chosen:
    """Return where the lines of a query are found.

    Args:
        connection: of the register.
        query: what is asked.
        total: how many lines it leaves, where a page of it is wanted; None where all of them are.
    """
    fields = sorted(
        (field for field in VALUE_FIELDS if getattr(query, field)),
        key=lambda field: _lines(connection, query, field),
    )
    if is_narrow(query):
        values = [_stands_in(query, field, entries.c.id) for field in fields]
        columns = _hidden(connection, query)
        led = bool(query.documents or query.text.strip())  # looking into each line's words would cost more
        walked = total is not None and not led and is_walked(connection, query, total)
        narrowing = _narrowing(connection, query, walked=walked)
        return Chosen(entries, (*columns, *values, *narrowing), ordered(query))
    leading = _leading_column(connection, query, fields)
    columns = _columns_besides(connection, query, total, fields, leading)
    if leading is None and fields and query.order != "confidence" and len(getattr(query, fields[0])) == 1:
        return _led_by_value(query, fields, columns)
    walked = total is not None and is_walked(connection, query, total)
    first = [_in(query, field) for field in fields[:1] if not walked and leading is None]
    rest = [_stands_in(query, field, entries.c.id) for field in fields[len(first) :]]
    return Chosen(entries, (*columns, *first, *rest), ordered(query))


def _led_by_value(query: Query, fields: Sequence[str], columns: Sequence[ColumnElement[bool]]) -> Chosen:
    """Return lines in the order of the text, led to by the rarest value."""
    (value,) = _stored(query, fields[0])
    leading = (_DRIVER.c.field == fields[0], _DRIVER.c.value == value)
    rest = [_stands_in(query, field, _DRIVER.c.entry) for field in fields[1:]]
    source = entries.join(_DRIVER, _DRIVER.c.entry == entries.c.id)
    order = (_DRIVER.c.position, _DRIVER.c.trigger_start, entries.c.provision)
    return Chosen(source, (*leading, *columns, *rest), order)


def is_walked(connection: Connection, query: Query, total: int) -> bool:
    """Return whether a page is met sooner by walking through the register than by collecting all its hits."""
    page = query.offset + (query.limit or AT_ONCE)
    return total * total > page * all_lines(connection)


def _lines(connection: Connection, query: Query, field: str) -> int:
    """Return in how many lines the values of a field stand, at most."""
    return sum(lines_with(connection, field, value) for value in _stored(query, field))


def _hidden(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """Return the conditions on columns where something else leads to the lines."""
    seen = connection.dialect.name != "sqlite"
    return [_one_of(query, field, seen=seen) for field in ASKED if getattr(query, field)]


def _one_of(query: Query, field: str, *, seen: bool = True) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values; `seen` lets its index be used."""
    column = ASKED[field]
    plain = column if seen else _out_of_sight(column)
    values = [getattr(value, "value", value) for value in getattr(query, field)]
    return plain == values[0] if len(values) == 1 else plain.in_(values)


def _out_of_sight(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column of which SQLite does not see the index."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _leading_column(connection: Connection, query: Query, fields: Sequence[str]) -> str | None:
    """Return the field of the column that leads to the fewest lines in their order, None where a value does."""
    able = ("reviews",) if query.order == "confidence" else IN_TEXT_ORDER
    single = [field for field in able if len(getattr(query, field)) == 1]
    best = min(single, key=lambda field: _lines(connection, query, field), default=None)
    if best is None or not fields:
        return best
    return best if _lines(connection, query, best) < _lines(connection, query, fields[0]) else None


def _columns_besides(
    connection: Connection, query: Query, total: int | None, fields: Sequence[str], leading: str | None
) -> list[ColumnElement[bool]]:
    """Return the conditions on columns; SQLite may take no index but that of the one that leads."""
    walked = total is not None and is_walked(connection, query, total)
    if leading is None and not fields and not walked:
        return [_one_of(query, field) for field in ASKED if getattr(query, field)]
    hidden = connection.dialect.name == "sqlite"
    asked = [field for field in ASKED if getattr(query, field)]
    return [_one_of(query, field, seen=not hidden or field == leading) for field in asked]


def _in(query: Query, field: str) -> ColumnElement[bool]:
    """Return the condition that a value stands in a field, led to by the values."""
    found = select(entry_values.c.entry).where(
        entry_values.c.field == field, entry_values.c.value.in_(_stored(query, field))
    )
    return entries.c.id.in_(found)


def _stands_in(query: Query, field: str, entry: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the same condition, looked up for an entry that is found otherwise."""
    own = entry_values.alias(f"of_{field}")
    return (
        select(own.c.entry)
        .where(own.c.entry == entry, own.c.field == field, own.c.value.in_(_stored(query, field)))
        .exists()
    )


def _narrowing(connection: Connection, query: Query, *, walked: bool) -> list[ColumnElement[bool]]:
    """Return the conditions on documents, days and words; `walked` where something else leads to the lines."""
    found: list[ColumnElement[bool]] = []
    if query.documents:
        found.append(entries.c.document.in_(select(documents.c.id).where(documents.c.slug.in_(query.documents))))
    hidden = walked and connection.dialect.name == "sqlite"
    found += _within_days(query, _out_of_sight(entries.c.due) if hidden else entries.c.due)
    if query.text.strip():
        found.append(entries.c.sentence.in_(matching(connection, phrases_of(query.text))))
    return found


def _within_days(query: Query, due: ColumnElement[date | None]) -> list[ColumnElement[bool]]:
    """Return the conditions on the day of a deadline."""
    found = [due >= query.due_from] if query.due_from else []
    return [*found, due <= query.due_to] if query.due_to else found


def nearest(connection: Connection, query: Query, day: date, most: int) -> list[int]:
    """Return the ids of the entries of a query whose days are nearest to a day: half before it, half from it on.

    Args:
        connection: of the register.
        query: has no documents and no words.
        day: the day.
        most: how many are returned.
    """
    where = _hidden(connection, query)
    where += [_stands_in(query, field, entries.c.id) for field in VALUE_FIELDS if getattr(query, field)]
    where += [entries.c.due <= query.due_to] if query.due_to else []
    found = select(entries.c.id).where(*where)
    later = found.where(entries.c.due >= day).order_by(entries.c.due, entries.c.id).limit(most - most // 2)
    ahead = list(connection.execute(later).scalars())
    earlier = (
        found.where(entries.c.due < day).order_by(entries.c.due.desc(), entries.c.id).limit(most - len(ahead))
    )
    return [*ahead, *connection.execute(earlier).scalars()]


def paged(connection: Connection, query: Query, chosen: Chosen, question: Select[Any]) -> Select[Any]:
    """Return a question for lines with order and bounds of a query's page. Raises LostPlaceError.

    Where the page ends before a line, its last line comes first.
    """
    order = [column.desc() for column in chosen.order] if query.before else list(chosen.order)
    bounded = question.where(*_beyond(connection, query, chosen.order)).order_by(*order).limit(query.limit)
    return bounded.offset(0 if query.before else query.offset)


def _beyond(
    connection: Connection, query: Query, order: Sequence[ColumnElement[Any]]
) -> list[ColumnElement[bool]]:
    """Return the condition that lines come after, or before, the one where a page ended. Raises LostPlaceError."""
    named = query.before or query.after
    if not named:
        return []
    last = connection.execute(select(*ordered(query)).where(entries.c.provision == named)).first()
    if last is None:
        raise LostPlaceError(named)
    if query.before:
        return [order[0] <= last[0], tuple_(*order) < tuple_(*last)]
    return [order[0] >= last[0], tuple_(*order) > tuple_(*last)]
