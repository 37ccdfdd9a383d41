"""Terms of the declaration against pairs made by hand.

    python benchmark/terms.py [--list 100]

The Chinese for a given English term, right at first place and among the first three; the gold pairs among the
first 100 and 300 of the ranked list, as pairs and by their English side alone; seconds for the whole text, the
dictionary loaded. Capitals, hyphens and the plural of the English term do not count. `--list` prints the head of
the list, for a reader's eye.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from annotated import shared_folder
from dragoman.lexicon import load_lexicon
from dragoman.model.bilingual import Alignment
from dragoman.model.term_candidate import TermCandidate
from dragoman.terms import align
from dragoman.terms.candidates import key_of
from dragoman.terms.extraction import extract_terms, translation_of
from versions import declaration

Key = tuple[str, ...]


def gold() -> dict[Key, tuple[str, str]]:
    """Return the gold pairs by the words of their English side."""
    path = shared_folder() / "gold" / "atlantic-terms.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:] if line.strip()]
    return {key_of(row[0].lower().split()): (row[0], row[1]) for row in rows}


def first_places(alignment: Alignment, wanted: dict[Key, tuple[str, str]]) -> tuple[int, int]:
    """Return for how many terms the gold Chinese is the first rendering, and one of the first three."""
    found = [
        ([one.text for one in translation_of(english, alignment, load_lexicon())], chinese)
        for english, chinese in wanted.values()
    ]
    return (
        sum(chinese in texts[:1] for texts, chinese in found),
        sum(chinese in texts[:3] for texts, chinese in found),
    )


def recall(candidates: Sequence[TermCandidate], wanted: dict[Key, tuple[str, str]]) -> tuple[int, int]:
    """Return how many gold pairs a list holds, and how many of their English sides."""
    keys = {key_of(one.en.lower().split()): one for one in candidates}
    pairs = sum(key in keys and keys[key].zh == chinese for key, (_, chinese) in wanted.items())
    return pairs, sum(key in keys for key in wanted)


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=int, default=0, help="print so many pairs")
    shown = parser.parse_args().list
    document = declaration()
    alignment = align(document, document, load_lexicon())
    wanted = gold()
    first, three = first_places(alignment, wanted)
    start = time.process_time()
    candidates = extract_terms(alignment, load_lexicon())
    seconds = time.process_time() - start
    print("| | |\n|---|---|")
    print(f"| the Chinese of a given term at first place | {first / len(wanted):.3f} |")
    print(f"| among the first three | {three / len(wanted):.3f} |")
    for size in (100, 300, len(candidates)):
        pairs, english = recall(candidates[:size], wanted)
        shares = f"{pairs / len(wanted):.3f} (English {english / len(wanted):.3f})"
        print(f"| of {len(wanted)} gold pairs in the first {size} | {shares} |")
    print(f"| seconds | {seconds:.1f} |")
    for number, one in enumerate(candidates[:shown], start=1):
        print(f"{number}\t{one.en}\t{one.zh}\t{one.score}")


if __name__ == "__main__":
    main()
