"""Find thousands of phrases in a text in one pass.

Latin phrases match whole words, upper and lower case alike unless an entry asks for its exact case; Han
phrases match anywhere. Longest phrase wins, from the left. Offsets are str indexes of the text as given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

DOTTED_CAPITAL_I = "\u0130"
"""The one character whose lower case is longer than itself; it would shift offsets."""


SIGNS = frozenset(" \n\t,.;:()[]\"'“”’/-–—")
"""What mostly stands beside a word; looked up before `is_word` is asked."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a lexicon.

    Attributes:
        text: as it is looked for.
        group: lexicon it belongs to ("actor", "technology", "trigger", ...).
        key: entry it stands for (canonical name, tag, trigger id).
        exact_case: whether it matches in this case only ("US", "IT", "WHO").
        sense: what kind of term it is, by one name for all languages ("meeting"), "" where none is given.
    """

    text: str
    group: str
    key: str
    exact_case: bool = False
    sense: str = ""


class Hit(NamedTuple):
    """A phrase found in a text."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    """All entries of this spelling; usually one."""


def fold(text: str) -> str:
    """Return the text in lower case, character for character."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = text.replace(DOTTED_CAPITAL_I, "i").lower()
    return folded


class Matcher:
    """Finds phrases; build once, use on many texts."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_spelling: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            by_spelling.setdefault(fold(phrase.text), []).append(phrase)
        spellings = sorted(by_spelling)
        self._rules = [rule_of(spelling, tuple(by_spelling[spelling])) for spelling in spellings]
        self._automaton = AhoCorasick(spellings, matchkind=MatchKind.LeftmostLongest) if spellings else None

    def find(self, text: str, folded: str | None = None) -> list[Hit]:
        """Return the hits in a text, in order, none overlapping.

        Args:
            text: where to look.
            folded: `fold(text)`, where the caller has it already.
        """
        folded = fold(text) if folded is None else folded
        return self._hits(text, folded, 0, folded)

    def _hits(self, text: str, folded: str, offset: int, part: str) -> list[Hit]:
        """Return the hits in a part of a text that starts at an offset.

        A phrase of several words that is cut off in a word, or not in its case, does not hide the phrases in it
        ("UK AI Safety Institutes" where "UK" and "UK AI Safety Institute" are phrases).
        """
        rules, last = self._rules, len(folded)
        hits: list[Hit] = []
        for index, first, behind in self._automaton.find_matches_as_indexes(part) if self._automaton else ():
            word_start, word_end, cased, entries, several = rules[index]
            start, end = first + offset, behind + offset
            cut = word_end and end < last and (sign := folded[end]) not in SIGNS and is_word(sign)
            cut = cut or (word_start and start > 0 and (sign := folded[start - 1]) not in SIGNS and is_word(sign))
            fitting = () if cut else spelt(entries, text[start:end]) if cased else entries
            if fitting:
                hits.append(Hit(start, end, fitting))
            elif several:
                hits += self._hits(text, folded, start, folded[start : end - 1])
        return hits


Rule = tuple[bool, bool, bool, tuple[Phrase, ...], bool]
"""Whether a spelling starts and ends with a word, and has an entry that asks for its case; its entries; whether
it has several words."""


def rule_of(spelling: str, entries: tuple[Phrase, ...]) -> Rule:
    """Return what makes an occurrence of a spelling a hit."""
    first, last = spelling[0], spelling[-1]
    cased = any(phrase.exact_case for phrase in entries)
    return first.isascii() and first.isalnum(), last.isascii() and last.isalnum(), cased, entries, " " in spelling


def spelt(entries: tuple[Phrase, ...], spelling: str) -> tuple[Phrase, ...]:
    """Return the entries that a spelling may stand for in its own case."""
    return tuple([entry for entry in entries if not entry.exact_case or entry.text == spelling])


class JoinedMatcher:
    """Finds with several matchers; a long phrase of one does not hide a short phrase of another."""

    def __init__(self, matchers: Iterable[Matcher | JoinedMatcher]) -> None:
        self._matchers = tuple(matchers)

    def find(self, text: str, folded: str | None = None) -> list[Hit]:
        """Return the hits of all matchers in order of their start; hits of different matchers may overlap."""
        folded = fold(text) if folded is None else folded
        hits = [hit for matcher in self._matchers for hit in matcher.find(text, folded)]
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits


class Sieve:
    """Tells quickly whether any of some words stands in a stretch, so that slow patterns run only there.

    Word boundaries are not asked for: a sieve lets through too much, never too little.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(sorted({fold(word) for word in words}))

    def passes(self, folded: str) -> bool:
        """Return whether a word stands in a text that is folded already."""
        return bool(self._automaton.find_matches_as_indexes(folded))


def is_word(character: str) -> bool:
    """Return whether a character continues a Latin word; Han characters and signs do not."""
    return character.isalnum() and character < "\u2e80"
