"""Foreign names in Chinese characters: whether their syllables say what an English word says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from dragoman.lexicon import load_pack
from dragoman.screen.vocabulary import FOLDER

Sounds = tuple[tuple[str, ...], ...]
"""What each consonant of a Chinese reading may stand for in English spelling, the usual first."""

GLIDE, LIQUID, MISSED, OTHER = 0.3, 0.35, 1.0, 1.0
"""What a semivowel or h, an r or l after a vowel, any other consonant without a partner, and a false one cost."""
SMALL = 1e-9
VOWELS = frozenset("aeiouy")
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([a-z]*?)(ng|n|r)?")


@dataclass(frozen=True, slots=True, eq=False)
class SoundTable:
    """How Chinese syllables render foreign sounds; two tables are the same only where they are one object.

    Attributes:
        initials: English consonants by Chinese initial.
        syllables: those of whole syllables that differ from their initial's.
        spellings: English groups of letters by the consonants they say, the longest first.
        reader: pattern of those groups of letters.
        classes: a coarse class by English consonant, for the index.
        heard_as: further classes of English consonants.
        characters: those that foreign names are written with.
        readings: readings of single characters in names of people beside their pinyin.
        wade_giles: initials, finals and whole syllables of pinyin with their spelling in Taiwan.
    """

    initials: Mapping[str, tuple[str, ...]]
    syllables: Mapping[str, Sounds]
    spellings: Mapping[str, tuple[str, ...]]
    reader: re.Pattern[str]
    classes: Mapping[str, str]
    heard_as: Mapping[str, str]
    characters: frozenset[str]
    readings: Mapping[str, tuple[str, ...]]
    wade_giles: Mapping[str, Mapping[str, str]]


@cache
def sound_table() -> SoundTable:
    """Return the table of the data pack. Raises DataPackError."""
    pack = load_pack(f"{FOLDER}/sounds.yaml")
    spellings = {str(letters): tuple(said) for letters, said in pack["spellings"].items()}
    longest = sorted(spellings, key=len, reverse=True)
    return SoundTable(
        initials={initial: tuple(said) for initial, said in pack["initials"].items()},
        syllables={syllable: tuple(map(tuple, consonants)) for syllable, consonants in pack["syllables"].items()},
        spellings=spellings,
        reader=re.compile("|".join([*map(re.escape, longest), "[a-z]"])),
        classes={letter: name for name, letters in pack["classes"].items() for letter in letters},
        heard_as=pack["heard_as"],
        characters=frozenset(pack["characters"]),
        readings={character: tuple(given) for character, given in pack["readings"].items()},
        wade_giles=pack["wade_giles"],
    )


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """Return the pinyin of Han characters, one syllable each, without tones; other signs stay."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a while to load

    return tuple(lazy_pinyin(text))


@lru_cache(maxsize=65536)
def said_in_chinese(reading: tuple[str, ...], table: SoundTable) -> Sounds:
    """Return the consonants that a reading in pinyin may stand for."""
    found: list[tuple[str, ...]] = []
    for syllable in reading:
        whole = table.syllables.get(syllable)
        if whole is not None:
            found += whole
            continue
        parts = _SYLLABLE.fullmatch(syllable)
        if parts is None:
            continue
        if parts[1]:
            found.append(table.initials[parts[1]])
        if parts[3]:
            found.append(table.initials["er" if parts[3] == "r" else "n"])
    return tuple(found)


@lru_cache(maxsize=131072)
def said_in_english(word: str, table: SoundTable) -> tuple[str, ...]:
    """Return the consonants of an English word as they are said; "-" before r and l that follow a vowel."""
    found: list[str] = []
    after_vowel = False
    groups = table.reader.findall(word)
    for at, letters in enumerate(groups):
        spelled = table.spellings.get(letters, (letters,)) if letters not in VOWELS else ()
        before_vowel = at + 1 < len(groups) and groups[at + 1] in VOWELS
        for said in spelled:
            if after_vowel or not found or found[-1].lstrip("-") != said:
                found.append("-" + said if after_vowel and not before_vowel and said in "rlh" else said)
        after_vowel = not spelled
    return tuple(found)


@lru_cache(maxsize=65536)
def _costs(said: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the plain consonants of a word, and what each costs without a partner."""
    costs = (LIQUID if one[0] == "-" else GLIDE if one in "hwy" else MISSED for one in said)
    return tuple(one.lstrip("-") for one in said), tuple(costs)


@lru_cache(maxsize=131072)
def sound_alike(chinese: Sounds, english: tuple[str, ...], least: float = 0.0) -> float:
    """Return how like a Chinese reading and an English word sound, 0 to 1, by an edit distance over consonants.

    Args:
        chinese: what each consonant of the reading may stand for.
        english: consonants of the word.
        least: likeness under which 0 will do.
    """
    if not chinese or not english:
        return 0.0
    plain, costs = _costs(english)
    size = max(len(chinese), len(english))
    most = (1.0 - least) * size + SMALL
    row = list(accumulate(costs, initial=0.0))
    for heard in chinese:
        gone = GLIDE if "w" in heard or "y" in heard or "h" in heard else MISSED
        before, last = row, row[0] + gone
        row = [last]
        for at, said in enumerate(plain):
            value = before[at] if said in heard else before[at] + OTHER
            if (more := before[at + 1] + gone) < value:
                value = more
            last += costs[at]
            last = min(last, value)
            row.append(last)
        if min(row) > most:
            return 0.0
    return max(0.0, 1.0 - row[-1] / size)


def _once(classes: Iterable[str]) -> str:
    """Return classes joined, those that follow one another once."""
    found = last = ""
    for name in classes:
        if name and name != last:
            found += name
            last = name
    return found


def coarse_codes(said: Sequence[str], table: SoundTable) -> Iterator[str]:
    """Yield the coarse codes of an English word: with the usual classes, then with others it may be heard as."""
    yield coarse_english(said, table)
    if not table.heard_as.keys().isdisjoint(said):
        yield _once(table.heard_as.get(one, table.classes.get(one, "")) for one in said if one[0] != "-")


def coarse_english(said: Sequence[str], table: SoundTable) -> str:
    """Return the coarse classes of an English word's consonants, without those that come and go."""
    classes = table.classes
    return _once([classes.get(one, "") for one in said if one[0] != "-"])


def coarse_chinese(sounds: Sounds, table: SoundTable) -> str:
    """Return the coarse classes of a Chinese reading, each of its first choice; a final -r is left out."""
    final = table.initials["er"]
    return _once(table.classes.get(heard[0], "") for heard in sounds if heard != final)


@lru_cache(maxsize=4096)
def as_in_taiwan(syllable: str, table: SoundTable) -> str:
    """Return a syllable of pinyin as Wade-Giles spells it, without its marks."""
    whole = table.wade_giles["syllables"].get(syllable)
    if whole is not None:
        return whole
    initial = next((syllable[:size] for size in (2, 1) if syllable[:size] in table.wade_giles["initials"]), "")
    final = syllable[len(initial) :]
    return table.wade_giles["initials"].get(initial, "") + table.wade_giles["finals"].get(final, final)
