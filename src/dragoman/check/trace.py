"""What a condition looked at, comparison by comparison, and how sure the tables and groups under it are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dragoman.check.kleene import Closures
from dragoman.check.session import Session
from dragoman.check.terms import Fact, GroupOf, Leaf, Lookup, Over, Tally, Term, children
from dragoman.model import Confidence, Step, Truth, Value

UNKNOWN = "unknown"
TRUTHS: Mapping[bool | None, Truth] = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_ORDER = tuple(Confidence)


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
        self._plain: dict[int, tuple[str, ...] | None] = {}

    def step(self, number: int, session: Session, part: str) -> Step:
        """Return the step of a comparison that was looked at."""
        known = session.steps.get((part, number))
        if known is None:
            known = session.steps[part, number] = self._step(number, session, part)
        return known

    def _step(self, number: int, session: Session, part: str) -> Step:
        leaf = self._closures.leaves[number]
        truth = self._closures.looked_at(number, session)
        names = self._plain_facts(number, leaf)
        if names is not None:
            facts = session.facts
            values = tuple([as_text(facts.get(name)) for name in names])
        else:
            seen = dict(self._facts(leaf, session))
            names, values = tuple(seen), tuple(seen.values())
        return Step(part, leaf.text, names, values, TRUTHS[truth])

    def _plain_facts(self, number: int, leaf: Leaf) -> tuple[str, ...] | None:
        """Return the facts of a comparison that has only stated ones, None for others."""
        if number not in self._plain:
            terms = list(_walk(leaf))
            plain = not any(isinstance(term, Over | Tally) for term in terms)
            names = tuple(dict.fromkeys(term.name for term in terms if isinstance(term, Fact)))
            stated = plain and not any(name in self._closures.formulas for name in names)
            self._plain[number] = names if stated else None
        return self._plain[number]

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
        value = self._closures.value(term)(session)
        sureness = weakest(self._evidence(formula, session))
        weak = value is not None and sureness is not Confidence.SEEN
        yield name, f"{as_text(value)} ({sureness})" if weak else as_text(value)
        yield from self._facts(formula, session)

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
                    yield from self._evidence(formula, session)
            case GroupOf(name=name) if name in session.context.groups:
                yield session.context.groups[name].confidence
            case Over(collection=collection, body=body) | Tally(collection=collection, body=body):
                for member in session.members(collection) or ():
                    yield from self._evidence(body, member) if body is not None else ()
            case _:
                yield from self._row(term, session)
                for child in children(term):
                    yield from self._evidence(child, session)

    def _row(self, term: Term, session: Session) -> Iterator[Confidence]:
        if isinstance(term, Lookup) and term.table in session.context.tables:
            row = session.context.tables[term.table].rows.get(self._closures.value(term.key)(session))
            if row is not None and term.column in row.cells:
                yield row.evidence


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """Return the least sure of some confidences; `seen` when there are none."""
    return max(confidences, key=_ORDER.index, default=Confidence.SEEN)


def _walk(term: Term) -> Iterator[Term]:
    yield term
    for child in children(term):
        yield from _walk(child)
