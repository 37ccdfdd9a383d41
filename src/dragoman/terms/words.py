"""Words of either language as signs: the glossary, names, terms, and Latin words that Chinese keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import Lexicon, Matcher, Phrase, fold, load_pack
from dragoman.lexicon.script import simplified
from dragoman.terms.meanings import Meanings
from dragoman.terms.numerals import Sign
from dragoman.terms.settings import WORDS

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.&][A-Za-z0-9]+)*")
HAN = re.compile("[\u3400-\u9fff]+")
ENDINGS = re.compile(r"(?:ies|ing|ied|ed|es|ly|s|e|y)$")
LEAST_STEM = 3
"""Letters that stay of a word when its ending is cut."""
LEAST_LATIN = 2
LONGEST = 6
"""Characters of the longest word that is looked for in a text."""


def stem(word: str) -> str:
    """Return a lower-case English word without its ending."""
    short = ENDINGS.sub("", word)
    return short if len(short) >= LEAST_STEM else word


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words of both languages; a Chinese word is the sign.

    Attributes:
        stems: Chinese words by the stem of an English one.
        chinese: finds the Chinese words, longest first.
    """

    stems: dict[str, tuple[str, ...]]
    chinese: Matcher


@cache
def load_glossary() -> Glossary:
    """Return the glossary of the shipped pack; an entry's first Chinese word stands for all of it."""
    stems: dict[str, list[str]] = {}
    phrases = []
    for number, entry in enumerate(load_pack(WORDS)["words"]):
        chinese, _, english = entry.partition(" = ")
        key = str(number)
        for word in english.split():
            keys = stems.setdefault(stem(word), [])
            if key not in keys:
                keys.append(key)
        phrases += [Phrase(word, "word", key) for word in chinese.split()]
    return Glossary({word: tuple(keys) for word, keys in stems.items()}, Matcher(phrases))


def english_words(text: str) -> list[str]:
    """Return the stems of an English sentence in order."""
    return [stem(word) for word in re.findall(r"[a-z]+", fold(text))]


def chinese_pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring Chinese characters of a sentence in order."""
    return [run[at : at + 2] for run in HAN.findall(simplified(text)) for at in range(len(run) - 1)]


def english_glossary(text: str) -> Iterator[Sign]:
    """Yield the words of an English sentence that the glossary has."""
    glossary = load_glossary()
    for word in english_words(text):
        for key in glossary.stems.get(word, ()):
            yield "word", key


def chinese_glossary(text: str) -> Iterator[Sign]:
    """Yield the words of a Chinese sentence that the glossary has."""
    for hit in load_glossary().chinese.find(simplified(text)):
        for phrase in hit.phrases:
            yield "word", phrase.key


def named(text: str, lexicon: Lexicon) -> Iterator[Sign]:
    """Yield the actors, technologies and instruments that a sentence names."""
    folded = fold(text)
    for hit in lexicon.names.find(text, folded):
        for phrase in hit.phrases:
            yield "actor", phrase.key
    for hit in lexicon.terms.find(text, folded):
        for phrase in hit.phrases:
            yield "tag", phrase.key


def latin(text: str) -> Iterator[Sign]:
    """Yield the Latin words of a sentence; of those in one version only nothing is made later."""
    for found in LATIN.finditer(text):
        word = found.group().replace(".", "")
        if len(word) >= LEAST_LATIN:
            yield "latin", word.lower()


def chinese_content(text: str, meanings: Meanings) -> Iterator[str]:
    """Yield the words in a Chinese sentence, overlapping ones too, and the characters left between."""
    for run in HAN.findall(simplified(text)):
        free = 0
        for at in range(len(run)):
            end = at
            for size in range(2, min(LONGEST, len(run) - at) + 1):
                if run[at : at + size] in meanings:
                    yield run[at : at + size]
                    end = at + size
            if end == at and at >= free:
                yield run[at]
            free = max(free, end)
