"""The tables of an output: their columns, and the way from the model to a row and back, exactly."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from dragoman.bulk.items import Item
from dragoman.bulk.reading import Read
from dragoman.model import (
    Amount,
    Bound,
    Deadline,
    DeadlineKind,
    Document,
    Kind,
    Language,
    Legalization,
    Problem,
    Provision,
    Quote,
    Severity,
    Why,
)
from dragoman.model.interchange import amount_to_row, legalization_to_row, provision_to_row, why_to_row
from dragoman.register import about_of, count_sentences, document_of, structure_of

TEXTS = pa.list_(pa.string())
PLACE = [("input", pa.int32()), ("row", pa.int64())]
PROBLEM = [
    ("code", pa.string()),
    ("severity", pa.string()),
    ("message", pa.string()),
    ("remedy", pa.string()),
    ("source", pa.string()),
    ("doc", pa.string()),
    ("start", pa.int64()),
    ("end", pa.int64()),
    ("page", pa.int32()),
    ("line", pa.int64()),
    ("values", pa.string()),
]
DOCUMENTS = pa.schema(
    [
        *PLACE,
        ("doc", pa.string()),
        ("title", pa.string()),
        ("date", pa.date32()),
        ("kind", pa.string()),
        ("parties", TEXTS),
        ("languages", TEXTS),
        ("work", pa.string()),
        ("guessed", TEXTS),
        ("media_type", pa.string()),
        ("address", pa.string()),
        ("source", pa.string()),
        ("sha256", pa.string()),
        ("text_sha256", pa.string()),
        ("coder", pa.string()),
        ("characters", pa.int64()),
        ("sentences", pa.int32()),
        ("provisions", pa.int32()),
        ("text", pa.string()),
        ("structure", pa.string()),
        ("problems", pa.list_(pa.struct(PROBLEM))),
    ]
)
DEADLINE = pa.struct(
    [(name, pa.string()) for name in ("text", "kind", "date", "every", "event")] + [("start", pa.int64())]
)
AMOUNT = pa.struct(
    [(name, pa.string()) for name in ("text", "value", "currency", "bound")] + [("start", pa.int64())]
)
PROFILE = pa.struct(
    [("obligation", pa.int8()), ("precision", pa.int8()), ("delegation", pa.int8()), ("reasons", TEXTS)]
)
WHY = pa.struct(
    [
        ("field", pa.string()),
        ("value", pa.string()),
        ("rule", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
    ]
)
PROVISIONS = pa.schema(
    [
        *PLACE,
        ("doc", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("trigger", pa.string()),
        ("trigger_start", pa.int64()),
        ("kind", pa.string()),
        ("actors", TEXTS),
        ("counterparties", TEXTS),
        ("aim", pa.string()),
        ("technologies", TEXTS),
        ("instruments", TEXTS),
        ("force", pa.int8()),
        ("deadline", DEADLINE),
        ("conditions", pa.string()),
        ("id", pa.string()),
        ("quote", pa.string()),
        ("section", TEXTS),
        ("coder", pa.string()),
        ("review", pa.string()),
        ("language", pa.string()),
        ("object", pa.string()),
        ("amounts", pa.list_(AMOUNT)),
        ("legalization", PROFILE),
        ("confidence", pa.float64()),
        ("prefix", pa.string()),
        ("suffix", pa.string()),
        ("quote_sha256", pa.string()),
        ("why", pa.list_(WHY)),
    ]
)
FAILURES = pa.schema([*PLACE, *PROBLEM, ("named", pa.string())])
TABLES: Mapping[str, pa.Schema] = {"documents": DOCUMENTS, "provisions": PROVISIONS, "failures": FAILURES}
"""The tables of an output, by the name of their folder."""

SERIOUS = "serious"
"""Counted beside the rows of the tables: failures that are more than a note."""

Rows = dict[str, list[dict[str, Any]]]
"""Rows of each table."""


def rows_of(found: Iterable[tuple[Item, Read]]) -> Rows:
    """Return the rows of what was read."""
    rows: Rows = {name: [] for name in TABLES}
    for item, read in found:
        place = {"input": item.input, "row": item.row}
        if read.document is None:
            rows["failures"] += [place | failure_to_row(read.source, problem) for problem in read.problems]
            continue
        rows["documents"].append(place | document_to_row(read.document, read))
        rows["provisions"] += [place | provision_to_columns(each) for each in read.provisions]
    return rows


def tables_of(rows: Rows) -> dict[str, pa.Table]:
    """Return rows as tables."""
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in TABLES.items()}


def problem_to_row(problem: Problem) -> dict[str, Any]:
    """Return what is wrong with an input as a row."""
    values = json.dumps(dict(problem.values), ensure_ascii=False)
    return asdict(problem) | {"severity": problem.severity.value, "values": values}


def failure_to_row(source: str, problem: Problem) -> dict[str, Any]:
    """Return a row of `failures`; `named` is what the problem itself names as its source."""
    return problem_to_row(problem) | {"source": source, "named": problem.source}


def problem_from_row(row: Mapping[str, Any]) -> Problem:
    """Return the problem of a row; those of older outputs come without what fills their sentences."""
    fields = {name: row.get(name) for name, _ in PROBLEM}
    values = json.loads(row.get("values") or "{}")
    return Problem(**{**fields, "severity": Severity(row["severity"]), "values": values})


def document_to_row(document: Document, read: Read) -> dict[str, Any]:
    """Return a document as a row of `documents`."""
    return {
        "doc": document.slug,
        **about_of(document),
        "date": document.date,
        "address": document.source,
        "source": read.source,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "coder": read.coder,
        "characters": len(document.text),
        "sentences": count_sentences(document),
        "provisions": len(read.provisions),
        "text": document.text,
        "structure": zlib.decompress(structure_of(document)).decode(),
        "problems": [problem_to_row(problem) for problem in read.problems],
    }


def document_from_row(row: Mapping[str, Any]) -> Document:
    """Return the document of a row."""
    about = {
        name: row[name] for name in ("title", "kind", "parties", "languages", "work", "guessed", "media_type")
    }
    day: date | None = row["date"]
    version = SimpleNamespace(
        about=json.dumps(about | {"date": day and day.isoformat()}),
        structure=zlib.compress(row["structure"].encode(), 1),
        source=row["address"],
        sha256=row["sha256"],
        text_sha256=row["text_sha256"],
    )
    return document_of(row["doc"], version, row["text"])


def provision_to_columns(provision: Provision) -> dict[str, Any]:
    """Return a line as a row of `provisions`: the interchange format, whole deadlines and the reasons."""
    row = provision_to_row(provision)
    return {
        **row,
        "deadline": deadline_to_columns(provision.deadline),
        "amounts": [amount_to_row(amount) for amount in provision.amounts],
        "legalization": legalization_to_row(provision.legalization),
        "why": [why_to_row(why) for why in provision.why],
    }


def deadline_to_columns(deadline: Deadline | None) -> dict[str, Any] | None:
    """Return a deadline with all its fields."""
    if deadline is None:
        return None
    day = deadline.date.isoformat() if deadline.date else None
    return asdict(deadline) | {"kind": deadline.kind.value, "date": day}


def provision_from_row(row: Mapping[str, Any]) -> Provision:
    """Return the line of a row."""
    return Provision(
        id=row["id"],
        doc=row["doc"],
        start=row["start"],
        end=row["end"],
        trigger=row["trigger"],
        trigger_start=row["trigger_start"],
        kind=Kind(row["kind"]),
        force=row["force"],
        quote=Quote(row["quote"], row["prefix"], row["suffix"], row["quote_sha256"]),
        language=Language(row["language"]),
        section=tuple(row["section"]),
        actors=tuple(row["actors"]),
        counterparties=tuple(row["counterparties"]),
        aim=row["aim"],
        object=row["object"],
        technologies=tuple(row["technologies"]),
        instruments=tuple(row["instruments"]),
        deadline=_deadline_of(row["deadline"]),
        conditions=row["conditions"],
        amounts=tuple(Amount(**{**amount, "bound": Bound(amount["bound"])}) for amount in row["amounts"]),
        legalization=_profile_of(row["legalization"]),
        confidence=row["confidence"],
        why=tuple(Why(**why) for why in row["why"]),
        coder=row["coder"],
    )


def _deadline_of(row: Mapping[str, Any] | None) -> Deadline | None:
    if row is None:
        return None
    day = row["date"] and date.fromisoformat(row["date"])
    return Deadline(**{**row, "kind": DeadlineKind(row["kind"]), "date": day})


def _profile_of(row: Mapping[str, Any] | None) -> Legalization | None:
    if row is None:
        return None
    first, second, third = row["reasons"]
    return Legalization(row["obligation"], row["precision"], row["delegation"], (first, second, third))
