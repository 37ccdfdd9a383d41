"""What Chinese words mean and what English words are in Chinese, by roots, from the dictionary of the room."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from dragoman.lexicon import load_pack
from dragoman.terms.dictionary import load_dictionary
from dragoman.terms.settings import WORDS

PACK = "terms/meanings.yaml"
GLOSSARIES = (WORDS, "terms/policy-words.yaml")
ASIDE = re.compile(r"\([^)]*\)")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
PLURAL_Y = re.compile(r"(?<=[a-z]{2})ie[sd]$")
LONGEST = 10
"""Characters of a word that is looked for in a text."""
FEW = 3
"""Content words of a gloss that still says what a word means."""
LEAST_PREFIX, LEAST_PART = 3, 4
"""Letters of a prefix that is listed, and of what follows it."""
LEAST_STEM, LEAST_ROOT = 3, 5
"""Letters that stay of a word when an ending of inflection, and one of derivation, is cut."""


@cache
def root(word: str) -> str:
    """Return what a lower-case English word has in common with its kin: innov for innovate, innovation.

    Inflection first, then one suffix of derivation after another while enough letters stay.
    """
    word = PLURAL_Y.sub("y", load_pack(PACK)["irregular"].get(word, word))
    inflected, derived = endings()
    for pattern, least in ((inflected, LEAST_STEM), *([(derived, LEAST_ROOT)] * 3)):
        short = pattern.sub("", word)
        word = short if len(short) >= least else word
    word = word.removesuffix("e") if len(word) > LEAST_STEM else word
    doubled = len(word) > LEAST_STEM and word[-1] == word[-2] and word[-1] not in "aeious"
    return word[:-1] if doubled else word


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
    return tuple(root(part) for word in WORD.findall(text.lower()) for part in pieces(word))


def pieces(word: str) -> Iterator[str]:
    """Yield the parts of a word with hyphens that say something."""
    yield from (part for part in word.split("-") if part and part not in empty_words())


class Meanings:
    """What Chinese words mean, by English roots, and back.

    Attributes:
        glosses: by word in simplified characters, its meanings as the dictionary has them, "/" between.
        further: by word, English roots that stand for it besides.
    """

    def __init__(self, glosses: Mapping[str, str], further: Mapping[str, frozenset[str]]) -> None:
        self.glosses, self.further = glosses, further
        self._of: dict[str, dict[str, float]] = {}
        self._characters: dict[str, Mapping[str, float]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.glosses or word in self.further

    def of(self, word: str) -> Mapping[str, float]:
        """Return the English roots of a Chinese word's meanings; 1 for one that is a meaning by itself."""
        found = self._of.get(word)
        if found is None:
            found = weighed(self.glosses.get(word, ""))
            found |= dict.fromkeys(self.further.get(word, ()), 1.0)
            self._of[word] = found
        return found

    def translations(self, english: str) -> Mapping[str, float]:
        """Return the Chinese words that mean an English root, with what it is of their meaning."""
        return self._reverse.get(english, {})

    def characters(self, english: str) -> Mapping[str, float]:
        """Return the characters of the words that mean an English root, with how far each stands for it."""
        known = self._characters.get(english)
        if known is None:
            parts: dict[str, float] = {}
            for word, weight in self.translations(english).items():
                for character in word:
                    parts[character] = max(parts.get(character, 0.0), weight / len(word) ** 0.5)
            often = self._often
            known = {character: weight * often[character] for character, weight in parts.items()}
            self._characters[english] = known
        return known

    def parts(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return the parts of an English compound that the dictionary does not have, each with its root."""
        if self.translations(root(word)):
            return ((word, root(word)),)
        prefixes: Mapping[str, str] = load_pack(PACK)["prefixes"]
        for at in range(len(word) - LEAST_PART, LEAST_PREFIX - 1, -1):
            head, tail = word[:at], word[at:]
            if head in prefixes and self.translations(root(tail)):
                return ((head, prefixes[head]), (tail, root(tail)))
        return ((word, root(word)),)

    @cached_property
    def _reverse(self) -> Mapping[str, Mapping[str, float]]:
        back: dict[str, dict[str, float]] = defaultdict(dict)
        for word in self.glosses.keys() | self.further.keys():
            for english, weight in self.of(word).items():
                back[english][word] = weight
        return dict(back)

    @cached_property
    def _often(self) -> Mapping[str, float]:
        """How much each character says: 1 for one in a single word, the less the more words have it."""
        counts = Counter(
            character for word in self.glosses.keys() | self.further.keys() for character in set(word)
        )
        most = math.log(max(counts.values(), default=1) + 1)
        return {character: 1 - 0.6 * math.log(count) / most for character, count in counts.items()}


def weighed(glosses: str) -> dict[str, float]:
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
def load_meanings() -> Meanings:
    """Return the meanings of the installed dictionary, one object for a process; empty where there is none."""
    dictionary = load_dictionary()
    further: dict[str, set[str]] = defaultdict(set)
    for entry in (entry for pack in GLOSSARIES for entry in load_pack(pack)["words"]):
        chinese, _, english = entry.partition(" = ")
        for word in chinese.split():
            further[word].update(root(part) for part in english.split())
    return Meanings(
        dictionary.glosses if dictionary else {}, {word: frozenset(roots) for word, roots in further.items()}
    )
