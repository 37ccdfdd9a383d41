"""What the grammars see of a sentence: its text, the names and cues found in it, and the stem above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from dragoman.extract.short_terms import short_terms
from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.model import BlockKind, Document, Language, Sentence

UNREAD = (BlockKind.FURNITURE,)
"""Kinds of block no grammar looks at."""


class View(NamedTuple):
    """One sentence with what was found in it; all offsets are the document's.

    Attributes:
        sentence: the sentence.
        text: the document's whole text.
        folded: the same in lower case, character for character.
        names: actors in the sentence, in order, none overlapping.
        terms: terms of technologies and instruments in the sentence, in order, none overlapping.
        cues: the grammar's own words in the sentence, in order, none overlapping.
        stem: view of the sentence that introduces the list this item stands in, or None.
        previous: view of the sentence before, in the same block, or None.
    """

    sentence: Sentence
    text: str
    folded: str
    names: tuple[Hit, ...]
    terms: tuple[Hit, ...]
    cues: tuple[Hit, ...]
    stem: View | None = None
    previous: View | None = None

    @property
    def start(self) -> int:
        """Offset of the sentence's first character."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """Offset after the sentence's last character."""
        return self.sentence.end

    @property
    def own(self) -> str:
        """The sentence's own text."""
        return self.text[self.sentence.start : self.sentence.end]


class Hits(NamedTuple):
    """What the lexicon's automata find in a whole text, one pass of each.

    Attributes:
        folded: the text in lower case, character for character.
        names: actors.
        terms: terms of technologies and instruments that the lexicon has.
        short: the abbreviations that the text sets for terms.
        cues: the grammar's own words, by language.
    """

    folded: str
    names: list[Hit]
    terms: list[Hit]
    short: list[Hit]
    cues: Mapping[Language, list[Hit]]


def hits_in(document: Document, lexicon: Lexicon) -> Hits:
    """Return what the lexicon finds in a document."""
    text, folded = document.text, fold(document.text)
    short = short_terms(text, lexicon)
    return Hits(
        folded,
        lexicon.names.find(text, folded),
        lexicon.terms.find(text, folded),
        short.find(text, folded) if short is not None else [],
        {language: lexicon.cues[language].matcher.find(text, folded) for language in document.languages},
    )


def views_of(document: Document, lexicon: Lexicon, hits: Hits | None = None) -> Iterator[View]:
    """Yield a view of each sentence of the text, furniture left out, in text order.

    Args:
        document: the document.
        lexicon: what is known.
        hits: what the lexicon finds in the text, where the caller has it already; dealt out to the sentences.
    """
    hits = hits or hits_in(document, lexicon)
    dealers = {language: Dealer(found) for language, found in hits.cues.items()}
    names = Dealer(hits.names)
    terms = Dealer(sorted([*hits.terms, *hits.short], key=PLACE) if hits.short else hits.terms)
    by_index: dict[int, View] = {}
    previous: View | None = None
    for sentence in document.sentences:
        if sentence.kind in UNREAD:
            continue
        start, end, dealer = sentence.start, sentence.end, dealers.get(sentence.language)
        view = View(
            sentence=sentence,
            text=document.text,
            folded=hits.folded,
            names=names.deal(start, end),
            terms=terms.deal(start, end),
            cues=dealer.deal(start, end) if dealer else (),
            stem=by_index.get(sentence.stem) if sentence.stem is not None else None,
            previous=previous if previous and previous.sentence.block == sentence.block else None,
        )
        by_index[sentence.index] = view
        previous = view
        yield view


PLACE = itemgetter(0, 1)
"""Order of hits: by start, then by end."""


class Dealer:
    """Deals hits, which come in text order, to sentences, which do too."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits = hits
        self._next, self._last = 0, len(hits)

    def deal(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the hits within `start`-`end`; calls must come in text order."""
        hits, position, last = self._hits, self._next, self._last
        if position == last or hits[position][0] >= end:
            return ()
        while position < last and hits[position][0] < start:
            position += 1
        first = position
        while position < last and hits[position][1] <= end:
            position += 1
        self._next = position
        return tuple(hits[first:position])
