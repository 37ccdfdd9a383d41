"""What a condition looked at, comparison by comparison, and how sure the tables and groups under it are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from dragoman.check.kleene import Closures
from dragoman.check.session import Session
from dragoman.check.terms import Fact, GroupOf, Lookup, Over, Tally, Term, children, walk
from dragoman.model import Confidence, Step, Truth, Value

UNKNOWN = "unknown"
TRUTHS: Mapping[bool | None, Truth] = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
MOST_KEPT = 20_000
"""Steps that are kept to be used again."""
_ORDER = tuple(Confidence)

Seen: TypeAlias = tuple[tuple[int, bool | None], ...]
"""Comparisons that were looked at, by number and in order, with their truths."""


def truth_of(value: object) -> Truth:
    """Return the truth of True, False or None."""
    return Truth.UNKNOWN if value is None else Truth.TRUE if value else Truth.FALSE


def as_text(value: Value | None) -> str:
    """Return a fact's value as people write it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return value.isoformat() if isinstance(value, date) else str(value)


class Tracer:
    """Tells of comparisons by their numbers."""

    def __init__(self, closures: Closures) -> None:
        """Take the closures whose comparisons it tells of."""
        self._closures = closures
        self._singles: dict[int, str | None] = {}
        self._kept: dict[tuple[str, int, Value | None, bool | None], Step] = {}

    def steps(self, seen: Seen, session: Session, part: str) -> tuple[Step, ...]:
        """Put comparisons that were looked at into words."""
        facts, singles, kept = session.facts, self._singles, self._kept
        steps: list[Step] = []
        for number, truth in seen:
            name = singles[number] if number in singles else self._single(number)
            if name is None:
                step = self._step(number, truth, session, part)
            else:
                value = facts.get(name)
                key = (part, number, value, truth)
                step = kept[key] if key in kept else self._keep(key, name)
            steps.append(step)
        return tuple(steps)

    def _keep(self, key: tuple[str, int, Value | None, bool | None], name: str) -> Step:
        """Return the step of a comparison of one stated fact, and keep it for other cases with the same value."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        part, number, value, truth = key
        step = Step(part, self._closures.leaves[number].text, (name,), (as_text(value),), TRUTHS[truth])
        self._kept[key] = step
        return step

    def _step(self, number: int, truth: bool | None, session: Session, part: str) -> Step:  # noqa: FBT001 - a truth
        known = session.steps.get((part, number))
        if known is None:
            leaf = self._closures.leaves[number]
            facts = dict(self._facts(leaf, session))
            known = Step(part, leaf.text, tuple(facts), tuple(facts.values()), TRUTHS[truth])
            session.steps[part, number] = known
        return known

    def _single(self, number: int) -> str | None:
        """Return the fact of a comparison that has one stated fact and no other, None for other forms."""
        terms = list(walk(self._closures.leaves[number]))
        names = {term.name for term in terms if isinstance(term, Fact)}
        plain = len(names) == 1 and not any(isinstance(term, Over | Tally) for term in terms)
        name = next(iter(names)) if plain else None
        self._singles[number] = None if name in self._closures.formulas else name
        return self._singles[number]

    def _facts(self, term: Term, session: Session) -> Iterator[tuple[str, str]]:
        """Yield the facts of a term with their values as text, a derived one before what it is derived from."""
        match term:
            case Fact(name=name):
                yield from self._fact(term, name, session)
            case Over(collection=collection, body=body) | Tally(collection=collection, body=body):
                yield from self._members(collection, body, session)
            case _:
                for child in children(term):
                    yield from self._facts(child, session)

    def _fact(self, term: Fact, name: str, session: Session) -> Iterator[tuple[str, str]]:
        stated = session.facts.get(name)
        formula = self._closures.formulas.get(name)
        if stated is not None or formula is None:
            yield name, as_text(stated)
            return
        if name not in session.told:
            value = self._closures.value(term)(session)
            sureness = self._sureness(name, formula, session)
            weak = value is not None and sureness is not Confidence.SEEN
            own = (name, f"{as_text(value)} ({sureness})" if weak else as_text(value))
            session.told[name] = (own, *self._facts(formula, session))
        yield from session.told[name]

    def _members(self, collection: str, body: Term | None, session: Session) -> Iterator[tuple[str, str]]:
        members = session.members(collection)
        if members is None or body is None:
            yield collection, UNKNOWN if members is None else str(len(members))
            return
        by_fact: dict[str, list[str]] = {}
        for index, member in enumerate(members):
            name = session.collections[collection][index].name or f"{collection}[{index}]"
            for fact, value in dict(self._facts(body, member)).items():
                by_fact.setdefault(fact, []).append(f"{name}: {value}")
        yield from ((fact, "; ".join(values)) for fact, values in by_fact.items())
        if not members:
            yield collection, "0"

    # ---- evidence ----

    def evidence(self, numbers: Iterable[int], session: Session) -> Confidence:
        """Return the weakest evidence of the rows and groups that comparisons rest on, `seen` without any."""
        return weakest(
            confidence
            for number in numbers
            for confidence in self._evidence(self._closures.leaves[number], session)
        )

    def _evidence(self, term: Term, session: Session) -> Iterator[Confidence]:
        match term:
            case Fact(name=name):
                formula = self._closures.formulas.get(name)
                if formula is not None and session.facts.get(name) is None:
                    yield self._sureness(name, formula, session)
            case GroupOf(name=name) if name in session.context.groups:
                yield session.context.groups[name].confidence
            case Over(collection=collection, body=body) | Tally(collection=collection, body=body):
                for member in session.members(collection) or ():
                    yield from self._evidence(body, member) if body is not None else ()
            case _:
                yield from self._row(term, session)
                for child in children(term):
                    yield from self._evidence(child, session)

    def _sureness(self, name: str, formula: Term, session: Session) -> Confidence:
        """Return the weakest evidence that a derived fact rests on, worked out once a session."""
        if name not in session.sureness:
            session.sureness[name] = weakest(self._evidence(formula, session))
        return session.sureness[name]

    def _row(self, term: Term, session: Session) -> Iterator[Confidence]:
        if isinstance(term, Lookup) and term.table in session.context.tables:
            row = session.context.tables[term.table].rows.get(self._closures.value(term.key)(session))
            if row is not None and term.column in row.cells:
                yield row.evidence


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """Return the least sure of some confidences; `seen` when there are none."""
    return max(confidences, key=_ORDER.index, default=Confidence.SEEN)
