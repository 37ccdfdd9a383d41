"""What is known of a party beside its name, for and against an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import ListEntry, Party, PartyKind

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_SIGNS = re.compile(r"[\W_]+")
SHORTEST_IDENTIFIER = 5
EQUAL = 0.97
"""Score from which names are taken as equal whatever kind the parties are."""
OTHER_KIND, CRAFT, OTHER_COUNTRY, OTHER_YEAR = 0.8, 0.92, 0.95, 0.85
"""What a score is multiplied by where the entry is of another kind, is a craft and the party may be anything,
where countries and where years of birth differ."""
CRAFTS = frozenset({PartyKind.VESSEL, PartyKind.AIRPLANE})
FIRMS = frozenset({PartyKind.COMPANY, PartyKind.ORGANIZATION})
OPEN = frozenset({PartyKind.PERSON, *FIRMS, PartyKind.LEGAL_ENTITY})


@dataclass(frozen=True, slots=True)
class Facts:
    """What facts say.

    Attributes:
        kind: what the score is multiplied by for the kinds of party.
        others: what it is multiplied by for the other facts.
        against: facts against, in words.
        identifier: a number that both have, "" without one.
    """

    kind: float
    others: float
    against: tuple[str, ...]
    identifier: str


def plain_identifier(number: str) -> str:
    """Return an identifier without signs and case, "" where it is too short to tell anything."""
    plain = _SIGNS.sub("", number).lower()
    return plain if len(plain) >= SHORTEST_IDENTIFIER else ""


def years(born: Iterable[str]) -> frozenset[str]:
    """Return the years in dates as written."""
    return frozenset(year for text in born for year in _YEAR.findall(text))


def kinds_agree(one: PartyKind | None, other: PartyKind) -> bool:
    """Return whether a party of one kind may be an entry of another."""
    if one is None or one == other:
        return True
    if one in FIRMS and other in FIRMS:
        return True
    return PartyKind.LEGAL_ENTITY in {one, other} and {one, other} <= OPEN


def facts_of(party: Party, entry: ListEntry) -> Facts:
    """Return what the facts say for and against an entry; what either side does not state says nothing."""
    against: list[str] = []
    kind = 1.0
    if not kinds_agree(party.kind, entry.kind):
        against.append(f"the entry is a {entry.kind.value}, the party a {party.kind.value}" if party.kind else "")
        kind = OTHER_KIND
    elif party.kind is None and entry.kind in CRAFTS:
        kind = CRAFT
    others = 1.0
    if party.born and (born := _differ(years([party.born]), years(entry.born))):
        against.append(f"born {born}")
        others *= OTHER_YEAR
    if party.countries and (countries := _differ(_codes(party.countries), _codes(entry.countries))):
        against.append(f"country {countries}")
        others *= OTHER_COUNTRY
    return Facts(kind, others, tuple(against), _identifier(party, entry))


def _codes(countries: Iterable[str]) -> frozenset[str]:
    return frozenset(code.upper() for code in countries)


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Return two sets in words where both say something, and nothing in common; else ""."""
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return ""
    return f"{', '.join(sorted(mine))}, the entry {', '.join(sorted(theirs))}"


def _identifier(party: Party, entry: ListEntry) -> str:
    if not party.identifiers or not entry.identifiers:
        return ""
    theirs = set(map(plain_identifier, entry.identifiers))
    return next(
        (number for number in party.identifiers if (plain := plain_identifier(number)) and plain in theirs), ""
    )
