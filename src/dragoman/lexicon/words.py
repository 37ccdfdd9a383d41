"""Words without their endings, for what looks up or compares texts; Chinese as pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dragoman.lexicon.matcher import fold
from dragoman.lexicon.packs import load_pack

PACK = "tracking/words.yaml"
HAN = "\u3400-\u9fff"
_WORD = re.compile(f"[^\\W_{HAN}]+|[{HAN}]+")
_LONGEST = 40
"""Letters of a word that is kept: what is longer is an address or a slip."""
_MOST_STEMS = 400_000
"""Spellings whose stems are remembered; then the memory starts anew."""


@dataclass(slots=True)
class Words:
    """Cuts texts into words and takes their endings off.

    Attributes:
        endings: (ending, what stands for it), in the order they are tried.
        keep: letters that must stay.
        doubled: letters that are halved where an ending leaves two of them (planned, plan).
        stop: words that are left out.
        stems: what is remembered: the stem by spelling, "" for a word that is left out.
    """

    endings: tuple[tuple[str, str], ...]
    keep: int
    doubled: frozenset[str]
    stop: frozenset[str]
    stems: dict[str, str] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """Return the stem of a word in lower case, "" for one that is left out."""
        known = self.stems.get(word)
        if known is None:
            if len(self.stems) > _MOST_STEMS:
                self.stems.clear()
            known = self.stems[word] = self._stem(word)
        return known

    def _stem(self, word: str) -> str:
        if word in self.stop or len(word) > _LONGEST or (len(word) == 1 and word < "\u2e80"):
            return ""
        if not word.isalpha():
            return word
        return self._shortened(self._shortened(word))

    def _shortened(self, word: str) -> str:
        for ending, instead in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= self.keep:
                rest = word[: len(word) - len(ending)] + instead
                doubled = not instead and rest[-1] in self.doubled and rest[-1:] == rest[-2:-1]
                return rest[:-1] if doubled else rest
        return word

    def stems_of(self, folded: str) -> Iterator[str]:
        """Yield the stems of a text in lower case, in order, without the words that are left out."""
        for word in _WORD.findall(folded):
            if word[0] >= "\u3400":
                yield from _pairs(word)
            elif stem := self.stem(word):
                yield stem

    def places_of(self, folded: str) -> tuple[list[str], list[int]]:
        """Return the stems of a text in lower case, and where each begins."""
        stems: list[str] = []
        starts: list[int] = []
        known = self.stems
        for found in _WORD.finditer(folded):
            word, start = found.group(), found.start()
            if word[0] >= "\u3400":
                pairs = _pairs(word)
                stems += pairs
                starts += range(start, start + len(pairs))
                continue
            stem = known.get(word)
            if stem is None:
                stem = self.stem(word)
            if stem:
                stems.append(stem)
                starts.append(start)
        return stems, starts


def _pairs(run: str) -> list[str]:
    """Return the pairs of neighbours in a run of Chinese characters; a single one stays alone."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def words_of(pack: Mapping[str, Any]) -> Words:
    """Return what a pack says about words."""
    return Words(
        endings=tuple((ending, instead) for ending, instead in pack["endings"]),
        keep=pack["keep"],
        doubled=frozenset(pack["doubled"]),
        stop=frozenset(word for line in pack["stop"] for word in str(line).split()),
    )


@cache
def load_words() -> Words:
    """Return the shipped words. Raises PackFaultError where the pack is wrong."""
    return words_of(load_pack(PACK))


def stems(text: str) -> list[str]:
    """Return the stems of a text in any case, in order, without the words that are left out."""
    return list(load_words().stems_of(fold(text)))


def stem_of(word: str) -> str:
    """Return the stem of a word in lower case, "" for one that is left out."""
    return load_words().stem(word)
