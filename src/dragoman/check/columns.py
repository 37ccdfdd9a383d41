"""Many cases at once: conditions over columns of facts, each truth as two planes of bits.

A plane has one bit a case: the first says where a condition is true, the second where it is false; where neither
is set it is unknown. `and` and `or` are then two operations on bytes; a comparison that many rules make is made
once. What has no column form (sets, collections, very large whole numbers) is asked case by case, with the same
result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.check.kleene import COMPARE
from dragoman.check.terms import (
    LEAVES,
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
    Term,
)
from dragoman.check.types import TEXTUAL, Kind

if TYPE_CHECKING:
    from dragoman.check.condition import Condition
    from dragoman.check.context import Context
    from dragoman.check.session import Session
    from dragoman.check.vocabulary import Vocabulary
    from dragoman.model import Facts, Member

Bits: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.float64]
"""Numbers, days (as ordinals) and yes or no (as 1 and 0); NaN where unknown."""

UNKNOWN = -1
_EXACT = 2.0**53
_CALCULATE: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


@dataclass(frozen=True, slots=True)
class Planes:
    """Where a condition is true and where it is false, one bit a case."""

    true: Bits
    false: Bits


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: the number of each case's word, -1 where unknown."""

    codes: npt.NDArray[np.int32]
    words: tuple[str, ...]


Column: TypeAlias = Numbers | Texts


class _NoColumnError(Exception):
    """A term that has no column form, so that its comparison is asked case by case."""


class Batch:
    """Many cases that conditions of one vocabulary are asked of, on one day."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        cases: Sequence[Facts],
        context: Context,
        collections: Sequence[Mapping[str, tuple[Member, ...]]] | None = None,
        open_session: Callable[[int], Session] | None = None,
    ) -> None:
        """Take the facts of each case, and the collections of each where conditions go over them.

        Args:
            vocabulary: of the conditions.
            cases: facts in view, one a row.
            context: the law of the day.
            collections: of each row.
            open_session: opens a row by its number where it is the member of a case, so that conditions over
                a collection do not take its facts for the case's; without it each row is a case.
        """
        self._vocabulary = vocabulary
        self._cases = cases
        self._context = context
        self._collections = collections
        self._open_session = open_session or self._open_case
        self._sessions: list[Session] | None = None
        self._leaves: dict[int, Planes] = {}
        self._columns: dict[str, Column] = {}

    def truths(self, conditions: Sequence[Condition]) -> npt.NDArray[np.int8]:
        """Return 1 (true), 0 (false) or -1 (unknown), one row a condition and one column a case."""
        rows = np.empty((len(conditions), len(self._cases)), dtype=np.int8)
        for index, condition in enumerate(conditions):
            planes = self.planes(condition)
            true, false = self._bits(planes.true), self._bits(planes.false)
            rows[index] = true + (true | false) - 1
        return rows

    def planes(self, condition: Condition) -> Planes:
        """Return where a condition is true and where it is false."""
        with np.errstate(all="ignore"):
            return self._truth(condition.term)

    def _bits(self, plane: Bits) -> npt.NDArray[np.int8]:
        return np.unpackbits(plane, count=len(self._cases)).view(np.int8)

    # ---- connectives ----

    def _truth(self, term: Term) -> Planes:
        match term:
            case And(parts=parts):
                inner = [self._truth(part) for part in parts]
                return Planes(_every(part.true for part in inner), _some(part.false for part in inner))
            case Or(parts=parts):
                inner = [self._truth(part) for part in parts]
                return Planes(_some(part.true for part in inner), _every(part.false for part in inner))
            case Not(part=part):
                planes = self._truth(part)
                return Planes(planes.false, planes.true)
            case Choose(test=test, yes=yes, no=no):
                return _chosen(self._truth(test), self._truth(yes), self._truth(no))
            case _ if isinstance(term, LEAVES):
                return self._leaf(term)
        message = f"{type(term).__name__} is no yes or no"
        raise TypeError(message)

    def _leaf(self, leaf: Leaf) -> Planes:
        number = self._vocabulary.closures.number(leaf)
        if number not in self._leaves:
            try:
                self._leaves[number] = self._compared(leaf)
            except _NoColumnError:
                self._leaves[number] = self._case_by_case(leaf)
        return self._leaves[number]

    def _case_by_case(self, leaf: Leaf) -> Planes:
        function = self._vocabulary.closures.truth(leaf, logged=False)
        values = [function(session) for session in self._opened()]
        return Planes(_packed([value is True for value in values]), _packed([value is False for value in values]))

    def _opened(self) -> list[Session]:
        if self._sessions is None:
            self._sessions = [self._open_session(number) for number in range(len(self._cases))]
        for session in self._sessions:
            session.make_room(len(self._vocabulary.closures.leaves))
        return self._sessions

    def _open_case(self, number: int) -> Session:
        lists = {} if self._collections is None else self._collections[number]
        return self._vocabulary.session(self._cases[number], self._context, lists)

    # ---- comparisons ----

    def _compared(self, leaf: Leaf) -> Planes:
        match leaf:
            case Compare(operators=operators, terms=terms):
                pairs = zip(terms, operators, terms[1:], strict=False)
                inner = [self._pair(left, sign, right) for left, sign, right in pairs]
                return Planes(_every(part.true for part in inner), _some(part.false for part in inner))
            case Among(element=element, set=container, negated=negated):
                planes = self._among(element, self._constant_set(container))
                return Planes(planes.false, planes.true) if negated else planes
            case Holds(term=term):
                values = self._numbers(term)
                return Planes(_packed(values == 1), _packed(values == 0))
        raise _NoColumnError

    def _pair(self, left: Term, sign: str, right: Term) -> Planes:
        if left.type.kind in TEXTUAL:
            return self._texts_compared(left, sign, right)
        one, other = self._numbers(left), self._numbers(right)
        known = (one == one) & (other == other)  # noqa: PLR0124 - NaN is unlike itself
        true = COMPARE[sign](one, other) & known
        return Planes(_packed(true), _packed(known & ~true))

    def _texts_compared(self, left: Term, sign: str, right: Term) -> Planes:
        for one, other in ((left, right), (right, left)):
            if isinstance(other, Constant):
                planes = self._among(one, frozenset({other.value}))
                return planes if sign == "==" else Planes(planes.false, planes.true)
        raise _NoColumnError

    def _constant_set(self, term: Term) -> frozenset[Any] | None:
        if isinstance(term, GroupOf):
            return self._context.members(term.name)
        if isinstance(term, Constant) and isinstance(term.value, frozenset):
            return term.value
        raise _NoColumnError

    def _among(self, element: Term, values: frozenset[Any] | None) -> Planes:
        if values is None:
            return Planes(*[np.zeros((len(self._cases) + 7) // 8, dtype=np.uint8)] * 2)
        column = self._column(element)
        if isinstance(column, Texts):
            member = np.array([*(word in values for word in column.words), False])
            known = column.codes >= 0
            return Planes(_packed(member[column.codes] & known), _packed(~member[column.codes] & known))
        known = column == column  # noqa: PLR0124
        true = np.isin(column, [_number(value) for value in values]) & known
        return Planes(_packed(true), _packed(known & ~true))

    # ---- columns ----

    def _numbers(self, term: Term) -> Numbers:
        column = self._column(term)
        if isinstance(column, Texts):
            raise _NoColumnError
        return column

    def _column(self, term: Term) -> Column:
        match term:
            case Constant(value=value) if not isinstance(value, str | frozenset):
                return np.full(len(self._cases), _number(value))
            case AsOf():
                return np.full(len(self._cases), float(self._context.as_of.toordinal()))
            case Fact():
                return self._fact(term)
            case Lookup():
                return self._lookup(term)
            case _ if term.type.kind in (Kind.NUMBER, Kind.DATE):
                return self._calculated(term)
        raise _NoColumnError

    def _calculated(self, term: Term) -> Numbers:
        match term:
            case Arithmetic(operator=operator, left=left, right=right):
                return _finite(_CALCULATE[operator](self._numbers(left), self._numbers(right)))
            case Negative(term=inner):
                return -self._numbers(inner)
            case DaysBetween(first=first, last=last):
                return self._numbers(last) - self._numbers(first)
            case Choose(test=test, yes=yes, no=no):
                planes = self._truth(test)
                true, false = self._bits(planes.true) == 1, self._bits(planes.false) == 1
                return np.where(true, self._numbers(yes), np.where(false, self._numbers(no), np.nan))
        raise _NoColumnError

    def _fact(self, term: Fact) -> Column:
        if term.name not in self._columns:
            self._columns[term.name] = self._built(term)
        return self._columns[term.name]

    def _built(self, term: Fact) -> Column:
        name = term.name
        stated = _column_of([facts.get(name) for facts in self._cases], term)
        formula = self._vocabulary.formulas.get(name)
        if formula is None:
            return stated
        derived = self._formula(formula)
        if isinstance(stated, Texts) or isinstance(derived, Texts):
            return _merged(stated, derived)
        return np.where(stated == stated, stated, derived)  # noqa: PLR0124

    def _formula(self, formula: Term) -> Column:
        if formula.type.kind is not Kind.BOOLEAN or isinstance(formula, Fact | Lookup):
            return self._column(formula)
        planes = self._truth(formula)
        return np.where(self._bits(planes.true), 1.0, np.where(self._bits(planes.false), 0.0, np.nan))

    def _lookup(self, term: Lookup) -> Column:
        keys, table = self._column(term.key), self._context.tables.get(term.table)
        if not isinstance(keys, Texts) or table is None:
            raise _NoColumnError
        cells = [*(table.cell(word, term.column) for word in keys.words), None]
        column = _column_of(cells, term)
        if isinstance(column, Texts):
            return Texts(column.codes[keys.codes], column.words)
        return column[keys.codes]


def _column_of(values: Sequence[object], term: Fact | Lookup) -> Column:
    if term.type.kind is Kind.SET:
        raise _NoColumnError
    if term.type.kind in TEXTUAL:
        codes: dict[object, int] = {None: -1}
        numbers = np.array([codes.setdefault(value, len(codes) - 1) for value in values], dtype=np.int32)
        return Texts(numbers, tuple(str(word) for word in list(codes)[1:]))
    if term.type.kind is Kind.DATE:
        values = [None if value is None else _number(value) for value in values]
    return _finite(np.array(values, dtype=np.float64))


def _number(value: object) -> float:
    return float(value.toordinal()) if isinstance(value, date) else float(value)  # type: ignore[arg-type]


def _finite(values: Numbers) -> Numbers:
    """Return calculated values, unknown where they are not finite; whole numbers stay exact or are refused."""
    finite = np.where(np.isfinite(values), values, np.nan)
    if np.nanmax(np.abs(finite), initial=0.0) >= _EXACT:
        raise _NoColumnError
    return finite


def _merged(stated: Column, derived: Column) -> Column:
    if not isinstance(stated, Texts) or not isinstance(derived, Texts):
        raise _NoColumnError
    shift = len(stated.words)
    codes = np.where(derived.codes >= 0, derived.codes + shift, -1)
    return Texts(np.where(stated.codes >= 0, stated.codes, codes).astype(np.int32), stated.words + derived.words)


def _packed(truths: npt.ArrayLike) -> Bits:
    return np.packbits(np.asarray(truths, dtype=np.bool_))


def _every(planes: Any) -> Bits:  # noqa: ANN401 - an iterable of planes
    return reduce(np.bitwise_and, planes)


def _some(planes: Any) -> Bits:  # noqa: ANN401
    return reduce(np.bitwise_or, planes)


def _chosen(test: Planes, yes: Planes, no: Planes) -> Planes:
    return Planes(
        (test.true & yes.true) | (test.false & no.true), (test.true & yes.false) | (test.false & no.false)
    )
