"""A small collection in every form that is read in bulk, in our own words."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.bulk import BulkSettings, read_bulk

SMALL = 2_000
"""Bytes of a part: the collection gets several."""
SENTENCES = (
    "The United States and Japan will establish a joint quantum research programme by 31 March 2027.",
    "Japan shall not export advanced chips without a licence.",
    "We intend to spend up to US$30 million every six months, provided that parliament agrees.",
    "双方将于2026年底前建立人工智能对话机制。",
)


def row_of(number: int) -> dict[str, Any]:
    text = "\n\n".join((f"Statement {number}", *SENTENCES[number % 3 :], f"We will meet {number + 2} times."))
    return {"id": f"meeting-{number}", "title": f"Meeting {number}", "date": "2026-03-03", "text": text}


def lines_of(numbers: range) -> str:
    return "".join(json.dumps(row_of(number), ensure_ascii=False) + "\n" for number in numbers)


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts, a sidecar, JSON lines (packed too), names asked for twice, and things that fail."""
    folder = tmp_path_factory.mktemp("bulk") / "collection"
    (folder / "deeper").mkdir(parents=True)
    (folder / "lakeside.txt").write_text("\n\n".join(SENTENCES), encoding="utf-8")
    (folder / "lakeside.json").write_text('{"date": "2026-01-05", "parties": ["Japan"]}', encoding="utf-8")
    (folder / "deeper" / "lakeside.html").write_text(f"<p>{SENTENCES[1]}</p>", encoding="utf-8")
    (folder / "meetings.jsonl").write_text(lines_of(range(12)), encoding="utf-8")
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(lines_of(range(10, 16)).encode()))
    odd = '{"text": "Japan shall report."}\n\n{"id": "no text"}\n{"broken\n{"id": "lakeside", "text": "We will act."}\n'
    (folder / "odd ones.jsonl").write_text(odd, encoding="utf-8")
    (folder / "hidden.txt").write_text(lines_of(range(20, 22)), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A Parquet file with the columns of the format, in a folder of its own."""
    rows = [row_of(number) | {"url": "", "language": "en" if number else None} for number in range(5)]
    path = tmp_path / "tables" / "some.parquet"
    path.parent.mkdir()
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)
    return path


@pytest.fixture(scope="session")
def settings() -> BulkSettings:
    """One process, small parts."""
    return BulkSettings(workers=1, part_bytes=SMALL)


@pytest.fixture(scope="session")
def whole(collection: Path, settings: BulkSettings) -> Path:
    """The output of the collection, for tests that leave it as it is."""
    output = collection.parent / "whole"
    read_bulk([str(collection)], str(output), settings)
    return output


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """The same, for tests that do not."""
    return Path(shutil.copytree(whole, tmp_path / "copied"))


def rows_in(output: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table, in the order of the inputs."""
    paths = sorted(output.glob(f"{table}/part=*/*.parquet"))
    rows = [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]
    return sorted(rows, key=lambda row: (row["input"], row["row"]))
