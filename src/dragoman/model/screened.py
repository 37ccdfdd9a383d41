"""Parties of a case beside the lists, and the lists with their age."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.party import Party, PartyList, Screening
from dragoman.model.problem import Problem


@dataclass(frozen=True, slots=True)
class ListStatus:
    """A list in use.

    Attributes:
        list: its version.
        days: its age: since the day it says of itself, else that of its newest entry, else its import.
        problems: that it is old, or undated.
    """

    list: PartyList
    days: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckedParty:
    """A party of a case, screened.

    Attributes:
        place: where it stands in the case ("parties[0]").
        party: as it was screened.
        screening: None where it has no name that can be searched.
        problems: of the party, and where the case says otherwise than the lists.
    """

    place: str
    party: Party
    screening: Screening | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedParties:
    """The parties of a case, screened.

    Attributes:
        parties: one after another.
        lists: the lists in use.
    """

    parties: tuple[CheckedParty, ...]
    lists: tuple[ListStatus, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the parties and the lists."""
        found = [one for status in self.lists for one in status.problems]
        return (*found, *(one for party in self.parties for one in party.problems))
