"""Two runs on one output of a store: processes of their own, one of them killed."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from pyarrow.fs import FileInfo, FileSystem

from dragoman.bulk import BulkSettings, claims, read_bulk
from dragoman.bulk.claims import claimed
from dragoman.bulk.errors import AnotherRunError, ClaimLostError
from dragoman.bulk.output import CLAIMS
from dragoman.bulk.store_folder import StoreFolder

HOLD = """
import sys, time
from dragoman.bulk.claims import claimed
from dragoman.bulk.store_folder import StoreFolder
with claimed(StoreFolder(sys.argv[1]), 2.0):
    print("held", flush=True)
    time.sleep(600)
"""
TAKE_TURNS = """
import json, sys, time
from dragoman.bulk.claims import claimed
from dragoman.bulk.errors import AnotherRunError
from dragoman.bulk.store_folder import StoreFolder
held, ended = [], time.monotonic() + 1.5
print("ready", flush=True)
sys.stdin.readline()
while time.monotonic() < ended or not held:
    try:
        with claimed(StoreFolder(sys.argv[1])):
            start = time.monotonic()
            time.sleep(0.02)
            held.append((start, time.monotonic()))
    except AnotherRunError:
        time.sleep(0.01)
print(json.dumps(held))
"""


@pytest.fixture
def store(tmp_path: Path) -> str:
    (tmp_path / "texts").mkdir()
    row = {"id": "note", "text": "Japan shall report.\n"}
    (tmp_path / "texts" / "some.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return f"file://{tmp_path}"


def started(script: str, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, address]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def claims_of(store: str) -> list[Path]:
    return list(Path(store.removeprefix("file://"), "out", CLAIMS).iterdir())


def runs_with_claims(store: str) -> set[str]:
    """The runs that have a claim: while it is renewed there are two files of one."""
    return {one.name.partition("-")[0] for one in claims_of(store)}


def test_a_second_run_is_refused_until_the_first_has_been_dead_for_its_lease(
    store: str, settings: BulkSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "LEASE", 2.0)
    with started(HOLD, f"{store}/out") as first:
        assert said(first) == "held"
        with pytest.raises(AnotherRunError, match=rf"process {first.pid} on .*, since 20") as refused:
            read_bulk([f"{store}/texts"], f"{store}/out", settings)
        assert "begin again 2 seconds after" in refused.value.remedy
        first.kill()
    dead = runs_with_claims(store)
    with claimed(StoreFolder(f"{store}/out"), 0.0):
        assert len(runs_with_claims(store)) == 1
        assert not dead & runs_with_claims(store)
    report = read_bulk([f"{store}/texts"], f"{store}/out", settings)
    assert report.parts == 1
    assert claims_of(store) == []


def test_of_processes_that_begin_together_one_holds_the_output_at_a_time(store: str) -> None:
    both = [started(TAKE_TURNS, f"{store}/out") for _ in range(2)]
    assert [said(one) for one in both] == ["ready", "ready"]
    told = []
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        told.append(json.loads(one.communicate()[0]))
        assert one.returncode == 0
    held = sorted(stretch for own in told for stretch in own)
    assert all(own for own in told)
    assert all(before[1] <= after[0] for before, after in pairwise(held))


def test_a_run_whose_claim_was_taken_away_marks_nothing_more(store: str) -> None:
    with claimed(StoreFolder(f"{store}/out")) as check:
        check()
        for own in claims_of(store):
            own.unlink()
        with pytest.raises(ClaimLostError):
            check()


def test_a_claim_that_came_back_beside_another_counts_no_more(store: str) -> None:
    with claimed(StoreFolder(f"{store}/out")) as check:
        own = max(claims_of(store))
        taken_over = own.with_name("0.json")
        taken_over.write_text(own.read_text())
        with pytest.raises(ClaimLostError):
            check()
        taken_over.write_text(own.read_text().replace("held", "wanted"))
        check()


def test_a_claim_of_unknown_age_is_not_taken_away(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with claimed(StoreFolder(f"{store}/out")):
        before = claims_of(store)
        held = max(before)
        late = StoreFolder(f"{store}/out")
        listed = StoreFolder.infos

        def others(folder: StoreFolder, name: str = "") -> list[FileInfo]:
            """List what a store shows that does not show yet what was just written."""
            return [one for one in listed(folder, name) if one.base_name == held.name]

        monkeypatch.setattr(StoreFolder, "infos", others)
        with pytest.raises(AnotherRunError), claimed(late):
            pass
        assert claims_of(store) == before


def test_a_claim_is_there_while_it_is_renewed(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = StoreFolder.write
    before: list[int] = []

    def write(folder: StoreFolder, name: str, text: str) -> None:
        """Write where a file cannot be replaced: what was written the last times must still be there."""
        assert name not in {f"{CLAIMS}/{one.name}" for one in claims_of(store)}
        before.append(len(claims_of(store)))
        written(folder, name, text)

    monkeypatch.setattr(StoreFolder, "write", write)
    Path(store.removeprefix("file://"), "out", CLAIMS).mkdir(parents=True)
    with claimed(StoreFolder(f"{store}/out"), 0.5) as check:
        while len(before) < 4:
            check()
    assert before == [0, 1, *[2] * (len(before) - 2)]
    assert claims_of(store) == []


def test_a_claim_that_is_just_being_written_or_renewed_is_not_taken_away(store: str) -> None:
    folder = StoreFolder(f"{store}/out")
    folder.write(f"{CLAIMS}/0-000001.json", "")
    with pytest.raises(AnotherRunError), claimed(folder):
        pass
    with claimed(folder, 0.0):
        assert "0" not in runs_with_claims(store)


def test_a_file_that_goes_while_it_is_read_is_not_there(store: str) -> None:
    class Going:
        """A store on which files go between two questions."""

        def __init__(self, files: FileSystem) -> None:
            self.files = files

        def get_file_info(self, paths: list[str]) -> list[FileInfo]:
            found: list[FileInfo] = self.files.get_file_info(paths)
            self.files.delete_file(paths[0])
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(self.files, name)

    folder = StoreFolder(store)
    folder.write("note.json", "{}")
    folder._files = Going(folder._files)  # noqa: SLF001 - another run takes it away
    assert folder.read("note.json") is None
