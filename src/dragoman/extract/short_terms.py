"""Abbreviations that a text itself sets for a technology or instrument: "post-quantum cryptography (PQC)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.lexicon import Lexicon, Matcher, Phrase

SET = re.compile(
    r"[（(](?:(?<=[\w’'”\"].)|(?<=[\w’'”\"]\s.))\s?[“\"‘']?(?P<short>[A-Z][A-Za-z&-]{0,6}[A-Z]s?)[”\"’']?\s?[)）]"
)
"""An abbreviation in brackets right behind a word; it starts with the bracket so that it is found quickly."""
LONGEST = 80
"""Characters before the bracket in which the long form is looked for."""
WORD = re.compile(r"[^\W\d_]+")


def short_terms(text: str, lexicon: Lexicon) -> Matcher | None:
    """Return what finds the abbreviations that a text sets for terms of the lexicon, None where it sets none."""
    phrases = list(dict.fromkeys(phrases_in(text, lexicon)))
    return Matcher(phrases) if phrases else None


def phrases_in(text: str, lexicon: Lexicon) -> Iterator[Phrase]:
    """Yield the abbreviations set in a text as phrases of the tags that their long forms name."""
    for match in SET.finditer(text):
        short = match["short"].removesuffix("s")
        start = match.start() - text[match.start() - 1].isspace()
        long = long_form(text[max(0, start - LONGEST) : start + 1], short)
        for hit in lexicon.terms.find(long):
            for phrase in hit.phrases:
                yield Phrase(short, phrase.group, phrase.key, exact_case=True, sense=phrase.sense)


def long_form(before: str, short: str) -> str:
    """Return the words right before a bracket whose initials spell an abbreviation, "" where none do.

    Small words between them ("of", "and") need no letter; a hyphen parts words.
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = list(WORD.finditer(before))
    position = len(words)
    for letter in reversed(letters):
        while position and not words[position - 1][0].lower().startswith(letter):
            position -= 1
            if len(words[position][0]) > len("and"):
                return ""
        if not position:
            return ""
        position -= 1
    return before[words[position].start() :]
