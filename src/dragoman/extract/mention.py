"""An actor named in a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Mention(NamedTuple):
    """An actor named in a text.

    Attributes:
        start, end: where.
        name: canonical name; as in the text for one the register does not know.
        type: type of the register; "unknown" for one it does not know, "authors" for a word like "we",
            "previous" for one like "it".
        rule: how it was read ("register", "adjective", "compound", "abbreviation", ...).
    """

    start: int
    end: int
    name: str
    type: str
    rule: str = "register"

    def moved(self, by: int) -> Mention:
        """Return the same mention with its offsets moved."""
        return Mention(self.start + by, self.end + by, self.name, self.type, self.rule)


def overlaps(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Return whether a mention stands in a stretch."""
    return any(mention.start < end and start < mention.end for mention in mentions)
