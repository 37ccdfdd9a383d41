"""A collection in parts: the rows are those of an ordinary reading, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dragoman.bulk import BulkSettings, read_bulk
from dragoman.bulk.columns import TABLES
from dragoman.bulk.output import alone
from dragoman.model import ConflictError, NotFoundError, Query, StoreError, UsageError
from dragoman.model.identity import sha256_of_bytes
from dragoman.workspace import Workspace
from tests.bulk.conftest import rows_in

pytestmark = pytest.mark.long


def everything(output: Path) -> dict[str, list[dict[str, object]]]:
    return {name: rows_in(output, name) for name in TABLES}


def test_a_register_loaded_from_the_parts_is_that_of_an_ordinary_reading(
    collection: Path, whole: Path, tmp_path: Path
) -> None:
    with Workspace.open(tmp_path / "loaded") as loaded, Workspace.open(tmp_path / "read") as read:
        told = loaded.bulk.load(whole)
        list(read.read([str(collection)]))
        assert b"".join(loaded.export_bytes(Query(), "jsonl")) == b"".join(read.export_bytes(Query(), "jsonl"))
        assert list(loaded.export(Query())) == list(read.export(Query()))
        slugs = [one.slug for one in read.documents()]
        assert [loaded.document(slug) for slug in slugs] == [read.document(slug) for slug in slugs]
        assert sorted(map(repr, loaded.problems())) == sorted(map(repr, read.problems()))
        assert told.statuses == {"new": len(slugs)}
        assert loaded.bulk.load(whole).statuses == {"unchanged": len(slugs)}
        assert sorted(map(repr, loaded.problems())) == sorted(map(repr, read.problems()))
    assert len(slugs) == 24
    assert {"lakeside", "meeting-11"} < set(slugs)
    assert sum(slug.startswith("lakeside-") for slug in slugs) == 2
    assert sum(slug.startswith("meeting-1") for slug in slugs) == 9


def test_the_rows_are_the_same_whatever_the_number_of_workers(
    collection: Path, whole: Path, tmp_path: Path, settings: BulkSettings
) -> None:
    output = tmp_path / "out"
    report = read_bulk([str(collection)], str(output), replace(settings, workers=2))
    assert everything(output) == everything(whole)
    manifests = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in (output, whole)]
    hashes = [manifest["inputs"].pop("sha256") for manifest in manifests]  # of times of change, too
    assert all(hashes)
    assert manifests[0] == manifests[1]
    assert report.parts == len(manifests[0]["parts"]) > 2
    assert (report.documents, report.provisions) == (24, len(rows_in(whole, "provisions")))


def test_the_listing_names_every_input_with_its_hash(whole: Path) -> None:
    listed = [json.loads(line) for line in (whole / "inputs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Path(row["name"]).name for row in listed if row["kind"] == "lines"] == [
        "hidden.txt", "meetings.jsonl", "odd ones.jsonl", "packed.jsonl.gz",
    ]  # fmt: skip
    assert all(row["sha256"] == sha256_of_bytes(Path(row["name"]).read_bytes()) for row in listed if row["bytes"])


def test_a_parquet_file_is_read_row_by_row(table: Path, tmp_path: Path, settings: BulkSettings) -> None:
    report = read_bulk([str(table.parent)], str(tmp_path / "out"), settings)
    documents = rows_in(tmp_path / "out", "documents")
    assert report.failures == 0
    assert [row["doc"] for row in documents] == [f"meeting-{number}" for number in range(5)]
    assert [row["source"] for row in documents] == [f"{table}#{number}" for number in range(1, 6)]
    assert {row["languages"][0] for row in documents} == {"en"}


def test_what_fails_is_a_row_with_code_message_and_remedy(whole: Path) -> None:
    failures = rows_in(whole, "failures")
    assert sorted(row["code"] for row in failures) == ["empty-file", "json-line", "json-line", "skipped-extension"]
    assert all(row["message"] and row["remedy"] for row in failures)
    assert [row["row"] for row in failures if row["code"] == "json-line"] == [3, 4]


def test_a_finished_output_is_left_alone(collection: Path, copied: Path, settings: BulkSettings) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in copied.rglob("*.parquet")}
    (collection / "lakeside.txt").touch()
    assert read_bulk([str(collection)], str(copied), settings).documents == 24
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*.parquet")} == stamps


def test_an_output_begun_otherwise_is_refused(
    collection: Path, copied: Path, settings: BulkSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConflictError, match=r"another seconds \(120.0\)") as refused:
        read_bulk([str(collection)], str(copied), replace(settings, seconds=7))
    assert "new folder" in refused.value.remedy
    with pytest.raises(ConflictError, match="first that differs is elsewhere"):
        read_bulk([str(collection), "elsewhere"], str(copied), settings)
    with pytest.raises(ConflictError, match="holds files and is no output"):
        read_bulk([str(collection)], str(collection), settings)
    monkeypatch.setattr("dragoman.bulk.settings.GRAMMAR", "grammar/99")
    with pytest.raises(ConflictError, match="another grammar"):
        read_bulk([str(collection)], str(copied), settings)


def test_a_changed_input_is_refused(collection: Path, copied: Path, settings: BulkSettings) -> None:
    listing = copied / "inputs.jsonl"
    own = sha256_of_bytes((collection / "meetings.jsonl").read_bytes())
    listing.write_text(listing.read_text(encoding="utf-8").replace(own, "0" * 64), encoding="utf-8")
    (collection / "meetings.jsonl").touch()
    with pytest.raises(ConflictError, match=r"first that differs is .*meetings\.jsonl"):
        read_bulk([str(collection)], str(copied), settings)


def test_two_runs_at_once_are_refused(collection: Path, copied: Path, settings: BulkSettings) -> None:
    told = rf"Another run is writing .*: process {os.getpid()} on .*, since 20"
    with alone(copied), pytest.raises(ConflictError, match=told):
        read_bulk([str(collection)], str(copied), settings)


def test_inputs_out_of_reach_are_refused(tmp_path: Path, settings: BulkSettings) -> None:
    with pytest.raises(UsageError, match="fetches nothing"):
        read_bulk(["https://example.org/a"], str(tmp_path / "out"), settings)
    with pytest.raises(UsageError, match="cannot be opened"):
        read_bulk([str(tmp_path)], "ftp://bucket/out", settings)
    with pytest.raises(UsageError, match="standard input"):
        read_bulk(["-"], str(tmp_path / "out"), settings)


def test_a_killed_run_goes_on_where_it_stopped(
    collection: Path, whole: Path, tmp_path: Path, settings: BulkSettings
) -> None:
    output, script = tmp_path / "out", tmp_path / "run.py"
    script.write_text(
        "from dragoman.bulk import BulkSettings, read_bulk\n"
        "from dragoman.read import ReadSettings\n"
        "if __name__ == '__main__':\n"
        f"    read_bulk([{str(collection)!r}], {str(output)!r}, {settings!r})\n",
        encoding="utf-8",
    )
    running = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    while not list(output.glob("_commits/*.json")):
        assert running.poll() is None
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    done = {path.name: path.stat().st_mtime_ns for path in output.glob("_commits/*.json")}
    assert json.loads((output / "manifest.json").read_text(encoding="utf-8"))["state"] == "running"
    read_bulk([str(collection)], str(output), settings)
    assert everything(output) == everything(whole)
    assert {name: (output / "_commits" / name).stat().st_mtime_ns for name in done} == done


def test_a_part_without_its_marker_is_written_again(
    collection: Path, whole: Path, copied: Path, tmp_path: Path, settings: BulkSettings
) -> None:
    manifest = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))
    (copied / "manifest.json").write_text(json.dumps(manifest | {"state": "running"}), encoding="utf-8")
    (copied / "_commits" / "00001.json").unlink()
    (copied / "documents" / "part=00001" / "data.parquet").write_bytes(b"half")
    with Workspace.open(tmp_path / "ws") as workspace, pytest.raises(ConflictError, match="has not ended"):
        workspace.bulk.load(copied)
    read_bulk([str(collection)], str(copied), settings)
    assert everything(copied) == everything(whole)


def test_a_damaged_part_is_told(collection: Path, copied: Path, tmp_path: Path) -> None:
    path = copied / "provisions" / "part=00000" / "data.parquet"
    rows = pq.ParquetFile(path).read()
    pq.write_table(rows.slice(0, rows.num_rows - 1), path)
    with Workspace.open(tmp_path / "ws") as workspace:
        with pytest.raises(StoreError, match="lacks lines"):
            workspace.bulk.load(copied)
        path.write_bytes(b"half")
        with pytest.raises(StoreError, match="damaged"):
            workspace.bulk.load(copied)
        with pytest.raises(NotFoundError, match="no output"):
            workspace.bulk.load(collection)
