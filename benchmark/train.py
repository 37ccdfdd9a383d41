"""Train the weights that ship in data/weights/, and measure them leaving one document out.

    python benchmark/train.py tags          technologies and instruments: leave-one-document-out figures
    python benchmark/train.py lines         confidence of lines: reliability at first sight, and on unseen texts
    python benchmark/train.py tags --write  the same, then weights from all documents into data/weights/

Needs the environment of `make bench-setup` (scikit-learn). The texts stay where they are; what is written are
names of features and numbers.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from annotated import REPOSITORY, Annotated, gold_documents, own_documents, shared_folder
from dragoman.extract.candidate import Candidate
from dragoman.extract.confidence import features_of, is_kept, with_language
from dragoman.extract.context import read_context
from dragoman.extract.evidence import Evidence, evidence_of
from dragoman.extract.extractor import Extractor, walk
from dragoman.extract.topics import Topics
from dragoman.extract.weights import PLAIN, TAGGED
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.model import Document, Kind
from left_out import Example, Fitted, Table, family, left_out

Texts = Sequence[tuple[Annotated, Document]]
"""Annotated documents, read."""
FIELDS = {"technologies": "technology", "instruments": "instrument"}
FIRST_SIGHT = REPOSITORY / "benchmark" / "first_sight.json"
WEIGHTS = REPOSITORY / "src" / "dragoman" / "data" / "weights"
READ = (
    "own", "held", "held3", "held4", "held6", "held7", "held8", "held9", "held10", "held11", "held12", "held13",
    "held14", "held15",
    "held-zh", "held-zh-2", "held-zh-4", "held-zh-5", "held-zh-6", "held-zh-7", "held-zh-8", "held-zh-9",
    "held-zh-10", "held-zh-11", "held-zh-12", "held-zh-13",
)  # fmt: skip
"""Sets of our own annotations that the grammar was written with, or that were read afterwards."""
UNREAD = ("held2", "held5", "held-zh-3")
"""Sets by which nobody mended what the grammar finds."""
TAG_STRENGTH, LINE_STRENGTH = 0.2, 0.1
"""Inverse of the regularisation, chosen leaving one document out."""
WORTH: Mapping[str, Mapping[str, float]] = {"technologies": {"gold": 3.0, "own": 2.0}, "instruments": {}}
"""How much the lines of a set count, 1 where it is not named; chosen leaving one document out.

Later annotators let a document's technology hold for more of its lines, or fewer, than those of the gold.
"""
TRIED = np.arange(0.2, 0.8, 0.02)
"""Thresholds among which the highest F1 is looked for."""
ANNOTATED = "the gold documents and our own annotations"
KEPT = "the lines that the grammar kept at first sight"
SMALLEST = 0.02
"""Weights nearer to zero are left out of the file."""


def candidate_of(row: Mapping[str, Any], text: str) -> Candidate:
    """Return the candidate an annotated line stands for where the grammar proposes none."""
    start, end = row["start"], row["end"]
    trigger = (row["trigger_start"], row["trigger_start"] + len(row["trigger"]))
    aim = None
    if row.get("aim") and (at := text.find(row["aim"], start, end)) >= 0:
        aim = (at, at + len(row["aim"]))
    return Candidate(start, end, trigger, Kind(row["kind"]), row["force"], "annotated", (start, end), aim=aim)


def evidence_at(
    annotated: Annotated, document: Document, lexicon: Lexicon, group: str
) -> Iterator[tuple[Mapping[str, Any], str, dict[str, Evidence]]]:
    """Yield each annotated line with its language and evidence.

    The evidence is read from the candidate that the grammar proposes for the line, as it will be when texts are
    read; where it proposes none, from the line as annotated.
    """
    context = read_context(document, lexicon)
    topics = Topics(document, lexicon, context.voice.value)
    proposed = [
        {
            "start": one.start,
            "end": one.end,
            "kind": one.kind.value,
            "trigger_start": one.trigger[0],
            "language": view.sentence.language.value,
            "evidence": evidence_of(view, one, topics, recent, group),
        }
        for view, recent, one, _ in Extractor(lexicon).candidates(document, context)
        if is_kept(one)
    ]
    paired = {id(row): one for row, one in pairing()(list(annotated.gold), proposed, same_kind=False)[0]}
    for view, recent, row in lines_at(annotated, document, lexicon):
        found = paired.get(id(row))
        if found is not None:
            yield row, found["language"], found["evidence"]
        else:
            one = candidate_of(row, document.text)
            yield row, view.sentence.language.value, evidence_of(view, one, topics, recent, group)


def lines_at(
    annotated: Annotated, document: Document, lexicon: Lexicon
) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Yield each annotated line with the sentence it is pinned to and what was read before."""
    rows = sorted(annotated.gold, key=lambda row: row["start"])
    position = 0
    for view, recent in walk(document, lexicon):
        while position < len(rows) and rows[position]["start"] < view.end:
            row = rows[position]
            if min(row["end"], view.end) - max(row["start"], view.start) < 1:
                if row["start"] >= view.start:
                    break
                position += 1
                continue
            yield view, recent, row
            position += 1


def tag_examples(field: str, documents: Texts, lexicon: Lexicon) -> list[Example]:
    """Return the questions "does this line carry this tag" of all documents."""
    examples = []
    for annotated, document in documents:
        lines = evidence_at(annotated, document, lexicon, FIELDS[field])
        for number, (row, language, evidence) in enumerate(lines):
            wanted = set(row[field])
            for tag, item in evidence.items():
                examples.append(Example(annotated.doc, number, tag, names_of(tag, item), tag in wanted, language))
            unseen = sorted(wanted - set(evidence))
            examples += [Example(annotated.doc, number, tag, (), answer=True, language=language) for tag in unseen]
    return examples


def names_of(tag: str, evidence: Evidence) -> tuple[str, ...]:
    """Return the names of all features of a tag's evidence, as the weights name them."""
    return (*evidence.features, *(f"{tag}{TAGGED}{name}" for name in evidence.tagged))


def f1_of(examples: Sequence[Example], chances: Sequence[float], threshold: float) -> float:
    """Return the F1 of the answers from a threshold on."""
    hit = sum(e.answer and c >= threshold for e, c in zip(examples, chances, strict=True))
    said = sum(c >= threshold for c in chances)
    wanted = sum(e.answer for e in examples)
    return 2 * hit / (said + wanted) if said + wanted else 0.0


class Counted:
    """Right answers, answers given at each of the thresholds, and answers wanted, of each document."""

    def __init__(self, examples: Sequence[Example], chances: Sequence[float]) -> None:
        self.docs, at = np.unique([family(example.doc) for example in examples], return_inverse=True)
        self.family = at
        answers = np.array([example.answer for example in examples])
        given = np.array(chances)[:, None] >= TRIED
        shape = (len(self.docs), len(TRIED))
        self.hit, self.said = np.zeros(shape), np.zeros(shape)
        np.add.at(self.hit, at, given & answers[:, None])
        np.add.at(self.said, at, given)
        self.wanted = np.bincount(at, answers)

    def best(self, without: int | None = None) -> float:
        """Return the best threshold, of all documents or without one of them.

        It is the one for the highest F1 to be expected: half of that F1, as the chances are calibrated.
        Source: Lipton, Elkan & Narayanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure" (2014).
        """
        kept = np.arange(len(self.docs)) != (-1 if without is None else without)
        total = self.said[kept].sum(axis=0) + self.wanted[kept].sum()
        return float((2 * self.hit[kept].sum(axis=0) / np.maximum(total, 1)).max() / 2)


def thresholds_apart(examples: Sequence[Example], chances: Sequence[float]) -> list[float]:
    """Return for each example the threshold that is best for the documents it does not stand in."""
    counted = Counted(examples, chances)
    best = [counted.best(without) for without in range(len(counted.docs))]
    return [best[at] for at in counted.family]


def report(name: str, examples: Sequence[Example], chances: Sequence[float], gold: frozenset[str]) -> None:
    """Print the F1 on all documents, on the gold ones by language and tag, and by document.

    Weights and threshold of each document come from the others alone.
    """
    thresholds = thresholds_apart(examples, chances)
    margins = [chance - threshold for chance, threshold in zip(chances, thresholds, strict=True)]
    groups: dict[str, list[int]] = {}
    for i, example in enumerate(examples):
        own = "gold" if example.doc in gold else "our own annotations"
        names = ["1 all", f"2 {own}", f"3 {own}, {example.language}", f"5 {example.doc}"]
        for group in names + ([f"4 gold, tag {example.tag}"] if own == "gold" else []):
            groups.setdefault(group, []).append(i)
    print(f"{name}: {len(examples)} questions")
    for group, members in sorted(groups.items()):
        chosen = [examples[i] for i in members]
        f1 = f1_of(chosen, [margins[i] for i in members], 0.0)
        print(f"   {group[2:62]:<62}{f1:.3f}  {sum(one.answer for one in chosen):5d} tags")


def write_model(name: str, model: Fitted, threshold: float, texts_of: str = ANNOTATED) -> Path:
    """Write the weights of a model, which `texts_of` says the texts of, and return the file."""
    texts: dict[str, list[str]] = {PLAIN: []}
    for feature, weight in sorted(model.weights.items()):
        if abs(weight) >= SMALLEST:
            tag, bar, rest = feature.partition(TAGGED)
            texts.setdefault(tag if bar else PLAIN, []).append(f"  {rest if bar else feature} {weight:.3f}\n")
    head = {
        "title": f"Weights of {name}",
        "source": f"trained by benchmark/train.py on {texts_of}",
        "as_of": datetime.now(tz=UTC).date(),
        "bias": round(model.bias, 3),
        "threshold": round(threshold, 2),
    }
    file = WEIGHTS / f"{name}.yaml"
    body = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    body += "weights:\n" + "".join(f" {tag}: |\n{''.join(lines)}" for tag, lines in texts.items())
    file.write_text(body, encoding="utf-8")
    return file


def train_tags(documents: Texts, strength: float, *, keep: bool) -> None:
    """Measure, and where asked write, the weights of technologies and instruments."""
    lexicon = load_lexicon()
    sets = {"gold": gold_documents(), "own": own_documents()}
    members = {name: frozenset(one.doc for one in found) for name, found in sets.items()}
    for field in FIELDS:
        examples = tag_examples(field, documents, lexicon)
        worth = {doc: much for name, much in WORTH[field].items() for doc in members[name]}
        table = Table(examples, worth)
        chances = left_out(table, examples, strength)
        report(field, examples, chances, members["gold"])
        if keep:
            file = write_model(field, table.fit(strength), Counted(examples, chances).best())
            print(f"   written: {file.name}")


@cache
def pairing() -> Callable[..., tuple[list[tuple[dict[str, Any], dict[str, Any]]], set[int]]]:
    """Return the pairing of the gold folder's scorer, so that right and wrong mean the same here."""
    spec = spec_from_file_location("score", shared_folder() / "gold" / "score.py")
    if spec is None or spec.loader is None:
        message = "the scorer is not in the gold folder"
        raise SystemExit(message)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pair  # type: ignore[no-any-return]


def line_examples(documents: Texts, lexicon: Lexicon) -> list[Example]:
    """Return the questions "would a reader mark this line, with this kind" for all lines the grammars keep."""
    pair, extractor, examples = pairing(), Extractor(lexicon), []
    for annotated, document in documents:
        context = read_context(document, lexicon)
        first, last = annotated.span or (0, len(document.text))
        rows: list[dict[str, Any]] = []
        for view, _, candidate, siblings in extractor.candidates(document, context):
            if is_kept(candidate) and first <= candidate.start < last:
                features = features_of(view, candidate, context.voice, siblings)
                rows.append(
                    {
                        "start": candidate.start,
                        "end": candidate.end,
                        "kind": candidate.kind.value,
                        "trigger_start": candidate.trigger[0],
                        "features": features,
                        "language": view.sentence.language.value,
                    }
                )
        right = {id(found) for _, found in pair(list(annotated.gold), rows, same_kind=True)[0]}
        for number, row in enumerate(rows):
            answer = id(row) in right
            examples.append(Example(annotated.doc, number, row["kind"], row["features"], answer, row["language"]))
    return examples


def print_reliability(examples: Sequence[Example], chances: Sequence[float]) -> None:
    """Print how often the lines of each class of confidence were right."""
    print(f"confidence of {len(examples)} lines")
    print(f"{'confidence':>12}{'lines':>7}{'mean':>7}{'right':>7}")
    for low, high in pairwise((0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)):
        chosen = [i for i, chance in enumerate(chances) if low <= chance < high]
        if chosen:
            mean = sum(chances[i] for i in chosen) / len(chosen)
            right = sum(examples[i].answer for i in chosen) / len(chosen)
            print(f"{low:>6.2f}-{min(high, 1.0):.2f} {len(chosen):>6}{mean:>7.2f}{right:>7.2f}")
    brier = sum((chance - e.answer) ** 2 for e, chance in zip(examples, chances, strict=True)) / len(examples)
    doubtful = sorted(range(len(examples)), key=lambda i: chances[i])[: len(examples) // 4]
    wrong = sum(not example.answer for example in examples)
    caught = sum(not examples[i].answer for i in doubtful)
    print(f"Brier score {brier:.3f}; the most doubtful quarter holds {caught} of the {wrong} wrong lines")


def first_sight() -> list[Example]:
    """Return the lines that the grammar kept in texts when it first saw them, and whether they were right.

    What the grammar is now errs less on these texts than on others, as it was mended by them.
    """
    told = json.loads(FIRST_SIGHT.read_text(encoding="utf-8"))
    named, examples = told["names"], []
    for doc, lines in told["documents"].items():
        for number, (language, right, *at) in enumerate(lines):
            features = with_language([named[one] for one in at], language)
            examples.append(Example(doc, number, "", features, bool(right), language))
    return examples


def train_lines(unseen: Texts, strength: float, *, keep: bool) -> None:
    """Measure, and where asked write, the weights of the confidence."""
    learned, shown = first_sight(), line_examples(unseen, load_lexicon())
    table = Table(learned)
    print("each document left out, as the grammar first saw it:")
    print_reliability(learned, left_out(table, learned, strength))
    model = table.fit(strength)
    print("texts that nobody mends by, as the grammar is now:")
    print_reliability(shown, [1 / (1 + math.exp(-score)) for score in model.scores(shown)])
    if keep:
        print(f"   written: {write_model('confidence', model, 0.5, KEPT).name}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("tags", "lines"))
    parser.add_argument("--write", action="store_true", help="write the weights into data/weights/")
    parser.add_argument("--strength", type=float, help="inverse of the regularisation (C)")
    args = parser.parse_args()
    if args.what == "tags":
        read = [one for name in READ for one in own_documents(name)]
        texts = [(one, one.read()) for one in (*gold_documents(), *read)]
        train_tags(texts, args.strength or TAG_STRENGTH, keep=args.write)
    else:
        texts = [(one, one.read()) for name in UNREAD for one in own_documents(name)]
        train_lines(texts, args.strength or LINE_STRENGTH, keep=args.write)


if __name__ == "__main__":
    main()
