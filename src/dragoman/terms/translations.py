"""Which words of each version have a translation in which sentences of the other, by the dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.terms.coverage import Coverage, Ids, Row, Translated
from dragoman.terms.meanings import Meanings
from dragoman.terms.path import Match
from dragoman.terms.settings import Settings
from dragoman.terms.signs import Unit


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The words of one version.

    Attributes:
        words: of each of its sentences, those that the other version could show.
        hits: of each sentence of the other version, the words of this one that it translates.
        chances: by word, how likely a sentence shows its translation where it belongs with it.
    """

    words: tuple[Ids, ...]
    hits: tuple[Ids, ...]
    chances: Row


def translations(
    english: Sequence[Unit], chinese: Sequence[Unit], meanings: Meanings, settings: Settings
) -> tuple[Side, Side]:
    """Return what the dictionary says of two versions, seen from the English and from the Chinese one."""
    stems = numbered(english)
    words = numbered(chinese)
    glosses = {
        number: frozenset(stems[stem] for stem in meanings.of(word) if stem in stems)
        for word, number in words.items()
    }
    back: dict[int, set[int]] = {}
    for number, meant in glosses.items():
        for stem in meant:
            back.setdefault(stem, set()).add(number)
    first = [frozenset(stems[word] for word in one.content) for one in english]
    second = [frozenset(words[word] for word in one.content) for one in chinese]
    rules = settings.dictionary
    return (
        Side(
            tuple(frozenset(word for word in bag if word in back) for bag in first),
            tuple(frozenset[int]().union(*(glosses[word] for word in bag)) for bag in second),
            np.full(len(stems), rules["word"]),
        ),
        Side(
            tuple(frozenset(word for word in bag if glosses[word]) for bag in second),
            tuple(frozenset[int]().union(*(back.get(stem, ()) for stem in bag)) for bag in first),
            np.array([rules["character" if len(word) == 1 else "word"] for word in words]),
        ),
    )


def translated(sides: tuple[Side, Side], settings: Settings) -> Translated:
    """Return what the words of both sides say of links."""
    english, chinese = (Coverage(side.words, side.hits, side.chances) for side in sides)
    return Translated(english, chinese, settings.dictionary["weight"])


def numbered(units: Sequence[Unit]) -> dict[str, int]:
    """Return numbers for the content words of a version."""
    return {word: number for number, word in enumerate(dict.fromkeys(w for one in units for w in one.content))}


def relearned(sides: tuple[Side, Side], matches: Sequence[Match], settings: Settings) -> tuple[Side, Side]:
    """Return both sides with chances as the surer links of the text show them."""
    sure = [one for one in matches if one.en and one.zh and one.odds > settings.dictionary["sure"]]
    there, back = [(one.en, one.zh) for one in sure], [(one.zh, one.en) for one in sure]
    return chances_from(sides[0], there, settings), chances_from(sides[1], back, settings)


def chances_from(side: Side, links: Sequence[tuple[tuple[int, ...], tuple[int, ...]]], settings: Settings) -> Side:
    """Return a side with the chances that links show, drawn towards the chance of all words."""
    seen, found = np.zeros(len(side.chances)), np.zeros(len(side.chances))
    for here, there in links:
        words = frozenset[int]().union(*(side.words[at] for at in here))
        hits = frozenset[int]().union(*(side.hits[at] for at in there))
        seen[list(words)] += 1
        found[list(words & hits)] += 1
    rules = settings.dictionary
    base = side.chances if seen.sum() < rules["from"] else found.sum() / seen.sum()
    return Side(side.words, side.hits, (found + rules["prior"] * base) / (seen + rules["prior"]))
