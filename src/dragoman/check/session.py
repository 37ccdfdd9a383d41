"""A case, or one member of it, while conditions are asked of it: what is worked out once is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dragoman.check.context import Context
from dragoman.model import Confidence, Facts, Member, Step, Value

if TYPE_CHECKING:
    from dragoman.check.condition import Condition
    from dragoman.check.settle import Settled

UNSEEN: Final = object()
"""Stands for a comparison that nobody has looked at yet."""

_NO_PLACES: Mapping[str, int] = {}
_NO_LAYERS: Mapping[str, Facts] = {}


class Session:
    """The facts in view and what follows from them.

    Attributes:
        facts: known facts by name; a member's stand over the case's.
        context: the law of the day.
        collections: members by collection; an absent collection is unknown.
        places: the member in view by collection ({"items": 2}); empty for the case itself.
        truths: of each comparison of the vocabulary: True, False, None (unknown) or `UNSEEN`.
        log: numbers of the comparisons that the condition being asked has looked at.
        settled: what conditions came to with the comparisons of each missing fact taken together.
        steps: comparisons already put into words, by part and number.
        derived: values of derived facts worked out so far; None when unknown.
        told: derived facts already put into words, each with the facts that it is derived from.
        sureness: of derived facts, by the table rows and groups that they rest on.
    """

    __slots__ = (
        "_case",
        "_layers",
        "_members",
        "collections",
        "context",
        "derived",
        "facts",
        "log",
        "places",
        "settled",
        "steps",
        "sureness",
        "told",
        "truths",
    )

    def __init__(
        self,
        facts: Facts,
        context: Context,
        collections: Mapping[str, tuple[Member, ...]],
        comparisons: int,
    ) -> None:
        """Open a case that up to `comparisons` different comparisons are asked of."""
        self.facts = self._case = facts
        self.context = context
        self.collections = collections
        self.places: Mapping[str, int] = _NO_PLACES
        self.truths: list[object] = [UNSEEN] * comparisons
        self.log: list[int] = []
        self.settled: dict[Condition, Settled] = {}
        self.steps: dict[tuple[str, int], Step] = {}
        self.derived: dict[str, Value | None] = {}
        self.told: dict[str, tuple[tuple[str, str], ...]] = {}
        self.sureness: dict[str, Confidence] = {}
        self._layers: Mapping[str, Facts] = _NO_LAYERS
        self._members: dict[tuple[str, int], Session] | None = None

    def member(self, collection: str, index: int) -> Session:
        """Return the session of a member; of a pair with a further `.member(...)`.

        The facts of another member of the same collection are out of view then.
        """
        if self._members is None:
            self._members = {}
        known = self._members.get((collection, index))
        if known is None:
            known = self._members[collection, index] = self._open(collection, index)
        known.make_room(len(self.truths))
        return known

    def _open(self, collection: str, index: int) -> Session:
        layers = {**self._layers, collection: self.collections[collection][index].facts}
        facts: dict[str, Value] = dict(self._case)
        for layer in layers.values():
            facts.update(layer)
        child = Session(facts, self.context, self.collections, len(self.truths))
        child._case, child._layers = self._case, layers
        child.places = {**self.places, collection: index}
        return child

    def members(self, collection: str) -> list[Session] | None:
        """Return the sessions of all members, None when the case does not say what is in the collection."""
        members = self.collections.get(collection)
        return None if members is None else [self.member(collection, index) for index in range(len(members))]

    def subject(self, collection: str) -> str:
        """Return the name of the member in view ("items[2]"), "" for the case."""
        return f"{collection}[{self.places[collection]}]" if collection in self.places else ""

    def make_room(self, comparisons: int) -> None:
        """Hold the truths of comparisons that came after this session was opened."""
        if comparisons > len(self.truths):
            self.truths.extend([UNSEEN] * (comparisons - len(self.truths)))
