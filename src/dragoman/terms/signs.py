"""A sentence as what can be compared across languages: its length and its signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.lexicon import Lexicon, fold
from dragoman.model import BlockKind, Document, Language, Sentence
from dragoman.terms.numerals import Sign, below_group, chinese_numbers, english_numbers
from dragoman.terms.settings import load_settings
from dragoman.terms.words import chinese_pairs, chinese_signs, english_signs, english_words

HAN_CHARACTER = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
LATIN_CHARACTER = re.compile("[A-Za-z0-9]")
MARKS = {"question": "?？", "exclamation": "!！", "colon": ":："}
QUOTES = frozenset('"“”「」『』«»')
CLOSERS = "\"”’」』)）'* "
MARK = re.compile(r"[0-9]+|[a-zA-Z]+|[一二三四五六七八九十]+")
CHINESE_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to be aligned.

    Attributes:
        size: its length, in English characters or as many Chinese characters.
        signs: what the other version may show.
        words: stems or pairs of characters, from which pairs are learned.
        first: whether a block starts with it.
    """

    size: float
    signs: frozenset[Sign]
    words: tuple[str, ...]
    first: bool


def unit_of(text: str, language: Language, lexicon: Lexicon, place: Sequence[Sign] = (), *, first: bool) -> Unit:
    """Return a sentence as what can be compared.

    Args:
        text: of the sentence.
        language: of the sentence.
        lexicon: names and terms that are looked for.
        place: signs of where it stands.
        first: whether a block starts with it.
    """
    english = language is Language.EN
    words = english_words(text) if english else chinese_pairs(text)
    found = english_found(text, lexicon) if english else chinese_found(text, lexicon)
    signs = frozenset((*found, *closing(text), *place))
    return Unit(float(len(text)) if english else chinese_size(text), signs, tuple(dict.fromkeys(words)), first)


def english_found(text: str, lexicon: Lexicon) -> Iterator[Sign]:
    """Yield the numbers and words of an English sentence."""
    yield from english_numbers(fold(text))
    yield from english_signs(text, lexicon)


def chinese_found(text: str, lexicon: Lexicon) -> Iterator[Sign]:
    """Yield the numbers and words of a Chinese sentence."""
    yield from chinese_numbers(text)
    yield from chinese_signs(text, lexicon)


def chinese_size(text: str) -> float:
    """Return the length of a Chinese sentence, Latin letters counted for what they take of it."""
    latin = len(LATIN_CHARACTER.findall(text)) * load_settings().length.latin
    return max(1.0, len(HAN_CHARACTER.findall(text)) + latin)


def closing(text: str) -> Iterator[Sign]:
    """Yield how a sentence ends and whether it quotes."""
    last = text.rstrip(CLOSERS)[-1:]
    for kind, marks in MARKS.items():
        if last and last in marks:
            yield kind, ""
    if not QUOTES.isdisjoint(text):
        yield "quotation", ""


def units_of(document: Document, language: Language, lexicon: Lexicon) -> tuple[list[Sentence], list[Unit]]:
    """Return the sentences of a document in one language, and what can be compared of each."""
    sentences = [one for one in document.sentences if one.language is language]
    units = [
        unit_of(
            document.slice(one.start, one.end), language, lexicon, tuple(place_of(document, one)), first=one.first
        )
        for one in sentences
    ]
    return sentences, units


def place_of(document: Document, sentence: Sentence) -> Iterator[Sign]:
    """Yield what the place of a sentence says: heading, list item and its number."""
    block = document.blocks[sentence.block]
    if sentence.kind is BlockKind.HEADING:
        yield "heading", ""
    if sentence.kind is BlockKind.ITEM:
        yield "item", ""
    if sentence.first:
        yield "first", ""
        found = MARK.search(block.marker)
        if found:
            yield "mark", mark_value(found.group())


def mark_value(mark: str) -> str:
    """Return the number or letter of a list item in one spelling."""
    if mark[0] in CHINESE_DIGITS:
        return str(int(below_group(mark)))
    return mark.lower()
