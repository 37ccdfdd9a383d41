"""Compounds of single characters that stand for states: 美欧, 中美, 美日澳印.

Three or more such characters side by side are read as states, and two where each of them rarely belongs to
another word, else only before certain words (美印两国). A character that ends the word before it is left out
(其中, 12 日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DAY = "日"
PAIR = 2
"""Characters of the shortest compound; a longer one is sure without more signs."""
MIDDLE = "中"


@dataclass(frozen=True, slots=True)
class Compounds:
    """What compounds are read by.

    Attributes:
        names: canonical name by character.
        free: characters of which two side by side are enough.
        before: characters that take a following 中 as part of their own word.
        after: what makes a compound of other characters sure.
        pattern: finds the stretches to look at, None where there are no characters.
    """

    names: Mapping[str, str]
    free: frozenset[str]
    before: frozenset[str]
    after: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where compounds stand between two offsets; what stands there already is the caller's matter."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(text, start, end):
            first = match.start()
            while first < match.end() and self.ends_word(text, first):
                first += 1
            if match.end() - first > 1:
                yield first, match.end()

    def is_sure(self, text: str, first: int, last: int) -> bool:
        """Return whether a stretch of characters is a compound of states."""
        length = last - first
        if length < PAIR:
            return False
        return length > PAIR or self.free.issuperset(text[first:last]) or text.startswith(self.after, last)

    def ends_word(self, text: str, offset: int) -> bool:
        """Return whether the character at an offset belongs to what stands before it."""
        before = text[offset - 1 : offset] if offset else ""
        if text[offset] == DAY:
            return before.isdigit() or (before == " " and text[offset - 2 : offset - 1].isdigit())
        return text[offset] == MIDDLE and before in self.before


NO_COMPOUNDS = Compounds({}, frozenset(), frozenset(), (), None)


def compounds_of(
    shorts: Mapping[str, str], free: frozenset[str], before: tuple[str, ...], after: tuple[str, ...]
) -> Compounds:
    """Return what compounds of these characters are read by."""
    pattern = re.compile(f"[{''.join(shorts)}]{{2,}}") if shorts else None
    return Compounds(shorts, free, frozenset(before), after, pattern)
