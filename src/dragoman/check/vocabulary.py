"""The words that conditions are written in: facts with their formulas, collections, groups and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.check.condition import Condition
from dragoman.check.context import Context
from dragoman.check.refusal import ConditionFault
from dragoman.check.session import Session
from dragoman.model import Facts, FactSchema, FactType, Group, Member, Value
from dragoman.model.table import Table


class Vocabulary:
    """What conditions may speak of; built once for all packs that are loaded together.

    Attributes:
        schemas: facts by name.
        faults: of the formulas of derived facts (bad syntax, wrong type, a circle), by fact; a fact whose formula
            is at fault is treated as having none.
    """

    schemas: Mapping[str, FactSchema]
    faults: Mapping[str, ConditionFault]

    def __init__(
        self,
        schemas: Iterable[FactSchema],
        groups: Mapping[str, Group],
        tables: Mapping[str, Table],
        collections: Iterable[str] = (),
    ) -> None:
        """Take the facts; `collections` names those that carry no fact."""
        raise NotImplementedError

    def condition(self, text: str, each: Sequence[str] = ()) -> Condition:
        """Parse and type a condition for the case, or for the members of collections (`each`).

        Raises:
            ConditionFault: where it is not one.
        """
        raise NotImplementedError

    def session(
        self, facts: Facts, context: Context, collections: Mapping[str, tuple[Member, ...]] | None = None
    ) -> Session:
        """Open a case; `session.member("items", 0)` is its member, with the member's facts over the case's."""
        raise NotImplementedError

    def derive(self, name: str, session: Session) -> Value | None:
        """Return what a fact's formula gives, whatever the case states; None when unknown or not derived."""
        raise NotImplementedError

    def type_of(self, text: str, each: Sequence[str] = ()) -> FactType:
        """Return the type of an expression (not only of a condition)."""
        raise NotImplementedError
