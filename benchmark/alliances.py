"""Who works with whom: cells against a careful reader, centralities beside networkx, speed over a million lines.

    python benchmark/alliances.py               cells of annotated documents, and centralities
    python benchmark/alliances.py --misses      and which cells were missed or are too many
    python benchmark/alliances.py --speed       matrix and network over a million provisions

The annotations (alliances-gold.yaml) hold offsets and names only. A cell is a pair, a technology, a direction;
`with` and `toward` count as one, and a pair `with` has no order. Cells that two readers may judge otherwise are
left out of precision and recall; `strict` counts all of them as false. How the figures came about, and those at
first sight: docs/alliances.md.

The million is made from real documents: their entries and packed ties are copied under new names until there are
so many. Texts and lines are not copied. The plain way beside it streams every provision through the facade and
counts pairs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import yaml

from annotated import shared_folder
from dragoman.mapping import AllianceRequest
from dragoman.model import Query
from dragoman.model.alliance import Measure, Mode, Network, Normalisation
from dragoman.workspace import Workspace

GOLD = Path(__file__).with_name("alliances-gold.yaml")
READ = ("docs", "corpus/ttc", "corpus/ransomware", "corpus/parallel", "corpus/law-zh")
PAGES = Path("corpus") / "white-house" / "pages.jsonl.gz"
MILLION = 1_000_000
Key = tuple[frozenset[str] | tuple[str, str], str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """Cells that a reader finds, cells that are found, and those that count for neither."""

    wanted: frozenset[Key]
    found: frozenset[Key]
    optional: frozenset[Key]

    def line(self, name: str) -> str:
        """Return the figures of a document as a row."""
        both = len(self.wanted & self.found)
        false = len(self.found - self.wanted - self.optional)
        precision = both / max(1, both + false)
        recall = both / max(1, len(self.wanted))
        strict = both / max(1, len(self.found))
        doubtful = len(self.found & self.optional)
        counts = f"{len(self.wanted):7}{len(self.found):7}{doubtful:10}"
        return f"{name:34}{counts}{precision:11.3f}{recall:8.3f}{strict:8.3f}"


def key(actor: str, partner: str, technology: str, direction: str) -> Key:
    """Return what makes two cells the same."""
    if direction == "against":
        return (actor, partner), technology, direction
    return frozenset((actor, partner)), technology, "with"


def annotated(cells: list[dict[str, Any]], *, optional: bool, span: tuple[int, int]) -> frozenset[Key]:
    """Return the cells of a reader within a span of offsets."""
    return frozenset(
        key(cell["actor"], partner, technology, cell["direction"])
        for cell in cells
        if cell.get("optional", False) == optional and span[0] <= cell["start"] < span[1]
        for partner in cell["partners"]
        for technology in cell["technologies"]
    )


def found_in(workspace: Workspace, slug: str, span: tuple[int, int]) -> frozenset[Key]:
    """Return the cells of a document that sentences within a span show."""
    found = workspace.mapping.find(AllianceRequest(documents=(slug,)))
    return frozenset(
        key(cell.actor, cell.partner, cell.column, cell.stance.value)
        for cell in found.cells
        if any(span[0] <= place.start < span[1] for place in cell.sentences)
    )


def gold() -> dict[str, dict[str, Any]]:
    """Return the annotated documents by slug."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))["documents"]
    return found


def pages_file(folder: Path) -> Path:
    """Return a file of the annotated White House pages, under the slugs of the annotations."""
    slugs = {entry["page"]: slug for slug, entry in gold().items() if "page" in entry}
    target = folder / "pages.jsonl"
    packed = shared_folder() / PAGES
    with gzip.open(packed, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for text in lines:
            row = json.loads(text)
            if row["id"] in slugs:
                out.write(json.dumps(row | {"id": slugs[row["id"]]}, ensure_ascii=False) + "\n")
    return target


def cells(workspace: Workspace, *, misses: bool) -> None:
    """Print the figures of each annotated document."""
    documents = gold()
    print(f"{'cells':34}{'wanted':>7}{'found':>7}{'optional':>10}{'precision':>11}{'recall':>8}{'strict':>8}")
    for slug, entry in documents.items():
        whole = (0, sys.maxsize)
        spans = {slug: whole}
        if half := entry.get("half"):
            spans |= {f"  {slug}, first half": (0, half), f"  {slug}, second half": (half, sys.maxsize)}
        doubtful = annotated(entry["cells"], optional=True, span=whole)
        for name, span in spans.items():
            wanted = annotated(entry["cells"], optional=False, span=span)
            counted = Counted(wanted, found_in(workspace, slug, span), doubtful - wanted)
            print(counted.line(name))
            if misses and span == whole:
                told(counted)


def told(counted: Counted) -> None:
    """Print which cells were missed and which are too many."""
    for say, keys in (
        ("missed", counted.wanted - counted.found),
        ("too many", counted.found - counted.wanted - counted.optional),
    ):
        for pair, technology, direction in sorted(keys, key=str):
            print(f"    {say}: {' - '.join(sorted(pair))}, {technology}, {direction}")


def read_all(workspace: Workspace, inputs: Sequence[str]) -> int:
    """Read inputs and return the number of provisions."""
    return sum(sum(outcome.provisions.values()) for outcome in workspace.read(inputs))


def peer(network: Network) -> dict[str, dict[str, float]]:
    """Return what networkx says of each centrality on the edges above zero."""
    graph = nx.Graph()
    graph.add_nodes_from(node.name for node in network.nodes)
    positive = [edge for edge in network.edges if edge.weight > 0]
    graph.add_weighted_edges_from((edge.source, edge.target, edge.weight) for edge in positive)
    return {
        "degree": nx.degree_centrality(graph),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "eigenvector": nx.eigenvector_centrality(graph, max_iter=100_000, tol=1e-9, weight="weight"),
    }


def centralities(workspace: Workspace) -> None:
    """Print the largest difference from networkx for each centrality of three networks."""
    print(f"\n{'largest difference from networkx':34}{'nodes':>7}{'edges':>7}", end="")
    kinds = (
        (Mode.TIES, Measure.CONGRUENCE, Normalisation.NONE),
        (Mode.ONE, Measure.SUBTRACT, Normalisation.AVERAGE),
        (Mode.TWO, Measure.IGNORE, Normalisation.NONE),
    )
    for at, (mode, measure, normalisation) in enumerate(kinds):
        network = workspace.mapping.network(AllianceRequest(), mode, measure, normalisation)
        theirs = peer(network)
        if not at:
            print("".join(f"{name:>13}" for name in theirs))
        differences = [
            max(abs(node.centrality[name] - values[node.name]) for node in network.nodes)
            for name, values in theirs.items()
        ]
        shown = f"{mode.value} {measure.value} {normalisation.value}"
        counts = f"{len(network.nodes):7}{len(network.edges):7}"
        print(f"{shown:34}{counts}{''.join(f'{one:13.1e}' for one in differences)}")


COPIES = """INSERT INTO documents SELECT id + :step, slug || '-' || :copy, current + :step FROM documents
    WHERE id <= :top;
INSERT INTO versions SELECT id + :step, document + :step, number, sha256, text_sha256, text, fingerprint, coder,
    date, source, about, x'', sentences, read_at FROM versions WHERE id <= :top;
INSERT INTO ties SELECT version + :step, state, content FROM ties WHERE version <= :top;
INSERT INTO tie_places SELECT version + :step, kind, day, sentences FROM tie_places WHERE version <= :top;
UPDATE tie_days SET sentences = sentences * (:copy + 1) / :copy;
INSERT INTO entries SELECT id + :shift, provision || '-' || :copy, document + :step, version + :step, line, NULL,
    position, trigger_start, sentence, kind, force, language, state, confidence, due, coder FROM entries
    WHERE id <= :last
"""
"""Copies documents with their entries and ties; entries keep their lines."""


def multiplied(path: Path, wanted: int) -> int:
    """Copy the documents of a register until it has so many entries; return how many it has."""
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("PRAGMA synchronous = OFF")
        (entries, last) = base.execute("SELECT count(*), max(id) FROM entries").fetchone()
        (documents,) = base.execute("SELECT max(id) FROM documents").fetchone()
        (versions,) = base.execute("SELECT max(id) FROM versions").fetchone()
        top = max(documents, versions)
        indexes = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall()
        for name, _ in indexes:
            base.execute(f"DROP INDEX {name}")
        for copy in range(1, -(-wanted // entries)):
            values = {"copy": copy, "step": copy * top, "top": top, "shift": copy * last, "last": last}
            for statement in COPIES.split(";"):
                base.execute(statement, values)
        for _, sql in indexes:
            base.execute(sql)
        base.commit()
        (made,) = base.execute("SELECT count(*) FROM entries").fetchone()
    return int(made)


def ours(folder: Path) -> dict[str, float]:
    """Return seconds of matrix and network over a whole register, and what they hold."""
    with Workspace.open(folder) as workspace:
        workspace.mapping.find(AllianceRequest(documents=(workspace.documents()[0].slug,)))  # loads the lexicon
        start, busy = time.perf_counter(), time.process_time()
        drawn = workspace.mapping.draw(AllianceRequest(most=20))
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "seconds": seconds,
        "cpu": busy,
        "ties": drawn.found.ties,
        "cells": len(drawn.found.cells),
        "nodes": len(drawn.network.nodes),
        "edges": len(drawn.network.edges),
    }


def plain(folder: Path) -> dict[str, float]:
    """Return seconds of counting pairs by technology over all provisions, streamed through the facade."""
    with Workspace.open(folder) as workspace:
        start, busy = time.perf_counter(), time.process_time()
        counts: Counter[tuple[tuple[str, ...], str]] = Counter()
        for entry in workspace.export(Query(limit=None)):
            line = entry.provision
            for pair in combinations(sorted({*line.actors, *line.counterparties}), 2):
                counts.update((pair, technology) for technology in line.technologies)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {"seconds": seconds, "cpu": busy, "cells": len(counts)}


def measured(folder: Path, way: str) -> dict[str, float]:
    """Return what one way of counting takes in a process of its own: seconds, and peak of memory in megabytes."""
    command = [sys.executable, __file__, "--measure", way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def speed(folder: Path, wanted: int) -> None:
    """Print what matrix and network take over many provisions, beside the plain way."""
    with Workspace.open(folder) as workspace:
        start = time.perf_counter()
        documents = workspace.mapping.refresh()
        seconds = time.perf_counter() - start
    print(f"\nties read from {documents} documents, once for each version: {seconds:.1f} s")
    made = multiplied(folder / "register.sqlite", wanted)
    print(f"copied to {made:,} provisions (entries and ties of the same documents under new names)")
    fast, slow = measured(folder, "ours"), measured(folder, "plain")
    print(f"{'':28}{'seconds':>9}{'CPU':>9}{'memory MB':>11}")
    for say, way in (("cells, matrix, network, map", fast), ("all provisions by facade", slow)):
        print(f"{say:28}{way['seconds']:9.2f}{way['cpu']:9.2f}{way['megabytes']:11.0f}")
    print(
        f"{fast['ties']:,} ties, {fast['cells']:,} cells, {fast['nodes']} actors, {fast['edges']:,} edges;"
        f" {slow['cpu'] / fast['cpu']:.0f} times less work than the plain way"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print which cells are missed or too many")
    parser.add_argument("--speed", action="store_true", help="matrix and network over a million provisions")
    parser.add_argument("--provisions", type=int, default=MILLION, help="how many, for --speed")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        way, folder = options.measure
        figures = {"ours": ours, "plain": plain}[way](Path(folder))
        figures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(figures))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with Workspace.open(folder) as workspace:
            inputs = [str(shared_folder() / one) for one in (READ if options.speed else READ[:2])]
            inputs += [] if options.speed else [str(pages_file(folder))]
            number = read_all(workspace, inputs)
            print(f"{len(workspace.documents())} documents, {number} provisions")
            if not options.speed:
                cells(workspace, misses=options.misses)
                centralities(workspace)
        if options.speed:
            speed(folder, options.provisions)


if __name__ == "__main__":
    main()
