"""Addresses on one machine: inputs and outputs that pyarrow opens, whole parts and markers there too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from dragoman.bulk import BulkSettings, read_bulk
from dragoman.bulk.columns import TABLES
from dragoman.bulk.store_folder import StoreFolder
from dragoman.bulk.stores import is_far, list_far, opened, store_of
from dragoman.model import UsageError
from tests.bulk.conftest import row_of, rows_in

NAMES = ("meetings.jsonl", "packed.jsonl.gz")


class BrokeOffError(Exception):
    """What ends the first run."""


def put(address: str, data: bytes) -> None:
    """Write a file of a store."""
    files, path = store_of(address)
    if files.type_name == "local":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    with files.open_output_stream(path, compression=None) as stream:
        stream.write(data)


def broken_and_resumed(store: str, collection: Path, to: Path, settings: BulkSettings) -> int:
    """Read two files of a collection on a store, break off with half a part, go on; return the number of parts."""
    for name in NAMES:
        put(f"{store}/texts/{name}", (collection / name).read_bytes())
    adopted = StoreFolder.adopt

    def breaks(self: StoreFolder, work: Path, number: int) -> None:
        if number == 1:
            put(f"{self.name}/documents/part=00001/data.parquet", b"half of it")
            raise BrokeOffError
        adopted(self, work, number)

    StoreFolder.adopt = breaks  # type: ignore[method-assign]
    try:
        read_bulk([f"{store}/texts"], f"{store}/out", settings)
    except BrokeOffError:
        pass
    finally:
        StoreFolder.adopt = adopted  # type: ignore[method-assign]
    report = read_bulk([f"{store}/texts"], f"{store}/out", settings)
    files, path = store_of(f"{store}/out")
    fs.copy_files(path, str(to), source_filesystem=files, destination_filesystem=fs.LocalFileSystem())
    return report.parts


def hold_against(whole: Path, output: Path, store: str) -> None:
    """The rows of a run on a store are those of the same files on the disk, each once."""
    near = {one["input"]: Path(one["source"].partition("#")[0]).name for one in rows_in(whole, "documents")}
    for table in ("documents", "provisions"):
        wanted = [bare(row) for row in rows_in(whole, table) if near.get(row["input"]) in NAMES]
        assert [bare(row) for row in rows_in(output, table)] == wanted
    sources = {row["source"].partition("#")[0] for row in rows_in(output, "documents")}
    assert sources == {f"{store}/texts/{name}" for name in NAMES}
    assert list(output.glob("**/*.partial")) == []


def bare(row: dict[str, Any]) -> dict[str, Any]:
    """A row without where it came from; a name that is taken is told apart by that."""
    own = {"input", "source", "address", "doc", "id", "problems"}
    return {name: value for name, value in row.items() if name not in own}


def test_a_run_that_breaks_off_goes_on_and_every_row_is_there_once(
    collection: Path, whole: Path, tmp_path: Path, settings: BulkSettings
) -> None:
    (tmp_path / "my store").mkdir()
    store = f"file://{tmp_path}/my store"
    assert broken_and_resumed(store, collection, tmp_path / "fetched", settings) > 2
    hold_against(whole, tmp_path / "fetched", store)


def test_files_and_tables_of_a_store_are_read_and_what_is_missing_is_a_failure(
    tmp_path: Path, settings: BulkSettings
) -> None:
    store = f"file://{tmp_path}/store"
    put(f"{store}/note.txt", b"Japan shall report.\n")
    put(f"{store}/note.json", b"{}")
    put(f"{store}/picture.png", b"\x89PNG")
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([row_of(0), row_of(1)]), sink)
    put(f"{store}/deeper/some.parquet", sink.getvalue().to_pybytes())
    read_bulk([f"{store}/note.txt", store, f"{store}/nowhere"], str(tmp_path / "out"), settings)
    rows = {name: rows_in(tmp_path / "out", name) for name in TABLES}
    names = [row["doc"] for row in rows["documents"]]
    assert (names[:3], names[3].startswith("note-")) == (["note", "meeting-0", "meeting-1"], True)
    assert [row["code"] for row in rows["failures"]] == ["skipped-extension", "no-such-path"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://AKIA:secret@bucket/texts", "holds a key"),
        ("s3://bucket?endpoint_override=localhost", "holds a key or options"),
        ("ftp://host/texts", "cannot be opened"),
        ("https://example.org/texts", "nothing from the web"),
    ],
)
def test_addresses_that_cannot_be_are_refused_without_their_keys(
    address: str, said: str, tmp_path: Path, settings: BulkSettings
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        read_bulk([address], str(tmp_path / "out"), settings)
    assert "secret" not in f"{refused.value} {refused.value.remedy}"


def test_a_store_is_read_by_path_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "x.txt").write_bytes(b"hello")
    address = f"file://{tmp_path}/a b"
    assert [one.name for one in list_far(address)] == [f"{address}/x.txt"]
    with opened(f"{address}/x.txt") as stream:
        assert stream.readline() == b"hello"
    with pytest.raises(UsageError, match="cannot be opened"):
        opened(f"{address}/y.txt")
    folder = StoreFolder(address)
    assert (folder.read("nothing"), folder.list("nothing"), folder.list()) == (None, [], ["x.txt"])
    folder.write("deep/m.json", "{}")
    assert (folder.read("deep/m.json"), folder.list("deep")) == ("{}", ["m.json"])
    assert (is_far("C:/texts"), is_far(address)) == (False, True)
