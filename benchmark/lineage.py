"""Lineage against links and labels annotated by hand, beside a TF-IDF baseline; speed; growth with a series.

    python benchmark/lineage.py              links and labels of the annotated pairs
    python benchmark/lineage.py --speed      five statements of 50,000 characters; series of 10, 50, 200 texts

The annotations (lineage/*.jsonl) hold offsets and labels only. How figures came about, and those at first sight:
docs/comparing.md. A link is counted by its two sentences; a label on pairs of sentences that both sides link.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from annotated import shared_folder
from dragoman.compare import lineage_of
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.lexicon.words import stems
from dragoman.model import Document, Provision
from dragoman.read import ReadSettings, read_bytes, read_inputs

FOLDER = Path(__file__).parent / "lineage"
PAIRS = {
    "ttc-3-4": ("ttc/ttc-3-college-park-2022.en.txt", "ttc/ttc-4-lulea-2023.en.txt"),
    "ransomware-2022-2023": ("ransomware/ransomware-cri-2022.en.txt", "ransomware/ransomware-cri-2023.en.txt"),
    "ttc-4-6": ("ttc/ttc-4-lulea-2023.en.txt", "ttc/ttc-6-leuven-2024.en.txt"),
    "ttc-1-3": ("ttc/ttc-1-pittsburgh-2021.en.txt", "ttc/ttc-3-college-park-2022.en.txt"),
    "ransomware-2023-2024": ("ransomware/ransomware-cri-2023.en.txt", "ransomware/ransomware-cri-2024.en.txt"),
    "ransomware-2021-2022": ("ransomware/ransomware-cri-2021.en.txt", "ransomware/ransomware-cri-2022.en.txt"),
    "ttc-4-5": ("ttc/ttc-4-lulea-2023.en.txt", "ttc/ttc-5-washington-2024-readout.en.txt"),
    "quad-2022-2023": ("2022-05-24-quad-joint-leaders-statement", "2023-05-20-quad-leaders-joint-statement"),
    "mexico-2021-2022": (
        "2021-10-08-joint-statement-u-s-mexico-high-level-security-dialogue",
        "2022-10-14-joint-statement-2022-u-s-mexico-high-level-security-dialogue",
    ),
    "camp-david-2023-2024": (
        "2023-08-18-the-spirit-of-camp-david-joint-statement-of-japan-the-republic-of-korea-and-the-united-states",
        "2024-11-15-joint-statement-of-japan-the-republic-of-korea-and-the-united-states",
    ),
    "rok-2021-2022": (
        "2021-05-21-u-s-rok-leaders-joint-statement",
        "2022-05-21-united-states-republic-of-korea-leaders-joint-statement",
    ),
    "g7-march-may-2022": ("2022-03-24-g7-leaders-statement", "2022-05-08-g7-leaders-statement-2"),
    "fentanyl-2023-2024": (
        "following-the-second-trilateral-fentanyl-committee-meeting",
        "address-the-regional-challenge-of-synthetic-drugs-and-firearms-trafficking",
    ),
    "japan-2024-2025": (
        "2024-04-10-united-states-japan-joint-leaders-statement",
        "2025-02-07-united-states-japan-joint-leaders-statement",
    ),
    "quad-2021-2022": ("2021-09-24-joint-statement-from-quad-leaders", "2022-05-24-quad-joint-leaders-statement"),
    "india-june-september-2023": (
        "2023-06-22-joint-statement-from-the-united-states-and-india",
        "2023-09-08-joint-statement-from-india-and-the-united-states",
    ),
}
"""Texts of the corpus by their path, White House statements by the end of their name."""
NEVER_USED = {
    "indonesia-2023-2024": (
        "republic-of-indonesia-elevating-relations-to-a-comprehensive-strategic-partnership",
        "republic-of-indonesia-commemorating-75-years-of-diplomatic-relations",
    ),
    "hled-2021-2022": (
        "2021-09-09-re-launching-the-u-s-mexico-high-level-economic-dialogue-hled",
        "2022-09-12-fact-sheet-2022-u-s-mexico-high-level-economic-dialogue",
    ),
}
"""Pairs by which no model was trained; thresholds and label rules were looked at on them, too."""
FRESH = {
    "singapore-2023-2024": (
        "u-s-singapore-critical-and-emerging-technology-dialogue-joint-vision-statement",
        "second-u-s-singapore-critical-and-emerging-technology-dialogue",
    ),
    "eu-energy-2022-2023": (
        "03-25-joint-statement-between-the-united-states-and-the-european-commission-on-european-energy-security",
        "joint-statement-on-u-s-eu-task-force-on-energy-security",
    ),
}
"""Pairs that were annotated when the present model was fixed."""
LATEST = {
    "ttc-facts-3-4": (
        "ttc/ttc-3-college-park-2022-us-factsheet.en.txt",
        "ttc/ttc-4-lulea-2023-us-factsheet.en.txt",
    ),
    "eu-2022-2023": (
        "2022-03-24-joint-statement-by-president-biden-and-president-von-der-leyen",
        "2023-03-10-joint-statement-by-president-biden-and-president-von-der-leyen-2",
    ),
    "france-2021-2022": (
        "2021-10-29-united-states-france-joint-statement",
        "2022-12-01-joint-statement-following-the-meeting-between-president-biden-and-president-macron",
    ),
    "australia-2023": (
        "2023-05-20-australia-united-states-joint-leaders-statement-an-alliance-for-our-times",
        "2023-10-25-united-states-australia-joint-leaders-statementbuilding-an-innovation-alliance",
    ),
}
"""Pairs that were annotated before anything was run on them; label rules were mended on them afterwards."""
WHOLE = {
    "ttc": {"ttc-1-3": (0, 1), "ttc-3-4": (1, 2), "ttc-4-5": (2, 3), "ttc-4-6": (2, 4)},
    "ransomware": {"ransomware-2021-2022": (0, 1), "ransomware-2022-2023": (1, 2), "ransomware-2023-2024": (2, 3)},
    "quad": {"quad-2021-2022": (0, 1), "quad-2022-2023": (1, 2)},
}
"""Series of which each text was annotated beside one before it, by the places of the two in the series."""
THRESHOLDS = [step / 50 for step in range(4, 31)]
STATEMENT_CHARACTERS = 50_000
SERIES = (10, 50, 200)
STATEMENT = re.compile(
    r"joint statement|leaders.? statement|joint (?:press|declaration)|communiqu|readout of .* dialogue",
    re.IGNORECASE,
)
LEAST_CHARACTERS = 1_500
PAGES = Path("corpus") / "white-house" / "pages.jsonl.gz"

Span = tuple[int, int]
Links = dict[tuple[Span, Span], str]
"""Label by (later sentence, earlier sentence)."""
Placed = tuple[tuple[str, Span], tuple[str, Span]]
"""Later and earlier sentence, each with the slug of its text."""
Text = tuple[Document, tuple[Provision, ...]]


class UnreadableError(Exception):
    """A text of the benchmark that cannot be read."""


@dataclass(frozen=True, slots=True)
class Score:
    """Links and labels that agree."""

    both: int
    ours: int
    theirs: int
    lines: int
    labels: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.both + other.both,
            self.ours + other.ours,
            self.theirs + other.theirs,
            self.lines + other.lines,
            self.labels + other.labels,
        )

    def row(self) -> str:
        """Return precision, recall, F1 and label accuracy as the cells of a table row."""
        precision, recall = self.both / max(1, self.ours), self.both / max(1, self.theirs)
        f1 = 2 * self.both / max(1, self.ours + self.theirs)
        labels = f"{self.labels}/{self.lines} {self.labels / max(1, self.lines):.2f}"
        return f"{self.both} | {self.ours} | {self.theirs} | {precision:.2f} | {recall:.2f} | {f1:.3f} | {labels}"


NOTHING = Score(0, 0, 0, 0, 0)


def read(path: Path, extractor: Extractor) -> Text:
    """Return a document with its lines."""
    result = next(read_inputs([str(path)], ReadSettings()))
    if result.document is None:
        raise UnreadableError(path.name)
    return result.document, extractor.extract(result.document)


def texts_of(pairs: Mapping[str, Sequence[str]], corpus: Path, extractor: Extractor) -> dict[str, Text]:
    """Return the texts of pairs by what they are called there."""
    named = list(dict.fromkeys(name for pair in pairs.values() for name in pair))
    pages = {name for name in named if not name.endswith(".txt")}
    texts = {name: read(corpus / name, extractor) for name in named if name not in pages}
    return texts | {name: made(name, *page, extractor) for name, page in pages_of(corpus.parent / PAGES, pages)}


def pages_of(path: Path, names: set[str]) -> Iterator[tuple[str, tuple[str, date]]]:
    """Yield text and date of White House pages by the end of their names."""
    if not names:
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            for name in filter(page["id"].endswith, names):
                yield name, (page["text"], date.fromisoformat(page["date"]))


def annotated_links(name: str) -> Links:
    """Return the links of a pair as they were annotated."""
    links: Links = {}
    for row in map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        for one in row["from"]:
            links.setdefault(((row["start"], row["end"]), (one["start"], one["end"])), row["label"])
    return links


def computed_links(earlier: Text, later: Text) -> Links:
    """Return the links that dragoman finds between two texts."""
    return {(new, old): label for ((_, new), (_, old)), label in links_of([earlier, later]).items()}


def links_of(series: Sequence[Text]) -> dict[Placed, str]:
    """Return the links that dragoman finds in a series."""
    links: dict[Placed, str] = {}
    for line in lineage_of(series, load_lexicon()).lines:
        for one in line.ancestors:
            pair = tuple((part.doc, span(part)) for part in (line.provision, one.provision))
            links.setdefault((pair[0], pair[1]), line.label.value)
    return links


def span(line: Provision) -> Span:
    """Return the offsets of a line's sentence."""
    return line.start, line.end


def compare_links(ours: Mapping[tuple[Span, Span], str], theirs: Links) -> Score:
    """Return how two sets of links agree; a later sentence's label is that of its first link both have."""
    both = ours.keys() & theirs.keys()
    by_line = {pair[0]: pair for pair in sorted(both, reverse=True)}
    right = sum(ours[pair] == theirs[pair] for pair in by_line.values())
    return Score(len(both), len(ours), len(theirs), len(by_line), right)


def cosines(earlier: Text, later: Text) -> dict[tuple[Span, Span], float]:
    """Return TF-IDF cosines of all pairs of sentences that share a word."""
    spans = [[*dict.fromkeys(map(span, lines))] for _, lines in (earlier, later)]
    counts = [
        [Counter(stems(document.text[start:end])) for start, end in where]
        for (document, _), where in zip((earlier, later), spans, strict=True)
    ]
    frequency = Counter(word for side in counts for sentence in side for word in sentence)
    total = sum(map(len, counts))
    idf = {word: math.log((total + 1) / (count + 0.5)) for word, count in frequency.items()}
    vectors = [[weighted(sentence, idf) for sentence in side] for side in counts]
    return {
        (spans[1][j], spans[0][i]): alike
        for j, new in enumerate(vectors[1])
        for i, old in enumerate(vectors[0])
        if (alike := sum(value * old.get(word, 0.0) for word, value in new.items())) > 0
    }


def weighted(sentence: Counter[str], idf: Mapping[str, float]) -> dict[str, float]:
    """Return the TF-IDF vector of a sentence, of length 1."""
    values = {word: count * idf[word] for word, count in sentence.items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {word: value / length for word, value in values.items()}


def baseline(alike: Mapping[tuple[Span, Span], float], least: float) -> Links:
    """Return for each later sentence the most alike earlier one, from a threshold on; its label is never right."""
    best: dict[Span, tuple[Span, Span]] = {}
    for pair in sorted(alike, key=lambda pair: -alike[pair]):
        if alike[pair] >= least:
            best.setdefault(pair[0], pair)
    return dict.fromkeys(best.values(), "repeated")


def quality(corpus: Path, extractor: Extractor) -> None:
    """Print links and labels of all pairs."""
    pairs = PAIRS | NEVER_USED | FRESH | LATEST
    texts = texts_of(pairs, corpus, extractor)
    named = {name: tuple(texts[one] for one in pair) for name, pair in pairs.items()}
    gold = {name: annotated_links(name) for name in named}
    alike = {name: cosines(*pair) for name, pair in named.items()}
    used = {name: gold[name] for name in PAIRS}
    least = max(THRESHOLDS, key=lambda one: f1_of(alike, used, one))
    print("| pair | both | found | annotated | precision | recall | F1 | label right |")
    print("|---|---|---|---|---|---|---|---|")
    ours = {name: compare_links(computed_links(*pair), gold[name]) for name, pair in named.items()}
    theirs = {name: compare_links(baseline(alike[name], least), gold[name]) for name in named}
    for name in named:
        print(f"| {name} | {ours[name].row()} |")
        print(f"| {name}, TF-IDF | {theirs[name].row()} |")
    for what, some in (("used", PAIRS), ("never used", NEVER_USED), ("fresh", FRESH), ("latest", LATEST)):
        sums = [sum((one[name] for name in some), NOTHING).row() for one in (ours, theirs)]
        print(f"| **all {what}, dragoman** | {sums[0]} |")
        print(f"| all {what}, TF-IDF from {least}, all repeated | {sums[1]} |")
    whole(texts, gold)


def whole(texts: Mapping[str, Text], gold: Mapping[str, Links]) -> None:
    """Print links where a whole series is compared.

    A link to another text than that which was annotated beside it is wrong where the line was linked by hand;
    else nobody has judged it.
    """
    print(
        "\n| in the whole series | both | found | annotated | precision | recall | F1 | label right | not judged |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    total, unjudged = NOTHING, 0
    for pairs in WHOLE.values():
        places = {at: PAIRS[name][side] for name, pair in pairs.items() for side, at in enumerate(pair)}
        series = [texts[places[at]] for at in sorted(places)]
        links = links_of(series)
        for name, (before, after) in pairs.items():
            score, open_ones = in_series(links, series[before][0].slug, series[after][0].slug, gold[name])
            total, unjudged = total + score, unjudged + open_ones
            print(f"| {name} | {score.row()} | {open_ones} |")
    print(f"| **all** | {total.row()} | {unjudged} |")


def in_series(links: Mapping[Placed, str], before: str, after: str, gold: Links) -> tuple[Score, int]:
    """Return how the links of a text agree with those by hand, and how many of them nobody has judged."""
    beside: Links = {}
    elsewhere = []
    for ((later, new), (earlier, old)), label in links.items():
        if later == after and earlier == before:
            beside[new, old] = label
        elif later == after:
            elsewhere.append(new)
    linked = {new for new, _ in gold}
    wrong = sum(new in linked for new in elsewhere)
    score = compare_links(beside, gold)
    return replace(score, ours=score.ours + wrong), len(elsewhere) - wrong


def f1_of(
    alike: Mapping[str, Mapping[tuple[Span, Span], float]], gold: Mapping[str, Links], least: float
) -> float:
    """Return the baseline's F1 on all pairs from a threshold on."""
    scores = [compare_links(baseline(alike[name], least), gold[name]) for name in gold]
    total = sum(scores, NOTHING)
    return 2 * total.both / max(1, total.ours + total.theirs)


def speed(shared: Path, extractor: Extractor) -> None:
    """Print seconds for five statements of 50,000 characters, and a text's seconds in longer and longer series."""
    statements = [*five_statements(shared / "corpus" / "ttc", extractor)]
    size = ", ".join(f"{len(document.text):,}" for document, _ in statements)
    started = time.perf_counter()
    lines = sum(len(one) for _, one in statements)
    lineage_of(statements, load_lexicon())
    print(
        f"five statements of {size} characters, {lines} provisions: {time.perf_counter() - started:.2f} s aligned"
    )
    texts = list(statements_of(shared / PAGES, max(SERIES), extractor))
    print("| texts | provisions | seconds | milliseconds a text | milliseconds a provision |")
    print("|---|---|---|---|---|")
    for number in SERIES:
        series = texts[:: max(1, len(texts) // number)][:number]
        provisions = sum(len(one) for _, one in series)
        started = time.perf_counter()
        lineage_of(series, load_lexicon())
        took = time.perf_counter() - started
        per_text, per_line = 1000 * took / len(series), 1000 * took / max(1, provisions)
        print(f"| {len(series)} | {provisions} | {took:.2f} | {per_text:.1f} | {per_line:.2f} |")


def five_statements(folder: Path, extractor: Extractor) -> Iterator[Text]:
    """Yield five texts of about 50,000 characters, each made of whole statements put one behind the other."""
    whole = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("ttc-*.en.txt"))]
    for turn in range(5):
        parts: list[str] = []
        for part in whole[turn:] + whole[:turn]:
            parts.append(part)
            if sum(map(len, parts)) >= STATEMENT_CHARACTERS:
                break
        text = "\n\n".join(parts)[:STATEMENT_CHARACTERS]
        yield made(f"statement-{turn + 1}", text, date(2020 + turn, 1, 1), extractor)


def made(slug: str, text: str, day: date, extractor: Extractor) -> Text:
    """Return a document of a text, with its lines."""
    result = next(iter(read_bytes(text.encode(), f"{slug}.txt", ReadSettings())))
    if result.document is None:
        raise UnreadableError(slug)
    document = replace(result.document, slug=slug, date=day)
    return document, extractor.extract(document)


def statements_of(path: Path, number: int, extractor: Extractor) -> Iterator[Text]:
    """Yield joint statements and the like of the White House pages, a day apart so that none is out of order."""
    found = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            if STATEMENT.search(page["title"]) and len(page["text"]) > LEAST_CHARACTERS:
                found += 1
                yield made(f"page-{found}", page["text"], date(2020, 1, 1) + timedelta(days=found), extractor)
            if found == number:
                return


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true", help="speed and growth instead of links and labels")
    asked = parser.parse_args(arguments)
    shared, extractor = shared_folder(), Extractor(load_lexicon())
    if asked.speed:
        speed(shared, extractor)
    else:
        quality(shared / "corpus", extractor)


if __name__ == "__main__":
    main()
