"""A sentence as what can be compared across languages: its length and its signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.lexicon import Lexicon, fold
from dragoman.lexicon.script import simplified
from dragoman.model import BlockKind, Document, Language, Sentence
from dragoman.model.bilingual import Span
from dragoman.terms.meanings import Meanings, roots_of
from dragoman.terms.numerals import Sign, below_group, chinese_numbers, english_numbers
from dragoman.terms.settings import load_settings
from dragoman.terms.words import (
    chinese_content,
    chinese_glossary,
    chinese_pairs,
    english_glossary,
    english_words,
    latin,
    named,
)

HAN_CHARACTER = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
LATIN_CHARACTER = re.compile("[A-Za-z0-9]")
MARKS = {"question": "?？", "exclamation": "!！", "colon": ":："}
QUOTES = frozenset('"“”「」『』«»')
CLOSERS = "\"”’」』)）'* "
MARK = re.compile(r"[0-9]+|[a-zA-Z]+|[一二三四五六七八九十]+")
STOP = "。"
CHINESE_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to be aligned.

    Attributes:
        text: its words.
        size: its length, in English characters or as many Chinese characters.
        signs: what the other version may show.
        words: stems or pairs of characters, from which pairs are learned.
        first: whether a block starts with it.
        content: roots or Chinese words that a dictionary may have; none where no dictionary is used.
    """

    text: str
    size: float
    signs: frozenset[Sign]
    words: tuple[str, ...]
    first: bool
    content: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Reads sentences as what can be compared.

    Attributes:
        lexicon: names and terms that are looked for.
        meanings: the dictionary; without it, the glossary of common words is looked for.
    """

    lexicon: Lexicon
    meanings: Meanings | None = None

    def unit(self, text: str, language: Language, place: Sequence[Sign] = (), *, first: bool = False) -> Unit:
        """Return a sentence as what can be compared.

        Args:
            text: of the sentence.
            language: of the sentence.
            place: signs of where it stands.
            first: whether a block starts with it.
        """
        english = language is Language.EN
        words = english_words(text) if english else chinese_pairs(text)
        size = float(len(text)) if english else chinese_size(text)
        signs = frozenset((*self._found(text, english=english), *closing(text), *place))
        content = dict.fromkeys(self._content(text, english=english))
        return Unit(text, size, signs, tuple(dict.fromkeys(words)), first, tuple(content))

    def _found(self, text: str, *, english: bool) -> Iterator[Sign]:
        plain = fold(text) if english else simplified(text)
        yield from english_numbers(plain) if english else chinese_numbers(text)
        yield from named(text if english else plain, self.lexicon)
        yield from latin(text)
        if self.meanings is None:
            yield from english_glossary(text) if english else chinese_glossary(text)

    def _content(self, text: str, *, english: bool) -> Iterable[str]:
        if self.meanings is None:
            return ()
        return roots_of(fold(text)) if english else chinese_content(text, self.meanings)


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


def units_of(document: Document, language: Language, reader: Reader) -> tuple[list[Span], list[Unit]]:
    """Return the offsets of the sentences of a document in one language, and what can be compared of each.

    A text that was cut into sentences before, one to a line, keeps its lines.
    """
    sentences = [one for one in document.sentences if one.language is language]
    spans = sentence_spans(document, language)
    if has_sentence_lines(document, sentences):
        return spans, [reader.unit(document.slice(*span), language) for span in spans]
    units = [
        reader.unit(document.slice(one.start, one.end), language, tuple(place_of(document, one)), first=one.first)
        for one in sentences
    ]
    return spans, units


def sentence_spans(document: Document, language: Language) -> list[Span]:
    """Return the offsets of what is aligned of a document in one language: its sentences, or its lines."""
    sentences = [one for one in document.sentences if one.language is language]
    if has_sentence_lines(document, sentences):
        return list(dict.fromkeys(line_of(document, one) for one in sentences))
    return [(one.start, closed(document.text, one.end)) for one in sentences]


def closed(text: str, end: int) -> int:
    """Return where a sentence ends with its stop, which the reader leaves behind a heading."""
    return end + 1 if text[end : end + 1] == STOP else end


def has_sentence_lines(document: Document, sentences: Sequence[Sentence]) -> bool:
    """Return whether a plain text stands one sentence to a line: no empty lines, few with several sentences.

    Where sentences run over the ends of lines, lines are only the width of a page.
    """
    rules = load_settings().lines
    if len(sentences) < rules["least"] or document.media_type != "text/plain":
        return False
    held = Counter(document.text.rfind("\n", 0, one.start) for one in sentences)
    stretch = document.slice(sentences[0].start, sentences[-1].end).splitlines()
    empty = sum(not line.strip() for line in stretch)
    single = sum(count == 1 for count in held.values())
    run_over = sum("\n" in document.slice(one.start, one.end) for one in sentences)
    return (
        len(held) >= rules["least"]
        and max(empty / len(stretch), run_over / len(sentences)) <= rules["few"]
        and single >= rules["single"] * len(held)
    )


def line_of(document: Document, sentence: Sentence) -> Span:
    """Return the offsets of the line on which a sentence starts, to its end at least, without space around."""
    text = document.text
    start = text.rfind("\n", 0, sentence.start) + 1
    found = text.find("\n", sentence.end)
    line = text[start : len(text) if found < 0 else found]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


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
