"""Words, colours and limits of the pictures of alliances, from `data/alliances/words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.alliance import Axis
from dragoman.wording import Catalogue, catalogue

PACK = "alliances/words.yaml"
GROUPS = {Axis.TECHNOLOGY: "technologies", Axis.INSTRUMENT: "instruments"}


@dataclass(frozen=True, slots=True)
class AllianceWords:
    """Words in one language.

    Attributes:
        language: theirs.
        own: of these pictures.
        names: of actors in that language, by canonical name.
        texts: of the interface, for tags.
        colours: of layers, stances and communities.
        most: rows, nodes and sentences that are shown.
    """

    language: Language
    own: Mapping[str, str]
    names: Mapping[str, str]
    texts: Catalogue
    colours: Mapping[str, Any]
    most: Mapping[str, int]

    def text(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return self.own[key].format(**values)

    def head(self, *keys: str) -> tuple[str, ...]:
        """Return names of columns."""
        return tuple(self.own[key] for key in keys)

    def name(self, name: str) -> str:
        """Return what an actor is called."""
        return self.names.get(name, name)

    def pair(self, pair: tuple[str, str]) -> str:
        """Return what a pair of actors is called."""
        return f"{self.name(pair[0])} – {self.name(pair[1])}"

    def column(self, axis: Axis, value: str) -> str:
        """Return the word for a technology, instrument or layer."""
        return self.own[value] if axis is Axis.LAYER else self.texts.name(GROUPS[axis], value)

    def listed(self, names: Sequence[str], most: int = 3) -> str:
        """Return the first of some names in words."""
        sign = "、" if self.language is Language.ZH else ", "
        return sign.join(names[:most]) or "–"


def alliance_words(language: Language, names: Mapping[str, str]) -> AllianceWords:
    """Return the words of a language.

    Args:
        language: of the words.
        names: what actors are called in it.
    """
    pack = load_pack(PACK)
    return AllianceWords(language, pack[language.value], names, catalogue(language), pack["colours"], pack["most"])
