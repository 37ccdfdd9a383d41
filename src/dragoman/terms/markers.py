"""Words that carry force, in either language, as classes that both share: `data/terms/force.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import fold, load_pack
from dragoman.lexicon.script import simplified
from dragoman.model import Language

PACK = "terms/force.yaml"
NOT_BEHIND, BEHIND = re.compile(r"\(\?<!([^()]*)\)"), re.compile(r"\(\?<=([^()]*)\)")


@dataclass(frozen=True, slots=True)
class ForceClass:
    """One force in both languages.

    Attributes:
        name: of the class.
        family: classes that can take each other's place.
        rank: strength within the family.
        kind: what a difference is called.
        lost: how grave it is where only the English has it; "none" if it says nothing.
        added: the same of the Chinese.
        also: classes of the other version that say the same.
    """

    name: str
    family: str
    rank: int
    kind: str
    lost: str
    added: str
    also: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of force in a text.

    Attributes:
        start, end: offsets in the text that was looked at.
        text: as written.
        force: its class.
    """

    start: int
    end: int
    text: str
    force: ForceClass


@cache
def load_classes() -> Mapping[str, ForceClass]:
    """Return the classes of the shipped pack by name."""
    return {
        name: ForceClass(
            name, row["family"], row["rank"], row["kind"], row["lost"], row["added"], frozenset(row["also"])
        )
        for name, row in load_pack(PACK)["classes"].items()
    }


@cache
def patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what finds the words of each class that has any in a language."""
    classes: Mapping[str, Any] = load_pack(PACK)["classes"]
    found = ((name, [str(word) for word in row[language.value]]) for name, row in classes.items())
    return tuple((name, pattern_of(words, language)) for name, words in found if words)


def pattern_of(words: Sequence[str], language: Language) -> re.Pattern[str]:
    """Return a pattern for words; English ones match whole words only."""
    joined = "|".join(f"(?:{even(word)})" for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)" if language is Language.EN else f"(?:{joined})")


def even(word: str) -> str:
    """Return an expression whose looks behind have one width each, as Python asks for."""
    word = NOT_BEHIND.sub(lambda found: "".join(f"(?<!{one})" for one in found.group(1).split("|")), word)
    return BEHIND.sub(lambda found: f"(?:{'|'.join(f'(?<={one})' for one in found.group(1).split('|'))})", word)


def plain(text: str, language: Language) -> str:
    """Return a text as the patterns look at it, of the same length."""
    if language is Language.ZH:
        return simplified(text)
    return re.sub(r"\s", " ", fold(text)).replace("’", "'").replace("'ll", "’ll").replace("'d", "’d")


def markers(text: str, language: Language) -> list[Marker]:
    """Return the words of force of a text in order, the longest of those that overlap.

    Args:
        text: one or more sentences.
        language: of the text.
    """
    looked = plain(text, language)
    classes = load_classes()
    found = [
        Marker(hit.start(), hit.end(), text[hit.start() : hit.end()], classes[name])
        for name, pattern in patterns(language)
        for hit in pattern.finditer(looked)
        if hit.end() > hit.start()
    ]
    kept: list[Marker] = []
    for marker in sorted(found, key=lambda one: one.start - one.end):
        if all(marker.end <= one.start or one.end <= marker.start for one in kept):
            kept.append(marker)
    return sorted(kept, key=lambda one: one.start)
