"""What people change in the register of actors, step by step, and what the texts propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ActorAct(StrEnum):
    """What a step does."""

    ADD = "add"
    RENAME = "rename"
    NAMES = "names"
    """Gives further names."""
    MERGE = "merge"
    SPLIT = "split"
    MEMBER = "member"
    DISMISS = "dismiss"
    """Says that a proposal is none."""
    WITHDRAW = "withdraw"
    """Takes an earlier step back."""


@dataclass(frozen=True, slots=True)
class ActorStep:
    """One change; none is ever removed.

    Attributes:
        number: from 1; 0 before it is kept.
        act: what it does.
        actor: canonical name it is about.
        values: by act - add and split: `name`, `type`, `of`, `en`, `zh`; rename: `to`; names: `en`, `zh`; merge:
            `into`; member: `member`, `from`, `until`; dismiss: `kind`, `other`; withdraw: `step`.
        by: who.
        at: when.
        reason: why.
    """

    number: int
    act: ActorAct
    actor: str
    values: Mapping[str, Any]
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class NewActor:
    """An actor as a person describes it.

    Attributes:
        name: canonical English name.
        type: see docs/actors.md.
        of: state or body that it belongs to, "" for none.
        en, zh: further names.
    """

    name: str
    type: str
    of: str = ""
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A spell as a member of a group.

    Attributes:
        group, member: canonical names.
        since, until: None where unknown; `until` is the first day without.
    """

    group: str
    member: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor of the register with what is known of it.

    Attributes:
        name, type, of: see `NewActor`.
        en, zh: all its names, the first one is shown.
        lines: number of provisions in which it acts or is the other party.
        memberships: in which groups it is or was.
        members: its own.
        edited: whether a person changed it.
    """

    name: str
    type: str
    of: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    lines: int
    memberships: tuple[Membership, ...] = ()
    members: tuple[Membership, ...] = ()
    edited: bool = False


class ProposalKind(StrEnum):
    """What the texts propose."""

    ADD = "add"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class ActorProposal:
    """What the texts propose for the register of actors.

    Attributes:
        kind: see `ProposalKind`.
        name: as it stands in lines of the register.
        lines, documents: how often it is named, and in how many texts.
        why: name of the reason, a key of data/alliances/proposals.yaml.
        into: of a merge, the actor that it seems to be.
        type, of: of a new one, as guessed; "" where nothing speaks for any.
        states: of a split, lines by the state that the text is of.
    """

    kind: ProposalKind
    name: str
    lines: int
    documents: int
    why: str
    into: str = ""
    type: str = ""
    of: str = ""
    states: Mapping[str, int] = field(default_factory=dict)


def card_to_row(card: ActorCard) -> dict[str, Any]:
    """Return an actor as JSON."""
    return {
        "name": card.name,
        "type": card.type,
        "of": card.of or None,
        "en": list(card.en),
        "zh": list(card.zh),
        "lines": card.lines,
        "edited": card.edited,
        "memberships": [membership_to_row(one) for one in card.memberships],
        "members": [membership_to_row(one) for one in card.members],
    }


def membership_to_row(one: Membership) -> dict[str, Any]:
    """Return a membership as JSON."""
    return {
        "group": one.group,
        "member": one.member,
        "from": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
    }


def proposal_to_row(one: ActorProposal) -> dict[str, Any]:
    """Return a proposal as JSON."""
    return {
        "kind": one.kind.value,
        "name": one.name,
        "lines": one.lines,
        "documents": one.documents,
        "why": one.why,
        "into": one.into or None,
        "type": one.type or None,
        "of": one.of or None,
        "states": dict(one.states),
    }


def step_to_row(step: ActorStep) -> dict[str, Any]:
    """Return a step as JSON."""
    return {
        "number": step.number,
        "act": step.act.value,
        "actor": step.actor,
        **step.values,
        "by": step.by,
        "at": step.at.isoformat(),
        "reason": step.reason,
    }
