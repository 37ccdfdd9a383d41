"""Count in how many sentences of statements each word stands, for data/compare/background.yaml.

    python benchmark/lineage_background.py

It reads every second statement, fact sheet, order or readout of the White House pages. The file holds stems
and rounded inverse frequencies only, no sentence.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml

from annotated import REPOSITORY, shared_folder
from dragoman.lexicon.words import stems

PAGES = Path("corpus") / "white-house" / "pages.jsonl.gz"
TARGET = REPOSITORY / "src" / "dragoman" / "data" / "compare" / "background.yaml"
TITLES = re.compile(
    r"statement|fact sheet|readout|communiqu|declaration|memorandum|executive order|dialogue|joint", re.IGNORECASE
)
SPOKEN = re.compile("remarks", re.IGNORECASE)
SENTENCE = re.compile(r'(?<=[.;:?!])\s+(?=[A-Z“"(•-])|\n+')
LONGEST, LEAST, STEP = 40_000, 8, 4
"""Characters read of a page; sentences a word must stand in; steps to which a rarity of 1 is rounded."""


def sentences(path: Path) -> Iterator[set[str]]:
    """Yield the stems of the sentences of every second page that is a statement or the like."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, page in enumerate(map(json.loads, lines)):
            if number % 2 or not TITLES.search(page["title"]) or SPOKEN.search(page["title"]):
                continue
            for sentence in SENTENCE.split(page["text"][:LONGEST]):
                yield set(stems(sentence))


def main() -> None:
    """Write the pack."""
    frequency: Counter[str] = Counter()
    total = 0
    for words in sentences(shared_folder() / PAGES):
        frequency.update(words)
        total += bool(words)
    listed: dict[float, list[str]] = defaultdict(list)
    for word, count in sorted(frequency.items()):
        if count >= LEAST and word.isalpha() and word.isascii():
            listed[round(STEP * math.log((total + 1) / (count + 0.5))) / STEP].append(word)
    pack = {
        "title": "How rare words are in the sentences of statements",
        "source": f"own count: benchmark/lineage_background.py on {total:,} sentences of White House pages",
        "as_of": datetime.now(UTC).date(),
        "unknown": round(math.log((total + 1) / (LEAST / 2)), 2),
        "rarity": {rarity: " ".join(words) for rarity, words in sorted(listed.items())},
    }
    TARGET.write_text(yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    print(f"{sum(map(len, listed.values())):,} words of {total:,} sentences")


if __name__ == "__main__":
    main()
