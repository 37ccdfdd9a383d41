"""Figures of alignment, from `data/terms/alignment.yaml`; what each does stands beside it in the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack

PACK, WORDS, PROBLEMS = "terms/alignment.yaml", "terms/words.yaml", "terms/problems.yaml"

Shape = tuple[int, int]
"""How many English and how many Chinese sentences a link has."""


SHORT = 3
"""Sentences on both sides of a link that a first look knows."""


@dataclass(frozen=True, slots=True)
class LengthModel:
    """How long a Chinese sentence is for its English one."""

    ratio: float
    least_ratio: float
    most_ratio: float
    own_from: int
    latin: float
    variance: float
    spread: float
    floor: float


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """The figures of alignment.

    Attributes:
        length: the length model.
        shapes: log odds of a link by its shape.
        skip, crossed: log odds of a sentence in one version only, and of two neighbours in the other order.
        signs: by kind of sign, the chance that it stands in the other version too.
        unseen: sentences added when the share of a sign is taken, so that a short text does not mislead.
        inside: chance that a link runs over the end of a block.
        lines: by what a text is told that was cut into sentences before, one to a line.
        dictionary, encoder: how far they are believed.
        band, learning, repair, confidence: what is looked at, learned, paired again, and believed.
        unrelated: score below which versions do not belong together.
        least_share: share of a text below which a version counts as not there.
        third: by what a text in a third language is told.
        numerals: how numbers and months are spelt.
    """

    length: LengthModel
    shapes: Mapping[Shape, float]
    skip: float
    crossed: float
    signs: Mapping[str, float]
    unseen: float
    inside: float
    lines: Mapping[str, float]
    dictionary: Mapping[str, float]
    encoder: Mapping[str, float]
    band: Mapping[str, float]
    learning: Mapping[str, float]
    repair: Mapping[str, float]
    confidence: Mapping[str, float]
    unrelated: float
    least_share: float
    third: Mapping[str, Any]
    numerals: Mapping[str, Any]

    @property
    def quick(self) -> Settings:
        """The figures of a first look, which knows only short links."""
        return replace(self, shapes={shape: odds for shape, odds in self.shapes.items() if sum(shape) <= SHORT})


@cache
def load_settings() -> Settings:
    """Return the figures of the shipped pack."""
    pack = load_pack(PACK)
    plain = ("skip", "crossed", "signs", "unseen", "inside", "lines", "dictionary", "encoder")
    further = ("band", "learning", "repair", "confidence")
    return Settings(
        length=LengthModel(**pack["length"]),
        shapes={shape_of(name): float(odds) for name, odds in pack["shapes"].items()},
        unrelated=pack["unrelated"],
        least_share=pack["least_share"],
        third=pack["third"],
        numerals=pack["numerals"],
        **{name: pack[name] for name in plain + further},
    )


def shape_of(name: str) -> Shape:
    """Return a shape from its name, "2-1"."""
    english, chinese = name.split("-")
    return int(english), int(chinese)
