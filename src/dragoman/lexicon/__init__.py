"""Loads, validates and looks up the data packs."""

from __future__ import annotations

from dragoman.lexicon.lexicon import Lexicon, load_lexicon
from dragoman.lexicon.matcher import Hit, Matcher, Phrase, Sieve, fold
from dragoman.lexicon.packs import PackFaultError, load_pack, pack_paths

__all__ = [
    "Hit",
    "Lexicon",
    "Matcher",
    "PackFaultError",
    "Phrase",
    "Sieve",
    "fold",
    "load_lexicon",
    "load_pack",
    "pack_paths",
]
