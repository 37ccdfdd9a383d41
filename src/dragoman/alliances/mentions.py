"""Names of parties in a document, each with where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.alliances.parties import Party, Resolver
from dragoman.alliances.settings import ReadingWords
from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.lexicon.actors import ACTOR, ADJECTIVE, ActorRegister

NAMES = frozenset({"state", "union"})
Stretch = tuple[int, int]


class Named(NamedTuple):
    """A party named in a text.

    Attributes:
        start, end: where.
        party: see there.
        how: "name", "adjective", "compound" or "short" (the character behind 对 in 对华).
        actor: canonical name of what is named (a firm, an office), before it was resolved.
    """

    start: int
    end: int
    party: Party
    how: str
    actor: str


class NameFinder:
    """Finds parties in texts.

    Args:
        lexicon: names of actors in both languages.
        words: of reading.
        resolver: of names.
    """

    def __init__(self, lexicon: Lexicon, words: ReadingWords, resolver: Resolver) -> None:
        self._lexicon = lexicon
        self._actors = lexicon.actors
        self._words = words
        self._resolver = resolver

    def find(self, text: str, home: str = "") -> list[Named]:
        """Return the parties named in a text, in order.

        Args:
            text: of the document.
            home: state whose agencies are meant where several have one of that name.
        """
        hits = [
            hit for hit in self._lexicon.names.find(text, fold(text)) if not is_other_word(text, hit, self._actors)
        ]
        taken = [(hit.start, hit.end) for hit in hits]
        found = list(self._by_name(text, hits, home))
        found += [one for at, name in self._compounds(text, taken) for one in self._one(at, name, "compound")]
        found += [one for at, name in self._shorts(text, taken) for one in self._one(at, name, "short")]
        named = {one.party.name for one in found if self._actors.type_of(one.actor) != "agency"} | {home}
        found = [
            one
            for one in found
            if one.party.name in named or self._is_sure(one) or self._says_its_state(one, text)
        ]
        return sorted(found, key=lambda one: (one.start, one.end))

    def _is_sure(self, one: Named) -> bool:
        """Return whether an agency is told by its own name alone, in a text that does not name its state.

        A ministry is not: many states have one of that name.
        """
        return self._words.common_agency.match(one.actor) is None

    def _says_its_state(self, one: Named, text: str) -> bool:
        """Return whether the state stands in the name of its agency as it is written (日本经济产业省)."""
        state = self._actors.actors.get(one.party.name)
        written = text[one.start : one.end]
        return state is not None and any(
            word.lstrip("=") in written for word in (state.name, *state.en, *state.zh)
        )

    def _one(self, at: int, name: str, how: str) -> Iterator[Named]:
        yield from (Named(at, at + 1, party, how, name) for party in self._resolver.of(name))

    def _by_name(self, text: str, hits: Sequence[Hit], home: str) -> Iterator[Named]:
        """Yield the parties of the names that the matcher has found."""
        before, last = "", 0
        for hit in hits:
            beside = bool(before) and self._words.beside.fullmatch(text, last, hit.start) is not None
            names = tuple(phrase.key for phrase in hit.phrases if phrase.group == ACTOR)
            if names:
                name = self._actors.choose(names, before if beside else home)
                yield from (Named(hit.start, hit.end, one, "name", name) for one in self._resolver.of(name))
                before = name if self._actors.type_of(name) in NAMES else self._resolver.owner(name)
                last = hit.end
            elif hit.phrases[0].group == ADJECTIVE:
                before, last = hit.phrases[0].key, hit.end
                if self._words.adjective_nouns.match(text, last):
                    found = self._resolver.of(before)
                    yield from (Named(hit.start, last, one, "adjective", before) for one in found)

    def _compounds(self, text: str, taken: Sequence[Stretch]) -> Iterator[tuple[int, str]]:
        """Yield the states of compounds of single characters (美欧) that no name overlaps."""
        compounds = self._actors.compounds
        for first, last in compounds.find(text, 0, len(text)):
            while last > first and overlaps(taken, last - 1, last):
                last -= 1  # noqa: PLW2901 - a name begins with the last character
            if not overlaps(taken, first, last) and compounds.is_sure(text, first, last):
                yield from ((at, compounds.names[text[at]]) for at in range(first, last))

    def _shorts(self, text: str, taken: Sequence[Stretch]) -> Iterator[tuple[int, str]]:
        """Yield the states that one character behind a preposition stands for (对华)."""
        for match in self._words.short.finditer(text):
            if not overlaps(taken, *match.span(1)):
                yield match.start(1), self._words.short_names[match[1]]


def is_other_word(text: str, hit: Hit, actors: ActorRegister) -> bool:
    """Return whether a hit is part of another word (中国特色), or a name that only its own state uses."""
    actor = actors.actors.get(hit.phrases[0].key)
    if actor is None or hit.phrases[0].group != ACTOR:
        return False
    return bool(actor.not_before) and text.startswith(actor.not_before, hit.end)


def overlaps(taken: Sequence[Stretch], start: int, end: int) -> bool:
    """Return whether one of several ordered stretches overlaps another."""
    at = bisect_left(taken, (start, start))
    return any(first < end and start < last for first, last in taken[max(0, at - 1) : at + 1])
