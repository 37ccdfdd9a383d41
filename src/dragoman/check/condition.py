"""A condition ready to be asked of a case: its truth, what was looked at, and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.check.session import Session
from dragoman.model import Confidence, Step, Truth


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A fact that can still change a condition.

    Attributes:
        fact: its name; the name of a collection where the case does not say what is in it.
        subject: "" for the case, else the member ("items[2]").
    """

    fact: str
    subject: str = ""


class Condition:
    """A parsed and typed condition.

    Attributes:
        text: as written.
        each: collections whose members it judges.
        facts: names of all facts it rests on, derived ones with what they are derived from.
        direct: names of the facts that stand in the text.
        groups, tables, collections: names that it uses, also through derived facts.
        comparisons: texts of its comparisons, as written.
    """

    text: str
    each: tuple[str, ...]
    facts: frozenset[str]
    direct: frozenset[str]
    groups: frozenset[str]
    tables: frozenset[str]
    collections: frozenset[str]
    comparisons: tuple[str, ...]

    def evaluate(self, session: Session) -> Truth:
        """Return its truth for a case or a member of it."""
        raise NotImplementedError

    def trace(self, session: Session, part: str) -> tuple[Step, ...]:
        """Return each comparison that was looked at; `part` goes into the steps."""
        raise NotImplementedError

    def asks(self, session: Session) -> tuple[Need, ...]:
        """Return the facts that can still change it; none when it is known."""
        raise NotImplementedError

    def evidence(self, session: Session) -> Confidence:
        """Return how sure the weakest table row or group is that the looked-at comparisons rest on."""
        raise NotImplementedError
