"""Words without their endings; Chinese as pairs of characters. The endings are those of the evidence index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.lexicon import fold, load_pack

ENDINGS = "tracking/words.yaml"
HAN = "\u3400-\u9fff"
_WORD = re.compile(f"[^\\W_{HAN}]+|[{HAN}]+")
_LONGEST = 40
_REMEMBERED = 200_000


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, without words that are left out."""
    return list(_stems(text))


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        if word[0] >= "\u3400":
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif stem := stem_of(word):
            yield stem


class Endings(NamedTuple):
    """What the pack says: endings with what stands for them, letters to keep, doubled letters, words left out."""

    endings: tuple[tuple[str, str], ...]
    keep: int
    doubled: frozenset[str]
    stop: frozenset[str]


@cache
def _pack() -> Endings:
    pack = load_pack(ENDINGS)
    stop = frozenset(word for line in pack["stop"] for word in str(line).split())
    endings = tuple((ending, instead) for ending, instead in pack["endings"])
    return Endings(endings, pack["keep"], frozenset(pack["doubled"]), stop)


_KNOWN: dict[str, str] = {}


def stem_of(word: str) -> str:
    """Return the stem of a word in lower case, "" for one that is left out."""
    known = _KNOWN.get(word)
    if known is None:
        if len(_KNOWN) > _REMEMBERED:
            _KNOWN.clear()
        known = _KNOWN[word] = _stem(word)
    return known


def _stem(word: str) -> str:
    if word in _pack().stop or len(word) > _LONGEST or len(word) == 1:
        return ""
    return _shortened(_shortened(word)) if word.isalpha() else word


def _shortened(word: str) -> str:
    endings, keep, doubled, _ = _pack()
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep:
            rest = word[: len(word) - len(ending)] + instead
            twice = not instead and rest[-1] in doubled and rest[-1:] == rest[-2:-1]
            return rest[:-1] if twice else rest
    return word
