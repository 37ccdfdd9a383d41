"""How like two words are: spelling, sound, short forms, initials."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from dragoman.screen.vocabulary import Vocabulary

Likeness = tuple[float, str]
"""Similarity 0 to 1, and how it came about."""

NONE: Likeness = (0.0, "unmatched")
SOUND_CODES = str.maketrans(
    {
        "b": "p", "v": "f", "w": "f", "d": "t", "g": "k", "c": "k", "q": "k", "z": "s", "j": "s", "x": "s",
        "y": "", "h": "", "a": "", "e": "", "i": "", "o": "", "u": "",
    }
)  # fmt: skip
"""Consonant classes within which transliterations vary; vowels, h and y are dropped."""

SHORTEST_TYPO = 4
SHORTEST_SHORT_FORM = 3


@lru_cache(maxsize=131072)
def sound(word: str) -> str:
    """Return the consonant classes of a word, doubled ones once: "mohammed" and "muhamad" give "mmt"."""
    plain = (
        word.replace("ph", "f").replace("sch", "s").replace("ck", "k").replace("kh", "k").translate(SOUND_CODES)
    )
    return "".join(letter for at, letter in enumerate(plain) if at == 0 or plain[at - 1] != letter)


def likeness(one: str, other: str, known: Vocabulary) -> Likeness:
    """Return how like two words are.

    One spelling error costs by the length of the word; digits must be equal; a short form is nearly as good as the
    word; an initial stands for any name it begins.
    """
    if one == other:
        return 1.0, "same"
    if one.isdigit() or other.isdigit():
        return NONE
    group = known.given.get(one)
    if group is not None and known.given.get(other) == group:
        return 0.94, "given name"
    if other in known.short.get(one, ()) or one in known.short.get(other, ()):
        return 0.92, "short form"
    if len(one) == 1 or len(other) == 1:
        return (0.7, "initial") if one[0] == other[0] else NONE
    return _by_letters(one, other)


def _by_letters(one: str, other: str) -> Likeness:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_TYPO:
        if len(shorter) == SHORTEST_SHORT_FORM and longer.startswith(shorter) and len(longer) > SHORTEST_TYPO:
            return 0.6, "abbreviation"
        return NONE
    edits = DamerauLevenshtein.distance(one, other, score_cutoff=3)
    allowed = 1 if len(shorter) <= 5 else 2 if len(shorter) <= 9 else 3  # noqa: PLR2004 - letters an error may cost
    if edits <= allowed:
        start = 0.0 if one[0] == other[0] else 0.04
        return 1.0 - 0.9 * edits / len(longer) - start, "spelling"
    if longer.startswith(shorter):
        return 0.7, "abbreviation"
    if sound(one) == sound(other) and len(sound(one)) > 1:
        return 0.9 * JaroWinkler.similarity(one, other, score_cutoff=0.7), "sound"
    return NONE
