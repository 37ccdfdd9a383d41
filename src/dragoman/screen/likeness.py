"""How like two words are: spelling, sound, short forms, initials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import process
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
GIVEN, SHORT, INITIAL, BEGINNING, STUMP = 0.94, 0.92, 0.8, 0.7, 0.6
"""What another form of a given name, a listed short form, an initial, the beginning of a word and its first three
letters are worth."""
LOOKS_LEAST = 0.7
"""Likeness of the letters (Jaro-Winkler) that words of one sound must have."""
SOUND = 0.9
"""Greatest worth of two words that only sound alike."""


@lru_cache(maxsize=131072)
def sound(word: str) -> str:
    """Return the consonant classes of a word, doubled ones once: "mohammed" and "muhamad" give "mt"."""
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
    if known_likeness := _by_list(one, other, known):
        return known_likeness
    if len(one) == 1 or len(other) == 1:
        return (INITIAL, "initial") if one[0] == other[0] else NONE
    return _by_letters(one, other)


def _by_list(one: str, other: str, known: Vocabulary) -> Likeness | None:
    """Return the likeness of words of which the data says that they stand for one another."""
    groups = known.given.get(one)
    if groups is not None and not groups.isdisjoint(known.given.get(other, ())):
        return GIVEN, "given name"
    if one in known.particles and other in known.particles:
        return GIVEN, "particle"
    if other in known.short.get(one, ()) or one in known.short.get(other, ()):
        return SHORT, "short form"
    return None


def _by_letters(one: str, other: str) -> Likeness:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_TYPO:
        if len(shorter) == SHORTEST_SHORT_FORM and longer.startswith(shorter) and len(longer) > SHORTEST_TYPO:
            return STUMP, "abbreviation"
        return NONE
    spelled = _spelled(one, other, shorter, longer)
    if longer.startswith(shorter) and spelled[0] < BEGINNING:
        return BEGINNING, "abbreviation"
    if spelled[0] or sound(one) != sound(other) or len(sound(one)) < 2:  # noqa: PLR2004 - one consonant says nothing
        return spelled
    return SOUND * JaroWinkler.similarity(one, other, score_cutoff=LOOKS_LEAST), "sound"


def _spelled(one: str, other: str, shorter: str, longer: str) -> Likeness:
    """Return the likeness of two words by the letters that differ."""
    allowed = _allowed(len(shorter))
    edits = DamerauLevenshtein.distance(one, other, score_cutoff=allowed)
    return NONE if edits > allowed else (_spelling_value(one, other, edits, len(longer)), "spelling")


def _allowed(letters: int) -> int:
    """Return how many errors a word of so many letters may have."""
    return 1 if letters <= 5 else 2 if letters <= 9 else 3  # noqa: PLR2004 - letters an error may cost


def _spelling_value(one: str, other: str, edits: int, longer: int) -> float:
    """Return what is left of a likeness after some errors; errors at the start weigh more."""
    return 1.0 - 0.9 * edits / longer - (0.0 if one[0] == other[0] else 0.04)


def sounding(word: str, others: Sequence[str]) -> list[tuple[str, Likeness, int]]:
    """Return those of many words of one sound that look like a word, too, with their likeness and their places."""
    if len(others) == 1 and others[0] == word:
        return []
    alike = process.extract(word, others, scorer=JaroWinkler.similarity, score_cutoff=LOOKS_LEAST, limit=None)
    return [(other, (SOUND * value, "sound"), at) for other, value, at in alike if other != word]


def misspelled(word: str, others: Sequence[str]) -> Iterator[tuple[int, Likeness]]:
    """Yield the places of those of many words that are a word with few spelling errors, with their likeness."""
    size = len(word)
    for other, edits, at in process.extract(
        word, others, scorer=DamerauLevenshtein.distance, score_cutoff=_allowed(size), limit=None
    ):
        if edits <= _allowed(min(size, len(other))) and not other.isdigit():
            yield at, (_spelling_value(word, other, edits, max(size, len(other))), "spelling")
