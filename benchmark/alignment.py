"""Sentence alignment against links made by hand, beside a plain Gale-Church aligner, and its speed.

    python benchmark/alignment.py [--seeds 20]

The declaration has links by sentence; the order matches paragraph by paragraph. For each seed, sentences of one of
the two versions of the declaration are deleted, joined and swapped with their neighbour in the text itself, which
is then read again. Strict F1: a link counts if all its sentences are right; links with one empty side count too,
and beside it stand the figures of links with two sides alone.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import mean

from annotated import shared_folder
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language, Sentence
from dragoman.read import read_text
from dragoman.terms import align

RATE = 0.08
"""Share of the sentences that are deleted; the same share is joined, and swapped."""
ENDS = {Language.EN: (". ", ", and "), Language.ZH: ("。", "，")}
SHAPES = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
"""Shares of the kinds of link, after Gale and Church (1993)."""
VARIANCE = 6.8

Span = tuple[int, int]
Spans = tuple[Span, ...]
Pair = tuple[Spans, Spans]
Aligner = Callable[[Document, Document], set[Pair]]


def ours(english: Document, chinese: Document) -> set[Pair]:
    """Return the links of this project."""
    return {(link.en, link.zh) for link in align(english, chinese, load_lexicon()).links}


def gale_church(english: Document, chinese: Document) -> set[Pair]:
    """Return the links by lengths in bytes alone: Gale and Church, Computational Linguistics 19 (1993)."""
    first, second = of_language(english, Language.EN), of_language(chinese, Language.ZH)
    sizes = [
        [len(doc.slice(one.start, one.end).encode()) for one in side]
        for doc, side in ((english, first), (chinese, second))
    ]
    ratio = sum(sizes[1]) / max(1, sum(sizes[0]))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for row in range(len(first) + 1):
        for column in range(len(second) + 1):
            reached = [
                (
                    best[row - up, column - left][0]
                    + cost(sum(sizes[0][row - up : row]), sum(sizes[1][column - left : column]), ratio, share),
                    (up, left),
                )
                for (up, left), share in SHAPES.items()
                if up <= row and left <= column
            ]
            if reached:
                best[row, column] = min(reached)
    row, column = len(first), len(second)
    pairs = set()
    while row or column:
        up, left = best[row, column][1]
        pairs.add((spans(first[row - up : row]), spans(second[column - left : column])))
        row, column = row - up, column - left
    return pairs


def cost(one: int, two: int, ratio: float, share: float) -> float:
    """Return the distance of two stretches by their lengths."""
    middle = (one + two / ratio) / 2
    deviation = abs(one * ratio - two) / math.sqrt(VARIANCE * middle) if middle else 0.0
    return -math.log(max(math.erfc(deviation / math.sqrt(2)), 1e-12)) - math.log(share)


def of_language(document: Document, language: Language) -> list[Sentence]:
    """Return the sentences of a document in a language."""
    return [one for one in document.sentences if one.language is language]


def spans(sentences: Sequence[Sentence]) -> Spans:
    """Return the offsets of sentences."""
    return tuple((one.start, one.end) for one in sentences)


def f1(found: set[Pair], gold: set[Pair]) -> float:
    """Return the strict F1."""
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def two_sided(pairs: set[Pair]) -> set[Pair]:
    """Return the links that have both sides."""
    return {pair for pair in pairs if pair[0] and pair[1]}


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

    def result(self) -> tuple[Document, set[Pair]]:
        """Return the text read again, and the links with their new offsets."""
        text = self.document.text
        edits = sorted(self.edits, key=lambda edit: edit.start)
        for edit in reversed(edits):
            text = text[: edit.start] + edit.words + text[edit.end :]
        new = {(self.shifted(one, edits), self.shifted(two, edits)) for one, two in self.pairs}
        return read_text(text, slug=self.document.slug), new

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


def paragraph_f1(aligner: Aligner) -> float:
    """Return the F1 of links between the paragraphs of the order; the signature stands in English only."""
    english, chinese = order()
    starts = [list(paragraphs(one)) for one in (english, chinese)]
    gold = {(number, number) for number in range(len(starts[1]))}
    found = set()
    for one, two in aligner(english, chinese):
        found |= {(place(starts[0], a[0]), place(starts[1], b[0])) for a in one for b in two}
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


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


def speed(aligner: Aligner, document: Document) -> float:
    """Return sentences a second, both languages counted, the best of three."""
    aligner(document, document)
    times = []
    for _ in range(3):
        start = time.process_time()
        aligner(document, document)
        times.append(time.process_time() - start)
    return len(document.sentences) / min(times)


def long_text(document: Document, times: int) -> Document:
    """Return a text with each version repeated, to see how time grows."""
    runs = {run.language: document.slice(run.start, run.end) for run in document.runs}
    return read_text(
        "\n".join(runs[one] + "\n" for one in (Language.EN, Language.ZH) for _ in range(times)), slug="x"
    )


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="disturbed variants of the declaration")
    seeds = parser.parse_args().seeds
    document, gold = declaration()
    variants = [Disturbed(document, gold, tuple(Language)[seed % 2], seed).result() for seed in range(seeds)]
    print("| | own | Gale-Church |\n|---|---|---|")
    rows: list[tuple[str, Callable[[Aligner], str]]] = [
        ("declaration, all links", lambda one: f"{f1(one(document, document), gold):.3f}"),
        ("declaration, two-sided", lambda one: f"{f1(two_sided(one(document, document)), two_sided(gold)):.3f}"),
        ("order, paragraphs", lambda one: f"{paragraph_f1(one):.3f}"),
        (f"{seeds} disturbed, all links", partial(disturbed_row, variants, sided=False)),
        (f"{seeds} disturbed, two-sided", partial(disturbed_row, variants, sided=True)),
        ("sentences a second", lambda one: f"{speed(one, document):.0f}"),
    ]
    for name, figure in rows:
        print(f"| {name} | {figure(ours)} | {figure(gale_church)} |")
    for times in (4, 16):
        longer = long_text(document, times)
        print(f"| sentences a second, {len(longer.sentences)} sentences | {speed(ours, longer):.0f} | |")


def disturbed_row(variants: Sequence[tuple[Document, set[Pair]]], aligner: Aligner, *, sided: bool) -> str:
    """Return the mean and the least F1 of disturbed variants."""
    keep = two_sided if sided else set[Pair]
    scores = [f1(keep(aligner(text, text)), keep(gold)) for text, gold in variants]
    return f"{mean(scores):.3f} (least {min(scores):.3f})"


if __name__ == "__main__":
    main()
