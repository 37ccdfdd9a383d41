"""Rank evidence for annotated commitments against the White House pages: ranks, speed, size, beside plain BM25.

    python benchmark/evidence.py                    the documents the weights were set with
    python benchmark/evidence.py --held             and the declarations that were held out
    python benchmark/evidence.py --show atlantic    and the first candidates of documents of that name
    python benchmark/evidence.py --workspace DIR    keep the index there, and use it where it is

The rank of a commitment is the place of the first page that confirms it (benchmark/evidence-gold.yaml). The peer
is BM25 as SQLite's FTS5 has it, with Porter's stemmer, asked for any word of the commitment's sentence: over all
pages, and over those younger than the document. CPU seconds are of this process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from annotated import shared_folder
from dragoman.evidence import KINDS, Finder
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.model.corpus import Found
from dragoman.read import ReadSettings, read_inputs, read_text
from dragoman.workspace import Workspace

PAGES = Path("corpus") / "white-house" / "pages.jsonl.gz"
GOLD = Path(__file__).with_name("evidence-gold.yaml")
DEPTH = 50
"""Candidates looked through; a page that stands farther down is not found."""


@dataclass(frozen=True, slots=True)
class Item:
    """An annotated commitment: what it is called, the offset of its sentence, the pages that confirm it."""

    name: str
    start: int
    pages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its lines and its annotated commitments."""

    name: str
    document: Document
    lines: tuple[Provision, ...]
    items: tuple[Item, ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Ranks:
    """What became of one item: our rank, and that of the peer over all and over younger pages."""

    item: str
    ours: int | None
    plain: int | None
    younger: int | None


def cases(shared: Path, extractor: Extractor) -> Iterator[Case]:
    """Yield the annotated documents."""
    for row in yaml.safe_load(GOLD.read_text(encoding="utf-8"))["documents"]:
        document = document_of(shared, row)
        lines = tuple(line for line in extractor.extract(document) if line.kind in KINDS)
        items = tuple(Item(item["item"], item["start"], frozenset(item["pages"])) for item in row["items"])
        yield Case(row["slug"], document, lines, items, row["held_out"])


def document_of(shared: Path, row: Mapping[str, Any]) -> Document:
    """Return an annotated document: a file, or a page of the archive."""
    if "path" in row:
        result = next(iter(read_inputs([str(shared / row["path"])], ReadSettings())))
        if result.document is None:
            sys.exit(f"{row['path']} cannot be read")
        return result.document
    page = page_of(shared, row["page"])
    about = {"title": page["title"], "date": page["date"]}
    return read_text(page["text"], slug=row["slug"], metadata=about, source=page["url"])


def page_of(shared: Path, identifier: str) -> Mapping[str, Any]:
    """Return a page of the archive."""
    with gzip.open(shared / PAGES, "rt", encoding="utf-8") as lines:
        return next(page for page in map(json.loads, lines) if page["id"] == identifier)


class Peer:
    """BM25 of FTS5 over the same pages."""

    def __init__(self, path: Path, source: Path) -> None:
        """Index the pages in a new file."""
        self._base = sqlite3.connect(path)
        columns = "id UNINDEXED, day UNINDEXED, title, text, tokenize='porter unicode61'"
        self._base.execute(f"CREATE VIRTUAL TABLE pages USING fts5({columns})")
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            rows = ((page["id"], page["date"], page["title"], page["text"]) for page in map(json.loads, lines))
            self._base.executemany("INSERT INTO pages VALUES (?, ?, ?, ?)", rows)
        self._base.commit()

    def ids(self, sentence: str, since: str = "") -> list[str]:
        """Return the best pages for the words of a sentence."""
        words = dict.fromkeys(re.findall(r"\w+", sentence.lower()))
        query = " OR ".join(f'"{word}"' for word in words)
        rows = self._base.execute(
            "SELECT id FROM pages WHERE pages MATCH ? AND day > ? ORDER BY bm25(pages) LIMIT ?",
            (query, since, DEPTH),
        )
        return [identifier for (identifier,) in rows]


def rank_of(pages: frozenset[str], ids: Sequence[str]) -> int | None:
    """Return the rank of the first of some pages, None where none of them stands in a list."""
    return next((place for place, identifier in enumerate(ids, start=1) if identifier in pages), None)


def line_at(lines: Sequence[Provision], start: int) -> Provision | None:
    """Return the first line whose sentence holds an offset."""
    return next((line for line in lines if line.start <= start < line.end), None)


def ranks(case: Case, found: Mapping[str, Found], peer: Peer) -> Iterator[Ranks]:
    """Yield what became of each annotated commitment of a document."""
    day = case.document.date.isoformat() if case.document.date else ""
    for item in case.items:
        line = line_at(case.lines, item.start)
        if line is None:
            yield Ranks(f"{item.name} (no line)", None, None, None)
            continue
        sentence = case.document.slice(line.start, line.end)
        ours = [candidate.page for candidate in found[line.id].candidates]
        yield Ranks(
            item.name,
            rank_of(item.pages, ours),
            rank_of(item.pages, peer.ids(sentence)),
            rank_of(item.pages, peer.ids(sentence, day)),
        )


def summary(values: Sequence[int | None]) -> str:
    """Return median rank, share among the first three and the first ten; what is not found counts as last."""
    places = [value or DEPTH + 1 for value in values]
    first, ten = (sum(place <= most for place in places) / len(places) for most in (3, 10))
    return f"median {statistics.median(places):g}, first three {first:.0%}, first ten {ten:.0%}"


def print_ranks(name: str, rows: Sequence[Ranks]) -> None:
    """Print the ranks of a document."""
    print(f"\n{name}: {len(rows)} commitments with a confirming page")
    print(f"{'item':<24}{'ours':>6}{'bm25':>6}{'younger':>9}")
    for row in rows:
        print(f"{row.item:<24}{row.ours or '-':>6}{row.plain or '-':>6}{row.younger or '-':>9}")
    print("ours    ", summary([row.ours for row in rows]))
    print("bm25    ", summary([row.plain for row in rows]))
    print("younger ", summary([row.younger for row in rows]))


def show(case: Case, found: Mapping[str, Found]) -> None:
    """Print the first candidates of each line, for a reader's eye."""
    for line in case.lines:
        print(f"\n{line.start} {case.document.slice(line.start, line.end)[:160]!r}")
        for candidate in found[line.id].candidates[:4]:
            reasons = "; ".join(f"{name} {share:.2f} [{words}]" for name, words, share in candidate.why[:5])
            page = candidate.page.split("/")[-1][:70]
            print(f"  {candidate.score:.2f} {candidate.day} {page} {candidate.stance} {candidate.stage}")
            print(f"       {candidate.quote[:170]!r}\n       {reasons}")


def add_pages(evidence: Finder, source: Path) -> None:
    """Add the pages and print what it took."""
    begun = time.process_time()
    outcome = next(iter(evidence.add([str(source)])))
    spent = time.process_time() - begun
    if outcome.characters:
        print(
            f"indexed {outcome.characters:,} characters of {outcome.added:,} pages in {spent:.1f} CPU seconds:",
            end=" ",
        )
        print(f"{outcome.characters / spent * 60 / 1e6:.0f} million characters a minute")


def looked_for(case: Case, evidence: Finder) -> dict[str, Found]:
    """Return the candidates of all lines of a document; print what it took."""
    begun = time.process_time()
    found = {one.provision.id: one for one in evidence.candidates_in(case.document, case.lines, limit=DEPTH)}
    spent = time.process_time() - begun
    print(f"{case.name}: {len(case.lines)} lines in {spent:.1f} CPU seconds, {spent / len(case.lines):.3f} a line")
    return found


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--held", action="store_true", help="the held-out declarations too")
    arguments.add_argument("--show", default="", help="print candidates of documents whose name holds this")
    arguments.add_argument("--workspace", type=Path, help="folder that keeps the index")
    stated = arguments.parse_args()
    shared = shared_folder()
    chosen = [case for case in cases(shared, Extractor(load_lexicon())) if stated.held or not case.held_out]
    with tempfile.TemporaryDirectory() as spare, Workspace.open(stated.workspace or spare) as workspace:
        evidence = workspace.evidence
        add_pages(evidence, shared / PAGES)
        size = sum(file.stat().st_size for file in workspace.folder.glob("corpus.*")) / 1e6
        peer = Peer(Path(spare) / "peer.sqlite", shared / PAGES)
        rows: list[Ranks] = []
        for case in chosen:
            found = looked_for(case, evidence)
            own = list(ranks(case, found, peer))
            print_ranks(case.name + (" (held out)" if case.held_out else ""), own)
            rows += own
            if stated.show and stated.show in case.name:
                show(case, found)
        print_ranks("all", rows)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\nindex on disk {size:.0f} MB, peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
