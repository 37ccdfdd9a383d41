"""Train the model that tells how likely two provisions are of one thread, and measure it leaving one pair out.

    python benchmark/lineage_train.py            figures of each annotated pair, trained without it or its series
    python benchmark/lineage_train.py --write    the same, then weights from all pairs into data/compare/links.yaml

The pairs that are never used stay out of both. Needs the environment of `make bench-setup` (scipy).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

import numpy as np
import yaml
from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

from annotated import REPOSITORY, shared_folder
from dragoman.compare.alignment import Aligner, Link, kept_of, sentences_of
from dragoman.compare.pairs import AGAINST, FEATURES, Model, Pair
from dragoman.compare.settings import LinkRules, Settings, load_settings
from dragoman.compare.traits import Marked, Marker
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from lineage import NOTHING, PAIRS, Links, Score, annotated_links, compare_links, span, texts_of

TARGET = REPOSITORY / "src" / "dragoman" / "data" / "compare" / "links.yaml"
STRENGTH = 0.03
"""Inverse of the regularisation of weights that are scaled to one deviation."""
LEAST = [step / 50 for step in range(6, 21)]
SPLIT, MERGE = (1.0, 1.5), (1.0, 1.25, 1.5, 2.0, 99.0)
"""Thresholds that are tried: of a link, and, as multiples of it, of splits and merges."""


UNTRAINED = Model((0.0,) * len(FEATURES), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Annotated:
    """A pair of texts: all lines, numbers of the later ones, possible pairs, and links as annotated."""

    lines: Sequence[Marked]
    later: range
    pairs: Sequence[Pair]
    links: Links

    def linked(self, pair: Pair) -> bool:
        """Return whether two lines were linked by hand."""
        return tuple(span(self.lines[number].provision) for number in (pair.later, pair.earlier)) in self.links

    def read(self, settings: Settings) -> Sequence[Pair]:
        """Return the possible pairs, those aside that are never linked."""
        aligner = Aligner(self.lines, settings, UNTRAINED)
        aligner.add(range(self.later.start))
        pairs = aligner.pairs([*sentences_of(self.lines, self.later)])
        return [pair for pair in pairs if pair.words >= settings.links.faintest]

    def likely(self, model: Model) -> list[Link]:
        """Return all possible links by a model, verbatim and crossed ones aside."""
        return [Link(model.probability(pair.features), pair.later, pair.earlier) for pair in self.pairs]

    def scored(self, possible: Iterable[Link], rules: LinkRules) -> Score:
        """Return how the links that rules keep agree with those by hand."""
        kept = kept_of((link for link in possible if link.score >= rules.least), rules)
        found = {
            (span(self.lines[link.later].provision), span(self.lines[link.earlier].provision)): "" for link in kept
        }
        return compare_links(found, self.links)


def annotated_pairs() -> dict[str, Annotated]:
    """Return the annotated pairs that may be used."""
    lexicon, settings = load_lexicon(), load_settings()
    texts = texts_of(PAIRS, shared_folder() / "corpus", Extractor(lexicon))
    marker, made = Marker(lexicon, settings), {}
    for name, (first, second) in PAIRS.items():
        lines = [line for at, one in enumerate((first, second)) for line in marker.marked(*texts[one], at)]
        later = range(len(texts[first][1]), len(lines))
        bare = Annotated(lines, later, (), annotated_links(name))
        made[name] = replace(bare, pairs=bare.read(settings))
    return made


def trained(pairs: Iterable[Annotated]) -> Model:
    """Return the model of some pairs of texts; a long text weighs more than a short one, not in proportion."""
    listed = [(pair.features, one.linked(pair), len(one.links) ** -0.5) for one in pairs for pair in one.pairs]
    values, truth, weights = (np.array(column) for column in zip(*listed, strict=True))
    scale = values.std(axis=0)
    rows, weights = values / scale, weights / weights.mean()

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        told = rows @ point[:-1] + point[-1]
        wrong = STRENGTH * weights * (1 / (1 + np.exp(-told)) - truth)
        lost = STRENGTH * (weights * (np.logaddexp(0, told) - truth * told)).sum()
        return lost + point[:-1] @ point[:-1] / 2, np.append(rows.T @ wrong + point[:-1], wrong.sum())

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES] + [(None, None)]
    point = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Model(tuple(map(float, point[:-1] / scale)), float(point[-1]))


def tuned(pairs: Sequence[Annotated], model: Model) -> LinkRules:
    """Return the thresholds that are best on some pairs of texts."""
    rules = load_settings().links
    possible = [pair.likely(model) for pair in pairs]
    tried = [
        replace(rules, least=least, split=least * split, merge=least * merge)
        for least, split, merge in product(LEAST, SPLIT, MERGE)
    ]
    return max(
        tried,
        key=lambda one: f1_of(pair.scored(links, one) for pair, links in zip(pairs, possible, strict=True)),
    )


def f1_of(scores: Iterable[Score]) -> float:
    """Return F1 over some scores."""
    total = sum(scores, NOTHING)
    return 2 * total.both / max(1, total.ours + total.theirs)


def leaving_out(pairs: Mapping[str, Annotated], group: Callable[[str], str], what: str) -> None:
    """Print the figures of each pair, trained and tuned on those of other groups."""
    total = NOTHING
    print(f"| each {what} left out | both | found | annotated | precision | recall | F1 |")
    print("|---|---|---|---|---|---|---|")
    for name, left in pairs.items():
        others = [one for other, one in pairs.items() if group(other) != group(name)]
        model = trained(others)
        score = left.scored(left.likely(model), tuned(others, model))
        total += score
        print(f"| {name} | {links_only(score)} |")
    print(f"| **all, {what} left out** | {links_only(total)} |\n")


def links_only(score: Score) -> str:
    """Return the cells of a row without those of labels."""
    return score.row().rpartition(" | ")[0]


def write(pairs: Mapping[str, Annotated]) -> None:
    """Write the model of all pairs, and print the thresholds that go with it."""
    model = trained(pairs.values())
    links = tuned([*pairs.values()], model)
    pack = {
        "title": "How likely two provisions are of one thread",
        "source": f"own: benchmark/lineage_train.py on {len(pairs)} pairs of statements annotated by hand",
        "as_of": datetime.now(UTC).date(),
        "weights": {name: round(weight, 3) for name, weight in zip(FEATURES, model.weights, strict=True)},
        "bias": round(model.bias, 3),
    }
    TARGET.write_text(yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    print(f"\nbest in lineage.yaml: least {links.least:.2f}, split {links.split:.2f}, merge {links.merge:.2f}")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write weights from all pairs")
    asked = parser.parse_args()
    pairs = annotated_pairs()
    leaving_out(pairs, str, "pair")
    leaving_out(pairs, lambda name: name.partition("-")[0], "series")
    if asked.write:
        write(pairs)


if __name__ == "__main__":
    main()
