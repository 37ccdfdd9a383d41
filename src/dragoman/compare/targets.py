"""Toward whom a clause is: states, and labels that stand for some, named in its sentence or the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from dragoman.compare.coordination_settings import TargetWords
from dragoman.lexicon import Lexicon
from dragoman.model import Document, Sentence
from dragoman.model.coordination import Direction, Target

STATES = frozenset({"state", "region"})
OF_A_STATE = frozenset({"metonym", "office", "agency"})
"""Types of actors whose name stands for the state that they are of."""
ADJECTIVE = "actor-adjective"
ACTOR = "actor"
NOT_COUNTRIES = frozenset({"Europe", "Asia", "Africa", "Americas"})
"""Continents: they name a place, not a target."""


class TargetFinder:
    """Finds the targets of sentences.

    Args:
        lexicon: names of states in both languages.
        words: that decide the direction.
        insiders: names that are never targets: the parties and their members.
    """

    def __init__(self, lexicon: Lexicon, words: TargetWords, insiders: Iterable[str]) -> None:
        self._lexicon = lexicon
        self._words = words
        self._insiders = frozenset(insiders)

    def of_sentence(self, document: Document, index: int) -> tuple[Target, ...]:
        """Return whom a sentence of a document names, or, where it points back, whom the ones before name."""
        sentence = document.sentences[index]
        own = self.of_text(document.slice(sentence.start, sentence.end), sentence.start)
        if any(target.direction is Direction.RESTRICT for target in own):
            return own
        return (*own, *self._carried(document, sentence))

    def of_text(self, text: str, offset: int = 0) -> tuple[Target, ...]:
        """Return whom a text names, each name and direction once, in order."""
        found: dict[tuple[str, Direction], Target] = {}
        for target in sorted(self._named(text), key=lambda one: one.start):
            moved = replace(target, start=target.start + offset, end=target.end + offset)
            found.setdefault((target.name, target.direction), moved)
        return tuple(found.values())

    def _carried(self, document: Document, sentence: Sentence) -> tuple[Target, ...]:
        back = 0
        while back < self._words.carry_back and self._words.carry.search(
            document.slice(sentence.start, sentence.end)
        ):
            if sentence.first or sentence.index == 0:
                break
            sentence = document.sentences[sentence.index - 1]
            targets = self.of_text(document.slice(sentence.start, sentence.end), sentence.start)
            if against := [one for one in targets if one.direction is Direction.RESTRICT]:
                return tuple(replace(one, how="carried") for one in against)
            back += 1
        return ()

    def _named(self, text: str) -> Iterator[Target]:
        for hit in self._lexicon.names.find(text):
            phrase = next((one for one in hit.phrases if one.group in {ACTOR, ADJECTIVE}), None)
            name = self._state_of(phrase.key) if phrase else ""
            if phrase and name and name not in self._insiders:
                how = "adjective" if phrase.group == ADJECTIVE else "name"
                direction, firm = self._direction(text, hit.start, hit.end)
                yield Target(name, direction, hit.start, hit.end, how, firm)
        yield from self._labelled(text)

    def _labelled(self, text: str) -> Iterator[Target]:
        for name, pattern in self._words.labels.items():
            for match in pattern.finditer(text):
                yield Target(name, Direction.RESTRICT, match.start(), match.end(), "label")
        for name, spellings in self._words.short.items():
            for spelling in spellings:
                if (start := text.find(spelling)) >= 0 and name not in self._insiders:
                    yield Target(name, Direction.RESTRICT, start, start + len(spelling))

    def _state_of(self, name: str) -> str:
        """Return the state that a name stands for, "" for none."""
        actor = self._lexicon.actors.actors.get(name)
        if actor is None or name in NOT_COUNTRIES:
            return ""
        if actor.type in STATES:
            return name
        if actor.type in OF_A_STATE and self._lexicon.actors.type_of(actor.of) == "state":
            return actor.of
        return ""

    def _direction(self, text: str, start: int, end: int) -> tuple[Direction, bool]:
        """Return how a name stands, and whether it does so whatever the instrument."""
        before, after = text[:start], text[end:]
        if self._words.affected_before.search(before) or self._words.affected_after.search(after):
            return Direction.AFFECTED, True
        if support := self._words.support_before.search(before):
            if self._turned(before, support.start()):
                return Direction.RESTRICT, True
            return Direction.SUPPORT, True
        return Direction.RESTRICT, self._words.against.search(before) is not None

    def _turned(self, before: str, support: int) -> bool:
        """Return whether what supports stands behind a verb that cuts it off."""
        return any(match.end() > support for match in self._words.turned.finditer(before))


def directed(targets: Iterable[Target], actors: Collection[str], *, restricts: bool) -> tuple[Target, ...]:
    """Return the targets of a measure.

    Args:
        targets: whom its sentence names.
        actors: who acts; they are no targets.
        restricts: whether it has a restricting instrument; one without is against nobody but by a label,
            or where the words before the name say so whatever the instrument.
    """
    return tuple(
        replace(one, direction=Direction.SUPPORT)
        if one.direction is Direction.RESTRICT and one.how != "label" and not (restricts or one.firm)
        else one
        for one in targets
        if one.name not in actors
    )
