"""From a `Document` to its provisions: a pure function of document and lexicon, the same on every run."""

from __future__ import annotations

from dragoman.extract.extractor import GRAMMAR, Extractor
from dragoman.extract.guarded import Extracted, extracted

__all__ = ["GRAMMAR", "Extracted", "Extractor", "extracted"]
