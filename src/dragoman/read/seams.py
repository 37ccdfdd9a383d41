"""Joins two set lines as they were before they were set: with a space, without, or with a hyphen undone.

What a file does inside its lines tells what it would have done between them: whether it writes "TTC 的" or
"TTC的", and which words it writes with a hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.read.cues import HAN

_HAN = re.compile(f"[{HAN}]")
_WIDE = frozenset("，。；：、！？（）《》〈〉【】「」『』—…·")
_WORD = re.compile(r"[A-Za-z]+(?:[-‑][A-Za-z]+)*")
_LAST_PART = re.compile(r"([A-Za-z]+)$")
_FIRST_PART = re.compile(r"[A-Za-z]+")
_HYPHENS = "-‑"
_TIGHT_ENDS = frozenset("—–/([“‘")
"""After these a line may break within a phrase that has no space."""
_REACH = 4
"""Characters within which a letter or digit tells the script."""


@dataclass(frozen=True, slots=True)
class Seams:
    """How a file joins what stands side by side.

    Attributes:
        spaced: how often the classes of two neighbours have a space between them.
        tight: how often they have none.
        words: how often the file writes a word, lower case, hyphens included.
        undo: whether hyphens at line ends are the typesetter's where nothing else tells.
    """

    spaced: Counter[tuple[str, str]]
    tight: Counter[tuple[str, str]]
    words: Counter[str]
    undo: bool

    def join(self, text: str, following: str, *, hyphen: bool = False) -> str:
        """Return two lines as one.

        Args:
            text: what stands so far.
            following: the next line.
            hyphen: whether a hyphen that is not in `text` stood at its end.
        """
        if hyphen or text[-1:] in _HYPHENS:
            return self._hyphenated(text if hyphen else text[:-1], following, text[-1:] if not hyphen else "-")
        return f"{text}{' ' if self._is_spaced(text, following) else ''}{following}"

    def _is_spaced(self, text: str, following: str) -> bool:
        key = (_class(text[-1:]), _class(following[:1]))
        if _is_latin(text[::-1]) and _is_latin(following) and text[-1:] not in _TIGHT_ENDS:
            return True
        spaced, tight = self.spaced[key], self.tight[key]
        if spaced == tight:
            return "han" not in key and "wide" not in key
        return spaced > tight

    def _hyphenated(self, text: str, following: str, sign: str) -> str:
        last, first = _LAST_PART.search(text), _FIRST_PART.match(following)
        if last is None or first is None:
            return f"{text}{sign}{following}"
        kept = undoes(last.group().lower(), first.group().lower(), self.words)
        undo = self.undo if kept is None else kept
        if undo and not first.group()[0].isupper():
            return f"{text}{following}"
        return f"{text}{sign}{following}"


def undoes(last: str, first: str, words: Counter[str]) -> bool | None:
    """Return whether a hyphen between two parts of a word is a typesetter's, or None where the file is silent."""
    with_hyphen, without = words[f"{last}-{first}"], words[last + first]
    if with_hyphen or without:
        return without > with_hyphen
    if len(last) > 2 and len(first) > 2 and words[last] and words[first]:  # noqa: PLR2004 - real words, not syllables
        return False
    return None


def seams_of(lines: Iterable[str]) -> Seams:
    """Return how the lines of a file join what stands side by side in them."""
    spaced: Counter[tuple[str, str]] = Counter()
    tight: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    ends: list[tuple[str, str]] = []
    before = ""
    for line in lines:
        words.update(word.lower().replace("‑", "-") for word in _WORD.findall(line))
        _count(line, spaced, tight)
        if before.endswith(tuple(_HYPHENS)):
            ends.append((before[:-1], line))
        before = line
    return Seams(spaced, tight, words, undo=_typeset(ends, words))


def _typeset(ends: list[tuple[str, str]], words: Counter[str]) -> bool:
    """Whether the hyphens at line ends that the file itself explains are mostly a typesetter's."""
    verdicts: list[bool] = []
    for text, following in ends:
        last, first = _LAST_PART.search(text), _FIRST_PART.match(following)
        if last is not None and first is not None:
            verdict = undoes(last.group().lower(), first.group().lower(), words)
            verdicts += [] if verdict is None else [verdict]
    return sum(verdicts) * 2 > len(verdicts)


def _count(line: str, spaced: Counter[tuple[str, str]], tight: Counter[tuple[str, str]]) -> None:
    classes = [_class(char) for char in line]
    for index in range(len(classes) - 1):
        one, two = classes[index], classes[index + 1]
        if one == "space":
            continue
        if two != "space":
            tight[one, two] += 1
        elif index + 2 < len(classes):
            spaced[one, classes[index + 2]] += 1


def _is_latin(text: str) -> bool:
    """Whether the first letter or digit within reach is none of Chinese; such text only breaks at its spaces."""
    for char in text[:_REACH]:
        if char.isalnum():
            return not _HAN.match(char)
    return False


def _class(char: str) -> str:
    if _HAN.match(char):
        return "han"
    if char in _WIDE:
        return "wide"
    if char.isspace():
        return "space"
    if char.isalpha():
        return "letter"
    return "digit" if char.isdigit() else char
