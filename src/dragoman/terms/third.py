"""Tells a text in a third language, of which alignment could only make nonsense."""

from __future__ import annotations

import re

from dragoman.lexicon import fold
from dragoman.terms.settings import Settings

WORD = re.compile(r"[^\W\d_]+")
OTHER = re.compile("[\u3041-\u30fa\uac00-\ud7a3\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
"""Kana, hangul, Cyrillic, Arabic and Thai letters."""


def is_english(text: str, settings: Settings) -> bool:
    """Return whether a text in Latin letters is English, by its small words; a short one is held to be."""
    words = [fold(found.group()) for found in WORD.finditer(text)]
    if len(words) < settings.third["words"]:
        return True
    small = frozenset(settings.third["english"])
    least: float = settings.third["least"]
    return sum(word in small for word in words) / len(words) >= least


def is_other_script(text: str, settings: Settings) -> bool:
    """Return whether letters of other scripts are too many for English or Chinese."""
    letters = sum(character.isalpha() for character in text)
    few, kana = int(settings.third["words"]), float(settings.third["kana"])
    return letters >= few and len(OTHER.findall(text)) / letters > kana
