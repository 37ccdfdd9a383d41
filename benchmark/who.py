"""Measure actors and counterparties by themselves: on annotated lines, their own trigger and span given.

python benchmark/who.py                    figures by document and language, on the gold
python benchmark/who.py --set own          the documents in benchmark/annotations
python benchmark/who.py --doc NAME --misses actors|counterparties
"""

from __future__ import annotations

import argparse
import bisect
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotated import Annotated, gold_documents, own_documents
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import read_context
from dragoman.extract.view import View, views_of
from dragoman.extract.who import actors_of, counterparties_of
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.model import Document, Kind


@dataclass(frozen=True, slots=True)
class Compared:
    """Names wanted and found for one line."""

    row: dict[str, Any]
    text: str
    language: str
    actors: tuple[str, ...]
    counterparties: tuple[str, ...]


def compared(annotated: Annotated, document: Document, lexicon: Lexicon) -> Iterator[Compared]:
    """Yield what is found for each annotated line of a document."""
    views = list(views_of(document, lexicon))
    starts = [view.start for view in views]
    context = read_context(document, lexicon)
    for row in sorted(annotated.gold, key=lambda row: (row["start"], row["trigger_start"])):
        view = views[max(0, bisect.bisect_right(starts, row["start"]) - 1)]
        candidate = candidate_of(row, view, annotated.gold)
        actors, _ = actors_of(view, candidate, context)
        counterparties, _ = counterparties_of(view, candidate, actors, context)
        text = document.text[row["start"] : row["end"]]
        yield Compared(row, text, view.sentence.language.value, actors, counterparties)


def candidate_of(row: dict[str, Any], view: View, rows: tuple[dict[str, Any], ...]) -> Candidate:
    """Return an annotated line as the grammar would propose it; its clause goes up to the next line's trigger."""
    first = row["trigger_start"]
    trigger = (first, first + len(row["trigger"]))
    others = sorted(other["trigger_start"] for other in rows if other["start"] == row["start"])
    later = [other for other in others if other > first and row["start"] <= first]
    earlier = [other for other in others if other < first]
    clause = (earlier[-1] if earlier else view.start, later[0] if later else view.end)
    return Candidate(
        start=row["start"], end=row["end"], trigger=trigger, kind=Kind(row["kind"]), force=row["force"] or 3,
        rule="gold", clause=clause,
    )  # fmt: skip


def f1(pairs: list[tuple[set[str], set[str]]]) -> tuple[float, float, float, int]:
    """Return precision, recall, F1 over sets of names, and how many names were wanted."""
    hit = sum(len(want & got) for want, got in pairs)
    wanted, found = sum(len(want) for want, _ in pairs), sum(len(got) for _, got in pairs)
    precision, recall = hit / found if found else 0.0, hit / wanted if wanted else 0.0
    return precision, recall, 2 * hit / (wanted + found) if wanted + found else 0.0, wanted


def pairs_of(lines: list[Compared], field: str) -> list[tuple[set[str], set[str]]]:
    """Return wanted and found names of a field."""
    return [(set(line.row[field]), set(getattr(line, field))) for line in lines]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("gold", "own", "both"), default="gold")
    parser.add_argument("--doc", default="", help="only documents whose name holds this")
    parser.add_argument("--misses", choices=("actors", "counterparties"), help="print lines with wrong names")
    args = parser.parse_args()
    lexicon = load_lexicon()
    chosen = [*(gold_documents() if args.set != "own" else ()), *(own_documents() if args.set != "gold" else ())]
    groups: dict[str, list[Compared]] = {}
    began, spent = 0.0, 0.0
    for annotated in chosen:
        if args.doc not in annotated.doc:
            continue
        document = annotated.read()
        began = time.process_time()
        lines = list(compared(annotated, document, lexicon))
        spent += time.process_time() - began
        for line in lines:
            for name in (annotated.doc[:60], f"language: {line.language}", "~all"):
                groups.setdefault(name, []).append(line)
            if args.misses and set(line.row[args.misses]) != set(getattr(line, args.misses)):
                print(f"[{line.row['trigger']}] {line.row['kind']} {line.text[:600]!r}")
                print(f"      {line.row[args.misses]} <> {list(getattr(line, args.misses))}")
    for name, lines in sorted(groups.items()):
        cells = "  ".join(
            f"{field[:5]} p {p:.3f} r {r:.3f} f {f:.3f} n {n:4d}"
            for field in ("actors", "counterparties")
            for p, r, f, n in [f1(pairs_of(lines, field))]
        )
        print(f"{name:<62}{len(lines):5d}  {cells}")
    print(f"{spent:.3f} s CPU, views included")


if __name__ == "__main__":
    main()
