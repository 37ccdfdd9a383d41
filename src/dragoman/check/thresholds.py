"""Gaps and overlaps between rules that divide the same numbers among them (`tpp < 1600`, `1600 <= tpp < 4800`).

The numbers are cut at every threshold that one of the rules names; each region between thresholds, and each
threshold itself, is one cell. A cell where none of the rules can apply, with cells on both sides where one can, is
a gap. A cell where two rules apply that contradict each other is an overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from dragoman.check.condition import Condition, all_terms
from dragoman.check.context import Context
from dragoman.check.domains import NUMBERS, points, sets_of
from dragoman.check.pack import Pack, ReadyRule, ReadyVersion
from dragoman.check.reach import holds
from dragoman.check.terms import Compare
from dragoman.model import FactSchema, Truth

MOST_FACTS = 3
MOST_CELLS = 20_000
Cell = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Numbers between thresholds.

    Attributes:
        words: the region as a condition.
        rules: that meet there: those of the family at a gap, the two that contradict each other at an overlap.
    """

    words: str
    rules: tuple[ReadyRule, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that judge the same members by the same numbers.

    Attributes:
        facts: the numbers.
        cuts: thresholds of each.
        rules: with the version of the day.
    """

    facts: tuple[str, ...]
    cuts: Mapping[str, tuple[float, ...]]
    rules: tuple[tuple[ReadyRule, ReadyVersion], ...]


def families(pack: Pack, context: Context) -> Iterator[Family]:
    """Yield the families of a pack on a day, of two rules at least."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[ReadyRule, ReadyVersion]]] = {}
    cuts: dict[str, set[float]] = {}
    for ready in pack.rules:
        for version in ready.on(context.as_of):
            own = thresholds(pack, context, version.applies)
            for name, numbers in own.items():
                cuts.setdefault(name, set()).update(numbers)
            if 0 < len(own) <= MOST_FACTS:
                found.setdefault((ready.rule.each, tuple(sorted(own))), []).append((ready, version))
    for (_, facts), rules in found.items():
        if len(rules) > 1:
            yield Family(facts, {name: tuple(sorted(cuts[name])) for name in facts}, tuple(rules))


def thresholds(pack: Pack, context: Context, condition: Condition | None) -> dict[str, set[float]]:
    """Return the numbers that facts are held against in a condition and in the formulas it rests on."""
    if condition is None:
        return {}
    terms = [t for t in all_terms(condition.term, pack.vocabulary.formulas) if isinstance(t, Compare)]
    sets = sets_of(terms, context)
    schemas = pack.vocabulary.schemas
    return {
        name: {float(value) for values in found for value in values if isinstance(value, int | float)}
        for name, found in sets.items()
        if schemas[name].type in NUMBERS
    }


def cells_of(family: Family, schemas: Mapping[str, FactSchema]) -> list[tuple[float, ...]]:
    """Return the sample points of each number of a family."""
    return [points(schemas[name], family.cuts[name]) for name in family.facts]


def gaps(pack: Pack, family: Family, context: Context) -> Iterator[Region]:
    """Yield the regions between those of a family's rules where none of them can apply."""
    axes = cells_of(family, pack.vocabulary.schemas)
    if not is_small(axes):
        return
    covered = {cell for cell in product(*axes) if appliers(pack, family, context, cell)}
    for cell in product(*axes):
        if cell not in covered and is_inside(cell, axes, covered):
            yield Region(in_words(family, cell), tuple(ready for ready, _ in family.rules))


def is_small(axes: Sequence[Sequence[float]]) -> bool:
    """Return whether all cells can be looked at."""
    number = 1
    for axis in axes:
        number *= len(axis)
    return number <= MOST_CELLS


def appliers(pack: Pack, family: Family, context: Context, cell: Cell) -> list[tuple[ReadyRule, Truth]]:
    """Return the rules that can apply in a cell, whatever the other facts are."""
    session = pack.vocabulary.session(dict(zip(family.facts, cell, strict=True)), context)
    truths = [(ready, holds(version.applies, session)) for ready, version in family.rules]
    return [(ready, truth) for ready, truth in truths if truth is not Truth.FALSE]


def is_inside(cell: Cell, axes: Sequence[Sequence[float]], covered: set[Cell]) -> bool:
    """Return whether along some number there are covered cells on both sides."""
    for axis, numbers in enumerate(axes):
        beside = [one for one in numbers if (*cell[:axis], one, *cell[axis + 1 :]) in covered]
        if beside and min(beside) < cell[axis] < max(beside):
            return True
    return False


def overlaps(pack: Pack, family: Family, context: Context) -> Iterator[Region]:
    """Yield, for each two rules that contradict each other, the first region where both apply for sure."""
    axes = cells_of(family, pack.vocabulary.schemas)
    if not is_small(axes):
        return
    seen: set[tuple[str, str]] = set()
    for cell in product(*axes):
        sure = [ready for ready, truth in appliers(pack, family, context, cell) if truth is Truth.TRUE]
        for one, other in combinations(sure, 2):
            key = (one.rule.id, other.rule.id)
            if key not in seen and contradict(one, other, family):
                seen.add(key)
                yield Region(in_words(family, cell), (one, other))


def contradict(one: ReadyRule, other: ReadyRule, family: Family) -> bool:
    """Return whether two rules ask for contrary things and no precedence orders them."""
    a, b = one.rule, other.rule
    if b.id in a.yields_to or a.id in b.yields_to or b.id in a.exception_to or a.id in b.exception_to:
        return False
    if b.id in a.contradicts or a.id in b.contradicts:
        return True
    asked = {ready.rule.id: version.version.requires for ready, version in family.rules}
    return contrary(asked[a.id], asked[b.id])


def contrary(one: str, other: str) -> bool:
    """Return whether one requirement is written as the negation of the other."""
    negations = {f"not {one}", f"not ({one})"}, {f"not {other}", f"not ({other})"}
    return bool(one and other) and (other in negations[0] or one in negations[1])


def in_words(family: Family, cell: Cell) -> str:
    """Return a cell as a condition: `tpp == 4800`, `1600 < tpp < 4800`, `pd > 5.92`."""
    return " and ".join(
        region(name, number, family.cuts[name]) for name, number in zip(family.facts, cell, strict=True)
    )


def region(name: str, number: float, cuts: Sequence[float]) -> str:
    """Return the region of a number between its thresholds."""
    if number in cuts:
        return f"{name} == {number:.12g}"
    below = max((cut for cut in cuts if cut < number), default=None)
    above = min((cut for cut in cuts if cut > number), default=None)
    if below is None:
        return f"{name} < {above:.12g}"
    return f"{name} > {below:.12g}" if above is None else f"{below:.12g} < {name} < {above:.12g}"
