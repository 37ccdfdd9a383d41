"""Countries as cases and lists name them: an ISO 3166-1 alpha-2 code, or a name of the register of actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon.matcher import fold
from dragoman.lexicon.packs import load_pack
from dragoman.model import Bilingual

STATES = "actors/states.yaml"
EXACT = "="


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries of the register.

    Attributes:
        titles: English and Chinese names by code.
        codes: by folded name, code and alias; a name that several have is not among them.
    """

    titles: Mapping[str, Bilingual]
    codes: Mapping[str, str]

    def code(self, name: str) -> str | None:
        """Return the code of a country, None for a name that no country, or more than one, has."""
        return self.codes.get(fold(name.strip()))


@cache
def load_countries() -> Countries:
    """Return the countries of the shipped register of actors."""
    rows = [row for row in load_pack(STATES)["actors"] if row.get("code")]
    names: dict[str, set[str]] = {}
    for row in rows:
        for name in (row["code"], row["name"], *row.get("en", ()), *row.get("zh", ())):
            names.setdefault(fold(str(name).removeprefix(EXACT)), set()).add(row["code"])
    titles = {row["code"]: Bilingual(row["name"], (row.get("zh") or [row["name"]])[0]) for row in rows}
    return Countries(titles, {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1})
