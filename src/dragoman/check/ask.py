"""Which missing facts can still change a condition, and only those.

A part of the condition that is known stays so whatever else comes to be known (Kleene's logic is monotone), so
the facts that only stand in such parts cannot matter. A part that no fact can make known (a group on a day that it
does not cover, a division by zero, an absent cell) asks for nothing. What is left is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.check.kleene import COMPARE, Closures, Function
from dragoman.check.session import Session
from dragoman.check.terms import (
    Among,
    And,
    Arithmetic,
    Choose,
    Compare,
    Fact,
    Holds,
    Leaf,
    Lookup,
    Not,
    Or,
    Over,
    Sets,
    Tally,
    Term,
    children,
)
from dragoman.check.types import Kind


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A fact that can still change a condition.

    Attributes:
        fact: its name; the name of a collection where the case does not say what is in it.
        subject: "" for the case, else the member ("items[2]").
    """

    fact: str
    subject: str = ""


NOTHING: frozenset[Need] = frozenset()


class Asker:
    """Finds the facts that unknown terms need. Asking for a term that is known gives nothing."""

    def __init__(self, closures: Closures) -> None:
        """Take the closures that give the values of terms."""
        self._closures = closures
        self._functions: dict[int, tuple[Term, Function]] = {}
        self._numbers: dict[int, tuple[Leaf, int]] = {}

    def number(self, leaf: Leaf) -> int:
        """Return the number of a comparison."""
        known = self._numbers.get(id(leaf))
        if known is None:
            known = self._numbers[id(leaf)] = (leaf, self._closures.number(leaf))
        return known[1]

    def known(self, term: Term, session: Session) -> Any:  # noqa: ANN401 - a value of any type
        """Return the value of a term, None when unknown."""
        known = self._functions.get(id(term))
        if known is None:
            known = self._functions[id(term)] = (term, self._closures.value(term))
        return known[1](session)

    def truth(self, term: Term, session: Session) -> frozenset[Need]:
        """Return what can still change a yes or no; nothing when it is known or no fact can make it known."""
        if self.known(term, session) is not None:
            return NOTHING
        find = _TRUTHS.get(type(term), Asker._plain)
        return find(self, term, session)

    def value(self, term: Term, session: Session) -> frozenset[Need] | None:
        """Return what can still change a value, None when it is unknown and no fact can make it known."""
        if self.known(term, session) is not None:
            return NOTHING
        if term.type.kind is Kind.BOOLEAN and not isinstance(term, (Fact, Lookup)):
            return self.truth(term, session) or None
        find = _VALUES.get(type(term), Asker._strict)
        return find(self, term, session)

    # ---- yes or no ----

    def _parts(self, term: Any, session: Session) -> frozenset[Need]:  # noqa: ANN401 - one class a method
        return _union(self.truth(part, session) for part in children(term))

    def _compare(self, term: Compare, session: Session) -> frozenset[Need]:
        pairs = zip(term.terms, term.operators, term.terms[1:], strict=False)
        unknown = [(one, other) for one, sign, other in pairs if self._compared(one, sign, other, session) is None]
        return _union(self._all(pair, session) or NOTHING for pair in unknown)

    def _compared(self, left: Term, sign: str, right: Term, session: Session) -> bool | None:
        one, other = self.known(left, session), self.known(right, session)
        return None if one is None or other is None else COMPARE[sign](one, other)

    def _plain(self, term: Any, session: Session) -> frozenset[Need]:  # noqa: ANN401
        return self._all(children(term), session) or NOTHING

    def _over(self, term: Over, session: Session) -> frozenset[Need]:
        members = session.members(term.collection)
        if members is None:
            return frozenset({Need(term.collection)})
        return _union(self.truth(term.body, member) for member in members)

    def _choice(self, term: Choose, session: Session) -> frozenset[Need]:
        test = self.known(term.test, session)
        if test is not None:
            return self.truth(term.yes if test else term.no, session)
        needed = self.truth(term.test, session)
        values = [self.known(part, session) for part in (term.yes, term.no)]
        branches = [self.truth(part, session) for part in (term.yes, term.no)]
        if not needed or all(value is None and not branch for value, branch in zip(values, branches, strict=True)):
            return NOTHING
        return _union([needed, *branches])

    # ---- values ----

    def _all(self, terms: Iterable[Term], session: Session) -> frozenset[Need] | None:
        needs = [self.value(term, session) for term in terms]
        if any(need is None for need in needs):
            return None
        return _union(need or NOTHING for need in needs) or None

    def _strict(self, term: Any, session: Session) -> frozenset[Need] | None:  # noqa: ANN401
        return self._all(children(term), session)

    def _fact(self, term: Fact, session: Session) -> frozenset[Need]:
        each = term.schema.each
        itself = frozenset({Need(term.name, session.subject(each) if each else "")})
        formula = self._closures.formulas.get(term.name)
        return itself if formula is None else self.value(formula, session) or itself

    def _lookup(self, term: Lookup, session: Session) -> frozenset[Need] | None:
        return self.value(term.key, session) or None

    def _arithmetic(self, term: Arithmetic, session: Session) -> frozenset[Need] | None:
        if term.operator == "/" and self.known(term.right, session) == 0:
            return None
        return self._strict(term, session)

    def _chosen(self, term: Choose, session: Session) -> frozenset[Need] | None:
        test = self.known(term.test, session)
        if test is not None:
            return self.value(term.yes if test else term.no, session)
        needed = self.truth(term.test, session)
        branches = [self.value(part, session) for part in (term.yes, term.no)]
        if not needed or branches == [None, None]:
            return None
        return _union([needed, *(branch or NOTHING for branch in branches)])

    def _tally(self, term: Tally, session: Session) -> frozenset[Need] | None:
        members = session.members(term.collection)
        if members is None:
            return frozenset({Need(term.collection)})
        needs = [self.value(term.body, member) for member in members] if term.body is not None else []
        return None if any(need is None for need in needs) else _union(need or NOTHING for need in needs) or None


def _union(needs: Iterable[frozenset[Need]]) -> frozenset[Need]:
    return NOTHING.union(*needs)


_TRUTHS: Mapping[type, Callable[[Asker, Any, Session], frozenset[Need]]] = {
    And: Asker._parts,  # noqa: SLF001 - the same module
    Or: Asker._parts,  # noqa: SLF001
    Not: Asker._parts,  # noqa: SLF001
    Choose: Asker._choice,  # noqa: SLF001
    Compare: Asker._compare,  # noqa: SLF001
    Among: Asker._plain,  # noqa: SLF001
    Sets: Asker._plain,  # noqa: SLF001
    Holds: Asker._plain,  # noqa: SLF001
    Over: Asker._over,  # noqa: SLF001
}
_VALUES: Mapping[type, Callable[[Asker, Any, Session], frozenset[Need] | None]] = {
    Fact: Asker._fact,  # noqa: SLF001
    Lookup: Asker._lookup,  # noqa: SLF001
    Arithmetic: Asker._arithmetic,  # noqa: SLF001
    Choose: Asker._chosen,  # noqa: SLF001
    Tally: Asker._tally,  # noqa: SLF001
}
