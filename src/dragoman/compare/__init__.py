"""Compares texts with each other: lineage of provisions over a series. Pure functions on model objects.

    lineage = lineage_of(texts, load_lexicon())

The published rules: docs/comparing.md; their figures: data/compare/.
"""

from __future__ import annotations

from dragoman.compare.alignment import Crossed, Spot
from dragoman.compare.redline import redline
from dragoman.compare.series import series_of
from dragoman.compare.threads import lineage_of

__all__ = ["Crossed", "Spot", "lineage_of", "redline", "series_of"]
