"""The characters of a condition: what may stand in one at all, and what people write by mistake."""

from __future__ import annotations

import re
import unicodedata

from dragoman.check.refusal import ConditionFault

LONGEST = 2000
"""Characters of a condition."""
DEEPEST = 24
"""Levels of a condition."""

_SYMBOLS = frozenset(" .,()[]<>=!+-*/")
_CURLY = "‘’“”‚„′″「」『』«»"
_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-"}
_INSTEAD = {
    "&": "Write `and`.",
    "|": "Write `or`.",
    "%": "Write a share as a number: 0.51, or 51 where the fact is in percent.",
    "{": "Write a list in square brackets: ['GB', 'JP'].",
    "#": "Put remarks into the rule's note.",
    ":": "Names have no colon; a group is written group('D:1').",
    ";": "Write one condition.",
    "\\": "A text is written without backslashes.",
    "\n": "Write the condition on one line.",
    "、": "Write a comma.",
    "。": "Write no full stop.",
}
_WORDS = re.compile(
    r"(?<![A-Za-z0-9_])(AND|OR|NOT|IN|IF|ELSE|TRUE|FALSE|True|False|None|And|Or|Not)(?![A-Za-z0-9_])"
)
_MISTAKES = (
    (re.compile(r"=[<>]|<>"), "This is no comparison.", "Write `<=`, `>=` or `!=`."),
    (re.compile(r"===+"), "`===` is no comparison.", "Write `==`."),
    (re.compile(r"(?<![=!<>])=(?!=)"), "`=` is no comparison.", "Write `==`."),
    (re.compile(r"!(?!=)"), "`!` is no word of conditions.", "Write `not`."),
    (re.compile(r"\*\*|//"), "Only + - * and / are calculated.", "Write the product or the quotient out."),
    (
        re.compile(r"(?<![A-Za-z0-9_.])(?!\d+(?:\.\d+)?e\d{1,2}(?![A-Za-z0-9_.]))\d[\d.]*[A-Za-z_]"),
        "A number has only digits and a point.",
        "Write it out: 4800 or 0.51; a very large one as 1e25.",
    ),
)


def blanked(text: str) -> str:
    """Return a condition with the inside of its texts blanked, each character in its place.

    Raises:
        ConditionFault: too long, a character that has no place, a text without an end, a sign without a meaning.
    """
    if len(text) > LONGEST:
        message = f"The condition has {len(text):,} characters; at most {LONGEST:,} are read."
        raise ConditionFault(message, 1, "Split it into rules or derived facts.")
    if not text.strip():
        message = "The condition is empty."
        raise ConditionFault(message, 1, "Write `true` for a rule that always applies.")
    plain = _without_texts(text)
    for pattern, message, remedy in _MISTAKES:
        if found := pattern.search(plain):
            raise ConditionFault(message, found.start() + 1, remedy)
    if found := _WORDS.search(plain):
        word = found.group().lower()
        message = f"`{found.group()}` is not a word of conditions."
        raise ConditionFault(message, found.start() + 1, _lower(word))
    return plain


def _lower(word: str) -> str:
    return "Leave the fact out of the case where it is unknown." if word == "none" else f"Write `{word}`."


def _without_texts(text: str) -> str:
    plain: list[str] = []
    quote, depth = "", 0
    for index, char in enumerate(text):
        depth = _depth(char, depth, index) if not quote else depth
        if quote:
            _check_inside(char, index)
            plain.append(char if char == quote else "_")
            quote = "" if char == quote else quote
        else:
            _check_outside(char, index)
            plain.append(char)
            quote = char if char in "'\"" else ""
    if quote:
        message = "A text has no end."
        raise ConditionFault(message, text.rindex(quote) + 1, f"Close it with {quote}.")
    return "".join(plain)


def _depth(char: str, depth: int, index: int) -> int:
    depth += (char in "([") - (char in ")]")
    if depth > DEEPEST:
        message = f"Brackets are nested deeper than {DEEPEST} levels."
        raise ConditionFault(message, index + 1, "Move a part to a derived fact.")
    return depth


def _check_inside(char: str, index: int) -> None:
    if char == "\\" or not char.isprintable():
        message = "A text holds a character that cannot stand in it."
        raise ConditionFault(message, index + 1, "Retype the text.")


def _check_outside(char: str, index: int) -> None:
    if char in _SYMBOLS or char in "'\"_" or (char.isascii() and char.isalnum()):
        return
    message = f"{_named(char)} has no place in a condition."
    raise ConditionFault(message, index + 1, _instead(char))


def _named(char: str) -> str:
    if char.isascii() and char.isprintable():
        return f"`{char}`"
    name = unicodedata.name(char, "a control character").lower()
    return f"{name.capitalize()} (U+{ord(char):04X})"


def _instead(char: str) -> str:
    if char in _INSTEAD:
        return _INSTEAD[char]
    if char in _CURLY:
        return "Write straight quotes: 'text'."
    plain = _SIGNS.get(char) or unicodedata.normalize("NFKC", char)
    if plain != char and plain.isascii() and plain.isprintable():
        return f"Write the half-width `{plain}`." if char not in _SIGNS else f"Write `{plain}`."
    return "Retype it with the letters and signs of the English keyboard."
