"""Types of expressions, and which of them may meet in a comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dragoman.model import FactSchema, FactType

COUNTRY_CODE = re.compile(r"[A-Z]{2}", re.ASCII)


class Kind(StrEnum):
    """What an expression gives."""

    BOOLEAN = "a yes or no"
    NUMBER = "a number"
    DATE = "a date"
    TEXT = "a text"
    CHOICE = "a choice"
    COUNTRY = "a country"
    CODE = "a code"
    """A member of a group: a country or what else the group lists."""
    SET = "a set"


TEXTUAL = frozenset({Kind.TEXT, Kind.CHOICE, Kind.COUNTRY, Kind.CODE})
ORDERED = frozenset({Kind.NUMBER, Kind.DATE})

_KINDS = {
    FactType.BOOLEAN: Kind.BOOLEAN,
    FactType.NUMBER: Kind.NUMBER,
    FactType.INTEGER: Kind.NUMBER,
    FactType.TEXT: Kind.TEXT,
    FactType.DATE: Kind.DATE,
    FactType.CHOICE: Kind.CHOICE,
    FactType.COUNTRY: Kind.COUNTRY,
    FactType.CHOICES: Kind.CHOICE,
    FactType.COUNTRIES: Kind.COUNTRY,
}
_SETS = frozenset({FactType.CHOICES, FactType.COUNTRIES})


@dataclass(frozen=True, slots=True)
class Type:
    """The type of an expression.

    Attributes:
        kind: what it gives; `Kind.SET` for a set.
        element: kind of a set's members.
        options: of a choice, or the values that a choice of literal texts can take; None when open.
        literal: whether it is written out (a text literal fits a text, a choice or a country).
        unit: of a number; "" when it has none or none is known.
    """

    kind: Kind
    element: Kind | None = None
    options: frozenset[str] | None = None
    literal: bool = False
    unit: str = ""

    @property
    def words(self) -> str:
        """Return the type in words."""
        if self.element is not None:
            return f"a set of {self.element.value.split(' ', 1)[1]}s".replace("countrys", "countries")
        return f"{self.kind.value} in {self.unit}" if self.unit else self.kind.value

    def one(self) -> Type:
        """Return the type of a set's members."""
        return self if self.element is None else Type(self.element, None, self.options, self.literal)

    @property
    def fact_type(self) -> FactType:
        """Return the nearest type of a fact."""
        for fact_type, kind in _KINDS.items():
            if (fact_type in _SETS) == (self.kind is Kind.SET) and kind is (self.element or self.kind):
                return fact_type
        return FactType.COUNTRIES if self.kind is Kind.SET else FactType.TEXT


BOOLEAN = Type(Kind.BOOLEAN)
NUMBER = Type(Kind.NUMBER)
DATE = Type(Kind.DATE)
GROUP = Type(Kind.SET, Kind.CODE)


def type_of_fact(schema: FactSchema) -> Type:
    """Return the type of a fact as an expression."""
    kind = _KINDS[schema.type]
    options = frozenset(name for name, _ in schema.options) if kind is Kind.CHOICE else None
    if schema.type in _SETS:
        return Type(Kind.SET, kind, options)
    return Type(kind, None, options, literal=False, unit=schema.unit if kind is Kind.NUMBER else "")


def type_of_column(fact_type: FactType) -> Type:
    """Return the type of a table's column as an expression; a choice of a table is a text."""
    kind = Kind.TEXT if _KINDS[fact_type] is Kind.CHOICE else _KINDS[fact_type]
    return Type(Kind.SET, kind) if fact_type in _SETS else Type(kind)


def strange(one: Type, other: Type) -> frozenset[str]:
    """Return the literal values of a type that the other can never be."""
    if not one.literal or one.options is None:
        return frozenset()
    if other.kind is Kind.COUNTRY:
        return frozenset(value for value in one.options if not COUNTRY_CODE.fullmatch(value))
    if other.kind is Kind.CHOICE and other.options is not None:
        return one.options - other.options
    return frozenset()


def meet(one: Type, other: Type) -> bool:
    """Tell whether values of two types that are no sets can be equal, as far as their kinds say."""
    if one.kind in TEXTUAL and other.kind in TEXTUAL:
        return _textual(one, other)
    return one.kind is other.kind and not (one.unit and other.unit and one.unit != other.unit)


def _textual(one: Type, other: Type) -> bool:
    if one.literal or other.literal or Kind.CODE in (one.kind, other.kind) or Kind.TEXT in (one.kind, other.kind):
        return True
    if one.kind is not other.kind:
        return False
    return one.options is None or other.options is None or bool(one.options & other.options)


def joined(one: Type, other: Type) -> Type:
    """Return the type of an expression that gives a value of either."""
    if one == other:
        return one
    if one.literal and other.literal and one.kind is other.kind:
        return Type(
            one.kind, one.element, (one.options or frozenset()) | (other.options or frozenset()), literal=True
        )
    open_kind = one.kind if one.kind not in TEXTUAL else next(k.kind for k in (one, other) if not k.literal)
    return Type(open_kind, one.element, None, literal=False, unit=one.unit if one.unit == other.unit else "")
