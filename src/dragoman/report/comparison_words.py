"""Words of reports on coordination, profiles and process tracing, from `data/compare/coordination_words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.report.blocks import Line, Run, Style, line
from dragoman.wording import Catalogue, catalogue

PACK = "compare/coordination_words.yaml"
MOST_NUMBERS = 12
"""Sentence numbers shown beside a figure."""
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language.

    Attributes:
        language: theirs.
        own: of these reports.
        names: of actors in that language, by canonical name.
        texts: of the interface, for tags.
    """

    language: Language
    own: Mapping[str, str]
    names: Mapping[str, str]
    texts: Catalogue

    def text(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return self.own[key].format(**values)

    def name(self, name: str) -> str:
        """Return what an actor or a label is called."""
        return self.names.get(name) or self.own.get(f"label {name}", name)

    def tag(self, tag: str) -> str:
        """Return the word for a tag."""
        found = self.texts.name("instruments", tag)
        return self.texts.name("technologies", tag) if found == tag else found

    def head(self, *keys: str) -> tuple[str, ...]:
        """Return names of columns."""
        return tuple(self.own[key] for key in keys)


def words_of(language: Language, names: Mapping[str, str]) -> Words:
    """Return the words of a language."""
    return Words(language, load_pack(PACK)[language.value], names, catalogue(language))


def counted(value: str, numbers: list[int]) -> Line:
    """Return a figure with the numbers of its sentences."""
    if not numbers:
        return line(value)
    shown = ", ".join(map(str, numbers[:MOST_NUMBERS])) + (", …" if len(numbers) > MOST_NUMBERS else "")
    return line(value, Run(f" [{shown}]", Style.SOFT))


def decimal(value: float | None, digits: int = 2) -> str:
    """Return a number, a dash for none."""
    return "–" if value is None else f"{value:.{digits}f}"


def anchor_of(identifier: str) -> str:
    """Return the place of a line or event in a report: its id, with a hyphen for what no address holds.

    The page of a report points to the line `statement-2023:0a1b` as `report.html#line-statement-2023-0a1b`.
    """
    return "line-" + _UNSAFE.sub("-", identifier)
