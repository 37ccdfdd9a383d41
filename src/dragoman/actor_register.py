"""The register of actors as a workspace has it: what ships, and what people changed; a part of the facade.

with Workspace.open("workspace") as workspace:
    book = workspace.actor_register
    book.add(NewActor("Office of Lighthouses", "agency", of="Malta"), by="Mara", reason="named in three texts")
    print(book.card("Office of Lighthouses"))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from dragoman.alliances.actor_edits import (
    NoSuchActorError,
    NoSuchStepError,
    applied,
    edited,
    former_names,
    spellings,
    standing,
)
from dragoman.alliances.actor_proposals import proposals_of
from dragoman.lexicon import Lexicon, Matcher, fold, load_lexicon, load_pack
from dragoman.lexicon.actors import EXACT, Actor, ActorRegister, Member
from dragoman.model import Language, UsageError
from dragoman.model.actor import (
    ActorAct,
    ActorCard,
    ActorProposal,
    ActorStep,
    Membership,
    NewActor,
)
from dragoman.register import Register

PARTIES = frozenset({"state", "union", "group"})
CLOSE = 75
"""Per cent of likeness from which a name is found that is spelled otherwise."""
MOST_CLOSE = 5


class NoReasonError(UsageError):
    """A change that nobody answers for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"A change of the register of actors needs {what}.", "Give who makes it, and why.")


@dataclass(frozen=True, slots=True, eq=False)
class Edited:
    """The register at a step.

    Attributes:
        lexicon: with it.
        steps: all of them.
        unfit: those that no longer fit what ships, which are left out.
        former: names of today by those before.
    """

    lexicon: Lexicon
    steps: tuple[ActorStep, ...]
    unfit: tuple[ActorStep, ...]
    former: Mapping[str, str]


class ActorBook:
    """Finds, proposes and changes actors. Changes are only added; the last state counts."""

    def __init__(self, register: Register, clock: Callable[[], datetime]) -> None:
        self._register = register
        self._clock = clock
        self._held: tuple[int, Edited] | None = None

    def _edited(self) -> Edited:
        last = self._register.actors.last()
        if self._held is None or self._held[0] != last:
            self._held = last, made_of(self._register.actors.steps() if last else ())
        return self._held[1]

    def lexicon(self) -> Lexicon:
        """Return the lexicon with the register of actors as it stands; the shipped one before any change."""
        return self._edited().lexicon

    def mark(self) -> str:
        """Return what tells one state of the register from another, "" where nothing was changed."""
        steps = standing(self._edited().steps)
        return f"actors.{self._held[0]}" if steps and self._held else ""

    @property
    def actors(self) -> ActorRegister:
        """The register of actors."""
        return self.lexicon().actors

    def parties(self) -> tuple[str, ...]:
        """Return states, unions and groups, by name."""
        return tuple(sorted(name for name, one in self.actors.actors.items() if one.type in PARTIES))

    def name(self, name: str) -> str:
        """Return the canonical name for any name. Raises NoSuchActorError."""
        wanted = name.strip()
        if wanted in self.actors.actors:
            return wanted
        found = self.actors.canonical(wanted) or self._edited().former.get(wanted)
        if found is None:
            raise NoSuchActorError(wanted)
        return found

    def find(self, text: str = "", kind: str = "") -> tuple[ActorCard, ...]:
        """Return actors one of whose names, in either language, holds a text; the most named first.

        Args:
            text: "" for all; where no name holds it, the names most like it are found.
            kind: type; "" for all.
        """
        found = [one for one in self.actors.actors.values() if not kind or one.type == kind]
        if wanted := fold(text.strip()):
            held = [one for one in found if any(wanted in fold(name) for name in spellings(one))]
            found = held or closest(wanted, found)
        lines = self._lines()
        cards = [self._card(one, lines) for one in found]
        exact = {wanted, wanted.removeprefix(EXACT)}
        return tuple(
            sorted(
                cards,
                key=lambda card: (
                    not any(fold(name) in exact for name in (*card.en, *card.zh)),
                    -card.lines,
                    card.name,
                ),
            )
        )

    def card(self, name: str) -> ActorCard:
        """Return an actor by any of its names. Raises NoSuchActorError."""
        actor = self.actors.actors[self.name(name)]
        card = self._card(actor, self._lines())
        groups = self.actors.actors.values()
        own = tuple(spell(group, one) for group in groups for one in group.members if one.name == actor.name)
        return replace(card, memberships=own, members=tuple(spell(actor, one) for one in actor.members))

    def _card(self, actor: Actor, lines: Mapping[str, int]) -> ActorCard:
        en = dict.fromkeys(one.removeprefix(EXACT) for one in (actor.name, *actor.en))
        zh = dict.fromkeys(one.removeprefix(EXACT) for one in actor.zh)
        changed = load_lexicon().actors.actors.get(actor.name) != actor
        return ActorCard(
            actor.name, actor.type, actor.of, tuple(en), tuple(zh), lines.get(actor.name, 0), edited=changed
        )

    def _lines(self) -> Counter[str]:
        """Return in how many lines each actor acts or is the other party, under the name it has now."""
        former = self._edited().former
        found: Counter[str] = Counter()
        for name, _, lines in self._register.actors.counts():
            found[former.get(name, name)] += lines
        return found

    def former(self, name: str) -> tuple[str, ...]:
        """Return the names under which lines may hold an actor: its own, and those that it had."""
        return (name, *(old for old, now in self._edited().former.items() if now == name))

    def propose(self) -> tuple[ActorProposal, ...]:
        """Return what the texts propose, without what people dismissed."""
        former = self._edited().former
        counts = [(former.get(name, name), slug, n) for name, slug, n in self._register.actors.counts()]
        dismissed = {
            (step.values.get("kind"), step.actor)
            for step in standing(self._edited().steps)
            if step.act is ActorAct.DISMISS
        }
        found = proposals_of(counts, self.actors, dict(self._homes()))
        return tuple(one for one in found if (one.kind.value, one.name) not in dismissed)

    def _homes(self) -> Iterator[tuple[str, str]]:
        """Yield slug and state of the documents that are of one state alone."""
        for document in self._register.each_document():
            states = {self.actors.canonical(party) or "" for party in document.parties}
            if len(states) == 1 and self.actors.type_of(name := states.pop()) in {"state", "union"}:
                yield document.slug, name

    def add(self, new: NewActor, *, by: str, reason: str) -> ActorStep:
        """Add an actor.

        Args:
            new: the actor.
            by: who adds it.
            reason: why.

        Raises:
            UsageError: no name, no such type, a name that another actor has, or nobody answers for it.
        """
        return self._keep(ActorAct.ADD, new.name.strip(), described(new), by, reason)

    def rename(self, name: str, to: str, *, by: str, reason: str) -> ActorStep:
        """Give an actor another canonical name; lines that hold the old one still count. Raises UsageError."""
        return self._keep(ActorAct.RENAME, self.name(name), {"to": to.strip()}, by, reason)

    def give_names(
        self, name: str, en: tuple[str, ...] = (), zh: tuple[str, ...] = (), *, by: str, reason: str
    ) -> ActorStep:
        """Give an actor further names. Raises UsageError."""
        return self._keep(ActorAct.NAMES, self.name(name), {"en": list(en), "zh": list(zh)}, by, reason)

    def merge(self, name: str, into: str, *, by: str, reason: str) -> ActorStep:
        """Let an actor, or a name that only stands in lines, be taken up by another actor. Raises UsageError."""
        old = name.strip()
        if self.actors.canonical(old) or old in self._edited().former:
            old = self.name(old)
        return self._keep(ActorAct.MERGE, old, {"into": self.name(into)}, by, reason)

    def split(self, name: str, new: NewActor, *, by: str, reason: str) -> ActorStep:
        """Set a new actor beside one that had its names.

        The names of the new one stay with both where the two are of different states, and move else.

        Raises:
            UsageError: as `add`.
        """
        return self._keep(ActorAct.SPLIT, self.name(name), described(new), by, reason)

    def set_member(
        self, group: str, member: str, since: date | None, until: date | None, *, by: str, reason: str
    ) -> ActorStep:
        """Say from when until when an actor is a member of a group.

        Args:
            group: a group, union or body.
            member: the member.
            since: first day; None where unknown, or where an open spell is only ended.
            until: first day on which it is no member any more; None where it still is.
            by: who says so.
            reason: why.

        Raises:
            UsageError: reversed days, or groups that would be members of each other, which are named.
        """
        days = {"from": since, "until": until}
        values = {"member": self.name(member), **{key: day.isoformat() for key, day in days.items() if day}}
        return self._keep(ActorAct.MEMBER, self.name(group), values, by, reason)

    def dismiss(self, kind: str, name: str, *, by: str, reason: str) -> ActorStep:
        """Say that a proposal is none. Raises UsageError."""
        return self._keep(ActorAct.DISMISS, name, {"kind": kind}, by, reason)

    def withdraw(self, number: int, *, by: str, reason: str) -> ActorStep:
        """Take a step back. Raises UsageError where there is no such step that stands."""
        step = next((one for one in standing(self._edited().steps) if one.number == number), None)
        if step is None:
            raise NoSuchStepError(number)
        return self._keep(ActorAct.WITHDRAW, step.actor, {"step": number}, by, reason)

    def _keep(self, act: ActorAct, actor: str, values: Mapping[str, Any], by: str, reason: str) -> ActorStep:
        """Check a step and keep it."""
        for what, said in (("the name of who makes it", by), ("a reason", reason)):
            if not said.strip():
                raise NoReasonError(what)
        step = ActorStep(0, act, actor, dict(values), by.strip(), self._clock(), reason.strip())
        applied(self.actors.actors, step)
        return replace(step, number=self._register.actors.keep(step))

    def history(self, name: str = "") -> tuple[ActorStep, ...]:
        """Return the steps, oldest first.

        Args:
            name: of an actor, whose steps are wanted under all the names that it had; "" for all.
        """
        steps = self._edited().steps
        if not name:
            return steps
        names = set(self.former(self.name(name)))
        return tuple(
            step for step in steps if step.actor in names or names.intersection(map(str, step.values.values()))
        )

    def unfit(self) -> tuple[ActorStep, ...]:
        """Return the steps that no longer fit the register that ships, and are left out."""
        return self._edited().unfit

    def export(self) -> bytes:
        """Return the actors that people changed as YAML in the form of data/actors, with those taken out."""
        shipped = load_lexicon().actors.actors
        changed = [row_of(one) for name, one in sorted(self.actors.actors.items()) if shipped.get(name) != one]
        content = {
            "title": "Actors added or changed in a workspace",
            "source": "; ".join(dict.fromkeys(f"{one.by}: {one.reason}" for one in standing(self.history()))),
            "as_of": self._clock().date(),
            "actors": changed,
            "removed": sorted(shipped.keys() - self.actors.actors.keys()),
        }
        return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=115).encode()

    def names(self, language: Language) -> Mapping[str, str]:
        """Return what actors are called in a language, by canonical name; {} in English."""
        return self.actors.chinese_names() if language is Language.ZH else {}

    def why(self, proposal: ActorProposal, language: Language) -> str:
        """Return the reason of a proposal in words."""
        return str(load_pack("alliances/proposals.yaml")[language.value][proposal.why])


def made_of(steps: tuple[ActorStep, ...]) -> Edited:
    """Return the register with steps."""
    base = load_lexicon()
    if not standing(steps):
        return Edited(base, steps, (), {})
    actors, unfit = edited(base.actors, steps)
    return Edited(with_actors(actors), steps, unfit, former_names(steps))


@lru_cache(maxsize=2)
def with_actors(actors: ActorRegister) -> Lexicon:
    """Return the shipped lexicon with another register of actors."""
    return replace(load_lexicon(), names=Matcher(actors.phrases), actors=actors)


def closest(wanted: str, actors: list[Actor]) -> list[Actor]:
    """Return the actors with the names most like a text, the likest first."""
    names = {fold(name): actor for actor in actors for name in spellings(actor)}
    found = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=MOST_CLOSE, score_cutoff=CLOSE)
    return list({names[one[0]].name: names[one[0]] for one in found}.values())


def spell(group: Actor, member: Member) -> Membership:
    """Return a membership."""
    return Membership(group.name, member.name, member.since, member.until)


def described(new: NewActor) -> dict[str, Any]:
    """Return an actor as the values of a step."""
    return {"name": new.name.strip(), "type": new.type, "of": new.of, "en": list(new.en), "zh": list(new.zh)}


def row_of(actor: Actor) -> dict[str, Any]:
    """Return an actor as an entry of data/actors: only what differs from the defaults."""
    row: dict[str, Any] = {"name": actor.name, "type": actor.type}
    simple = {
        "of": actor.of,
        "exact": actor.exact,
        "en": list(actor.en),
        "zh": list(actor.zh),
        "adjectives": list(actor.adjectives),
        "short": actor.short,
        "pairs_freely": actor.pairs_freely,
        "not_before": list(actor.not_before),
        "at_home": list(actor.at_home),
        "acts": list(actor.acts),
        "addressee": actor.addressee,
        "resolves": actor.resolves,
        "title": dict(actor.title),
        "government": actor.government,
        "members": [dated({"name": one.name}, one.since, one.until) for one in actor.members],
        "holders": [
            dated({"en": list(one.en), "zh": list(one.zh)}, one.since, one.until) for one in actor.holders
        ],
    }
    return row | {key: value for key, value in simple.items() if value}


def dated(row: dict[str, Any], since: date | None, until: date | None) -> dict[str, Any]:
    """Return a row with the days that are known."""
    return row | {key: day for key, day in (("from", since), ("until", until)) if day}
