"""Names as words that can be compared: one case, no accents, Latin letters; Han names stay Han."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'`")
"""What anyascii leaves of apostrophes of all kinds."""
_POINTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?")
"""Letters with points between them: "s.a.", "u.s.a."."""
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u2120\u2122]"
)
"""Control characters, zero-width signs, signs of direction, variants of pictures, and the marks of trade marks, of
which the compatibility form makes letters."""
_PICTURES = re.compile("[©®\u2190-\u245f\u2500-\u2bff\U0001f000-\U0001fbff]")
"""Arrows, frames, signs and emoji; transliterated they would be words that no list has."""

LONGEST_NAME = 1000
"""Characters of a name that are compared; nobody has a longer one."""


def clean(name: str) -> str:
    """Return a name without pictures and what cannot be seen, in compatibility form, cut at `LONGEST_NAME`."""
    if name.isascii() and name.isprintable():
        return name[:LONGEST_NAME].strip()
    return _PICTURES.sub(" ", unicodedata.normalize("NFKC", _INVISIBLE.sub("", name[:LONGEST_NAME]))).strip()


def is_han(name: str) -> bool:
    """Return whether a name has a Han character."""
    return HAN.search(name) is not None


def _without_points(found: re.Match[str]) -> str:
    return found.group().replace(".", "")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name: lower case, ASCII, other scripts transliterated, points of initials dropped.

    "Société Générale S.A." gives societe, generale, sa; "ООО Рога" gives ooo, roga.
    """
    plain = clean(name)
    plain = (plain if plain.isascii() else anyascii(plain)).lower()
    if "'" in plain or "`" in plain:
        plain = plain.translate(_APOSTROPHES)
    return tuple(_WORD.findall(_POINTED.sub(_without_points, plain) if "." in plain else plain))
