"""Which official list an imported entry stands on: its form and what it says of its list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model import Bilingual, ListEntry
from dragoman.screen.vocabulary import FOLDER

PACK = f"{FOLDER}/official_lists.yaml"


@dataclass(frozen=True, slots=True)
class OfficialList:
    """A list that rules and cases speak of.

    Attributes:
        id: as the fact `listed_on` of a case has it ("us-entity-list").
        title: its name.
        found_in: (form of the imported file, what the entry's source must hold).
    """

    id: str
    title: Bilingual
    found_in: tuple[tuple[str, re.Pattern[str]], ...]

    @property
    def forms(self) -> frozenset[str]:
        """Forms of files that hold it."""
        return frozenset(form for form, _ in self.found_in)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where a list comes from, for those who have none yet: form, name of the list, who publishes it."""

    form: str
    title: Bilingual
    publisher: Bilingual


@cache
def official_lists() -> Mapping[str, OfficialList]:
    """Return the official lists by id. Raises DataPackError."""
    return {
        name: OfficialList(name, Bilingual(**one["title"]), tuple(map(_place, one["found_in"])))
        for name, one in load_pack(PACK)["lists"].items()
    }


def _place(place: Mapping[str, str]) -> tuple[str, re.Pattern[str]]:
    return place["form"], re.compile(place.get("source", ""), re.IGNORECASE)


@cache
def publishers() -> tuple[Publisher, ...]:
    """Return the lists that can be had, and from whom. Raises DataPackError."""
    return tuple(
        Publisher(one["form"], Bilingual(**one["title"]), Bilingual(**one["publisher"]))
        for one in load_pack(PACK)["publishers"]
    )


def official_of(entry: ListEntry, form: str) -> frozenset[str]:
    """Return the ids of the official lists that an entry stands on.

    Args:
        entry: the entry.
        form: of the file it was imported from.
    """
    return frozenset(
        one.id
        for one in official_lists().values()
        if any(form == place and words.search(entry.source) for place, words in one.found_in)
    )


def searchable(forms: Iterable[str]) -> frozenset[str]:
    """Return the ids of the official lists that files of these forms can hold."""
    there = frozenset(forms)
    return frozenset(one.id for one in official_lists().values() if one.forms & there)
