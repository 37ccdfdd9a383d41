"""Reading the fields of a located file: a reader returns a value, or notes what is wrong with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dragoman.check.located import Entry, Fields, Items, Located, Scalar
from dragoman.check.problems import Faults, nearest
from dragoman.model import Bilingual

Word = TypeVar("Word", bound=StrEnum)
T = TypeVar("T")

QUOTE = "Put a text with a comma or a colon in quotation marks."
"""Remedy for a key that is the rest of a text: in `{en: One, two}` the comma ends the text."""
TRUE_WORDS = frozenset({"true", "yes", "on", "是"})
FALSE_WORDS = frozenset({"false", "no", "off", "否"})
_INTEGER = re.compile(r"[+-]?\d{1,3}(?:[,_]\d{3})+|[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[,_]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


def what(node: Located) -> str:
    """Return what a value is, in words."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Fields):
        return "a mapping"
    return "nothing" if node.is_empty else f"`{node.text[:60]}`"


def is_given(node: Located | None) -> bool:
    """Return whether a key has a value."""
    return node is not None and not (isinstance(node, Scalar) and node.is_empty)


class Form:
    """Readers of the values of one file."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def wrong(self, node: Located, key: str, wanted: str) -> None:
        """Note that a value is not what is wanted."""
        self.faults.add("wrong-type", node.line, key=key, wanted=wanted, given=what(node))

    def fields(
        self, node: Located | None, known: Collection[str], needed: Collection[str] = (), *, what_for: str
    ) -> dict[str, Entry]:
        """Return the given entries of a mapping by key; unknown, doubled and missing keys are noted.

        Args:
            node: the mapping.
            known: keys that it may have.
            needed: keys that it must have, with a value.
            what_for: what the mapping is, for the messages ("rule", "fact `tpp`").
        """
        if not isinstance(node, Fields):
            if node is not None:
                self.wrong(node, what_for, "a mapping of keys and values")
            return {}
        found: dict[str, Entry] = {}
        for entry in node.entries:
            if entry.key not in known:
                near = QUOTE if " " in entry.key else nearest(entry.key, known)
                self.faults.add("unknown-key", entry.line, key=entry.key, what=what_for, near=near)
            elif entry.key in found:
                self.faults.add("doubled-key", entry.line, key=entry.key, first=found[entry.key].line)
            else:
                found[entry.key] = entry
        given = {key: entry for key, entry in found.items() if is_given(entry.value)}
        for key in needed:
            if key not in given:
                self.faults.add("missing-key", node.line, key=key, what=what_for)
        return given

    def named(self, node: Located | None, what_for: str) -> dict[str, Entry]:
        """Return the entries of a mapping with names of the author's own; a doubled name is noted."""
        if not isinstance(node, Fields):
            if is_given(node) and node is not None:
                self.wrong(node, what_for, "a mapping of names and values")
            return {}
        return self.fields(node, {entry.key for entry in node.entries}, what_for=what_for) | {
            entry.key: entry for entry in node.entries if not is_given(entry.value)
        }

    def text(self, node: Located | None, key: str) -> str:
        """Return a text, "" for none."""
        if node is None or isinstance(node, Scalar):
            return node.text if isinstance(node, Scalar) and is_given(node) else ""
        self.wrong(node, key, "a text")
        return ""

    def texts(self, node: Located | None, key: str) -> tuple[str, ...]:
        """Return a list of texts, () for none."""
        if node is None or not is_given(node):
            return ()
        if not isinstance(node, Items):
            self.wrong(node, key, "a list")
            return ()
        return tuple(self.text(one, key) for one in node.nodes)

    def day(self, node: Located | None, key: str) -> date | None:
        """Return a date, None for none."""
        if node is None or not is_given(node):
            return None
        found = date_of(node.text) if isinstance(node, Scalar) else None
        if found is None:
            self.faults.add("bad-date", node.line, key=key, given=what(node))
        return found

    def word(self, node: Located | None, key: str, words: type[Word], default: Word) -> Word:
        """Return one of the words of an enum, `default` for none."""
        if node is None or not is_given(node):
            return default
        if isinstance(node, Scalar) and node.text in {word.value for word in words}:
            return words(node.text)
        choices = ", ".join(word.value for word in words)
        self.wrong(node, key, f"one of: {choices}")
        return default

    def number(self, node: Located | None, key: str) -> float | None:
        """Return a number, None for none."""
        if node is None or not is_given(node):
            return None
        found = number_of(node.text) if isinstance(node, Scalar) else None
        if found is None:
            self.wrong(node, key, "a number")
        return found

    def truth(self, node: Located | None, key: str) -> bool:
        """Return yes or no, no for none."""
        if node is None or not is_given(node):
            return False
        found = truth_of(node.text) if isinstance(node, Scalar) else None
        if found is None:
            self.wrong(node, key, "true or false")
        return bool(found)

    def both(self, node: Located | None, key: str) -> Bilingual | None:
        """Return a sentence in both languages, None for none."""
        if node is None or not is_given(node):
            return None
        given = self.fields(node, ("en", "zh"), ("en", "zh"), what_for=f"`{key}`")
        return Bilingual(self.text_at(given, "en"), self.text_at(given, "zh")) if given else None

    def text_at(self, given: Mapping[str, Entry], key: str) -> str:
        """Return the text of a key, "" where it is absent."""
        return self.text(given[key].value, key) if key in given else ""

    def at(self, given: Mapping[str, Entry], key: str, read: Callable[[Located | None, str], T]) -> T:
        """Return what a reader makes of a key's value, or of its absence."""
        return read(given[key].value if key in given else None, key)


def date_of(text: str) -> date | None:
    """Return the date that a word is, written 2026-03-31, or None."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-03-31") else None
    except ValueError:
        return None


def number_of(text: str) -> float | None:
    """Return the number that a word is, an int where it is written as one, or None; thousands may be set off."""
    if _INTEGER.fullmatch(text):
        return int(re.sub("[,_]", "", text)) if len(text) <= MOST_DIGITS else None
    if text and any(sign.isdigit() for sign in text) and _NUMBER.fullmatch(text):
        found = float(re.sub("[,_]", "", text))
        return found if math.isfinite(found) else None
    return None


MOST_DIGITS = 40
"""Digits of a number that is meant."""


def truth_of(text: str) -> bool | None:
    """Return yes or no, None for another word."""
    folded = text.casefold()
    if folded in TRUE_WORDS:
        return True
    return False if folded in FALSE_WORDS else None
