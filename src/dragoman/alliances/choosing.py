"""Which ties count for a question, and how groups of states are shown in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dragoman.alliances.columns import LEVELS, STANCES, Columns
from dragoman.alliances.counting import Numbers, grouped, joined
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import DataPackError
from dragoman.model.alliance import Groups, Level, Stance


@dataclass(frozen=True, slots=True)
class Choice:
    """What ties are asked for.

    Attributes:
        actor: canonical name of who must stand in a tie; "" for all.
        since, until: bounds of days; a tie without a day is left out where one is set.
        groups: how groups are shown.
        least: confidence below which a tie does not count.
        stances: how the two may stand to each other; () for all.
        levels: at which they may meet; () for all.
    """

    actor: str = ""
    since: date | None = None
    until: date | None = None
    groups: Groups = Groups.AS_NAMED
    least: float = 0.0
    stances: tuple[Stance, ...] = ()
    levels: tuple[Level, ...] = ()


def chosen(columns: Columns, choice: Choice, actors: ActorRegister) -> Columns:
    """Return the ties that count; where an actor is asked for, it is the first of those that it shares."""
    rows = columns.rows
    keep = rows["confidence"] >= round(choice.least * 100)
    if choice.since:
        keep &= rows["day"] >= choice.since.toordinal()
    if choice.until:
        keep &= (rows["day"] > 0) & (rows["day"] <= choice.until.toordinal())
    if choice.stances:
        keep &= np.isin(rows["stance"], [STANCES.index(one) for one in choice.stances])
    if choice.levels:
        keep &= np.isin(rows["level"], [LEVELS.index(one) for one in choice.levels])
    found = columns.where(keep)
    if choice.groups is Groups.MEMBERS:
        found = with_members(found, actors)
    return centred(found, choice.actor) if choice.actor else found


def centred(columns: Columns, actor: str) -> Columns:
    """Return the ties of an actor; in those that it has with another it comes first."""
    number = columns.number(actor)
    rows = columns.rows
    found = columns.where((rows["actor"] == number) | (rows["partner"] == number))
    turned = found.rows.copy()
    swap = (turned["partner"] == number) & (turned["stance"] == STANCES.index(Stance.WITH))
    turned["partner"][swap] = turned["actor"][swap]
    turned["actor"][swap] = number
    return replace(found, rows=turned, known={})


def with_members(columns: Columns, actors: ActorRegister) -> Columns:
    """Return ties with each group replaced by its members on the day of the tie.

    A group without known members stays as it is, and so does one on a day that is unknown. A tie of a member with
    its own group becomes ties with the other members; of a group by itself, ties among them.
    """
    names = list(columns.names)
    groups = np.array([at for at, name in enumerate(names) if has_members(name, actors)], dtype=np.int64)
    rows = columns.rows
    concerned = np.isin(rows["actor"], groups) | np.isin(rows["partner"], groups)
    if not concerned.any():
        return columns
    numbers = {name: at for at, name in enumerate(names)}
    parts = expanded(columns.where(concerned), actors, names, numbers)
    plain = columns.where(~concerned)
    return replace(
        plain,
        rows=np.concatenate([plain.rows, parts.rows]),
        docs=np.concatenate([plain.docs, parts.docs]),
        names=tuple(names),
        known={},
    )


def has_members(name: str, actors: ActorRegister) -> bool:
    """Return whether a name is of a group or union whose members are known."""
    actor = actors.actors.get(name)
    return actor is not None and bool(actor.members)


def expanded(columns: Columns, actors: ActorRegister, names: list[str], numbers: dict[str, int]) -> Columns:
    """Return ties of groups as ties of members; names of members that are new are added to `names`."""
    rows = columns.rows
    kinds = grouped(joined((rows["actor"], rows["partner"], rows["day"]), len(rows)))
    which = kinds.of
    pairs = [
        pairs_of(int(row["actor"]), int(row["partner"]), int(row["day"]), actors, names, numbers)
        for row in rows[kinds.first]
    ]
    lengths = np.array([len(one) for one in pairs], dtype=np.int64)
    flat = np.array([pair for one in pairs for pair in one], dtype=np.int64).reshape(-1, 2)
    first = np.cumsum(lengths) - lengths
    times = lengths[which]
    at: Numbers = np.repeat(np.arange(len(rows)), times)
    inside = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
    found = columns.where(at)
    made = found.rows.copy()
    made["actor"], made["partner"] = flat[np.repeat(first[which], times) + inside].T
    return replace(found, rows=made, known={})


def pairs_of(
    first: int, second: int, day: int, actors: ActorRegister, names: list[str], numbers: dict[str, int]
) -> list[tuple[int, int]]:
    """Return the pairs of members that a tie of groups stands for."""
    sides = [members_of(one, day, actors, names, numbers) for one in (first, second)]
    if sides[0] == sides[1]:
        return [(one, other) for at, one in enumerate(sides[0]) for other in sides[0][at + 1 :]]
    return sorted({(one, other) for one in sides[0] for other in sides[1] if one != other})


def members_of(
    number: int, day: int, actors: ActorRegister, names: list[str], numbers: dict[str, int]
) -> list[int]:
    """Return the numbers of a group's members on a day, its own where it has none."""
    name = names[number]
    if not day or not has_members(name, actors):
        return [number]
    members = every_member(name, date.fromordinal(day), actors, ())
    for one in members:
        if one not in numbers:
            numbers[one] = len(names)
            names.append(one)
    return sorted(numbers[one] for one in members) or [number]


class MembershipCycleError(DataPackError):
    """Groups that are members of each other."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(
            f"The register of actors has groups that are members of each other: {' > '.join(path)}.",
            "Take one of these memberships out, or show groups as they are named.",
        )


def every_member(name: str, day: date, actors: ActorRegister, path: tuple[str, ...]) -> list[str]:
    """Return the states that are members of a group on a day, through groups within groups.

    Raises:
        MembershipCycleError: a group is a member of itself.
    """
    if name in path:
        raise MembershipCycleError((*path, name))
    members = actors.members_at(name, day)
    found: dict[str, None] = {}
    for one in members:
        inner = every_member(one, day, actors, (*path, name)) if has_members(one, actors) else [one]
        found |= dict.fromkeys(inner)
    return list(found)
