"""The register of actors: canonical English names, names in both languages, types, members with dates.

One file a type in `data/actors/`; an entry is

    - name: European Union          # canonical
      type: body                    # state, government, agency, office, body, group, firm, region, class
      en: [EU, European Union]      # further names; `=US` matches in this case only
      zh: [欧盟, 欧洲联盟]
      members: [{name: France, from: 1958-01-01}]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.lexicon.matcher import Phrase
from dragoman.lexicon.packs import PackFaultError, load_pack, pack_paths

EXACT = "="
"""Prefix of a name that matches in its own case only."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group, from and until a date where these are known."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the register.

    Attributes:
        name: canonical English name.
        type: state, government, agency, office, body, group, firm, region or class.
        en, zh: further names, as written in the data (with "=" where the case matters).
        members: of a group.
        of: the state or body an agency or office belongs to, "" where that does not apply.
    """

    name: str
    type: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class ActorRegister:
    """All actors, by canonical name."""

    actors: Mapping[str, Actor]
    phrases: tuple[Phrase, ...]

    def members_at(self, name: str, day: date) -> tuple[str, ...]:
        """Return the members of a group on a day, () for an actor without members or an unknown one."""
        actor = self.actors.get(name)
        if actor is None:
            return ()
        return tuple(m.name for m in actor.members if is_member(m, day))


def is_member(member: Member, day: date) -> bool:
    """Return whether a membership holds on a day; unknown dates do not limit it."""
    return (member.since is None or member.since <= day) and (member.until is None or day < member.until)


def load_actors() -> ActorRegister:
    """Return the register of the shipped packs. Raises PackFaultError for a doubled name."""
    actors: dict[str, Actor] = {}
    for path in pack_paths("actors"):
        for row in load_pack(path).get("actors", []):
            actor = actor_of(path, row)
            if actor.name in actors:
                raise PackFaultError(path, f"actor `{actor.name}` stands in the register already")
            actors[actor.name] = actor
    phrases = tuple(phrase for actor in actors.values() for phrase in phrases_of(actor))
    return ActorRegister(actors, phrases)


def actor_of(path: str, row: Mapping[str, Any]) -> Actor:
    """Return the actor of one row of a pack. Raises PackFaultError."""
    if not row.get("name") or not row.get("type"):
        raise PackFaultError(path, f"an actor lacks `name:` or `type:` ({row})")
    members = tuple(Member(m["name"], m.get("from"), m.get("until")) for m in row.get("members", ()))
    return Actor(
        name=row["name"],
        type=row["type"],
        en=tuple(row.get("en", ())),
        zh=tuple(row.get("zh", ())),
        members=members,
        of=row.get("of", ""),
    )


def phrases_of(actor: Actor) -> tuple[Phrase, ...]:
    """Return the phrases an actor is found by: its canonical name and its further names."""
    names = dict.fromkeys((actor.name, *actor.en, *actor.zh))
    return tuple(Phrase(name.removeprefix(EXACT), "actor", actor.name, name.startswith(EXACT)) for name in names)
