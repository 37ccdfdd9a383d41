"""What a document, a section and a paragraph are about, apart from what a single clause says.

A clause often leaves its technology unsaid because the heading above it or the sentence before it has named it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.extract.view import View
from dragoman.lexicon import Hit, Lexicon
from dragoman.lexicon.tags import WEAK
from dragoman.model import Document

Tag = tuple[str, str]
"""Group of terms ("technology", "instrument", with ":weak" where a term only hints) and tag."""

DOMINANT, PRESENT = 0.4, 0.15
"""Shares of the terms of a stretch from which a tag is its main topic, or one of its topics."""


def tags_of(hits: Iterable[Hit]) -> list[Tag]:
    """Return the tags of hits, one for each phrase, in order."""
    return [(phrase.group, phrase.key) for hit in hits for phrase in hit.phrases]


class Counts:
    """How often each strong tag was named in a stretch of text, by group."""

    __slots__ = ("_by_group",)

    def __init__(self) -> None:
        self._by_group: dict[str, Counter[str]] = {}

    def update(self, tags: Iterable[Tag]) -> None:
        """Count tags; weak ones do not make a topic."""
        for group, tag in tags:
            if not group.endswith(WEAK):
                self._by_group.setdefault(group, Counter())[tag] += 1

    def topics(self, group: str) -> Iterator[tuple[str, bool]]:
        """Yield the tags of a group that are a topic of the stretch, and whether they are its main topic."""
        counts = self._by_group.get(group)
        if counts:
            total = counts.total()
            least, main = PRESENT * total, DOMINANT * total
            for tag, count in counts.items():
                if count >= least:
                    yield tag, count >= main


@dataclass(frozen=True)
class Topics:
    """Topics of a document and its sections; built once a document."""

    document: Document
    lexicon: Lexicon
    voice: str

    @cached_property
    def text(self) -> Counts:
        """Tags of the whole text."""
        counts = Counts()
        counts.update(tags_of(self.lexicon.terms.find(self.document.text)))
        return counts

    @cached_property
    def title(self) -> frozenset[Tag]:
        """Tags named in the document's title."""
        return frozenset(tags_of(self.lexicon.terms.find(self.document.title)))

    @cached_property
    def sections(self) -> Mapping[tuple[str, ...], tuple[frozenset[Tag], frozenset[Tag]]]:
        """Per section path, the tags of its own title and of the titles above it."""
        result = {}
        paths = dict.fromkeys(sentence.section for sentence in self.document.sentences)
        for path in paths:
            own = frozenset(tags_of(self.lexicon.terms.find(path[-1]))) if path else frozenset()
            above = frozenset(tags_of(self.lexicon.terms.find(" | ".join(path[:-1])))) if path[1:] else frozenset()
            result[path] = (own, above)
        return result


@dataclass(slots=True)
class Recent:
    """Tags of the sentences just read, kept while the extractor walks through a document.

    Attributes:
        block: tags of the sentences of the current block before this one.
        last: tags of the sentence before.
        lead: tags of the block's first sentence.
        section: counts of the tags of the current section so far.
    """

    block: frozenset[Tag]
    last: frozenset[Tag]
    lead: frozenset[Tag]
    section: Counts
    number: int = -1
    path: tuple[str, ...] = ()

    @classmethod
    def empty(cls) -> Recent:
        """Return the state before the first sentence."""
        return cls(frozenset(), frozenset(), frozenset(), Counts())

    def enter(self, view: View) -> None:
        """Forget the block or section before when a sentence opens a new one; call before its clauses are read."""
        if view.sentence.section != self.path:
            self.path, self.section = view.sentence.section, Counts()
        if view.sentence.block != self.number:
            self.number, self.block, self.lead = view.sentence.block, frozenset(), frozenset()

    def leave(self, view: View) -> None:
        """Remember a sentence; call after its clauses were read."""
        tags = tags_of(view.terms)
        self.section.update(tags)
        self.last = frozenset(tags)
        if not self.block and not self.lead:
            self.lead = self.last
        self.block |= self.last
