"""Score the extractor on annotated documents: the gold of `../shared/gold` and our own annotations.

    python benchmark/score.py                      every gold file, by document, genre and language
    python benchmark/score.py --set own            the documents in benchmark/annotations
    python benchmark/score.py --set held           those of them that were held out at first, and read afterwards
    python benchmark/score.py --set held2          those of them that nobody who writes the grammar has read
    python benchmark/score.py --set held3          English pages, annotated before it saw them; so are held4 to 15
    python benchmark/score.py --doc NAME --misses  one document, with its misses and false alarms

Accuracy is what `score.py` of the gold folder prints; this command runs it and lays its figures out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated import HELD, Annotated, gold_documents, own_documents, shared_folder
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.model.interchange import provision_to_row

COLUMNS = (
    ("detect", "f1"), ("detect", "p"), ("detect", "r"), ("kind", "f1"), ("force", "exact"), ("actors", "f1"),
    ("counterparties", "f1"), ("deadline", "f1"), ("technologies", "f1"), ("instruments", "f1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """A document with its gold lines and the lines found."""

    annotated: Annotated
    document: Document
    found: tuple[Provision, ...]


def rows_of(scored: Scored, language: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return gold and found lines of a document, of one language where asked, within the annotated range."""
    first, last = scored.annotated.span or (0, len(scored.document.text))
    runs = [run for run in scored.document.runs if language in {None, run.language.value}]

    def inside(start: int) -> bool:
        return first <= start < last and any(run.start <= start < run.end for run in runs)

    gold = [row for row in scored.annotated.gold if inside(row["start"])]
    found = [provision_to_row(provision) for provision in scored.found if inside(provision.start)]
    return gold, found


def figures(pairs: Iterable[tuple[list[dict[str, Any]], list[dict[str, Any]]]]) -> Mapping[str, Any] | None:
    """Return what the gold folder's score.py prints for these gold and found lines, None without gold."""
    gold, found = [], []
    for gold_rows, found_rows in pairs:
        gold += gold_rows
        found += found_rows
    if not gold:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("gold.jsonl", "found.jsonl")]
        for path, rows in zip(paths, (gold, found), strict=True):
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(shared_folder() / "gold" / "score.py"), *map(str, paths)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result: Mapping[str, Any] = json.loads(printed)
    return result


def line(name: str, result: Mapping[str, Any]) -> str:
    """Return one row of the table."""
    cells = [
        f"{result[group][key]:6.3f}" if result[group][key] is not None else "     -" for group, key in COLUMNS
    ]
    return f"{name:<46}{result['detect']['n']:5d} " + " ".join(cells)


def print_table(scored: list[Scored]) -> None:
    """Print the figures by document, by genre, by language and in all."""
    head = [f"{group[:4]}.{key[:2]}".rjust(6) for group, key in COLUMNS]
    print(f"{'':<46}{'n':>5} " + " ".join(head))
    groups: dict[str, list[tuple[list[dict[str, Any]], list[dict[str, Any]]]]] = {}
    for item in scored:
        for language in item.document.languages:
            pair = rows_of(item, language.value)
            groups.setdefault(f"{item.annotated.doc} [{language.value}]", []).append(pair)
            groups.setdefault(f"genre: {item.document.kind} [{language.value}]", []).append(pair)
            groups.setdefault(f"language: {language.value}", []).append(pair)
            groups.setdefault("all", []).append(pair)
    for name in sorted(
        groups, key=lambda name: (name == "all", name.startswith("language"), name.startswith("genre"), name)
    ):
        result = figures(groups[name])
        if result is not None:
            print(line(name, result))


def print_misses(item: Scored) -> None:
    """Print missed gold lines, false alarms and wrong fields of one document."""
    gold, found = rows_of(item, None)
    text = item.document.text
    taken: set[int] = set()
    for row in gold:
        match = next(
            (
                i for i, other in enumerate(found)
                if i not in taken and min(row["end"], other["end"]) - max(row["start"], other["start"])
                >= 0.5 * min(row["end"] - row["start"], other["end"] - other["start"])
                and (other["kind"] == row["kind"] or not any(
                    o["kind"] == row["kind"] and o["start"] == other["start"] for o in found))
            ),
            None,
        )  # fmt: skip
        if match is None:
            print(f"MISSED {row['kind']} [{row['trigger']}] {text[row['start'] : row['end']]!r}")
            continue
        taken.add(match)
        other = found[match]
        names = ("kind", "force", "actors", "counterparties", "technologies", "instruments")
        wrong = [f"{n}: {row.get(n)} <> {other[n]}" for n in names if differs(row.get(n), other[n])]
        due = [
            {k: v for k, v in (d or {}).items() if k in {"kind", "date", "every"}}
            for d in (row.get("deadline"), other["deadline"])
        ]
        if due[0] != due[1]:
            wrong.append(f"deadline: {row.get('deadline')} <> {other['deadline']}")
        if wrong:
            print(
                f"WRONG [{row['trigger']}|{other['trigger']}] {text[row['start'] : row['end']]!r}\n      "
                + "; ".join(wrong)
            )
    for i, other in enumerate(found):
        if i not in taken:
            print(f"EXTRA {other['kind']} [{other['trigger']}] {other['confidence']:.2f} {other['quote']!r}")


def differs(want: object, got: object) -> bool:
    """Return whether two field values differ, lists compared as sets."""
    if isinstance(want, list) and isinstance(got, list):
        return set(want) != set(got)
    return want != got


def documents_of(name: str) -> list[Annotated]:
    """Return the documents of a set."""
    if name in HELD.values():
        return list(own_documents(name))
    return [*(gold_documents() if name != "own" else ()), *(own_documents() if name != "gold" else ())]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("gold", "own", "both", *HELD.values()), default="gold")
    parser.add_argument("--doc", help="only documents whose name holds this")
    parser.add_argument("--misses", action="store_true", help="print misses, false alarms and wrong fields")
    args = parser.parse_args()
    extractor = Extractor(load_lexicon())
    chosen = documents_of(args.set)
    scored = []
    for annotated in chosen:
        if args.doc and args.doc not in annotated.doc:
            continue
        document = annotated.read()
        scored.append(Scored(annotated, document, extractor.extract(document)))
    if args.misses:
        for item in scored:
            print(f"== {item.annotated.doc}")
            print_misses(item)
    print_table(scored)


if __name__ == "__main__":
    main()
