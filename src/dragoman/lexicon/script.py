"""Traditional Chinese characters as simplified ones, one for one, so that one lexicon serves both scripts.

The result is only looked at, never shown: offsets are those of the text as written, and whoever quotes takes the
words from there.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from dragoman.lexicon.packs import load_pack

PACK = "lexicons/taiwan.yaml"
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
STRETCH = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00))
"""Han characters of the basic plane that have simplified forms."""


def simplified(text: str) -> str:
    """Return a text with simplified characters for traditional ones, of the same length.

    Words of Taiwan that a pack names become those of the mainland of the same length (資訊, 信息). A text without
    traditional characters is returned as it is. Characters after OpenCC's tw2s tables (opencc.org, Apache-2.0),
    which look at the characters around (顯著 and 隨著 differ).
    """
    if HAN.search(text) is None or traditional_characters().isdisjoint(text):
        return text
    plain = regional_words().sub(mainland_word, STRETCH.sub(converted, text))
    return text if plain == text else plain


def converted(stretch: re.Match[str]) -> str:
    """Return a stretch of Han characters in simplified ones, character by character where the length differs."""
    written = stretch.group()
    plain = converter().convert(written)
    return plain if len(plain) == len(written) else "".join(map(single, written))


def single(character: str) -> str:
    """Return the simplified form of a character, itself where it has none of one character."""
    plain = converter().convert(character)
    return plain if len(plain) == 1 else character


def mainland_word(found: re.Match[str]) -> str:
    """Return the mainland's word for one of Taiwan's."""
    return mainland_words()[found.group()]


@cache
def converter() -> OpenCC:
    """Return what converts Han characters; loads its tables once."""
    return OpenCC("tw2s")


@cache
def traditional_characters() -> frozenset[str]:
    """Return the characters whose simplified form is another one."""
    characters = [chr(code) for first, end in BLOCKS for code in range(first, end)]
    plain = converter().convert("\n".join(characters)).split("\n")
    return frozenset(written for written, form in zip(characters, plain, strict=True) if written != form)


@cache
def mainland_words() -> dict[str, str]:
    """Return the mainland's words by Taiwan's, both in simplified characters and of one length."""
    return dict(load_pack(PACK)["words"])


@cache
def regional_words() -> re.Pattern[str]:
    """Return a pattern of Taiwan's words in simplified characters, longest first."""
    return re.compile("|".join(sorted(mainland_words(), key=len, reverse=True)))
