"""Backup to one file and back, on both engines: consistent, verified, atomic, never overwriting."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from dragoman.archiving import (
    CannotArchiveError,
    DamagedArchiveError,
    FileThereError,
    FolderNotEmptyError,
    Manifest,
    NoArchiveError,
    NotAnArchiveError,
    restore,
)
from dragoman.model import Query, ReviewState
from dragoman.register.copying import HoldsSomethingError
from dragoman.workspace import Workspace

pytestmark = pytest.mark.long

TEXT = """Statement {number} of the Lakeside Meeting

Japan will publish a list of {number} trusted chip suppliers by 31 March 2026.

双方将于2026年底前建立人工智能对话机制。
"""


def is_postgres(place: str) -> bool:
    return place.startswith("postgresql")


def opened(folder: Path, place: str) -> Workspace:
    return Workspace.open(folder, place if is_postgres(place) else None)


def fill(workspace: Workspace, numbers: range) -> None:
    for number in numbers:
        outcomes = list(workspace.read_bytes(TEXT.format(number=number).encode(), f"lakeside-{number}.txt"))
        assert [one.status for one in outcomes] == ["new"]


@pytest.fixture
def workspace(place: str, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with three texts, a newer version, a decision, a page of evidence and two lines in the log."""
    with opened(tmp_path / "w", place) as made:
        fill(made, range(3))
        list(made.read_bytes(TEXT.format(number="many").encode(), "lakeside-0.txt"))
        line = made.provisions(Query(documents=("lakeside-1",))).entries[0].provision.id
        made.review(line, ReviewState.ACCEPTED, reviewer="Ann", reason="reads right")
        for subject in ("one", "two"):
            made.audit.note(datetime(2026, 4, 1, tzinfo=UTC), "ann", "test.noted", subject, {})
        pages = tmp_path / "pages.jsonl"
        page = {"id": "p1", "text": "The list of chip suppliers is out.", "title": "News", "date": "2026-02-01"}
        pages.write_text(json.dumps(page) + "\n", encoding="utf-8")
        list(made.evidence.add([str(pages)]))
        yield made


def content(workspace: Workspace) -> object:
    """What can be asked of a workspace: library, texts, lines, decisions, search, log, corpus."""
    slugs = [one.slug for one in workspace.documents()]
    lines = workspace.provisions(Query(limit=None)).entries
    return (
        workspace.documents(),
        [workspace.document(slug).text for slug in slugs],
        workspace.document("lakeside-0", 1).text,
        lines,
        [workspace.history(one.provision.id) for one in lines],
        [workspace.search(words) for words in ("trusted chip", "人工智能")],
        workspace.audit.verify(),
        workspace.evidence.sources(),
    )


def test_what_is_restored_is_what_was_there(workspace: Workspace, tmp_path: Path) -> None:
    manifest = workspace.archiving.backup(tmp_path / "b")
    assert restore(tmp_path / "b", tmp_path / "again") == manifest
    with Workspace.open(tmp_path / "again") as again:
        assert content(again) == content(workspace)
        assert again.audit.verify().lines == manifest.audit_lines == 2
    kept = sorted(path.name for path in (workspace.folder / "fetched").iterdir())
    assert sorted(path.name for path in (tmp_path / "again" / "fetched").iterdir()) == kept != []
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


@pytest.mark.postgres
def test_a_file_moves_into_postgresql_and_goes_on_there(
    workspace: Workspace, postgres_place: str, tmp_path: Path
) -> None:
    workspace.archiving.backup(tmp_path / "b")
    restore(tmp_path / "b", tmp_path / "again", postgres_place)
    with Workspace.open(tmp_path / "again", postgres_place) as again:
        assert content(again) == content(workspace)
        fill(again, range(10, 12))
        again.audit.note(datetime(2026, 4, 2, tzinfo=UTC), "ann", "test.noted", "three", {})
        assert (len(again.documents()), again.audit.verify().lines, again.audit.verify().broken) == (5, 3, ())
    with pytest.raises(HoldsSomethingError):
        restore(tmp_path / "b", tmp_path / "again", postgres_place)


def test_nothing_is_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    workspace.archiving.backup(tmp_path / "b")
    before = (tmp_path / "b").read_bytes()
    with pytest.raises(FileThereError):
        workspace.archiving.backup(tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    with pytest.raises(FolderNotEmptyError):
        restore(tmp_path / "b", tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


def test_a_copy_is_of_one_moment_while_others_write(place: str, tmp_path: Path) -> None:
    with opened(tmp_path / "w", place) as workspace:
        fill(workspace, range(2))
        writer = threading.Thread(target=fill, args=(workspace, range(2, 14)))
        writer.start()
        manifests = [workspace.archiving.backup(tmp_path / f"b{number}") for number in range(3)]
        writer.join()
        assert len(workspace.documents()) == 14
    for number, manifest in enumerate(manifests):
        restore(tmp_path / f"b{number}", tmp_path / f"r{number}")
        with Workspace.open(tmp_path / f"r{number}") as again:
            documents = again.documents()
            assert len(documents) == manifest.rows["documents"]
            texts = [again.document(one.slug).text for one in documents]
            assert all("trusted chip suppliers" in text for text in texts)
            assert again.search("trusted chip").total == len(documents)


STEPS = ("copy_of_corpus", "state_of_register", "_put", "_check", "before naming")
"""Where a backup is killed: after the register was copied, before the archive, within it, before it is restored and
compared, and before it gets its name."""

STOPPING = """
import sys, time
from pathlib import Path
import dragoman.archiving as archiving
from dragoman.workspace import Workspace

def stop(*_, **__):
    print("stopped", flush=True)
    time.sleep(600)

step, folder, target = sys.argv[1:]
if step == "before naming":
    check = archiving._check
    archiving._check = lambda *words: (check(*words), stop())
else:
    setattr(archiving, step, stop)
with Workspace.open(folder) as workspace:
    workspace.archiving.backup(Path(target))
"""


def test_a_killed_backup_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w") as workspace:
        fill(workspace, range(3))
        workspace._keep_bytes(b"as fetched")  # noqa: SLF001 - as reading an address does
    target, partial = tmp_path / "b", tmp_path / ".b.partial"
    for step in STEPS:
        kill_at(step, tmp_path / "w", target)
        assert not target.exists()
    with Workspace.open(tmp_path / "w") as workspace:
        workspace.archiving.backup(target)
    assert not partial.exists()
    restore(target, tmp_path / "again")


def kill_at(step: str, folder: Path, target: Path) -> None:
    """Start a backup that stops where a step begins, and kill it there: no race with a fast machine."""
    words = [sys.executable, "-c", STOPPING, step, str(folder), str(target)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"stopped\n"
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small workspace and its backup, to be copied."""
    folder = tmp_path_factory.mktemp("small")
    with Workspace.open(folder / "w") as workspace:
        fill(workspace, range(1))
        workspace.archiving.backup(folder / "b")
    return folder


@pytest.fixture
def small(once: Path, tmp_path: Path) -> Path:
    """A backup of a small workspace."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "b"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
def test_a_file_that_ends_early_is_refused(cut: float, small: Path, tmp_path: Path) -> None:
    small.write_bytes(small.read_bytes()[: int(small.stat().st_size * cut)])
    with pytest.raises(NotAnArchiveError):
        restore(small, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def rewritten(small: Path, name: str, data: bytes | None) -> Path:
    """Return the backup with one file replaced, or left out."""
    made = small.with_name("other" if small.name == "b" else "another")
    with ZipFile(small) as source, ZipFile(made, "w") as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
        if data is not None:
            target.writestr(name, data)
    return made


def manifest_with(small: Path, **changes: object) -> bytes:
    with ZipFile(small) as source:
        return json.dumps({**json.loads(source.read("manifest.json")), **changes}).encode()


def test_changed_bytes_are_found(small: Path, tmp_path: Path) -> None:
    with ZipFile(small) as source:
        fetched = next(name for name in source.namelist() if name.startswith("fetched/"))
    for damaged in (rewritten(small, fetched, b"other"), rewritten(small, fetched, None)):
        with pytest.raises(DamagedArchiveError):
            restore(damaged, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_another_count_or_log_is_found(small: Path, tmp_path: Path) -> None:
    rows = json.loads(manifest_with(small))["rows"]
    for change in ({"rows": {**rows, "documents": 2}}, {"audit_hash": "0" * 64}):
        damaged = rewritten(small, "manifest.json", manifest_with(small, **change))
        with pytest.raises(DamagedArchiveError):
            restore(damaged, tmp_path / "again")


@pytest.mark.parametrize("name", ["../outside", "fetched/../../outside", "fetched/short", "/outside"])
def test_a_name_that_leads_elsewhere_is_refused(name: str, small: Path, tmp_path: Path) -> None:
    files = [{"name": name, "bytes": 1, "sha256": ""}]
    damaged = rewritten(small, "manifest.json", manifest_with(small, files=files))
    with pytest.raises(NotAnArchiveError):
        restore(damaged, tmp_path / "deep" / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "deep", "other", "w"]


def test_what_is_no_backup_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    newer = rewritten(small, "manifest.json", manifest_with(small, form=2))
    for path in (tmp_path / "text", newer, rewritten(newer, "manifest.json", b"[]")):
        with pytest.raises(NotAnArchiveError):
            restore(path, tmp_path / "again")
    with pytest.raises(NoArchiveError):
        restore(tmp_path / "absent", tmp_path / "again")


@pytest.mark.parametrize("seed", range(40))
def test_a_backup_with_overwritten_bytes_is_told_or_does_no_harm(seed: int, small: Path, tmp_path: Path) -> None:
    chance, data = random.Random(seed), bytearray(small.read_bytes())  # noqa: S311 - chosen places, no secret
    for _ in range(chance.randrange(1, 6)):
        data[chance.choice([chance.randrange(len(data)), -chance.randrange(1, 400)])] = chance.randrange(256)
    (tmp_path / "damaged").write_bytes(data)
    try:
        restore(tmp_path / "damaged", tmp_path / "again")
    except (DamagedArchiveError, NotAnArchiveError):
        assert not (tmp_path / "again").exists()
    else:
        with Workspace.open(tmp_path / "again") as again:
            assert again.document("lakeside-0").text == TEXT.format(number=0)


def test_a_place_that_cannot_be_written_is_named(small: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w") as workspace, pytest.raises(CannotArchiveError):
        workspace.archiving.backup(small / "inside" / "b")


def test_the_manifest_names_version_and_hashes(small: Path, tmp_path: Path) -> None:
    manifest = restore(small, tmp_path / "again")
    assert isinstance(manifest, Manifest)
    assert {one.name.partition("/")[0] for one in manifest.files} == {"register.sqlite", "fetched"}
    assert manifest.dragoman
