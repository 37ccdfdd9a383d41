"""What helps alignment where it is at hand: a dictionary and an encoder of sentences."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.terms.dictionary import load_dictionary
from dragoman.terms.encoder import Encoder, load_encoder
from dragoman.terms.meanings import Meanings, load_meanings


@dataclass(frozen=True, slots=True, eq=False)
class Aids:
    """What is at hand.

    Attributes:
        meanings: what Chinese words mean, by the dictionary.
        encoder: tells how alike sentences of both languages are.
    """

    meanings: Meanings | None = None
    encoder: Encoder | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What there is, for the output: "dictionary", "encoder"."""
        named = (("dictionary", self.meanings), ("encoder", self.encoder))
        return tuple(name for name, aid in named if aid is not None)


NO_AIDS = Aids()
"""Signs alone: numbers, names, common words, lengths."""


def load_aids(*, dictionary: bool = True, encoder: bool = True) -> Aids:
    """Return what is installed of what is wanted."""
    has_dictionary = dictionary and load_dictionary() is not None
    return Aids(load_meanings() if has_dictionary else None, load_encoder() if encoder else None)
