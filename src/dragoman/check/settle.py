"""What Kleene's logic leaves unknown although no missing fact can change it, and facts that it would ask in vain.

Kleene's logic takes each comparison for itself: `tpp >= 4800 or tpp < 4800` is unknown to it while `tpp` is. Here
the comparisons of one missing fact with known values are taken together: their values fall into a few classes
(between the thresholds, one for each option), each class is tried, and what differs is what can matter.
Comparisons of another form count as free to come out true, false or unknown, so the answer stays safe; it is
exact without them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from dragoman.check.ask import NOTHING, Asker, Need
from dragoman.check.kleene import COMPARE
from dragoman.check.session import Session
from dragoman.check.terms import LEAVES, Among, And, Choose, Compare, Fact, Holds, Leaf, Not, Or, Term, children
from dragoman.check.types import Kind
from dragoman.model import FactSchema, FactType

MOST_TRIED = 2048
"""Combinations of classes; with more, Kleene's answer stands."""

Truths: TypeAlias = tuple[bool | None, ...]
Combine: TypeAlias = Callable[[Truths], Hashable]
"""Makes one result of the truths of several conditions; None for unknown."""

_OTHER = "\0other"
_ANY: tuple[Truths, ...] = ((True,), (False,), (None,))


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of some conditions together.

    Attributes:
        result: what `combine` makes of them where no missing fact can change it, else None.
        needs: the facts that can still change it, in order of their names.
    """

    result: Hashable
    needs: tuple[Need, ...]


@dataclass(slots=True)
class _Unknown:
    """Something that can come out one way or another: a missing fact, or a comparison of another form."""

    leaves: list[Leaf]
    needs: frozenset[Need]
    classes: Sequence[Truths]


@dataclass(slots=True)
class _Case:
    """The unknown comparisons of some conditions in a session."""

    asker: Asker
    session: Session
    known: dict[int, bool | None] = field(default_factory=dict)
    direct: dict[str, tuple[Fact, list[Leaf]]] = field(default_factory=dict)
    other: list[Leaf] = field(default_factory=list)
    times: Counter[int] = field(default_factory=Counter)
    is_stuck: bool = False

    def collect(self, term: Term) -> None:
        """Sort the comparisons of a condition by whether they are known."""
        if not isinstance(term, LEAVES):
            for child in children(term):
                self.collect(child)
            return
        number = self.asker.number(term)
        self.times[number] += 1
        if number not in self.known:
            self.known[number] = self.asker.known(term, self.session)
            if self.known[number] is None:
                self._sort(term)

    def _sort(self, leaf: Leaf) -> None:
        fact = self._direct_fact(leaf)
        if fact is not None:
            self.direct.setdefault(fact.name, (fact, []))[1].append(leaf)
        elif self.asker.truth(leaf, self.session):
            self.other.append(leaf)
        else:
            self.is_stuck = True

    def is_read_once(self, unknowns: Sequence[_Unknown]) -> bool:
        """Tell whether each missing fact has one say, either way, in one place: then Kleene's tables are exact."""
        return not self.is_stuck and all(
            len(unknown.leaves) == 1
            and self.times[self.asker.number(unknown.leaves[0])] == 1
            and {(True,), (False,)} <= set(unknown.classes)
            for unknown in unknowns
        )

    def _direct_fact(self, leaf: Leaf) -> Fact | None:
        """Return the one missing fact that a comparison compares with known values, None in other forms."""
        if not isinstance(leaf, Compare | Among | Holds):
            return None
        missing = [part for part in children(leaf) if self.asker.known(part, self.session) is None]
        if len(missing) == 1 and isinstance(missing[0], Fact) and missing[0].type.kind is not Kind.SET:
            return missing[0]
        return None

    def unknowns(self) -> list[_Unknown]:
        """Return what can come out one way or another, with the classes of each."""
        facts = [self._of_fact(fact, leaves) for fact, leaves in self.direct.values()]
        return facts + [_Unknown([leaf], self.asker.truth(leaf, self.session), _ANY) for leaf in self.other]

    def _of_fact(self, fact: Fact, leaves: list[Leaf]) -> _Unknown:
        """Return a missing fact; one with a formula can stay unknown whatever else is known."""
        needs, classes = self.asker.value(fact, self.session) or NOTHING, self._classes(fact, leaves)
        if not fact.schema.formula:
            return _Unknown(leaves, needs, classes)
        return _Unknown(leaves, needs, (*classes, (None,) * len(leaves)))

    def _classes(self, fact: Fact, leaves: list[Leaf]) -> Sequence[Truths]:
        """Return the combinations of truths that a fact's comparisons can come out with."""
        against = {value for leaf in leaves for value in self._against(leaf)}
        values = _representatives(fact.schema, against)
        return list(dict.fromkeys(tuple(self._with(leaf, fact, value) for leaf in leaves) for value in values))

    def _against(self, leaf: Leaf) -> Iterator[Any]:
        for part in children(leaf):
            value = self.asker.known(part, self.session)
            if isinstance(value, frozenset):
                yield from value
            elif value is not None:
                yield value

    def _with(self, leaf: Leaf, fact: Fact, value: Any) -> bool:  # noqa: ANN401 - of the fact's type
        sides = [value if part == fact else self.asker.known(part, self.session) for part in children(leaf)]
        match leaf:
            case Compare(operators=operators):
                pairs = zip(sides, operators, sides[1:], strict=False)
                return all(COMPARE[sign](left, right) for left, sign, right in pairs)
            case Among(negated=negated):
                return (sides[0] in sides[1]) is not negated
        return value is True


def settle(terms: Sequence[Term], combine: Combine, asker: Asker, session: Session) -> Settled:
    """Return what conditions come to together, and which facts can still change that.

    Args:
        terms: the conditions.
        combine: makes one result of their truths, None for unknown.
        asker: of the vocabulary.
        session: the case or member.
    """
    kleene = combine(tuple(asker.known(term, session) for term in terms))
    if kleene is not None:
        return Settled(kleene, ())
    case = _Case(asker, session)
    for term in terms:
        case.collect(term)
    unknowns = case.unknowns()
    many = math.prod(len(unknown.classes) for unknown in unknowns) > MOST_TRIED
    if many or (len(terms) == 1 and case.is_read_once(unknowns)):
        return Settled(None, _in_order(asker.truth(term, session) for term in terms))
    tried = _tried(terms, combine, case, unknowns)
    results = set(tried.values())
    needs = (unknown.needs for place, unknown in enumerate(unknowns) if _matters(place, tried))
    return Settled(next(iter(results)) if len(results) == 1 else None, _in_order(needs))


def _tried(
    terms: Sequence[Term], combine: Combine, case: _Case, unknowns: Sequence[_Unknown]
) -> dict[tuple[int, ...], Hashable]:
    """Return the result of each combination of classes, by their numbers."""
    truths = dict(case.known)
    numbers = [tuple(case.asker.number(leaf) for leaf in unknown.leaves) for unknown in unknowns]
    functions = [_function(term, truths, frozenset(itertools.chain(*numbers)), case.asker) for term in terms]
    tried: dict[tuple[int, ...], Hashable] = {}
    for choice in itertools.product(*(range(len(unknown.classes)) for unknown in unknowns)):
        for unknown, leaves, place in zip(unknowns, numbers, choice, strict=True):
            truths.update(zip(leaves, unknown.classes[place], strict=True))
        tried[choice] = combine(tuple(function() for function in functions))
    return tried


def _matters(place: int, tried: Mapping[tuple[int, ...], Hashable]) -> bool:
    """Tell whether the class of one unknown, all else equal, makes a difference."""
    seen: dict[tuple[int, ...], Hashable] = {}
    return any(
        seen.setdefault(choice[:place] + choice[place + 1 :], result) != result for choice, result in tried.items()
    )


def _in_order(needs: Any) -> tuple[Need, ...]:  # noqa: ANN401 - an iterable of sets
    return tuple(sorted(NOTHING.union(*needs)))


# ---- conditions over truths ----


def _function(term: Term, truths: Mapping[int, bool | None], open_to: frozenset[int], asker: Asker) -> _Truth:
    """Return what gives the truth of a condition while the truths of its open comparisons change."""
    match term:
        case And(parts=parts):
            return _junction([_function(part, truths, open_to, asker) for part in parts], decisive=False)
        case Or(parts=parts):
            return _junction([_function(part, truths, open_to, asker) for part in parts], decisive=True)
        case Not(part=part):
            return _contrary(_function(part, truths, open_to, asker))
        case Choose(test=test, yes=yes, no=no):
            return _choice(*(_function(part, truths, open_to, asker) for part in (test, yes, no)))
    number = asker.number(term)  # type: ignore[arg-type]
    if number in open_to:
        return partial(truths.__getitem__, number)
    return _CONSTANT[truths[number]]


def _junction(parts: Sequence[_Truth], *, decisive: bool) -> _Truth:
    """Return `or` of some conditions when true is decisive, `and` when false is; what is known is left out."""
    if _CONSTANT[decisive] in parts:
        return _CONSTANT[decisive]
    left = [part for part in parts if part is not _CONSTANT[not decisive]]
    if len(left) <= 1:
        return left[0] if left else _CONSTANT[not decisive]

    def junction() -> bool | None:
        values = [part() for part in left]
        return decisive if decisive in values else None if None in values else not decisive

    return junction


def _contrary(part: _Truth) -> _Truth:
    def contrary() -> bool | None:
        value = part()
        return None if value is None else not value

    known = next((truth for truth, constant in _CONSTANT.items() if part is constant), _OPEN)
    return contrary if known is _OPEN else _CONSTANT[None if known is None else not known]


def _choice(test: _Truth, yes: _Truth, no: _Truth) -> _Truth:
    def choice() -> bool | None:
        value = test()
        return None if value is None else yes() if value else no()

    return choice


_Truth: TypeAlias = Callable[[], bool | None]
_CONSTANT: Mapping[bool | None, _Truth] = {True: lambda: True, False: lambda: False, None: lambda: None}
_OPEN = object()


# ---- values that stand for a class ----


def _representatives(schema: FactSchema, against: set[Any]) -> Sequence[object]:
    """Return values of a fact of which one lies in each class that comparisons with known values make."""
    if schema.type is FactType.BOOLEAN:
        return (True, False)
    if schema.type is FactType.CHOICE:
        return tuple(name for name, _ in schema.options)
    if schema.type is FactType.DATE:
        return [date.fromordinal(day) for day in _whole({value.toordinal() for value in against}) if day >= 1]
    if schema.type in (FactType.NUMBER, FactType.INTEGER):
        return _numbers(
            schema, {*against, *(value for value in (schema.minimum, schema.maximum) if value is not None)}
        )
    return (*sorted(against), _OTHER)


def _numbers(schema: FactSchema, thresholds: set[float]) -> list[float]:
    values = _whole(thresholds) if schema.type is FactType.INTEGER else _between(thresholds)
    low = -math.inf if schema.minimum is None else schema.minimum
    high = math.inf if schema.maximum is None else schema.maximum
    return [value for value in values if low <= value <= high]


def _between(thresholds: set[float]) -> list[float]:
    """Return each threshold, a number between each two, one below and one above."""
    known = sorted(thresholds)
    middles = [low + (high - low) / 2 for low, high in itertools.pairwise(known)]
    return [_away(known[0], -1), *known, *middles, _away(known[-1], 1)] if known else [0.0]


def _away(value: float, sign: int) -> float:
    """Return a number well above or below a value; beside 1e25 a step of one is lost in rounding."""
    return value + sign * max(1.0, abs(value))


def _whole(thresholds: set[Any]) -> list[int]:
    """Return the whole numbers at each threshold and beside it."""
    edges = {edge for value in thresholds for edge in (math.floor(value), math.ceil(value))}
    return sorted({number for edge in edges for number in (edge - 1, edge, edge + 1)})
