"""What stands around a sentence: the tags of its titles, the sentences before it, its section and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dragoman.extract.topics import MAIN, Recent, Tag, Topics
from dragoman.extract.view import View
from dragoman.lexicon.tags import WEAK

TECHNOLOGY, INSTRUMENT = "technology", "instrument"
GROUPS = (TECHNOLOGY, INSTRUMENT)
FAINT = {group: group + WEAK for group in GROUPS}
"""The group of the terms that only hint at a tag of a group."""
PLACES = [(f"{place}-strong", f"{place}-weak") for place in ("section", "above", "lead", "last", "block", "title")]
"""Names of each place where it names a tag, and where it only hints at it; all but the title tell a tag alone."""
NOTHING: frozenset[Tag] = frozenset()
NO_TITLES = (NOTHING, NOTHING)
STATUTE = "statute-own"
"""Name of the title of a law as a place of its own technology."""
PART = (("part-some",), ("part-main",), ("part-main", "part-alone"))
TEXT = (("text-some",), ("text-main",), ("text-main", "text-alone"))
"""Names of the section so far and of the text, by how much they are about a tag."""


class Around(NamedTuple):
    """Where tags stand around a sentence.

    Attributes:
        places: the places that hold a tag, each by its two names.
        everywhere: all their tags.
        text: by group the tags that are a topic of the text, and how much it is about each.
        part: by group the tags that are a topic of the section so far, and how much it is about each.
        told: by group, the tags that one of the places tells alone.
        own: the technologies that a law or the like is about by its title.
        titled: the tags that the title of the document names.
        voice: how the document speaks.
        asked: by group and tag, what `names_of` returned; each line of the sentence asks for the same.
    """

    places: list[tuple[tuple[str, str], frozenset[Tag]]]
    everywhere: frozenset[Tag]
    text: Mapping[str, Mapping[str, int]]
    part: Mapping[str, Mapping[str, int]]
    told: Mapping[str, set[str]]
    own: frozenset[str]
    titled: frozenset[Tag]
    voice: str
    asked: dict[Tag, tuple[str, ...]]

    def names_of(self, group: str, tag: str) -> tuple[str, ...]:
        """Return the names of the places that speak of a tag."""
        names = self.asked.get((group, tag))
        if names is None:
            names = self.asked[group, tag] = tuple(self._names(group, tag))
        return names

    def _names(self, group: str, tag: str) -> Iterator[str]:
        strong, faint = (group, tag), (FAINT[group], tag)
        if strong in self.everywhere or faint in self.everywhere:
            for (strongly, faintly), tags in self.places:
                if strong in tags:
                    yield strongly
                if faint in tags:
                    yield faintly
        if tag in self.text[group]:
            yield from self._of_text(TEXT[self.text[group][tag]], titled=strong in self.titled)
        if tag in self.part[group]:
            yield from PART[self.part[group][tag]]
        if tag in self.own:
            yield STATUTE

    def _of_text(self, names: Iterable[str], *, titled: bool) -> Iterator[str]:
        """Yield what the text as a whole says: with its voice, and whether its title says so too."""
        for name in names:
            yield name
            yield f"{self.voice}-{name}"
            if titled:
                yield f"{name}-titled"


def around(view: View, topics: Topics, recent: Recent) -> Around:
    """Return where tags stand around a sentence; read once a sentence."""
    if recent.around is None:
        recent.around = read_around(view, topics, recent)
    return recent.around


def read_around(view: View, topics: Topics, recent: Recent) -> Around:
    """Return where tags stand around a sentence."""
    own, above = topics.sections.get(view.sentence.section, NO_TITLES)
    held = (own, above, recent.lead, recent.last if recent.block else NOTHING, recent.block, topics.title)
    telling = own.union(*held[1:-1])
    told = {INSTRUMENT: set(topics.text[INSTRUMENT]), TECHNOLOGY: {*topics.own, *mains(topics.text[TECHNOLOGY])}}
    for group, tag in telling:
        if group in told:
            told[group].add(tag)
    part = {group: recent.section.topics(group) for group in GROUPS}
    for group, shares in part.items():
        told[group].update(mains(shares))
    places = [pair for pair in zip(PLACES, held, strict=True) if pair[1]]
    return Around(
        places, telling | topics.title, topics.text, part, told, topics.own, topics.title, topics.voice, {}
    )


def mains(shares: Mapping[str, int]) -> list[str]:
    """Return the tags that a stretch is mainly about."""
    return [tag for tag, share in shares.items() if share >= MAIN]
