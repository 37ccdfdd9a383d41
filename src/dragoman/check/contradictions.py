"""Facts that a case states, and that follow otherwise from what else it states."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.check.context import Context
from dragoman.check.pack import Pack
from dragoman.check.problems import problem
from dragoman.check.session import Session
from dragoman.model import Case, Facts, Problem, Value

CLOSE = 1e-9
"""Relative difference of two numbers that are the same but for the machine's arithmetic."""


def contradictions(case: Case, packs: Sequence[Pack], as_of: date, source: str) -> tuple[Problem, ...]:
    """Return a problem for each fact that is stated and derived with another value.

    Args:
        case: as read.
        packs: whose formulas are used.
        as_of: the day whose groups and tables hold.
        source: name of the case file.
    """
    found: dict[tuple[str, str], Problem] = {}
    for pack in packs:
        for where, problem_found in _in_pack(case, pack, as_of, source):
            found.setdefault(where, problem_found)
    return tuple(found.values())


def _in_pack(case: Case, pack: Pack, as_of: date, source: str) -> Iterator[tuple[tuple[str, str], Problem]]:
    session = pack.vocabulary.session(case.facts, Context(as_of, pack.groups, pack.tables), case.collections)
    for name, stated, derived in _differing(case.facts, pack, session):
        line = case.lines.get(name)
        yield ("", name), _problem(source, line, name, stated, derived, pack)
    for collection, members in case.collections.items():
        for number, member in enumerate(members):
            inner = session.member(collection, number)
            for name, stated, derived in _differing(member.facts, pack, inner):
                where = f"{collection}[{number}]"
                yield (
                    (where, name),
                    _problem(source, member.line or None, f"{where}.{name}", stated, derived, pack),
                )


def _differing(facts: Facts, pack: Pack, session: Session) -> Iterator[tuple[str, Value, Value]]:
    """Yield name, stated and derived value where they differ."""
    for name, stated in facts.items():
        schema = pack.vocabulary.schemas.get(name)
        if schema is None or not schema.formula:
            continue
        derived = pack.vocabulary.derive(name, session)
        if derived is not None and not same(stated, derived):
            yield name, stated, derived


def same(one: Value, other: Value) -> bool:
    """Return whether two values are the same; numbers but for the last digits of the machine."""
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return math.isclose(one, other, rel_tol=CLOSE)
    return one == other


def words(value: Value) -> str:
    """Return a value as a case would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _problem(source: str, line: int | None, name: str, stated: Value, derived: Value, pack: Pack) -> Problem:
    formula = pack.vocabulary.schemas[name.rpartition(".")[2]].formula
    return problem(
        "contradictory-facts",
        source,
        line,
        fact=name,
        stated=words(stated),
        derived=words(derived),
        formula=formula,
    )
