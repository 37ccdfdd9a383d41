"""The terms a text is found by: stems of its words, and tags for actors, technologies and instruments.

A tag begins with a sign that no word has, so that a Chinese commitment and an English page meet in it:
`@United Kingdom`, `#quantum`, `%data-flow`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.lexicon.actors import ACTOR, ADJECTIVE
from dragoman.lexicon.words import Words

ACTOR_SIGN, TECHNOLOGY_SIGN, INSTRUMENT_SIGN = "@", "#", "%"
_SIGNS = {"technology": TECHNOLOGY_SIGN, "instrument": INSTRUMENT_SIGN}
_ACTORS = frozenset({ACTOR, ADJECTIVE})


@dataclass(frozen=True, slots=True, eq=False)
class Tagger:
    """Finds the terms of texts.

    Attributes:
        lexicon: names and terms.
        words: how words are cut.
    """

    lexicon: Lexicon
    words: Words

    def count(self, text: str) -> Counter[str]:
        """Return how often each term stands in a text."""
        folded = fold(text)
        counts = Counter(self.words.stems_of(folded))
        counts.update(tag for hit, tag in self.tags(text, folded))
        return counts

    def tags(self, text: str, folded: str | None = None) -> Iterator[tuple[Hit, str]]:
        """Yield the tags of a text with the hits they were found by; an agency also gives its state."""
        folded = fold(text) if folded is None else folded
        actors = self.lexicon.actors.actors
        for hit in self.lexicon.names.find(text, folded):
            for phrase in hit.phrases[:1]:
                if phrase.group in _ACTORS:
                    yield hit, ACTOR_SIGN + phrase.key
                    if (actor := actors.get(phrase.key)) and actor.of:
                        yield hit, ACTOR_SIGN + actor.of
        for hit in self.lexicon.terms.find(text, folded):
            for phrase in hit.phrases[:1]:
                if sign := _SIGNS.get(phrase.group):
                    yield hit, sign + phrase.key


def is_tag(term: str) -> bool:
    """Return whether a term is a tag, not a word."""
    return term[0] in "@#%"
