"""Snapshots: the same bytes each time, a citation, and every change is found."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from dragoman.citing import (
    Citing,
    Frozen,
    LaterChangesError,
    NoSnapshotError,
    SnapshotThereError,
    compared,
    verify,
)
from dragoman.model import Query, ReviewState
from dragoman.register import Decision, Register
from tests.register.making import CODER, NOON, document, provision

DAY = NOON.date()


@pytest.fixture
def register(register_file: Path) -> Iterator[Register]:
    register = Register.open(register_file)
    for slug, text in (("memo", "We will meet.\nThey will pay.\n双方将合作。"), ("note", "Nothing is said.")):
        doc = document(text, slug)
        lines = [provision(doc, 0), provision(doc, 1)] if slug == "memo" else []
        register.save(doc, lines, coder=CODER, at=NOON)
    yield register
    register.close()


@pytest.fixture
def citing(register: Register) -> Citing:
    return Citing(register, lambda: CODER, lambda: NOON)


@pytest.fixture
def frozen(citing: Citing, tmp_path: Path) -> Frozen:
    return citing.snapshot(tmp_path / "s", texts=True, title="Memos: a test", authors=("Ana",))


def content(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_the_same_register_on_the_same_day_gives_the_same_bytes(
    citing: Citing, frozen: Frozen, tmp_path: Path
) -> None:
    other = Citing(citing._register, lambda: CODER, lambda: NOON + timedelta(days=9))  # noqa: SLF001 - another clock
    again = other.snapshot(tmp_path / "again", as_of=DAY, texts=True, title="Memos: a test", authors=("Ana",))
    assert again.id == frozen.id
    assert content(again.path) == content(frozen.path)
    for name in ("one.zip", "two.zip"):
        citing.snapshot(tmp_path / name, texts=True)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".")} == set()


def test_it_holds_lines_documents_decisions_texts_and_what_made_them(
    citing: Citing, register: Register, tmp_path: Path
) -> None:
    first = register.provisions(Query()).entries[0].provision.id
    register.review(first, Decision(ReviewState.ACCEPTED, "Mara", NOON, "clear"))
    frozen = citing.snapshot(tmp_path / "s", texts=True)
    assert dict(frozen.counts) == {"lines": 2, "documents": 2, "reviews": 1, "texts": 2}
    rows = [json.loads(line) for line in (frozen.path / "documents.jsonl").read_text("utf-8").splitlines()]
    assert [row["slug"] for row in rows] == ["memo", "note"]
    assert (frozen.path / "texts" / f"{rows[0]['text_sha256']}.txt").read_text("utf-8").endswith("双方将合作。")
    (review,) = map(json.loads, (frozen.path / "reviews.jsonl").read_text("utf-8").splitlines())
    assert (review["provision"], review["reviewer"], review["reason"]) == (first, "Mara", "clear")
    manifest = json.loads((frozen.path / "manifest.json").read_text("utf-8"))
    assert (manifest["grammar"], manifest["as_of"], manifest["query"]) == (CODER, DAY.isoformat(), {})
    assert manifest["data"]["lexicons"]["files"] > 5


def test_a_citation_names_the_hash(frozen: Frozen) -> None:
    cited = yaml.safe_load((frozen.path / "CITATION.cff").read_text("utf-8"))
    assert (cited["title"], cited["authors"]) == ("Memos: a test", [{"name": "Ana"}])
    assert cited["date-released"] == DAY
    assert cited["identifiers"][0]["value"] == f"sha256:{frozen.id}"
    assert frozen.id in frozen.citation
    assert frozen.citation.startswith("Ana. Memos: a test. Snapshot ")


def test_a_query_chooses_lines_and_documents(citing: Citing, tmp_path: Path) -> None:
    frozen = citing.snapshot(tmp_path / "s", Query(documents=("memo",), limit=1))
    assert dict(frozen.counts) == {"lines": 2, "documents": 1, "reviews": 0, "texts": 0}
    assert json.loads((frozen.path / "manifest.json").read_text("utf-8"))["query"] == {"documents": ["memo"]}


def test_nothing_in_it_is_later_than_its_day(citing: Citing, tmp_path: Path) -> None:
    with pytest.raises(LaterChangesError):
        citing.snapshot(tmp_path / "s", as_of=DAY - timedelta(days=1))
    with pytest.raises(SnapshotThereError):
        citing.snapshot(tmp_path)
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_snapshot_as_it_was_written_is_sound(citing: Citing, tmp_path: Path, form: str) -> None:
    frozen = citing.snapshot(tmp_path / ("s.zip" if form == "zip" else "s"), texts=True)
    found = verify(frozen.path)
    assert (found.sound, found.problems, found.id) == (True, (), frozen.id)


def add(folder: Path) -> None:
    (folder / "more.txt").write_text("x", encoding="utf-8")


def take(folder: Path) -> None:
    (folder / "reviews.jsonl").unlink()


def change(folder: Path) -> None:
    with (folder / "provisions.jsonl").open("ab") as stream:
        stream.write(b" ")


def relabel(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text("utf-8").replace(CODER, "grammar/9"), encoding="utf-8")


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (add, "snapshot-file-added"),
        (take, "snapshot-file-missing"),
        (change, "snapshot-file-changed"),
        (relabel, "snapshot-id"),
    ],
)
def test_every_change_is_found(frozen: Frozen, tamper: Callable[[Path], None], code: str) -> None:
    tamper(frozen.path)
    found = verify(frozen.path)
    assert [one.code for one in found.problems] == [code]
    assert not found.sound


def test_every_byte_of_a_zip_counts(citing: Citing, tmp_path: Path) -> None:
    path = citing.snapshot(tmp_path / "s.zip").path
    whole = path.read_bytes()
    at = whole.index(b"provisions.jsonl") + 40
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert [one.code for one in verify(path).problems] == ["snapshot-file-changed"]


def test_what_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("manifest.json", '{"files": 3}')
    for name in ("empty", "text.zip", "other.zip", "none"):
        with pytest.raises(NoSnapshotError):
            verify(tmp_path / name)


def test_a_manifest_cannot_name_files_outside(frozen: Frozen, tmp_path: Path) -> None:
    shutil.copy(frozen.path / "reviews.jsonl", tmp_path / "reviews.jsonl")
    path = frozen.path / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"reviews.jsonl"', '"../reviews.jsonl"'), encoding="utf-8")
    assert "snapshot-file-missing" in [one.code for one in verify(frozen.path).problems]


def test_a_register_is_compared_line_by_line(frozen: Frozen, register: Register) -> None:
    assert compared(frozen.path, register).differences == {}
    first, second = (entry.provision.id for entry in register.provisions(Query()).entries)
    register.review(first, Decision(ReviewState.EDITED, "Mara", NOON, changes={"force": 1}))
    doc = document("We will meet.\nAll will sing.", "memo", date(2025, 5, 2))
    register.save(doc, [provision(doc, 0), provision(doc, 1)], coder=CODER, at=NOON)
    found = compared(frozen.path, register)
    assert dict(found.differences) == {"changed": 1, "only in the snapshot": 1, "only in the register": 1}
    told = [one.message for one in found.problems]
    assert any(first in one and "force" in one for one in told)
    assert f"{second}: only in the snapshot." in told
    assert found.sound
