"""What stands around a sentence: the tags of its titles, the sentences before it, its section and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.extract.topics import Recent, Tag, Topics
from dragoman.extract.view import View
from dragoman.lexicon.tags import WEAK

TECHNOLOGY, INSTRUMENT = "technology", "instrument"
GROUPS = (TECHNOLOGY, INSTRUMENT)
FAINT = {group: group + WEAK for group in GROUPS}
"""The group of the terms that only hint at a tag of a group."""
PLACES = {
    place: (f"{place}-strong", f"{place}-weak") for place in ("section", "above", "lead", "last", "block", "title")
}
"""Names of a place where it names a tag, and where it only hints at it."""
TELLING = ("section", "above", "lead", "last", "block")
"""Places that tell a tag alone."""
NO_TITLES: tuple[frozenset[Tag], frozenset[Tag]] = (frozenset(), frozenset())


class Around(NamedTuple):
    """Where tags stand around a sentence.

    Attributes:
        places: the places that hold a tag, each by its two names.
        everywhere: all their tags.
        topics: by group and tag, the names of the text and the section of which it is a topic.
        told: by group, the tags that one of the places tells alone.
    """

    places: tuple[tuple[tuple[str, str], frozenset[Tag]], ...]
    everywhere: frozenset[Tag]
    topics: Mapping[str, Mapping[str, list[str]]]
    told: Mapping[str, list[str]]

    def names_of(self, group: str, tag: str) -> Iterator[str]:
        """Yield the names of the places that speak of a tag."""
        strong, faint = (group, tag), (FAINT[group], tag)
        if strong in self.everywhere or faint in self.everywhere:
            for (strongly, faintly), tags in self.places:
                if strong in tags:
                    yield strongly
                if faint in tags:
                    yield faintly
        yield from self.topics[group].get(tag, ())


def around(view: View, topics: Topics, recent: Recent) -> Around:
    """Return where tags stand around a sentence; read once a sentence."""
    if recent.around is None:
        recent.around = read_around(view, topics, recent)
    return recent.around


def read_around(view: View, topics: Topics, recent: Recent) -> Around:
    """Return where tags stand around a sentence."""
    own, above = topics.sections.get(view.sentence.section, NO_TITLES)
    held: dict[str, frozenset[Tag]] = {
        "section": own,
        "above": above,
        "lead": recent.lead,
        "last": recent.last if recent.block else frozenset(),
        "block": recent.block,
        "title": topics.title,
    }
    telling = frozenset().union(*[held[place] for place in TELLING])
    named = {group: topics_of(topics, recent, group) for group in GROUPS}
    return Around(
        tuple([(PLACES[place], tags) for place, tags in held.items() if tags]),
        telling | topics.title,
        named,
        {group: told_by(telling, named[group], group) for group in GROUPS},
    )


def topics_of(topics: Topics, recent: Recent, group: str) -> Mapping[str, list[str]]:
    """Return by tag the names of the text and the section of which it is a topic."""
    named = {tag: [name] for tag, name in topics.text_topics[group]}
    for tag, main in recent.section.topics(group):
        named.setdefault(tag, []).append("part-main" if main else "part-some")
    return named


def told_by(telling: frozenset[Tag], named: Mapping[str, list[str]], group: str) -> list[str]:
    """Return the tags of a group that the places around a sentence tell alone, by name."""
    told = {tag for found, tag in telling if found == group}
    told.update(tag for tag, names in named.items() if "text-main" in names or "part-main" in names)
    return sorted(told)
