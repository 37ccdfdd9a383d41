"""Names in Han characters: one script, no legal form, and what they read like in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.lexicon import load_pack
from dragoman.lexicon.script import simplified
from dragoman.screen.spelling import HAN, clean
from dragoman.screen.vocabulary import FOLDER

_NOT_NAME = re.compile(r"[\s·•・‧．.,，、。()（）《》“”\"'‘’\-－—_/&＆]+")

Renderings = tuple[tuple[str, ...], ...]
"""Ways to say a piece of a Chinese name in English, each as words."""


@dataclass(frozen=True, slots=True, eq=False)
class HanVocabulary:
    """What is known of the words of Chinese names.

    Attributes:
        forms: legal forms, the longest first.
        form_words: English words for forms that an English name keeps.
        renderings: words with their English renderings.
        generic: words that say little.
        longest: characters of the longest word.
    """

    forms: tuple[str, ...]
    form_words: Mapping[str, str]
    renderings: Mapping[str, Renderings]
    generic: frozenset[str]
    longest: int


@cache
def han_vocabulary() -> HanVocabulary:
    """Return the vocabulary of the data packs. Raises DataPackError."""
    forms = load_pack(f"{FOLDER}/legal_forms.yaml")
    pack = load_pack(f"{FOLDER}/zh_en.yaml")
    renderings = {
        str(word): tuple(tuple(str(rendering).split()) for rendering in given)
        for group in ("generic", "industry", "institution", "names")
        for word, given in pack[group].items()
    }
    return HanVocabulary(
        forms=tuple(sorted(forms["han"], key=len, reverse=True)),
        form_words=forms["han_words"],
        renderings=renderings,
        generic=frozenset(map(str, pack["generic"])),
        longest=max(map(len, renderings)),
    )


@dataclass(frozen=True, slots=True)
class HanName:
    """A Chinese name taken apart.

    Attributes:
        core: its characters without legal form and signs, simplified.
        whole: the same with the legal form.
    """

    core: str
    whole: str


@lru_cache(maxsize=65536)
def analyse_han(name: str, known: HanVocabulary) -> HanName:
    """Return a Chinese name in simplified characters, without and with its legal form."""
    whole = _NOT_NAME.sub("", simplified(clean(name))).lower()
    core = whole
    for form in known.forms:
        if core.endswith(form) and len(core) > len(form):
            core = core[: -len(form)]
            break
    return HanName(core, whole)


def pieces(core: str, known: HanVocabulary) -> Iterator[str]:
    """Yield the words of a Chinese name: the longest known ones, and what stands between them."""
    start = at = 0
    while at < len(core):
        size = next(
            (n for n in range(min(known.longest, len(core) - at), 1, -1) if core[at : at + n] in known.renderings),
            0,
        )
        if size:
            if start < at:
                yield core[start:at]
            yield core[at : at + size]
            at += size
            start = at
        else:
            at += 1
    if start < len(core):
        yield core[start:]


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """Return the pinyin of Han characters, one syllable each, without tones; other signs stay."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a while to load

    return tuple(lazy_pinyin(text))


def is_name_of_han(name: str) -> bool:
    """Return whether a name is to be compared by its Han characters."""
    return HAN.search(name) is not None
