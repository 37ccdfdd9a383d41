"""The two parties whose coordination is asked for, and which actors act for them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.lexicon import fold
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import UsageError
from dragoman.model.coordination import Mode

NEAREST = 3
"""Names offered for an unknown one."""
BODIES = frozenset({"", "body", "group"})
"""Types of actors that can stand for both parties: those the register does not know, bodies, groups."""


class UnknownPartyError(UsageError):
    """A party that the register of actors does not know."""

    def __init__(self, name: str, known: Mapping[str, str]) -> None:
        close = difflib.get_close_matches(fold(name), sorted(known), n=NEAREST)
        names = ", ".join(f"`{one}`" for one in dict.fromkeys(known[one] for one in close))
        remedy = f"Nearest: {names}." if names else "docs/actors.md describes the register of actors."
        super().__init__(f"The register of actors has no `{name}`.", remedy)


class SamePartyError(UsageError):
    """One party named twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Both parties are `{name}`.", "Name two parties.")


def canonical_party(name: str, actors: ActorRegister) -> str:
    """Return the canonical name for a name in either language. Raises UnknownPartyError."""
    found = actors.canonical(name)
    if found is None:
        raise UnknownPartyError(name, {spelling: names[0] for spelling, names in actors.names.items()})
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Two parties.

    Attributes:
        first, second: canonical names.
        actors: the register.
        members: whether an act of a member counts as the group's.
    """

    first: str
    second: str
    actors: ActorRegister
    members: bool = True

    def of(self, name: str, day: date) -> Mode | None:
        """Return the party that an actor acts for on a day, None for neither."""
        return self._direct(name, day) or self._direct(self._owner(name), day)

    def _direct(self, name: str, day: date) -> Mode | None:
        if name == self.first:
            return Mode.FIRST
        if name == self.second:
            return Mode.SECOND
        if not self.members:
            return None
        if name in self._members(self.first, day):
            return Mode.FIRST
        return Mode.SECOND if name in self._members(self.second, day) else None

    def _members(self, name: str, day: date) -> tuple[str, ...]:
        """Return the members of a group, but never the other party."""
        members = self.actors.members_at(name, day)
        return tuple(one for one in members if one not in {self.first, self.second})

    def _owner(self, name: str) -> str:
        """Return the state, union or body that an agency, office or seat is of."""
        seen: set[str] = set()
        while (actor := self.actors.actors.get(name)) and actor.of and name not in seen:
            seen.add(name)
            name = actor.of
        return name

    def mode(self, names: Iterable[str], day: date, parties: Iterable[str]) -> Mode | None:
        """Return who acts, None where neither party does.

        Args:
            names: of those who act.
            day: on which membership counts.
            parties: of the document; where both stand among them, a body that is of neither acts for both.
        """
        listed = tuple(names)
        found = {side for name in listed if (side := self.of(name, day))}
        if len(found) == len((self.first, self.second)):
            return Mode.JOINT
        shared = {self.first, self.second} <= set(parties)
        if shared and any(self._shared_body(name, day) for name in listed):
            return Mode.JOINT
        return next(iter(found), None)

    def _shared_body(self, name: str, day: date) -> bool:
        return self.actors.type_of(name) in BODIES and self.of(name, day) is None

    def insiders(self, day: date) -> frozenset[str]:
        """Return the parties and their members, which are never targets."""
        members = (one for party in (self.first, self.second) for one in self.actors.members_at(party, day))
        return frozenset((self.first, self.second, *members))
