"""Whether listed parties own a party: shares, direct and through owners that are owned themselves.

An owner counts with the whole share it holds where it is listed, or where listed parties own it to the threshold.
What is not known stays open: the listed share is an interval, and the answer is "unknown" while the threshold lies
in it. Rules, thresholds and their citations: the pack `data/screening/ownership.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Bilingual, Confidence, Owned, Ownership, Party, Standing
from dragoman.screen.official import official_lists
from dragoman.screen.vocabulary import FOLDER

PACK = f"{FOLDER}/ownership.yaml"
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as it stands from a day to a day."""

    standing: Standing
    citation: str
    confidence: Confidence
    since: date | None = None
    until: date | None = None
    note: Bilingual | None = None

    def holds(self, day: date) -> bool:
        """Return whether this is the version of a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """When a party that listed parties own is treated like them.

    Attributes:
        id, title: of the rule.
        threshold: percent that listed owners must hold.
        at_least: whether the threshold itself is enough.
        aggregate: whether the shares of several listed owners are added.
        control: whether control without shares counts too.
        lists: ids of the official lists whose parties count.
        versions: one after another.
        note: what a reader must know.
    """

    id: str
    title: Bilingual
    threshold: float
    at_least: bool
    aggregate: bool
    control: bool
    lists: frozenset[str]
    versions: tuple[RuleVersion, ...]
    note: Bilingual | None = None

    def reached(self, percent: float) -> bool:
        """Return whether a share is enough."""
        return percent >= self.threshold if self.at_least else percent > self.threshold


@dataclass(frozen=True, slots=True)
class Standings:
    """Which lists a party stands on.

    Attributes:
        sure: ids of official lists, by hits that a person confirmed.
        maybe: ids by hits that nobody decided on.
    """

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Sum:
    """Shares of listed owners while they are gathered."""

    least: float = 0.0
    most: float = 0.0
    owners: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


@cache
def ownership_rules() -> tuple[OwnershipRule, ...]:
    """Return the rules of the pack. Raises DataPackError."""
    return tuple(_rule(name, one) for name, one in load_pack(PACK)["rules"].items())


def _rule(name: str, one: Mapping[str, Any]) -> OwnershipRule:
    return OwnershipRule(
        name,
        Bilingual(**one["title"]),
        float(one["threshold"]),
        one["at_least"],
        one["aggregate"],
        one["control"],
        frozenset(one["lists"]),
        tuple(map(_version, one["versions"])),
        _words(one.get("note")),
    )


def _version(one: Mapping[str, Any]) -> RuleVersion:
    return RuleVersion(
        Standing(one["standing"]),
        one["citation"],
        Confidence(one["confidence"]),
        one.get("since"),
        one.get("until"),
        _words(one.get("note")),
    )


def _words(words: Mapping[str, str] | None) -> Bilingual | None:
    return Bilingual(**words) if words else None


def plain_name(name: str) -> str:
    """Return a name by which the same owner is known again: without case and doubled spaces."""
    return " ".join(name.casefold().split())


def ownership_of(
    party: Party,
    stands_on: Callable[[Party], Standings],
    as_of: date,
    searched: frozenset[str],
) -> tuple[Ownership, ...]:
    """Return what each rule of a day says of a party whose owners are given; () where none are.

    Args:
        party: with its owners, and theirs.
        stands_on: tells the lists that an owner stands on.
        as_of: the day.
        searched: ids of the official lists that were imported.
    """
    if not party.owners:
        return ()
    found = []
    for rule in ownership_rules():
        version = next((one for one in rule.versions if one.holds(as_of)), None)
        if version is not None:
            found.append(_judged(party, rule, version, stands_on, searched))
    return tuple(found)


def _judged(
    party: Party,
    rule: OwnershipRule,
    version: RuleVersion,
    stands_on: Callable[[Party], Standings],
    searched: frozenset[str],
) -> Ownership:
    """Return what one rule says of a party."""
    total = _shares(party, rule, stands_on, (plain_name(party.name),))
    lacking = sorted(rule.lists - searched)
    total.open += [f"{official_lists()[name].title.en}: not imported" for name in lacking]
    owned = _owned(rule, total)
    if owned is Owned.NO and lacking:
        owned = Owned.UNKNOWN
    if rule.control and owned is Owned.NO:
        total.open.append("control without shares: ask")
    notes = [words for words in (rule.note, version.note) if words]
    return Ownership(
        rule.id,
        rule.title,
        owned,
        round(total.least, 4),
        round(total.most, 4),
        rule.threshold,
        tuple(dict.fromkeys(total.owners)),
        tuple(dict.fromkeys(total.open)),
        version.standing,
        version.citation,
        version.confidence,
        Bilingual(" ".join(one.en for one in notes), "".join(one.zh for one in notes)) if notes else None,
    )


def _owned(rule: OwnershipRule, total: _Sum) -> Owned:
    if rule.reached(total.least):
        return Owned.YES
    return Owned.UNKNOWN if rule.reached(total.most) else Owned.NO


def _shares(
    party: Party, rule: OwnershipRule, stands_on: Callable[[Party], Standings], path: tuple[str, ...]
) -> _Sum:
    """Add up what listed owners hold; `path` are the parties on the way from the one asked about."""
    total = _Sum()
    stated = sum(share for _, share in party.owners if share is not None)
    left = max(0.0, WHOLE - stated)
    unstated = 0
    for owner, share in party.owners:
        listed = _listed(owner, rule, stands_on, path, total)
        if share is None:
            unstated += 1
            total.open.append(f"share of {owner.name} in {party.name}")
        if listed is Owned.NO:
            continue
        shown = f"{share:g} %" if share is not None else "a share not stated"
        may = "" if listed is Owned.YES else ", perhaps listed"
        total.owners.append(f"{owner.name}: {shown} of {party.name}{may}")
        _add(
            total,
            rule,
            0.0 if share is None or listed is not Owned.YES else share,
            left if share is None else share,
        )
    _rest(total, party, rule, left, unstated)
    total.least, total.most = min(total.least, WHOLE), min(total.most, WHOLE)
    return total


def _add(total: _Sum, rule: OwnershipRule, least: float, most: float) -> None:
    if rule.aggregate:
        total.least, total.most = total.least + least, total.most + most
    else:
        total.least, total.most = max(total.least, least), max(total.most, most)


def _rest(total: _Sum, party: Party, rule: OwnershipRule, left: float, unstated: int) -> None:
    """Count what no stated owner holds: it may belong to anybody."""
    if left > float(load_pack(PACK)["rounding"]) and not unstated:
        total.open.append(f"{left:g} % of {party.name} whose owners are not given")
        _add(total, rule, 0.0, left)


def _listed(
    owner: Party,
    rule: OwnershipRule,
    stands_on: Callable[[Party], Standings],
    path: tuple[str, ...],
    total: _Sum,
) -> Owned:
    """Return whether an owner counts: it is listed, or listed parties own it."""
    name = plain_name(owner.name)
    if name in path:
        total.open.append(f"{owner.name} owns itself by way of others")
        return Owned.UNKNOWN
    standings = stands_on(owner)
    if standings.sure & rule.lists:
        return Owned.YES
    if len(path) > int(load_pack(PACK)["deepest"]):
        total.open.append(f"owners of {owner.name}: too far away")
        return Owned.UNKNOWN
    through = _through(owner, rule, stands_on, (*path, name), total)
    maybe = bool(standings.maybe & rule.lists)
    if maybe and through is not Owned.YES:
        total.open.append(f"hits on {owner.name} that nobody decided on")
        return Owned.UNKNOWN
    return through


def _through(
    owner: Party,
    rule: OwnershipRule,
    stands_on: Callable[[Party], Standings],
    path: tuple[str, ...],
    total: _Sum,
) -> Owned:
    """Return whether listed parties own an owner to the threshold."""
    if not owner.owners:
        return Owned.NO
    theirs = _shares(owner, rule, stands_on, path)
    owned = _owned(rule, theirs)
    if owned is not Owned.NO:
        total.owners += theirs.owners
        total.open += theirs.open if owned is Owned.UNKNOWN else []
    return owned


def all_owners(party: Party) -> Iterator[Party]:
    """Yield the owners of a party and theirs, each name once."""
    seen: set[str] = {plain_name(party.name)}
    waiting: list[Party] = [owner for owner, _ in party.owners]
    while waiting:
        owner = waiting.pop(0)
        if plain_name(owner.name) not in seen:
            seen.add(plain_name(owner.name))
            yield owner
            waiting += [further for further, _ in owner.owners]


def with_known_owners(party: Party, known: Mapping[str, Sequence[tuple[Party, float | None]]]) -> Party:
    """Return a party whose owners have the owners that are known of them elsewhere; circles end where they close.

    Args:
        party: as given.
        known: owners of parties by `plain_name`.
    """
    return _linked(party, known, ())


def _linked(
    party: Party, known: Mapping[str, Sequence[tuple[Party, float | None]]], path: tuple[str, ...]
) -> Party:
    name = plain_name(party.name)
    if name in path or len(path) > int(load_pack(PACK)["deepest"]):
        return party
    owners = party.owners or tuple(known.get(name, ()))
    linked = tuple((_linked(owner, known, (*path, name)), share) for owner, share in owners)
    return Party(
        party.name,
        party.kind,
        party.other_names,
        party.countries,
        party.born,
        party.identifiers,
        linked,
        party.reference,
    )
