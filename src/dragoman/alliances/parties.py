"""Which states, unions and groups a name stands for, and at which level they meet."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.alliances.settings import PartyWords
from dragoman.lexicon.actors import ActorRegister
from dragoman.model.alliance import Level

AS_NAMED = frozenset({"state", "union", "group"})
OF_A_STATE = frozenset({"agency", "office", "metonym"})
OF_NAME = re.compile(r" of (?:the )?(?P<state>[^()]+)$")
"""A body that the register does not know and the grammar has named by its state ("Ministry of Trade of Malta")."""


class Party(NamedTuple):
    """A state, union, group or organization that a name stands for.

    Attributes:
        name: canonical name.
        level: at which it meets others.
        official: whether an office or agency is named, so that it is surely its government.
    """

    name: str
    level: Level = Level.GOVERNMENTS
    official: bool = False


class Resolver:
    """Resolves names of the register to parties."""

    def __init__(self, actors: ActorRegister, words: PartyWords) -> None:
        self._actors = actors
        self._words = words
        self._known: dict[str, tuple[Party, ...]] = {}

    def of(self, name: str) -> tuple[Party, ...]:
        """Return the parties of a canonical name, () for one that is of no state."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._resolve(self._words.same.get(name, name))
        return found

    def _resolve(self, name: str) -> tuple[Party, ...]:
        words = self._words
        if name in words.bodies:
            return tuple(Party(one) for one in words.bodies[name])
        if name in words.homes:
            state, level = words.homes[name]
            return (Party(state, level),)
        kind = self._actors.type_of(name)
        if kind in AS_NAMED or name in words.international or name in words.regions:
            return (Party(name),)
        if kind in OF_A_STATE:
            owner = self.owner(name)
            return (Party(owner, official=True),) if owner else ()
        return () if kind else self._by_name(name)

    def _by_name(self, name: str) -> tuple[Party, ...]:
        match = OF_NAME.search(name)
        state = match["state"] if match else ""
        return (Party(state, official=True),) if self._actors.type_of(state) == "state" else ()

    def owner(self, name: str) -> str:
        """Return the state or union that an agency, office or seat is of, "" for none."""
        seen: set[str] = set()
        while (actor := self._actors.actors.get(name)) and actor.of and name not in seen:
            seen.add(name)
            name = actor.of
        return name if self._actors.type_of(name) in {"state", "union"} else ""

    def is_group(self, name: str) -> bool:
        """Return whether a name is one of a group of states."""
        return self._actors.type_of(name) == "group"

    def is_member(self, name: str, group: str) -> bool:
        """Return whether a state was ever a member of a group."""
        actor = self._actors.actors.get(group)
        return actor is not None and any(member.name == name for member in actor.members)
