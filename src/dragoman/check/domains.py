"""Values worth trying for the facts of conditions: those at, beside and between what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from dragoman.check.context import Context
from dragoman.check.terms import Among, Compare, Constant, Fact, GroupOf, Holds, Term
from dragoman.model import FactSchema, FactType, Value

DAY = timedelta(days=1)
OTHER = "another"
"""Stands for a country or text that no comparison names."""
NUMBERS = frozenset({FactType.NUMBER, FactType.INTEGER})


Sets = Mapping[str, set[frozenset[Value]]]
"""By fact, the sets of values that comparisons tell apart; a single value is a set of one."""


def sets_of(terms: Iterable[Term], context: Context) -> dict[str, set[frozenset[Value]]]:
    """Return, by fact, the sets of values that comparisons hold it against."""
    found: dict[str, set[frozenset[Value]]] = {}
    for term in terms:
        for name, values in _compared(term, context):
            found.setdefault(name, set()).add(values)
    return found


def _compared(term: Term, context: Context) -> Iterator[tuple[str, frozenset[Value]]]:
    """Yield the facts of one comparison with the constants on its other side."""
    if isinstance(term, Compare):
        names = [one.name for one in term.terms if isinstance(one, Fact)]
        values = [one.value for one in term.terms if isinstance(one, Constant)]
        yield from ((name, frozenset({value})) for name in names for value in values)
    elif isinstance(term, Among) and isinstance(term.element, Fact):
        yield term.element.name, frozenset(members_of(term.set, context))


def members_of(term: Term, context: Context) -> frozenset[str]:
    """Return the members of a written list or a group, none for what is not known."""
    if isinstance(term, GroupOf):
        return context.members(term.name) or frozenset()
    if isinstance(term, Constant) and isinstance(term.value, frozenset):
        return term.value
    return frozenset()


def is_plain(term: Term) -> bool:
    """Return whether trying values at and between its constants decides all that a comparison can be."""
    if isinstance(term, Compare):
        return all(isinstance(one, Fact | Constant) for one in term.terms) and (
            sum(isinstance(one, Fact) for one in term.terms) == 1
        )
    if isinstance(term, Among):
        return isinstance(term.element, Fact) and isinstance(term.set, GroupOf | Constant)
    return isinstance(term, Holds) and isinstance(term.term, Fact | Constant)


def values_for(schema: FactSchema, sets: Iterable[frozenset[Value]]) -> tuple[Value, ...]:
    """Return the values to try for a fact, given what it is compared with."""
    given = list(sets)
    values = {value for one in given for value in one}
    if schema.type is FactType.BOOLEAN:
        return (True, False)
    if schema.type is FactType.CHOICE:
        return tuple(name for name, _ in schema.options)
    if schema.type in NUMBERS:
        return points(schema, [float(one) for one in values if isinstance(one, int | float)])
    if schema.type is FactType.DATE:
        near = {one + step for one in values if isinstance(one, date) for step in (-DAY, 0 * DAY, DAY)}
        return tuple(sorted(near or {date(2000, 1, 1)}))
    if schema.type in {FactType.COUNTRY, FactType.TEXT}:
        return told_apart([*sorted(one for one in values if isinstance(one, str)), OTHER], given)
    return ()


def told_apart(values: Iterable[str], sets: Iterable[frozenset[Value]]) -> tuple[str, ...]:
    """Return one value of each kind that the sets tell apart."""
    given = list(sets)
    kinds: dict[tuple[bool, ...], str] = {}
    for value in values:
        kinds.setdefault(tuple(value in one for one in given), value)
    return tuple(kinds.values())


def points(schema: FactSchema, cuts: Iterable[float]) -> tuple[float, ...]:
    """Return thresholds, one number between each two, one below and one above all; within the fact's bounds."""
    ends = [one for one in (schema.minimum, schema.maximum) if one is not None]
    given = sorted({*cuts, *ends})
    if not given:
        return (0.0, 1.0)
    between = [(low + high) / 2 for low, high in pairwise(given)]
    width = max(1.0, abs(given[0]), abs(given[-1]))
    found = {given[0] - width, *given, *between, given[-1] + width}
    return tuple(sorted(number for number in found if fits(schema, number)))


def fits(schema: FactSchema, number: float) -> bool:
    """Return whether a number lies within the bounds of a fact."""
    return (schema.minimum is None or number >= schema.minimum) and (
        schema.maximum is None or number <= schema.maximum
    )


def domains_for(
    names: Iterable[str], schemas: Mapping[str, FactSchema], sets: Sets
) -> dict[str, tuple[Value, ...]]:
    """Return the values to try for some facts, the facts with fewest first."""
    found = {name: values_for(schemas[name], sets.get(name, ())) for name in names}
    return dict(sorted(found.items(), key=lambda item: (len(item[1]), item[0])))
