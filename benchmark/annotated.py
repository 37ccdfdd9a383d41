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
TEXT_FOLDERS = ("gold", "docs", "corpus", "corpus/ttc", "corpus/ransomware", "corpus/law-zh", "corpus/parallel")
PAGE = "wh-"
"""Prefix of the name of a page of corpus/white-house/pages.jsonl.gz."""


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
    """

    doc: str
    gold: tuple[dict[str, Any], ...]
    path: Path | None
    span: tuple[int, int] | None = None

    def read(self) -> Document:
        """Return the document as the reading room makes it."""
        if self.path is None:
            return page_document(self.doc)
        with self.path.open(encoding="utf-8", newline="") as file:
            return read_text(file.read(), slug=self.doc, metadata=stated_metadata(self.path))


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


def own_documents() -> Iterator[Annotated]:
    """Yield the documents of benchmark/annotations."""
    spans = annotated_spans()
    for file in sorted(ANNOTATIONS.glob("*.jsonl")):
        path = None if file.stem.startswith(PAGE) else text_path(file.stem)
        yield Annotated(file.stem, rows_in(file), path, spans.get(file.stem))


def annotated_spans() -> dict[str, tuple[int, int]]:
    """Return per document the range that was annotated, from the index files."""
    spans = {}
    for index in sorted(ANNOTATIONS.glob("index-*.yaml")):
        content = yaml.safe_load(index.read_text(encoding="utf-8"))
        documents = content.get("documents", content)
        entries = documents.items() if isinstance(documents, dict) else ((d["doc"], d) for d in documents)
        for doc, entry in entries:
            if isinstance(entry, dict) and entry.get("range"):
                spans[doc] = (entry["range"][0], entry["range"][1])
    return spans


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
    wanted = {file.stem.removeprefix(PAGE) for file in ANNOTATIONS.glob(f"{PAGE}*.jsonl")}
    found = {}
    with gzip.open(shared_folder() / "corpus" / "white-house" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if str(row["id"]) in wanted:
                found[f"{PAGE}{row['id']}"] = row
    return found


def page_document(doc: str) -> Document:
    """Return one White House page as a document."""
    row = pages()[doc]
    return read_text(
        row["text"], slug=doc, metadata={"title": row["title"], "date": row["date"], "source": row["url"]}
    )
