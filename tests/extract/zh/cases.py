"""Cases of the Chinese grammar: reads the YAML files and the candidates of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, read_context
from dragoman.extract.view import View, views_of
from dragoman.extract.zh.propose import propose
from dragoman.lexicon import load_lexicon
from dragoman.model import BlockKind, Document, Language
from dragoman.read import read_text

CASES = Path(__file__).resolve().parents[2] / "cases" / "extract" / "zh"
DOUBT = "doubt:"

Row = tuple[str, int, str, str | None]
"""Kind, force, trigger and subject of a provision."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the provisions that the grammar should find in it."""

    name: str
    kind: str
    parties: tuple[str, ...]
    text: str
    provisions: tuple[Row, ...]


def cases() -> Iterator[Case]:
    """Yield the cases of all files."""
    for file in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, case in content["cases"].items():
            rows = tuple(row_of(row) for row in case["provisions"])
            yield Case(f"{file.stem}/{name}", content["kind"], tuple(content["parties"]), case["text"], rows)


def row_of(row: list[Any]) -> Row:
    """Return a row of a file as the tests compare it."""
    kind, force, trigger, subject = row
    return str(kind), int(force), str(trigger), subject


def document_of(text: str, kind: str, *parties: str) -> Document:
    """Return a Chinese text as a document of a kind."""
    stated = {"kind": kind, "parties": list(parties), "title": "", "date": "2024-06-01"}
    return read_text(text, slug="test", metadata=stated)


def proposed(document: Document) -> Iterator[tuple[View, Candidate, Context]]:
    """Yield what the grammar proposes in a document, headings left out, the doubtful too."""
    lexicon = load_lexicon()
    context = read_context(document, lexicon)
    for view in views_of(document, lexicon):
        if view.sentence.kind is BlockKind.HEADING or view.sentence.language is not Language.ZH:
            continue
        for candidate in propose(view, context):
            yield view, candidate, context


def is_sure(candidate: Candidate) -> bool:
    """Return whether nothing speaks against a candidate."""
    return not any(feature.startswith(DOUBT) for feature in candidate.features)


def rows_in(text: str, kind: str, *parties: str) -> tuple[Row, ...]:
    """Return the provisions found in a text."""
    document = document_of(text, kind, *parties)
    return tuple(
        (c.kind.value, c.force, document.slice(*c.trigger), document.slice(*c.subject) if c.subject else None)
        for _, c, _ in proposed(document)
        if is_sure(c)
    )
