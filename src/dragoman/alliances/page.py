"""A document with what was found in it once, and what is remembered while its sentences are read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.alliances.mentions import Named, NameFinder
from dragoman.alliances.parties import Party, Resolver
from dragoman.alliances.settings import ReadingWords
from dragoman.alliances.topics import Terms, Topic, few
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Document, Sentence

FAR = 3
"""Sentences after which a pair is no longer meant by a pronoun."""
OWN_SHARE = 0.35
"""Share of the names of a document that makes a state its own actor."""
BOTH = 2


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A document with what was found in it.

    Attributes:
        document: as read.
        names: parties named, in order.
        terms: of technologies and instruments.
        parties: of the document, as its metadata state them.
        own: the state that the document is of or mostly about, "" for none.
        headings: technologies of headings, by section.
    """

    document: Document
    names: Sequence[Named]
    terms: Terms
    parties: tuple[Party, ...]
    own: str
    headings: Mapping[tuple[str, ...], tuple[str, ...]]

    @property
    def sides(self) -> frozenset[str]:
        """The document's own actor, or its parties."""
        return frozenset([self.own] if self.own else [one.name for one in self.parties])

    def within(self, start: int, end: int) -> list[Named]:
        """Return the names between two offsets."""
        first = bisect_left(self.names, start, key=lambda one: one.start)
        last = bisect_left(self.names, end, key=lambda one: one.start)
        return [one for one in self.names[first:last] if one.end <= end]


def page_of(document: Document, lexicon: Lexicon, words: ReadingWords, resolver: Resolver) -> Page:
    """Return a document with what is found in it."""
    parties = tuple(dict.fromkeys(one for name in document.parties for one in stated(name, lexicon, resolver)))
    finder = NameFinder(lexicon, words, resolver)
    home = parties[0].name if len(parties) == 1 else ""
    names = finder.find(document.text, home or most_named(finder.find(document.text)))
    terms = Terms(document.text, lexicon, words, names)
    own = home or ("" if parties else most_named(names))
    return Page(document, names, terms, parties, own, headings_of(document, terms))


def stated(name: str, lexicon: Lexicon, resolver: Resolver) -> tuple[Party, ...]:
    """Return what a stated party of a document stands for."""
    return resolver.of(lexicon.actors.canonical(name) or name)


def most_named(names: Sequence[Named]) -> str:
    """Return the party that a text names far more often than others, "" for none."""
    counts = Counter(one.party.name for one in names)
    if not counts:
        return ""
    name, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return name if most >= OWN_SHARE * len(names) else ""


def headings_of(document: Document, terms: Terms) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the technology that the heading of each section names, or else that of the one above it.

    The title of the document gives no field.
    """
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for section in document.sections:
        if section.title == document.title:
            continue
        own = terms.technologies(section.start, heading_end(document.text, section.start, section.end))
        found[section.path] = few(own, 1) if own else found.get(section.path[:-1], ())
    return found


def heading_end(text: str, start: int, end: int) -> int:
    """Return where the line of a heading ends."""
    line = text.find("\n", start, end)
    return end if line < 0 else line


@dataclass(slots=True)
class Memory:
    """What was read before the sentence at hand.

    Attributes:
        pair: parties last named together.
        at: index of the sentence in which they were.
        lead: party that led the sentence before, "" for none.
        block: index of the block at hand.
        paragraph: technologies of its topic.
        previous: technologies of the sentence before.
    """

    pair: tuple[Party, ...] = ()
    at: int = -FAR
    lead: str = ""
    block: int = -1
    paragraph: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()

    def enter(self, sentence: Sentence, page: Page, words: ReadingWords) -> None:
        """Take notice of a sentence before it is read."""
        if sentence.block == self.block:
            return
        self.block, self.previous = sentence.block, ()
        self.paragraph = self._topic(sentence, page, words)

    def _topic(self, sentence: Sentence, page: Page, words: ReadingWords) -> tuple[str, ...]:
        document = page.document
        text = document.slice(sentence.start, sentence.end)
        if sentence.kind is BlockKind.ITEM and sentence.stem is not None:
            stem = document.sentences[sentence.stem]
            return few(page.terms.technologies(stem.start, stem.end))
        if words.topic.match(text):
            return few(page.terms.technologies(sentence.start, sentence.end))
        return ()

    def leave(self, sentence: Sentence, page: Page) -> None:
        """Take notice of a sentence after it was read."""
        self.previous = page.terms.technologies(sentence.start, sentence.end) or self.previous

    def remember(self, parties: Sequence[Party], sentence: Sentence) -> None:
        """Keep parties that act together, for the pronouns to come."""
        self.pair, self.at = tuple(parties), sentence.index

    def meant(self, sentence: Sentence, page: Page) -> tuple[Party, ...]:
        """Return whom a pronoun for two means, () where nobody was named."""
        if len(page.parties) >= BOTH:
            return page.parties
        if self.pair and sentence.index - self.at <= FAR:
            return self.pair
        return ()


def focused(technologies: tuple[str, ...], field: Collection[str], words: ReadingWords) -> tuple[str, ...]:
    """Return technologies without the general ones, where the field of the section is among them."""
    if not set(field).intersection(technologies):
        return technologies
    return tuple(tag for tag in technologies if tag in field or tag not in words.general)


class Scope(NamedTuple):
    """Where the technologies of a bond are looked for.

    Attributes:
        sentence: of the bond.
        start, end: of the words that it stands in.
        back: whether a pronoun points back to the sentence before.
        narrow: whether what stands elsewhere in the sentence is another matter.
    """

    sentence: Sentence
    start: int
    end: int
    back: bool = False
    narrow: bool = False


def topic_of(page: Page, memory: Memory, scope: Scope, words: ReadingWords) -> Topic:
    """Return the technologies of a bond: its own, or those nearest to it."""
    found = topics_of(page, memory, scope, words)
    return next((topic for topic in found if topic.technologies), Topic((), "none"))


def topics_of(page: Page, memory: Memory, scope: Scope, words: ReadingWords) -> Iterator[Topic]:
    """Yield what a bond may be about, the nearest first."""
    terms, sentence = page.terms, scope.sentence
    above = page.headings.get(sentence.section, ())
    yield Topic(focused(terms.technologies(scope.start, scope.end), above, words), "own")
    if scope.narrow:
        yield Topic(above, "heading")
    else:
        yield Topic(focused(terms.technologies(sentence.start, sentence.end), above, words), "sentence")
    yield Topic(memory.paragraph, "paragraph")
    if scope.back:
        yield Topic(few(memory.previous), "previous")
    yield Topic(above, "heading")
    yield Topic(terms.last_resort(scope.start, scope.end), "last-resort")
