"""A known word in its sentence, with what stands around it."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.extract.zh.clauses import Parsed, Segment, Token, follows_directly

ATTRIBUTE = ("的", "了的")
"""What makes a verb before it an attribute."""


class Place(NamedTuple):
    """A token in its sentence."""

    parsed: Parsed
    number: int
    segment: Segment
    at: int

    @property
    def token(self) -> Token:
        """The token."""
        return self.segment.tokens[self.at]

    @property
    def words(self) -> str:
        """Its words."""
        return self.parsed.words(self.token.start, self.token.end)

    def near(self, steps: int) -> Token | None:
        """Return the token so many places on, None where another word stands between or there is none."""
        place = self.at + steps
        if not 0 <= place < len(self.segment.tokens):
            return None
        first, second = sorted((self.token, self.segment.tokens[place]))
        return self.segment.tokens[place] if follows_directly(self.parsed.view.text, first, second) else None

    def followed_by(self, words: tuple[str, ...]) -> bool:
        """Return whether one of these words follows."""
        return self.parsed.view.text.startswith(words, self.token.end)
