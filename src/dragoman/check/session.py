"""A case, or one member of it, while conditions are asked of it: what is worked out once is kept."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.check.context import Context
from dragoman.model import Facts, Member


class Session:
    """The facts in view and what follows from them.

    Attributes:
        facts: known facts by name; a member's stand over the case's.
        context: the law of the day.
        collections: members by collection; an absent collection is unknown.
        places: the member in view by collection ({"items": 2}); empty for the case itself.
    """

    facts: Facts
    context: Context
    collections: Mapping[str, tuple[Member, ...]]
    places: Mapping[str, int]

    def member(self, collection: str, index: int) -> Session:
        """Return the session of a member; of a pair with a further `.member(...)`."""
        raise NotImplementedError
