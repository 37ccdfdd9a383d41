"""English words and Chinese words of a link, with their offsets in the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import fold, load_pack
from dragoman.lexicon.script import simplified
from dragoman.terms.meanings import LONGEST, PACK, Meanings, empty_words, root

ENGLISH = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)?")
CHINESE = re.compile(r"[A-Za-z][A-Za-z0-9.&-]*|\d+(?:[.,]\d+)*|[\u3400-\u9fff]+|\S")
POSSESSIVE = re.compile(r"[’']s?$")
COST, UNKNOWN, HALF, PARTICLE = 1.0, 1.3, 0.8, 0.9
"""What a word of the dictionary, one that it does not have and a particle costs; how much less one translated."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Attributes:
        text: as written; Chinese in simplified characters.
        start, end: offsets in the document.
        root: what it is compared by: an English root, or the Chinese word itself.
        content: whether it says something by itself.
    """

    text: str
    start: int
    end: int
    root: str
    content: bool


def english_tokens(text: str, offset: int, meanings: Meanings) -> list[Token]:
    """Return the words of an English sentence; those of a compound that the dictionary lacks one by one.

    Args:
        text: of the sentence.
        offset: where it starts in its document.
        meanings: what is a word.
    """
    return [token for found in ENGLISH.finditer(text) for token in english_token(found, offset, meanings)]


def english_token(found: re.Match[str], offset: int, meanings: Meanings) -> Iterator[Token]:
    """Yield one English word, or its parts."""
    written, at = found.group(), offset + found.start()
    plain = POSSESSIVE.sub("", fold(written)).replace(".", "") or fold(written)
    if plain[0].isdigit():
        plain = plain.replace(",", "")
    content = plain not in empty_words() and (len(plain) > 1 or plain.isdigit())
    parts = (
        meanings.parts(plain)
        if content and plain.isalpha() and plain == fold(written)
        else ((plain, root(plain)),)
    )
    for number, (letters, stem) in enumerate(parts, start=1):
        end = at + len(letters) if number < len(parts) else offset + found.end()
        yield Token(written[at - offset - found.start() : end - offset - found.start()], at, end, stem, content)
        at = end


def chinese_tokens(text: str, offset: int, wanted: Mapping[str, float], meanings: Meanings) -> list[Token]:
    """Return the words of a Chinese sentence, cut so that they go with the English ones where there is a choice.

    Args:
        text: of the sentence.
        offset: where it starts in its document.
        wanted: roots of the English sentence, and how much each is worth.
        meanings: what is a word.
    """
    plain = simplified(text)
    return [
        Token(word, offset + at, offset + at + len(word), fold(word), is_word(word))
        for found in CHINESE.finditer(plain)
        for at, word in words_in(found, wanted, meanings)
    ]


def words_in(found: re.Match[str], wanted: Mapping[str, float], meanings: Meanings) -> Iterator[tuple[int, str]]:
    """Yield the words of a stretch and where they start in the sentence."""
    if not is_han(found.group()[0]):
        yield found.start(), found.group()
        return
    at = found.start()
    for word in cut(found.group(), wanted, meanings):
        yield at, word
        at += len(word)


def cut(run: str, wanted: Mapping[str, float], meanings: Meanings) -> Sequence[str]:
    """Return a run of Chinese characters as words: the fewest, and rather those that are translated."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        ways = []
        for start in range(max(0, end - LONGEST), end):
            word = run[start:end]
            if end - start == 1 or word in meanings:
                ways.append((best[start][0] + cost(word, wanted, meanings), start))
        best.append(min(ways))
    words: list[str] = []
    end = len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]


def cost(word: str, wanted: Mapping[str, float], meanings: Meanings) -> float:
    """Return what it costs to take a stretch for a word."""
    known = max((weight for english, weight in meanings.of(word).items() if english in wanted), default=0.0)
    if word in particles():
        return PARTICLE
    return (COST if word in meanings else UNKNOWN) - HALF * known * (1 if len(word) > 1 else 0.5)


def is_han(character: str) -> bool:
    """Return whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff"


def is_word(text: str) -> bool:
    """Return whether a token says something: no punctuation and no particle."""
    return text[0].isalnum() and text not in particles()


@cache
def particles() -> frozenset[str]:
    """Return the Chinese words that say nothing by themselves."""
    return frozenset(load_pack(PACK)["particles"])
