"""The fields of the lines of a text, each field read for all lines before the next one.

What a field is read by - its patterns, its words, its weights - stays in the processor's caches that way. Going
from line to line instead, each field anew for each line, takes half as long again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.extract.around import around
from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.confidence import confidence_of
from dragoman.extract.context import Context
from dragoman.extract.en import English
from dragoman.extract.grammar import Grammar
from dragoman.extract.legalization import profile_of
from dragoman.extract.mentions import read_names
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.toward import Named
from dragoman.extract.view import View
from dragoman.extract.what import Tags, tags_of
from dragoman.extract.who import actors_of, counterparties_of
from dragoman.extract.zh import Chinese
from dragoman.model import Amount, Deadline, Language, Legalization

GRAMMARS: Mapping[Language, Grammar] = {Language.EN: English(), Language.ZH: Chinese()}


AHEAD = 64
"""Sentences, or lines, that are read at once where what is read of them is not kept for the whole text."""


class Found(NamedTuple):
    """A sentence with what the grammar of its language proposes for it.

    Attributes:
        view: the sentence.
        proposed: its candidates.
        kept: those of them that are provisions.
    """

    view: View
    proposed: Sequence[Candidate]
    kept: Sequence[Candidate]


class Line(NamedTuple):
    """A candidate that is a provision.

    Attributes:
        view: its sentence.
        candidate: its clause, with trigger and subject.
        siblings: candidates proposed for the sentence, this one included.
    """

    view: View
    candidate: Candidate
    siblings: int

    @property
    def grammar(self) -> Grammar:
        """The grammar of its sentence."""
        return GRAMMARS[self.view.sentence.language]


class When(NamedTuple):
    """When, if and for how much the act of a line is to be done."""

    deadline: Deadline | None
    condition: Span | None
    amounts: tuple[Amount, ...]


class Fields(NamedTuple):
    """What is read of a line; names and times as the grammar sees the text, see `Script`."""

    who: Named
    whom: Named
    technologies: Tags
    instruments: Tags
    when: When
    legalization: Legalization
    confidence: float


def lines_of(found: Sequence[Found]) -> list[Line]:
    """Return the candidates that are provisions, in text order."""
    return [Line(view, candidate, len(proposed)) for view, proposed, kept in found for candidate in kept]


def fields_of(lines: Sequence[Line], found: Sequence[Found], context: Context, topics: Topics) -> Iterator[Fields]:
    """Yield the fields of lines.

    Args:
        lines: the candidates that are provisions, in text order.
        found: all sentences, with what was proposed for them.
        context: of the document.
        topics: of the document.
    """
    parties = parties_of(lines, context)
    when = times_of(lines, context)
    tags = all_tags(found, topics)
    profiles = profiles_of(lines, parties, when)
    sure = confidences_of(lines, context)
    for (who, whom), (technologies, instruments), due, profile, confidence in zip(
        parties, tags, when, profiles, sure, strict=True
    ):
        yield Fields(who, whom, technologies, instruments, due, profile, confidence)


def parties_of(lines: Sequence[Line], context: Context) -> list[tuple[Named, Named]]:
    """Return who acts in each line, and toward whom.

    Some lines at a time: the names read in their sentences are remembered so long.
    """
    parties: list[tuple[Named, Named]] = []
    for first in range(0, len(lines), AHEAD):
        some = lines[first : first + AHEAD]
        read_names([line.view for line in some], context)
        who = [actors_of(line.view, line.candidate, context) for line in some]
        whom = [
            counterparties_of(line.view, line.candidate, actors, context)
            for line, (actors, _) in zip(some, who, strict=True)
        ]
        parties += zip(who, whom, strict=True)
    return parties


def all_tags(found: Sequence[Found], topics: Topics) -> list[tuple[Tags, Tags]]:
    """Return the technologies and the instruments of each line; what was read before a sentence counts for it."""
    recent = Recent.empty()
    asked = []
    for view, _, kept in found:
        recent.enter(view)
        asked += [(view, candidate, around(view, topics, recent)) for candidate in kept]
        recent.leave(view)
    return list(zip(*tags_of(asked, topics), strict=True))


def times_of(lines: Sequence[Line], context: Context) -> list[When]:
    """Return when each line is due, on what condition, and for how much money."""
    deadlines = [line.grammar.deadline(line.view, line.candidate, context) for line in lines]
    conditions = [line.grammar.conditions(line.view, line.candidate) for line in lines]
    amounts = [line.grammar.amounts(line.view, line.candidate) for line in lines]
    return list(map(When, deadlines, conditions, amounts))


def profiles_of(
    lines: Sequence[Line], parties: Sequence[tuple[Named, Named]], when: Sequence[When]
) -> list[Legalization]:
    """Return the legalization profile of each line."""
    profiles = []
    for (view, candidate, _), (who, whom), due in zip(lines, parties, when, strict=True):
        named = {"actor": bool(who[0]), "named partner": bool(whom[0])}
        conditional = due.condition is not None
        profiles.append(profile_of(view, candidate, named, due.deadline, conditional=conditional))
    return profiles


def confidences_of(lines: Sequence[Line], context: Context) -> list[float]:
    """Return how sure the grammar is of each line."""
    return [confidence_of(view, candidate, context.voice, siblings) for view, candidate, siblings in lines]
