"""The register of actors with what people changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any

from dragoman.lexicon import fold
from dragoman.lexicon.actors import EXACT, NOT_ACTOR, TYPES, Actor, ActorRegister, Member, register_of
from dragoman.model import UsageError
from dragoman.model.actor import ActorAct, ActorStep

Actors = Mapping[str, Actor]
WITH_MEMBERS = frozenset({"group", "union", "body"})
"""Types of actors that have members."""


class NoSuchActorError(UsageError):
    """An actor that the register does not know."""

    http_status = HTTPStatus.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(f"The register of actors has no `{name}`.", "`dragoman actors list` finds actors.")


class KnownNameError(UsageError):
    """A name that another actor has."""

    def __init__(self, name: str, owner: str) -> None:
        super().__init__(
            f"`{name}` is a name of {owner} already.",
            "Choose another name, merge the two, or name the state it is of.",
        )


class NoTypeError(UsageError):
    """A type of actors that there is not."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no type of actors `{kind}`.", f"Use one of: {', '.join(sorted(TYPES))}.")


class NoNameError(UsageError):
    """An actor without a name."""

    def __init__(self) -> None:
        super().__init__("An actor needs a name.", "Give its English name.")


class SameActorError(UsageError):
    """An actor and itself."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Both names stand for {name}.", "Name two different actors.")


class NoMembersError(UsageError):
    """A member of what has no members."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"{name} is of the type {kind}, which has no members.", "Name a group, union or body.")


class MemberDatesError(UsageError):
    """A membership that ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"A membership from {since} to {until} ends before it begins.", "Turn the days round.")


class MembershipLoopError(UsageError):
    """Groups that would be members of each other."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(
            f"These would be members of each other: {' > '.join(path)}.", "Take one of the memberships out first."
        )


class NoSuchStepError(UsageError):
    """A step that cannot be taken back."""

    def __init__(self, number: object) -> None:
        super().__init__(
            f"There is no step {number} that can be taken back.", "`dragoman actors history` lists the steps."
        )


def standing(steps: Iterable[ActorStep]) -> tuple[ActorStep, ...]:
    """Return the steps that nobody took back, without those that take back, oldest first."""
    every = tuple(steps)
    gone = {int(step.values["step"]) for step in every if step.act is ActorAct.WITHDRAW}
    return tuple(step for step in every if step.act is not ActorAct.WITHDRAW and step.number not in gone)


def edited(base: ActorRegister, steps: Iterable[ActorStep]) -> tuple[ActorRegister, tuple[ActorStep, ...]]:
    """Return the register with the steps that stand, and those that no longer fit it, which are left out."""
    actors: Actors = base.actors
    unfit: list[ActorStep] = []
    for step in standing(steps):
        try:
            actors = applied(actors, step)
        except UsageError:
            unfit.append(step)
    excluded = [phrase.text for phrase in base.phrases if phrase.group == NOT_ACTOR]
    return register_of(actors, excluded, base.words), tuple(unfit)


def applied(actors: Actors, step: ActorStep) -> Actors:
    """Return the actors after a step. Raises UsageError where it makes no sense."""
    act = ACTS.get(step.act)
    return act(actors, step.actor, step.values) if act else actors


def known(actors: Actors, name: str) -> Actor:
    """Return an actor. Raises NoSuchActorError."""
    if name not in actors:
        raise NoSuchActorError(name)
    return actors[name]


def add(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors with a new one."""
    if not name:
        raise NoNameError
    if values.get("type") not in TYPES:
        raise NoTypeError(str(values.get("type", "")))
    if name in actors:
        raise KnownNameError(name, name)
    of = str(values.get("of", ""))
    if of:
        known(actors, of)
    made = Actor(name, values["type"], names_in(values, "en"), names_in(values, "zh"), of=of)
    for one in (name, *made.en, *made.zh):
        check_free(actors, one, of)
    return {**actors, name: made}


def names_in(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of names."""
    return tuple(dict.fromkeys(str(one).strip() for one in values.get(key, ()) if str(one).strip()))


def check_free(actors: Actors, name: str, of: str, own: str = "") -> None:
    """Refuse a name that another actor of the same state has. Raises KnownNameError."""
    wanted = fold(name.removeprefix(EXACT))
    for actor in actors.values():
        if actor.name != own and actor.of == of and wanted in {fold(one) for one in spellings(actor)}:
            raise KnownNameError(name, actor.name)


def spellings(actor: Actor) -> Iterator[str]:
    """Yield the names of an actor."""
    yield actor.name
    yield from (one.removeprefix(EXACT) for one in (*actor.en, *actor.zh))


def rename(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors with another canonical name; the old one stays among its names."""
    actor, new = known(actors, name), str(values.get("to", "")).strip()
    if not new:
        raise NoNameError
    check_free(actors, new, actor.of, own=name)
    if new != name and new in actors:
        raise KnownNameError(new, new)
    old = f"{EXACT}{name}" if actor.exact else name
    en = tuple(one for one in dict.fromkeys((old, *actor.en)) if one.removeprefix(EXACT) != new)
    made = replace(actor, name=new, en=en)
    return {one.name: referring(one, name, new) for one in (made if it is actor else it for it in actors.values())}


def referring(actor: Actor, old: str, new: str) -> Actor:
    """Return an actor that refers to another by its new name."""
    of = new if actor.of == old else actor.of
    members = tuple(replace(one, name=new) if one.name == old else one for one in actor.members)
    return actor if of == actor.of and members == actor.members else replace(actor, of=of, members=members)


def further_names(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors, one of them with further names."""
    actor = known(actors, name)
    en, zh = names_in(values, "en"), names_in(values, "zh")
    if not en and not zh:
        raise NoNameError
    for one in (*en, *zh):
        check_free(actors, one, actor.of, own=name)
    made = replace(actor, en=tuple(dict.fromkeys((*actor.en, *en))), zh=tuple(dict.fromkeys((*actor.zh, *zh))))
    return {**actors, name: made}


def merge(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors with one taken up by another; a name that is no actor becomes a name of the other."""
    into = known(actors, str(values.get("into", "")))
    if into.name == name:
        raise SameActorError(name)
    actor = actors.get(name)
    if actor is None:
        return further_names(actors, into.name, {"zh" if is_chinese(name) else "en": [name]})
    en = tuple(dict.fromkeys((*into.en, name, *actor.en)))
    every = dict.fromkeys((*into.members, *actor.members))
    members = tuple(one for one in every if one.name not in {name, into.name})
    made = replace(into, en=en, zh=tuple(dict.fromkeys((*into.zh, *actor.zh))), members=members)
    left = {one.name: one for one in actors.values() if one.name != name} | {into.name: made}
    found = {key: referring(one, name, into.name) for key, one in left.items()}
    check_loops(found)
    return found


def is_chinese(name: str) -> bool:
    """Return whether a name is in Chinese characters."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in name)


def split(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors with a new one beside another that had its names.

    The names given to the new one stay with the old one too where the two are of different states, and move else.
    """
    actor = known(actors, name)
    new = str(values.get("name", "")).strip()
    moved = {fold(one) for one in (*names_in(values, "en"), *names_in(values, "zh"))}
    if str(values.get("of", "")) == actor.of:
        en = tuple(one for one in actor.en if fold(one.removeprefix(EXACT)) not in moved)
        zh = tuple(one for one in actor.zh if fold(one) not in moved)
        actors = {**actors, name: replace(actor, en=en, zh=zh)}
    return add(actors, new, {"type": actor.type, **values})


def member(actors: Actors, name: str, values: Mapping[str, Any]) -> Actors:
    """Return the actors with a spell of membership, in place of one that began on the same day or an open one."""
    group, one = known(actors, name), known(actors, str(values.get("member", "")))
    if group.type not in WITH_MEMBERS:
        raise NoMembersError(name, group.type)
    if group.name == one.name:
        raise MembershipLoopError((name, name))
    since, until = day_in(values, "from"), day_in(values, "until")
    if since and until and since >= until:
        raise MemberDatesError(since, until)
    spell = Member(one.name, since, until)
    kept = tuple(it for it in group.members if not (it.name == one.name and same_spell(it, spell)))
    if since is None and len(kept) < len(group.members):
        old = next(it for it in group.members if it not in kept)
        spell = replace(spell, since=old.since)
    found = {**actors, name: replace(group, members=(*kept, spell))}
    check_loops(found, name)
    return found


def same_spell(old: Member, new: Member) -> bool:
    """Return whether a spell corrects or ends another."""
    return old.since == new.since or (old.until is None and (new.since is None or old.since is None))


def day_in(values: Mapping[str, Any], key: str) -> date | None:
    """Return a day, None where there is none."""
    value = values.get(key)
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


def check_loops(actors: Actors, start: str = "") -> None:
    """Refuse groups that are members of each other. Raises MembershipLoopError."""
    for name in (start,) if start else tuple(actors):
        walk(actors, name, ())


def walk(actors: Actors, name: str, path: tuple[str, ...]) -> None:
    """Follow memberships from a group down. Raises MembershipLoopError."""
    if name in path:
        raise MembershipLoopError((*path[path.index(name) :], name))
    actor = actors.get(name)
    for one in dict.fromkeys(it.name for it in actor.members) if actor else ():
        walk(actors, one, (*path, name))


ACTS: Mapping[ActorAct, Callable[[Actors, str, Mapping[str, Any]], Actors]] = {
    ActorAct.ADD: add,
    ActorAct.RENAME: rename,
    ActorAct.NAMES: further_names,
    ActorAct.MERGE: merge,
    ActorAct.SPLIT: split,
    ActorAct.MEMBER: member,
}


def former_names(steps: Iterable[ActorStep]) -> dict[str, str]:
    """Return the name that an actor has now by one that it had, from renames and merges that stand."""
    found: dict[str, str] = {}
    for step in standing(steps):
        new = {ActorAct.RENAME: "to", ActorAct.MERGE: "into"}.get(step.act)
        if new:
            now = str(step.values[new])
            found = {old: now if last == step.actor else last for old, last in found.items()}
            found[step.actor] = now
    return {old: now for old, now in found.items() if old != now}
