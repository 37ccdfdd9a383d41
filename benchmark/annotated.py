"""Where annotated documents are: the gold of the shared folder, and our own annotations of its corpus."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.model import Document
from dragoman.read import read_text

REPOSITORY = Path(__file__).resolve().parents[1]
ANNOTATIONS = REPOSITORY / "benchmark" / "annotations"
HELD = {
    "index-held": "held",
    "index-held-2": "held2",
    "index-held-3": "held3",
    "index-held-4": "held4",
    "index-held-5": "held5",
    "index-held-6": "held6",
    "index-held-7": "held7",
    "index-held-8": "held8",
    "index-held-9": "held9",
    "index-held-10": "held10",
    "index-held-11": "held11",
    "index-held-12": "held12",
    "index-held-13": "held13",
    "index-held-14": "held14",
    "index-held-15": "held15",
    "index-held-zh": "held-zh",
    "index-held-zh-2": "held-zh-2",
    "index-held-zh-3": "held-zh-3",
    "index-held-zh-4": "held-zh-4",
    "index-held-zh-5": "held-zh-5",
    "index-held-zh-6": "held-zh-6",
    "index-held-zh-7": "held-zh-7",
    "index-held-zh-8": "held-zh-8",
    "index-held-zh-9": "held-zh-9",
    "index-held-zh-10": "held-zh-10",
    "index-held-zh-11": "held-zh-11",
    "index-held-zh-12": "held-zh-12",
    "index-held-zh-13": "held-zh-13",
}
"""Indexes of the documents that were held out while the grammar was written, and the names of their sets.

The first set was studied afterwards; of the second nobody who writes the grammar has read more than the lines
whose deadline was wrong. The third, fourth and sixth to fifteenth were annotated before the grammar saw them and
studied afterwards, and so were the Chinese texts in our own words, their third set left alone.
"""
TEXT_FOLDERS = ("gold", "docs", "corpus", "corpus/ttc", "corpus/ransomware", "corpus/law-zh", "corpus/parallel")


def shared_folder() -> Path:
    """Return the folder of the real texts."""
    return Path(os.environ.get("DRAGOMAN_SHARED", REPOSITORY.parent / "shared"))


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with the lines a reader wrote for it.

    Attributes:
        doc: its name, `doc` of the lines.
        gold: the lines.
        path: where its text is; None for a page of the White House file.
        span: the range of offsets that was annotated, None for the whole text.
        stated: what the index says of a text of our own, None where the text has it beside it.
    """

    doc: str
    gold: tuple[dict[str, Any], ...]
    path: Path | None
    span: tuple[int, int] | None = None
    stated: dict[str, Any] | None = None

    def read(self) -> Document:
        """Return the document as the reading room makes it."""
        if self.path is None:
            return page_document(self.doc)
        with self.path.open(encoding="utf-8", newline="") as file:
            return read_text(file.read(), slug=self.doc, metadata=self.stated or stated_metadata(self.path))


def stated_metadata(path: Path) -> dict[str, Any]:
    """Return what the sidecar or the folder's index says of a text."""
    sidecar = path.with_suffix(".json")
    if sidecar.is_file():
        return dict(json.loads(sidecar.read_text(encoding="utf-8")))
    index = path.with_name("index.json")
    entries = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else {}
    return dict(entries.get(path.stem, {}))


def gold_documents() -> Iterator[Annotated]:
    """Yield the gold documents that have a text."""
    for file in sorted((shared_folder() / "gold").glob("*.jsonl")):
        rows = rows_in(file)
        if rows and "kind" in rows[0]:
            yield Annotated(file.stem, rows, text_path(file.stem))


def own_documents(name: str = "own") -> Iterator[Annotated]:
    """Yield the documents of benchmark/annotations: those the grammars were written with, or a set held out."""
    for doc, entry in sorted(index().items()):
        if entry["set"] != name:
            continue
        file = ANNOTATIONS / entry.get("file", f"{doc}.jsonl")
        span = (entry["range"][0], entry["range"][1])
        if "text" in entry:
            stated = {key: entry[key] for key in ("title", "date", "parties")} | {"kind": entry["genre"]}
            yield Annotated(doc, rows_in(file), ANNOTATIONS / entry["text"], span, stated)
            continue
        path = None if "white_house_page" in entry else shared_folder() / entry["path"]
        yield Annotated(doc, rows_in(file), path, span)


@cache
def index() -> dict[str, dict[str, Any]]:
    """Return what the index files say of each annotated document, by its name."""
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(ANNOTATIONS.glob("index-*.yaml")):
        documents = yaml.safe_load(file.read_text(encoding="utf-8"))["documents"]
        named = (
            documents.items() if isinstance(documents, dict) else ((entry["doc"], entry) for entry in documents)
        )
        name = HELD.get(file.stem, "own")
        entries.update({doc: {**entry, "set": name} for doc, entry in named})
    return entries


def rows_in(file: Path) -> tuple[dict[str, Any], ...]:
    """Return the JSON lines of a file."""
    with file.open(encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines if line.strip())


def text_path(stem: str) -> Path:
    """Return where the text of a document is."""
    for folder in TEXT_FOLDERS:
        path = shared_folder() / folder / f"{stem}.txt"
        if path.is_file():
            return path
    message = f"no text for {stem}"
    raise SystemExit(message)


@cache
def pages() -> dict[str, dict[str, Any]]:
    """Return the White House pages that our annotations name, by their name."""
    wanted = {entry["white_house_page"]: doc for doc, entry in index().items() if "white_house_page" in entry}
    found = {}
    with gzip.open(shared_folder() / "corpus" / "white-house" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in wanted:
                found[wanted[row["id"]]] = row
    return found


def page_document(doc: str) -> Document:
    """Return one White House page as a document."""
    row = pages()[doc]
    return read_text(
        row["text"], slug=doc, metadata={"title": row["title"], "date": row["date"], "source": row["url"]}
    )
