"""What a document, a section and a paragraph are about, apart from what a single clause says.

A clause often leaves its technology unsaid because the heading above it or the sentence before it has named it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.extract.context import listed_kind
from dragoman.extract.view import View
from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.lexicon.tags import WEAK
from dragoman.model import Document

if TYPE_CHECKING:
    from dragoman.extract.around import Around

Tag = tuple[str, str]
"""Group of terms ("technology", "instrument", with ":weak" where a term only hints) and tag."""

PRESENT, DOMINANT, ALONE = 0.15, 0.4, 0.65
"""Shares of the terms of a stretch from which a tag is one of its topics, its main one, or nearly its only one."""
SOME, MAIN, ONLY = 0, 1, 2
"""How much a stretch is about a tag, by those shares."""


def tags_of(hits: Iterable[Hit]) -> list[Tag]:
    """Return the tags of hits, one for each phrase, in order."""
    return [(phrase.group, phrase.key) for hit in hits for phrase in hit.phrases]


class Counts:
    """How often each strong tag was named in a stretch of text, by group."""

    __slots__ = ("_by_group", "_new")

    def __init__(self) -> None:
        self._by_group: dict[str, dict[str, int]] = {}
        self._new: list[Tag] = []

    def update(self, tags: Iterable[Tag]) -> None:
        """Take in tags; they are counted when somebody asks."""
        self._new += tags

    def topics(self, group: str) -> dict[str, int]:
        """Return the tags of a group that are a topic of the stretch, and how much so: SOME, MAIN or ONLY."""
        if self._new:
            self._count()
        counts = self._by_group.get(group)
        if not counts:
            return {}
        total = sum(counts.values())
        least, main, only = PRESENT * total, DOMINANT * total, ALONE * total
        return {tag: (count >= main) + (count >= only) for tag, count in counts.items() if count >= least}

    def _count(self) -> None:
        """Count the tags taken in; weak ones do not make a topic."""
        for group, tag in self._new:
            if not group.endswith(WEAK):
                counts = self._by_group.setdefault(group, {})
                counts[tag] = counts.get(tag, 0) + 1
        self._new = []


class Vocabulary(dict[str, bool]):
    """Whether a word, or the beginning of one, stands only once in a text; each word is looked for once.

    It is looked for in the list of the text's different words, which is far shorter than a long text.
    """

    def __init__(self, folded: str) -> None:
        super().__init__()
        self._often = Counter(RUN.findall(folded))
        self._words = "\n".join(self._often)

    def __missing__(self, word: str) -> bool:
        words = self._words
        first = words.find(word)
        alone = words.find(word, first + 1) < 0
        if alone and first >= 0:
            start, end = words.rfind("\n", 0, first) + 1, words.find("\n", first)
            alone = self._often[words[start : end if end >= 0 else None]] == 1
        self[word] = alone
        return alone


RUN = re.compile(r"[a-z&-]+")
"""A run of the signs that words are made of."""


@dataclass(frozen=True)
class Topics:
    """Topics of a document and its sections; built once a document.

    Attributes:
        document: the document.
        lexicon: what is known.
        voice: how the document speaks.
        terms: the lexicon's terms in its text, where they are found already.
    """

    document: Document
    lexicon: Lexicon
    voice: str
    terms: Sequence[Hit] | None = None

    @cached_property
    def text(self) -> Mapping[str, Mapping[str, int]]:
        """By group, the topics of the text and its title, and how much it is about each."""
        counts = Counts()
        counts.update(self.title)
        terms = self.lexicon.terms.find(self.document.text) if self.terms is None else self.terms
        counts.update(tags_of(terms))
        groups = (self.lexicon.technologies.group, self.lexicon.instruments.group)
        return {group: counts.topics(group) for group in groups}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        return Vocabulary(fold(self.document.text))

    @cached_property
    def title(self) -> frozenset[Tag]:
        """Tags named in the document's title."""
        return frozenset(tags_of(self.lexicon.terms.find(self.document.title)))

    @cached_property
    def own(self) -> frozenset[str]:
        """The technologies that a law or the like is about by its title: those of nearly every line of it."""
        if self.voice != "order" or not listed_kind(self.document.kind, self.lexicon.voices["statutes"]):
            return frozenset()
        group = self.lexicon.technologies.group
        return frozenset(tag for kind, tag in self.title if kind == group)

    @cached_property
    def sections(self) -> Mapping[tuple[str, ...], tuple[frozenset[Tag], frozenset[Tag]]]:
        """Per section path, the tags of its own title and of the titles above it."""
        paths = dict.fromkeys(sentence.section for sentence in self.document.sentences)
        terms = self.lexicon.terms
        tags = {
            title: frozenset(tags_of(terms.find(title))) for title in {title for path in paths for title in path}
        }
        nothing: frozenset[Tag] = frozenset()
        return {
            path: (tags[path[-1]] if path else nothing, nothing.union(*[tags[title] for title in path[:-1]]))
            for path in paths
        }


@dataclass(slots=True)
class Recent:
    """Tags of the sentences just read, kept while the extractor walks through a document.

    Attributes:
        block: tags of the sentences of the current block before this one.
        last: tags of the sentence before.
        lead: tags of the block's first sentence.
        section: counts of the tags of the current section so far.
        number, path: block and section of the current sentence.
        around: what was read of all this for the current sentence, None before somebody asked.
    """

    block: frozenset[Tag]
    last: frozenset[Tag]
    lead: frozenset[Tag]
    section: Counts
    number: int = -1
    path: tuple[str, ...] = ()
    around: Around | None = None

    @classmethod
    def empty(cls) -> Recent:
        """Return the state before the first sentence."""
        return cls(frozenset(), frozenset(), frozenset(), Counts())

    def enter(self, view: View) -> None:
        """Forget the block or section before when a sentence opens a new one; call before its clauses are read."""
        self.around = None
        if view.sentence.section != self.path:
            self.path, self.section = view.sentence.section, Counts()
        if view.sentence.block != self.number:
            self.number, self.block, self.lead = view.sentence.block, frozenset(), frozenset()

    def leave(self, view: View) -> None:
        """Remember a sentence; call after its clauses were read."""
        tags = tags_of(view.terms)
        if tags:
            self.section.update(tags)
        self.last = frozenset(tags)
        if not self.block and not self.lead:
            self.lead = self.last
        self.block |= self.last
