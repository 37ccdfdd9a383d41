"""What the grammars see of a sentence: its text, the names and cues found in it, and the stem above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract.short_terms import short_terms
from dragoman.lexicon import Hit, Lexicon, fold
from dragoman.model import BlockKind, Document, Language, Sentence

UNREAD = (BlockKind.FURNITURE,)
"""Kinds of block no grammar looks at."""


@dataclass(frozen=True, slots=True)
class View:
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


def views_of(document: Document, lexicon: Lexicon) -> Iterator[View]:
    """Yield a view of each sentence of the text, furniture left out, in text order.

    One pass of each automaton over the whole text; the hits are then dealt out to the sentences.
    """
    folded = fold(document.text)
    cues = {
        language: lexicon.cues[language].matcher.find(document.text, folded) for language in document.languages
    }
    dealers = {language: Dealer(hits) for language, hits in cues.items()}
    names = Dealer(lexicon.names.find(document.text, folded))
    terms = Dealer(terms_in(document.text, folded, lexicon))
    by_index: dict[int, View] = {}
    previous: View | None = None
    for sentence in document.sentences:
        if sentence.kind in UNREAD:
            continue
        view = View(
            sentence=sentence,
            text=document.text,
            folded=folded,
            names=names.deal(sentence.start, sentence.end),
            terms=terms.deal(sentence.start, sentence.end),
            cues=cues_of(dealers, sentence),
            stem=by_index.get(sentence.stem) if sentence.stem is not None else None,
            previous=previous if previous and previous.sentence.block == sentence.block else None,
        )
        by_index[sentence.index] = view
        previous = view
        yield view


def terms_in(text: str, folded: str, lexicon: Lexicon) -> list[Hit]:
    """Return the terms of the lexicon in a text, and the abbreviations that the text sets for them."""
    hits = lexicon.terms.find(text, folded)
    short = short_terms(text, lexicon)
    if short is not None:
        hits += short.find(text, folded)
        hits.sort(key=lambda hit: (hit.start, hit.end))
    return hits


def cues_of(dealers: dict[Language, Dealer], sentence: Sentence) -> tuple[Hit, ...]:
    """Return the cues of the sentence's own language."""
    dealer = dealers.get(sentence.language)
    return dealer.deal(sentence.start, sentence.end) if dealer else ()


class Dealer:
    """Deals hits, which come in text order, to sentences, which do too."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits = hits
        self._next = 0

    def deal(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the hits within `start`-`end`; calls must come in text order."""
        hits, position = self._hits, self._next
        while position < len(hits) and hits[position].start < start:
            position += 1
        first = position
        while position < len(hits) and hits[position].end <= end:
            position += 1
        self._next = position
        return tuple(hits[first:position])
