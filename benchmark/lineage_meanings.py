"""Learn which words stand for like things from the company they keep, for data/compare/meanings.yaml.

    python benchmark/lineage_meanings.py

It reads the statements, fact sheets, orders and readouts of the White House pages but for those that are
annotated in lineage/, and those on the two series of the corpus. The file holds stems and numbers only, no
sentence. Needs the environment of `make bench-setup` (scipy).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped,unused-ignore]
from scipy.sparse.linalg import svds  # type: ignore[import-untyped,unused-ignore]

from annotated import REPOSITORY, shared_folder
from dragoman.compare.meanings import Vectors, encoded, of_length_one
from dragoman.lexicon.words import stems
from lineage import LEAST_CHARACTERS, NEVER_USED, PAGES, PAIRS
from lineage_background import LONGEST, SENTENCE, SPOKEN, TITLES

TARGET = REPOSITORY / "src" / "dragoman" / "data" / "compare" / "meanings.yaml"
SERIES = re.compile("trade and technology council|counter.ransomware", re.IGNORECASE)
FEWEST, MOST = 4, 80
"""Words of a sentence that is read."""
LEAST, DIMENSIONS, SMOOTHED = 20, 48, 0.75
"""Sentences a word must stand in; dimensions kept; power that lowers the weight of frequent words."""


def sentences(path: Path) -> Iterator[list[str]]:
    """Yield the words of the sentences of pages that may be read, each once."""
    annotated = tuple(name for pair in (PAIRS | NEVER_USED).values() for name in pair if not name.endswith(".txt"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            if may_be_read(page["title"], page["text"]) and not page["id"].endswith(annotated):
                for sentence in SENTENCE.split(page["text"][:LONGEST]):
                    words = sorted(set(stems(sentence)))
                    if FEWEST <= len(words) <= MOST:
                        yield words


def may_be_read(title: str, text: str) -> bool:
    """Return whether a page is a statement or the like, long enough, and of none of the two series."""
    wanted = TITLES.search(title) and not SPOKEN.search(title) and not SERIES.search(title)
    return bool(wanted) and len(text) >= LEAST_CHARACTERS


def vectors_of(read: Sequence[Sequence[str]], words: Sequence[str]) -> Vectors:
    """Return the vectors of words, of length 1."""
    places = {word: place for place, word in enumerate(words)}
    rows = [[places[word] for word in sentence if word in places] for sentence in read]
    ends = np.cumsum([0, *map(len, rows)])
    held = csr_matrix((np.ones(ends[-1]), np.concatenate(rows).astype(int), ends), shape=(len(rows), len(words)))
    together = held.T @ diags(1 / np.maximum(np.diff(ends), 2)) @ held
    together.setdiag(0)
    together.eliminate_zeros()
    pairs = together.tocoo()
    often = np.asarray(together.sum(axis=1)).ravel()
    beside = often**SMOOTHED / (often**SMOOTHED).sum()
    told = np.log(pairs.data / (often[pairs.row] * beside[pairs.col]))
    more = told > 0
    positive = csr_matrix((told[more], (pairs.row[more], pairs.col[more])), shape=together.shape)
    left, strength, _ = svds(positive, DIMENSIONS, random_state=0)
    return of_length_one(left * np.sqrt(strength)).astype(np.float32)


def main() -> None:
    """Write the pack."""
    read = list(sentences(shared_folder() / PAGES))
    often = Counter(word for sentence in read for word in sentence)
    words = sorted(word for word, count in often.items() if count >= LEAST and word.isalpha() and word.isascii())
    vectors = vectors_of(read, words)
    pack = {
        "title": "Which words stand for like things in statements",
        "source": f"own count: benchmark/lineage_meanings.py on {len(read):,} sentences of White House pages",
        "as_of": datetime.now(UTC).date(),
        "stems": " ".join(words),
        "vectors": encoded(vectors),
    }
    TARGET.write_text(yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    for word in ("firearm", "opioid", "semiconductor", "subsea", "debt"):
        near = np.argsort(-vectors @ vectors[words.index(word)])[1:7]
        print(word, *(words[one] for one in near))
    print(f"{len(words):,} words of {len(read):,} sentences")


if __name__ == "__main__":
    main()
