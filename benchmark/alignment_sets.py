"""Texts in two languages with links made by hand, and texts that are made from them by chance.

The declaration has links by sentence, the order matches paragraph by paragraph; both are of the shared folder. The
texts of `alignment_texts/` are our own, in the style of a speech, an article of a journal, of a magazine, a novel
and an essay; their links were written together with them, before they were aligned.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotated import REPOSITORY, shared_folder
from dragoman.model import Document, Language, Sentence
from dragoman.read import read_text

TEXTS = REPOSITORY / "benchmark" / "alignment_texts"
GENRES = ("speech", "academic", "magazine", "novel", "essay")
RATE = 0.08
"""Share of the sentences that are deleted; the same share is joined, and swapped."""
DELETED, JOINED, CUT = 0.08, 0.12, 0.12
"""Shares of the sentences of both versions that are deleted, joined and cut in a text that is cut by chance."""
ENDS = {Language.EN: (". ", ", and "), Language.ZH: ("。", "，")}
CUTS = {Language.EN: re.compile("[,;:] | and "), Language.ZH: re.compile("[，；、,;]")}
LEAST_PART = {Language.EN: 20, Language.ZH: 8}
"""Characters that stay on either side of a cut."""
SPACES = {Language.EN: " ", Language.ZH: ""}

Span = tuple[int, int]
Spans = tuple[Span, ...]
Pair = tuple[Spans, Spans]
Places = tuple[tuple[int, ...], tuple[int, ...]]
"""Positions of English and Chinese sentences that belong together."""
Text = tuple[list[str], list[str], list[Places]]
"""English and Chinese sentences, and which belong together."""


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two versions of a text and the links between them."""

    english: Document
    chinese: Document
    pairs: set[Pair]


def of_language(document: Document, language: Language) -> list[Sentence]:
    """Return the sentences of a document in a language."""
    return [one for one in document.sentences if one.language is language]


def spans(sentences: Sequence[Sentence]) -> Spans:
    """Return the offsets of sentences."""
    return tuple((one.start, one.end) for one in sentences)


def declaration() -> tuple[Document, set[Pair]]:
    """Return the declaration and its links."""
    shared = shared_folder()
    document = read_text((shared / "docs" / "atlantic-declaration.txt").read_text("utf-8"), slug="declaration")
    lines = (shared / "gold" / "atlantic-alignment.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return document, {(tuple(map(tuple, row["en"])), tuple(map(tuple, row["zh"]))) for row in rows}


def order() -> tuple[Document, Document]:
    """Return the two versions of the order."""
    folder = shared_folder() / "corpus" / "parallel"
    names = ("eo-14320-ai-exports-2025.en", "eo-14320-ai-exports-2025.zh")
    first, second = (read_text((folder / f"{name}.txt").read_text("utf-8"), slug=name) for name in names)
    return first, second


def genre(name: str) -> Text:
    """Return the sentences of one of our own texts, and which belong together."""
    english: list[str] = []
    chinese: list[str] = []
    links: list[Places] = []
    for block in (TEXTS / f"{name}.txt").read_text("utf-8").split("\n\n")[1:]:
        starts = len(english), len(chinese)
        for line in block.strip().splitlines():
            (english if line[0] == "E" else chinese).append(line[2:])
        links.append((tuple(range(starts[0], len(english))), tuple(range(starts[1], len(chinese)))))
    return english, chinese, links


def by_lines(english: Sequence[str], chinese: Sequence[str], links: Sequence[Places]) -> Parallel:
    """Return versions with one sentence to a line."""
    places = [list(line_spans(side)) for side in (english, chinese)]
    pairs = {(picked(places[0], one), picked(places[1], two)) for one, two in links}
    first, second = (read_text("\n".join(side), slug="text") for side in (english, chinese))
    return Parallel(first, second, pairs)


def line_spans(lines: Sequence[str]) -> Iterator[Span]:
    """Yield the offsets of lines."""
    at = 0
    for line in lines:
        yield at, at + len(line)
        at += len(line) + 1


def picked(places: Sequence[Span], numbers: Sequence[int]) -> Spans:
    """Return the offsets of some sentences."""
    return tuple(places[number] for number in numbers)


@dataclass(slots=True)
class Cut:
    """Versions with sentences deleted, joined and cut on both sides, and the links that then hold.

    What is joined over a deleted sentence is linked past it, so that no aligner can be right everywhere.
    """

    links: Sequence[Places]
    chance: random.Random
    groups: dict[int, int] = field(default_factory=dict)

    def result(self, english: Sequence[str], chinese: Sequence[str]) -> Parallel:
        """Return the versions and their links."""
        sides = [
            list(self.disturbed(side, number, language))
            for number, (side, language) in enumerate(zip((english, chinese), Language, strict=True))
        ]
        held: dict[int, tuple[list[int], list[int]]] = {}
        for number, side in enumerate(sides):
            for place, (_, owners) in enumerate(side):
                held.setdefault(self.group(owners[0]), ([], []))[number].append(place)
        links = [
            link
            for one, two in held.values()
            for link in (
                [(one, two)] if one and two else [*(([at], []) for at in one), *(([], [at]) for at in two)]
            )
        ]
        first, second = ([words for words, _ in side] for side in sides)
        return by_lines(first, second, [(tuple(one), tuple(two)) for one, two in links])

    def disturbed(self, texts: Sequence[str], side: int, language: Language) -> Iterator[tuple[str, list[int]]]:
        """Yield the sentences of a version with the numbers of the links that they are of."""
        owners = {at: number for number, link in enumerate(self.links) for at in link[side]}
        kept = [(text, [owners[at]]) for at, text in enumerate(texts) if self.chance.random() >= DELETED]
        at = 0
        while at < len(kept):
            words, links = kept[at]
            drawn = self.chance.random()
            at += 1
            if drawn < JOINED and at < len(kept):
                words, links = words + SPACES[language] + kept[at][0], links + kept[at][1]
                self.unite(links)
                at += 1
                yield words, links
            else:
                middle = cut_of(words, language) if drawn < JOINED + CUT else 0
                yield from ((part.strip(), links) for part in (words[:middle], words[middle:]) if part)

    def unite(self, links: Sequence[int]) -> None:
        """Note that links are one."""
        for one in links[1:]:
            self.groups[self.group(one)] = self.group(links[0])

    def group(self, link: int) -> int:
        """Return the link that stands for all that are one with it."""
        while self.groups.get(link, link) != link:
            link = self.groups[link]
        return link


def cut_of(words: str, language: Language) -> int:
    """Return where a sentence is cut, nearest to its middle; 0 where it cannot be."""
    least = LEAST_PART[language]
    places = [one.end() for one in CUTS[language].finditer(words) if least < one.end() < len(words) - least]
    return min(places, key=lambda place: abs(place - len(words) / 2), default=0)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: what stands between two offsets is replaced."""

    start: int
    end: int
    words: str


class Disturbed:
    """A text with sentences of one language deleted, joined and swapped, and the links that then hold."""

    def __init__(self, document: Document, gold: set[Pair], language: Language, seed: int) -> None:
        self.document, self.language = document, language
        self.side = 0 if language is Language.EN else 1
        self.single = {pair[self.side][0]: pair for pair in gold if len(pair[0]) == len(pair[1]) == 1}
        self.pairs = set(gold)
        self.edits: list[Edit] = []
        self.moved: dict[Span, Span] = {}
        self.used: set[Span] = set()
        self._disturb(random.Random(seed))  # noqa: S311 - not for secrets

    def _disturb(self, chance: random.Random) -> None:
        sentences = of_language(self.document, self.language)
        neighbours = [(one, two) for one, two in pairwise(sentences) if self.fits(one, two)]
        chance.shuffle(neighbours)
        for number in range(3 * round(RATE * len(sentences))):
            free = [pair for pair in neighbours if not self.used.intersection(spans(pair))]
            if not free:
                break
            one, two = free[0]
            self.used.update(spans((one, two)))
            (self.delete, self.join, self.swap)[number % 3](*spans((one, two)))

    def fits(self, one: Sentence, two: Sentence) -> bool:
        """Return whether two sentences follow each other in one block, each linked to one, and end with a stop."""
        stop = ENDS[self.language][0].strip()
        ends = all(self.document.slice(each.start, each.end).endswith(stop) for each in (one, two))
        return one.block == two.block and ends and all(span in self.single for span in spans((one, two)))

    def put(self, old: Pair, one: Spans, other: Spans) -> None:
        """Replace a link."""
        self.pairs.discard(old)
        if one or other:
            self.pairs.add((one, other) if self.side == 0 else (other, one))

    def delete(self, one: Span, two: Span) -> None:
        """Delete the first of two neighbours."""
        pair = self.single[one]
        self.put(pair, (), pair[1 - self.side])
        self.edits.append(Edit(one[0], two[0], ""))

    def join(self, one: Span, two: Span) -> None:
        """Join two neighbours."""
        first, second = self.single[one], self.single[two]
        self.put(first, (), ())
        self.put(second, ((one[0], two[1]),), (*first[1 - self.side], *second[1 - self.side]))
        self.edits.append(Edit(one[1] - 1, two[0], ENDS[self.language][1]))

    def swap(self, one: Span, two: Span) -> None:
        """Put two neighbours in the other order."""
        text = self.document.text
        self.edits.append(Edit(one[0], two[1], text[slice(*two)] + text[one[1] : two[0]] + text[slice(*one)]))
        grown = (two[1] - two[0]) - (one[1] - one[0])
        self.moved[two] = (one[0], one[0] + two[1] - two[0])
        self.moved[one] = (two[0] + grown, two[1])

    def result(self) -> Parallel:
        """Return the text read again, and the links with their new offsets."""
        text = self.document.text
        edits = sorted(self.edits, key=lambda edit: edit.start)
        for edit in reversed(edits):
            text = text[: edit.start] + edit.words + text[edit.end :]
        new = {(self.shifted(one, edits), self.shifted(two, edits)) for one, two in self.pairs}
        disturbed = read_text(text, slug=self.document.slug)
        return Parallel(disturbed, disturbed, new)

    def shifted(self, old: Spans, edits: Sequence[Edit]) -> Spans:
        """Return offsets after the edits."""
        return tuple(self.shift(self.moved.get(span, span), edits) for span in old)

    @staticmethod
    def shift(span: Span, edits: Sequence[Edit]) -> Span:
        """Return the offsets of a sentence after the edits before and in it."""
        grown = [(edit, len(edit.words) - (edit.end - edit.start)) for edit in edits]
        return (
            span[0] + sum(more for edit, more in grown if edit.end <= span[0]),
            span[1] + sum(more for edit, more in grown if edit.end <= span[1]),
        )


def paragraphs(document: Document) -> Iterator[int]:
    """Yield where the paragraphs of a text start."""
    at = 0
    for line in document.text.splitlines(keepends=True):
        if line.strip():
            yield at
        at += len(line)


def place(starts: Sequence[int], offset: int) -> int:
    """Return the number of the paragraph that holds an offset."""
    return sum(start <= offset for start in starts) - 1
