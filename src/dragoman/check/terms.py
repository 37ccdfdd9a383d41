"""The tree of a condition: typed, immutable, equal where the meaning is equal, printed as one would write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from dragoman.check.types import BOOLEAN, DATE, GROUP, NUMBER, Kind, Type, type_of_fact
from dragoman.model import FactSchema, Value


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written out: a number, a text, `true`, a date, a list."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the case or of the member in view."""

    schema: FactSchema = field(compare=False)
    name: str
    type: Type = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", type_of_fact(self.schema))


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked for."""

    type: Type = field(default=DATE, init=False)


@dataclass(frozen=True, slots=True)
class GroupOf:
    """The members of a group on the day asked for."""

    name: str
    type: Type = field(default=GROUP, init=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A cell of a table."""

    table: str
    key: Term
    column: str
    type: Type


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left + right` and the like; `operator` is one of + - * /."""

    operator: str
    left: Term
    right: Term
    type: Type


@dataclass(frozen=True, slots=True)
class Negative:
    """`-term`."""

    term: Term
    type: Type


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """Days from one date to another."""

    first: Term
    last: Term
    type: Type = field(default=NUMBER, init=False)


@dataclass(frozen=True, slots=True)
class AddDays:
    """A date some days later."""

    day: Term
    days: Term
    type: Type = field(default=DATE, init=False)


@dataclass(frozen=True, slots=True)
class Size:
    """How many members a set has."""

    set: Term
    type: Type = field(default=NUMBER, init=False)


@dataclass(frozen=True, slots=True)
class Choose:
    """`yes if test else no`."""

    test: Term
    yes: Term
    no: Term
    type: Type


@dataclass(frozen=True, slots=True)
class Compare:
    """A chain of comparisons: `terms[0] operators[0] terms[1] ...`."""

    operators: tuple[str, ...]
    terms: tuple[Term, ...]
    text: str
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Among:
    """`element in set`."""

    element: Term
    set: Term
    negated: bool
    text: str
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Sets:
    """`overlaps(left, right)` or `within(left, right)`; `function` is the name."""

    function: str
    left: Term
    right: Term
    text: str
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Holds:
    """A fact, cell or constant that is itself a yes or no."""

    term: Term
    text: str
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Over:
    """`any_of(collection, body)` or `all_of(collection, body)`; `function` is the name."""

    function: str
    collection: str
    body: Term
    text: str
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """`count_of(collection, body)` or `sum_of(collection, body)`; a count may have no body."""

    function: str
    collection: str
    body: Term | None
    type: Type


@dataclass(frozen=True, slots=True)
class And:
    """All of its parts."""

    parts: tuple[Term, ...]
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Or:
    """One of its parts at least."""

    parts: tuple[Term, ...]
    type: Type = field(default=BOOLEAN, init=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Term
    type: Type = field(default=BOOLEAN, init=False)


Leaf: TypeAlias = Compare | Among | Sets | Holds | Over
"""A comparison: what a trace shows."""

Term: TypeAlias = (
    Constant
    | Fact
    | AsOf
    | GroupOf
    | Lookup
    | Arithmetic
    | Negative
    | DaysBetween
    | AddDays
    | Size
    | Choose
    | Leaf
    | Tally
    | And
    | Or
    | Not
)

LEAVES = (Compare, Among, Sets, Holds, Over)

_PARTS: Mapping[type, tuple[str, ...]] = {
    Lookup: ("key",),
    Arithmetic: ("left", "right"),
    Negative: ("term",),
    DaysBetween: ("first", "last"),
    AddDays: ("day", "days"),
    Size: ("set",),
    Choose: ("test", "yes", "no"),
    Among: ("element", "set"),
    Sets: ("left", "right"),
    Holds: ("term",),
    Over: ("body",),
    Tally: ("body",),
    Not: ("part",),
}


def children(term: Term) -> tuple[Term, ...]:
    """Return the terms that a term is made of."""
    if isinstance(term, Compare):
        return term.terms
    if isinstance(term, And | Or):
        return term.parts
    names = _PARTS.get(type(term), ())
    return tuple([part for name in names if (part := getattr(term, name)) is not None])


def walk(term: Term) -> Iterator[Term]:
    """Yield a term and all that it is made of, from left to right."""
    yield term
    for child in children(term):
        yield from walk(child)


def comparisons(term: Term) -> Iterator[Leaf]:
    """Yield the comparisons of a condition as a trace would show them; not those inside another."""
    if isinstance(term, LEAVES):
        yield term
        return
    for child in children(term):
        yield from comparisons(child)


def constant_date(day: date) -> Constant:
    """Return a date written out."""
    return Constant(day, DATE)


def is_set(term: Term) -> bool:
    """Tell whether a term gives a set."""
    return term.type.kind is Kind.SET
