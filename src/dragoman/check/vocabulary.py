"""The words that conditions are written in: facts with their formulas, collections, groups and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dragoman.check.ask import Asker
from dragoman.check.condition import Condition
from dragoman.check.context import Context
from dragoman.check.expression import Words, is_reserved, read_condition, read_expression
from dragoman.check.kleene import Closures
from dragoman.check.refusal import ConditionFault
from dragoman.check.session import Session
from dragoman.check.terms import Fact, Term, walk
from dragoman.check.trace import Tracer
from dragoman.check.types import TEXTUAL, Kind, Type, meet, strange, type_of_fact
from dragoman.model import Facts, FactSchema, FactType, Group, Member, Value
from dragoman.model.table import Table

_NO_COLLECTIONS: Mapping[str, tuple[Member, ...]] = MappingProxyType({})


class Vocabulary:
    """What conditions may speak of; built once for all packs that are loaded together.

    Attributes:
        schemas: facts by name.
        formulas: trees of the derived facts.
        faults: of the formulas of derived facts (bad syntax, wrong type, a circle) and of names that the language
            has another use for, by fact; a fact whose formula is at fault is treated as having none.
    """

    def __init__(
        self,
        schemas: Iterable[FactSchema],
        groups: Mapping[str, Group],
        tables: Mapping[str, Table],
        collections: Iterable[str] = (),
    ) -> None:
        """Take the facts; `collections` names those that carry no fact."""
        self.schemas: Mapping[str, FactSchema] = {schema.name: schema for schema in schemas}
        named = {schema.each for schema in self.schemas.values() if schema.each}
        self._words = Words(self.schemas, groups, tables, frozenset({*named, *collections}))
        self.faults: dict[str, ConditionFault] = {}
        self.formulas = self._read_formulas()
        self.closures = Closures(self.formulas)
        self._asker, self._tracer = Asker(self.closures), Tracer(self.closures)

    def condition(self, text: str, each: Sequence[str] = ()) -> Condition:
        """Parse and type a condition for the case, or for the members of collections (`each`).

        Raises:
            ConditionFault: where it is not one.
        """
        term = read_condition(text, self._words, each)
        return Condition(text, tuple(each), term, (self.closures, self._asker, self._tracer))

    def session(
        self, facts: Facts, context: Context, collections: Mapping[str, tuple[Member, ...]] = _NO_COLLECTIONS
    ) -> Session:
        """Open a case; `session.member("items", 0)` is its member, with the member's facts over the case's."""
        return Session(facts, context, collections, len(self.closures.leaves))

    def derive(self, name: str, session: Session) -> Value | None:
        """Return what a fact's formula gives, whatever the case states; None when unknown or not derived."""
        if name not in self.formulas:
            return None
        function = self.closures.derived(name)
        session.make_room(len(self.closures.leaves))
        value: Value | None = function(session)
        return value

    def type_of(self, text: str, each: Sequence[str] = ()) -> FactType:
        """Return the type of an expression (not only of a condition).

        Raises:
            ConditionFault: where it is none.
        """
        return read_expression(text, self._words, each).type.fact_type

    # ---- formulas ----

    def _read_formulas(self) -> dict[str, Term]:
        formulas: dict[str, Term] = {}
        for schema in self.schemas.values():
            if is_reserved(schema.name):
                message = (
                    f"`{schema.name}` is no name for a fact: the language of conditions has another use for it."
                )
                self.faults[schema.name] = ConditionFault(message, 1, "Name the fact differently.")
            if not schema.formula:
                continue
            try:
                formulas[schema.name] = self._formula(schema)
            except ConditionFault as fault:
                self.faults[schema.name] = fault
        for name in _circular(formulas):
            message = f"The formula of `{name}` goes in a circle: it needs `{name}` itself."
            self.faults[name] = ConditionFault(message, 1, "Let one of the facts be stated only.")
        return {name: term for name, term in formulas.items() if name not in self.faults}

    def _formula(self, schema: FactSchema) -> Term:
        term = read_expression(schema.formula, self._words, (schema.each,) if schema.each else ())
        wanted = type_of_fact(schema)
        if odd := strange(term.type.one(), wanted.one()):
            message = f"The formula gives '{min(odd)}', which is none of the values of `{schema.name}`."
            raise ConditionFault(
                message, 1, f"Options: {', '.join(sorted(wanted.options or ())) or 'country codes'}."
            )
        if not _gives(term.type, wanted):
            message = f"The formula gives {term.type.words}, but `{schema.name}` is {wanted.words}."
            raise ConditionFault(message, 1, "Change the formula or the type of the fact.")
        return term


def _gives(given: Type, wanted: Type) -> bool:
    if (given.kind is Kind.SET) != (wanted.kind is Kind.SET) or not meet(given.one(), wanted.one()):
        return False
    if given.kind is Kind.NUMBER and wanted.kind is Kind.NUMBER:
        return not (given.unit and wanted.unit) or given.unit == wanted.unit
    return given.kind in TEXTUAL or given.kind is wanted.kind


def _circular(formulas: Mapping[str, Term]) -> list[str]:
    """Return the derived facts that need themselves."""
    needs = {name: {fact.name for fact in walk(term) if isinstance(fact, Fact)} for name, term in formulas.items()}
    return [name for name in formulas if name in _reached(name, needs)]


def _reached(name: str, needs: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(needs[name])
    while waiting:
        fact = waiting.pop()
        if fact not in reached:
            reached.add(fact)
            waiting.extend(needs.get(fact, ()))
    return reached
