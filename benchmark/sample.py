"""Print a random sample of lines from the White House pages with their context, for a human eye.

    python benchmark/sample.py                 50 lines from 1,500 pages drawn at random
    python benchmark/sample.py --every         all pages: no page may break or take two seconds

A reader marks each line right or wrong; the precision found is written into docs/method.md with its date.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from typing import Any

from annotated import shared_folder
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.read import read_text

SEED = 20261125
CONTEXT = 120
SLOWEST = 2.0
"""CPU seconds a page may take."""


def rows() -> Iterator[dict[str, Any]]:
    """Yield the pages."""
    path = shared_folder() / "corpus" / "white-house" / "pages.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document_of(row: dict[str, Any]) -> Document:
    """Return a page as a document."""
    metadata = {"title": row["title"], "date": row["date"], "source": row["url"]}
    return read_text(row["text"], slug=str(row["id"]), metadata=metadata)


def show(number: int, document: Document, line: Provision) -> None:
    """Print a line with what stands around it."""
    before = " ".join(document.text[max(0, line.start - CONTEXT) : line.start].split())
    after = " ".join(document.text[line.end : line.end + CONTEXT].split())
    due = line.deadline.text if line.deadline else "-"
    title = f"[{document.kind}] {document.title[:80]}"
    print(f"\n[{number}] {line.kind} {line.force} «{line.trigger}» {line.confidence:.2f}  {title}")
    print(f"    who {', '.join(line.actors) or '-'} | with {', '.join(line.counterparties) or '-'} | due {due}")
    print(f"    tags {', '.join((*line.technologies, *line.instruments)) or '-'}")
    print(f"    … {before} >>> {' '.join(line.quote.exact.split())} <<< {after} …")


def main() -> None:
    """Draw, extract, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=50)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=SEED, help="another one draws other lines")
    parser.add_argument("--every", action="store_true", help="read all pages and report the slowest")
    args = parser.parse_args()
    extractor = Extractor(load_lexicon())
    draw = random.Random(args.seed)  # noqa: S311 - a sample, not a secret
    pages = list(rows())
    chosen = pages if args.every else draw.sample(pages, min(args.pages, len(pages)))
    found: list[tuple[Document, Provision]] = []
    slow: list[tuple[float, str]] = []
    for row in chosen:
        started = time.process_time()
        document = document_of(row)
        lines = extractor.extract(document)
        slow.append((time.process_time() - started, document.slug))
        if not args.every:
            found += [(document, line) for line in lines]
    slow.sort(reverse=True)
    print(f"{len(chosen)} pages read, none broke; slowest {slow[0][0]:.2f} CPU-s ({slow[0][1]}), limit {SLOWEST}")
    print(f"{len(found)} lines found; each of them is as likely as any other to be shown")
    for number, (document, line) in enumerate(draw.sample(found, min(args.lines, len(found))), start=1):
        show(number, document, line)


if __name__ == "__main__":
    main()
