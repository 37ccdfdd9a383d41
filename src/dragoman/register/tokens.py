"""Words for the search index: our own, so that both engines find the same.

A token is a run of letters and digits, or one Chinese character (or kana). Case, full-width forms and accents
are folded. "U.S." gives `u s`, "AI技术" gives `ai 技 术`; a word of a query is a phrase of its tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_TOKEN = 64
"""Characters of a token that count. PostgreSQL refuses words of 2 KB."""
MOST_TOKENS = 16_000
"""Tokens of one sentence that are indexed. PostgreSQL keeps positions up to 16,383."""

SHORTEST_PREFIX = 3
"""Letters before a "*". Shorter beginnings match a third of all sentences and take seconds to count."""

_SINGLE = "々〇ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_SINGLE}]|[^\\W_{_SINGLE}]+")
_PART = re.compile(r"[\"“”„「」『』]([^\"“”„「」『』]*)[\"“”„「」『』]?|[^\s\"“”„「」『』]+")


class _FoldTable(dict[int, str]):
    """Folding of single characters, filled as they occur."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", chr(code)).casefold())
        folded = "".join(char for char in plain if not unicodedata.combining(char))
        self[code] = folded
        return folded


_FOLDED = _FoldTable()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow each other; with `prefix` the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


def fold(text: str) -> str:
    """Return a text without differences of case, width and accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text, in order."""
    return [token[:LONGEST_TOKEN] for token in _TOKEN.findall(fold(text))[:MOST_TOKENS]]


def phrases_of(query: str) -> tuple[Phrase, ...]:
    """Return what a query asks for: each word, and each stretch in quotation marks, is one phrase.

    `control*` finds "controls" too, from three letters on. Words without letters or digits ask for nothing.
    """
    phrases = []
    for match in _PART.finditer(query):
        quoted = match.group(1)
        part = match.group() if quoted is None else quoted
        tokens = tuple(tokens_of(part))
        if tokens:
            goes_on = part.endswith("*") and quoted is None and len(tokens[-1]) >= SHORTEST_PREFIX
            phrases.append(Phrase(tokens, goes_on))
    return tuple(dict.fromkeys(phrases))


def marks_of(text: str, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the phrases found in a text, in order, overlapping ones joined."""
    spans = _token_spans(text)
    found = sorted(
        (spans[at][1], spans[at + len(phrase.tokens) - 1][2])
        for phrase in phrases
        for at in range(len(spans) - len(phrase.tokens) + 1)
        if _stands_at(spans, at, phrase)
    )
    return tuple(_joined(found))


def _stands_at(spans: Sequence[tuple[str, int, int]], at: int, phrase: Phrase) -> bool:
    *firsts, last = phrase.tokens
    if any(spans[at + step][0] != token for step, token in enumerate(firsts)):
        return False
    token = spans[at + len(firsts)][0]
    return token.startswith(last) if phrase.prefix else token == last


def _token_spans(text: str) -> list[tuple[str, int, int]]:
    """Return tokens with their offsets in the original text."""
    folded = [_FOLDED[ord(char)] for char in text]
    origin = [index for index, piece in enumerate(folded) for _ in piece]
    return [
        (match.group()[:LONGEST_TOKEN], origin[match.start()], origin[match.end() - 1] + 1)
        for match in _TOKEN.finditer("".join(folded))
    ][:MOST_TOKENS]


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
