"""How often a gold span equals one of our sentences exactly, by document and in all.

usage: python benchmark/segmentation.py [SHARED] [--misses N]

SHARED is the folder with gold/, docs/ and corpus/ (default: DRAGOMAN_SHARED, else beside the checkout).
Prints figures; with --misses also the offsets and ends of spans that were not met.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from dragoman.model import BlockKind, Document
from dragoman.read import read_text

Span = tuple[int, int]
LINKS = "atlantic-alignment"
LINKED = "atlantic-declaration"


def text_of(shared: Path, doc: str) -> str:
    """Return the text that a gold file speaks of."""
    for folder in ("docs", "gold", "corpus", "corpus/ttc", "corpus/ransomware"):
        path = shared / folder / f"{doc}.txt"
        if path.is_file():
            return path.read_bytes().decode("utf-8")
    raise FileNotFoundError(doc)


def rows_of(path: Path) -> list[dict[str, object]]:
    """Return the lines of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def gold_spans(shared: Path) -> Iterator[tuple[str, str, set[Span]]]:
    """Yield name of the gold, document, and its spans."""
    for path in sorted((shared / "gold").glob("*.jsonl")):
        rows = rows_of(path)
        if path.stem == LINKS:
            links = {tuple(span) for row in rows for side in ("en", "zh") for span in row[side]}  # type: ignore[attr-defined]
            yield path.stem, LINKED, links
        else:
            yield path.stem, str(rows[0]["doc"]), {(row["start"], row["end"]) for row in rows}  # type: ignore[misc]


def ours(document: Document) -> set[Span]:
    """Return the spans of the sentences that may carry a provision."""
    silent = {BlockKind.FURNITURE, BlockKind.HEADING}
    return {(one.start, one.end) for one in document.sentences if one.kind not in silent}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("shared", nargs="?", type=Path, default=Path(os.environ.get("DRAGOMAN_SHARED", default)))
    parser.add_argument("--misses", type=int, default=0, help="print this many misses a document")
    options = parser.parse_args()
    met = total = characters = 0
    seconds = 0.0
    for name, doc, spans in gold_spans(options.shared):
        text = text_of(options.shared, doc)
        began = time.process_time()
        document = read_text(text, slug=doc)
        seconds += time.process_time() - began
        characters += len(text)
        found = {(one.start, one.end) for one in document.sentences} if name == LINKS else ours(document)
        missed = sorted(spans - found)
        print(f"{name:45} {len(spans) - len(missed):4}/{len(spans):4}  {1 - len(missed) / len(spans):.3f}")
        if name != LINKS:
            met, total = met + len(spans) - len(missed), total + len(spans)
        for start, end in missed[: options.misses]:
            near = [one for one in document.sentences if one.start < end and one.end > start]
            print("   ", (start, end), [(one.start, one.end, one.kind.value) for one in near])
            print(
                "      gold", repr(text[max(0, start - 12) : start + 25]), "...", repr(text[end - 25 : end + 12])
            )
    print(f"{'all provisions':45} {met:4}/{total:4}  {met / total:.3f}")
    print(f"{characters / seconds / 1e6:.2f} million characters per CPU-second (small files, cold start included)")


if __name__ == "__main__":
    main()
