"""From which score on a listed name is a hit: one threshold for each pair of scripts, from data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.screen.vocabulary import FOLDER

LATIN, HAN, CROSS = "latin", "han", "cross"
"""Pairs of scripts: both Latin (or another alphabet), both Chinese, one of each."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which a name is a hit.

    Attributes:
        latin, han, cross: by the scripts of the two names.
    """

    latin: float
    han: float
    cross: float

    def of(self, scripts: str) -> float:
        """Return the threshold of a pair of scripts."""
        return {LATIN: self.latin, HAN: self.han, CROSS: self.cross}[scripts]


@cache
def default_thresholds() -> Thresholds:
    """Return the thresholds of the data pack. Raises DataPackError."""
    pack = load_pack(f"{FOLDER}/thresholds.yaml")
    return Thresholds(float(pack[LATIN]), float(pack[HAN]), float(pack[CROSS]))


@cache
def doubtful_band() -> dict[str, tuple[float, float]]:
    """Return, by pair of scripts, the scores between which a second opinion is asked for."""
    bands = load_pack(f"{FOLDER}/thresholds.yaml")["doubtful"]
    return {scripts: (float(low), float(high)) for scripts, (low, high) in bands.items()}
