"""The corpus and the search for evidence through the workspace: what is added, listed, removed, found."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.evidence import NothingRemovedError, NotOfDocumentError
from dragoman.model import Kind, NotFoundError
from dragoman.model.corpus import CorpusOutcome, Found
from dragoman.workspace import Workspace

DECLARATION = """The Lakeside Declaration

The United States and Japan will set up a Quantum Standards Council within twelve months.

Japan will open negotiations on a Pacific Data Corridor.
"""
ROWS = [
    {"id": "r/1", "title": "Readout of the council", "date": "2026-11-02", "url": "https://pages.test/1",
     "text": "The Quantum Standards Council of the United States and Japan convened in Kyoto."},
    {"id": "r/2", "title": "Harvest", "date": "2026-09-01", "text": "The harvest of melons was good."},
]  # fmt: skip


@pytest.fixture
def workspace(workspace_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    source = tmp_path / "lakeside.txt"
    source.write_text(DECLARATION, encoding="utf-8")
    with Workspace.open(workspace_folder, clock=lambda: datetime(2027, 1, 5, tzinfo=UTC)) as opened:
        for outcome in opened.read(
            [str(source)], metadata={"date": "2026-05-04", "parties": ["United States", "Japan"]}
        ):
            assert outcome.doc == "lakeside"
        yield opened


def written(folder: Path, rows: list[dict[str, Any]], name: str = "pages.jsonl.gz") -> Path:
    path = folder / name
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def added(workspace: Workspace, path: Path) -> CorpusOutcome:
    (outcome,) = workspace.evidence.add([str(path)])
    return outcome


def found(workspace: Workspace, **options: Any) -> list[Found]:  # noqa: ANN401
    return list(workspace.evidence.candidates("lakeside", **options))


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz"])
def test_pages_are_added_once(workspace: Workspace, tmp_path: Path, name: str) -> None:
    path = written(tmp_path, ROWS, name)
    first, second = added(workspace, path), added(workspace, path)
    assert (first.added, first.unchanged, first.problems) == (2, 0, ())
    assert first.characters == sum(len(row["text"]) for row in ROWS)
    assert (second.added, second.unchanged, second.characters) == (0, 2, 0)


def test_a_changed_page_takes_the_place_of_the_older_one(workspace: Workspace, tmp_path: Path) -> None:
    added(workspace, written(tmp_path, ROWS))
    outcome = added(workspace, written(tmp_path, [{**ROWS[0], "text": "The council was dissolved."}]))
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 0)
    page = workspace.evidence.page("r/1")
    assert page is not None
    assert page.text == "The council was dissolved."


def test_a_page_that_stands_twice_is_told(workspace: Workspace, tmp_path: Path) -> None:
    outcome = added(workspace, written(tmp_path, [*ROWS, {**ROWS[1], "text": "Another harvest."}, ROWS[0]]))
    assert [problem.code for problem in outcome.problems] == ["corpus-twice"]
    assert outcome.added == 2


def test_a_file_cut_short_keeps_what_stood_before(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"id": f"r/{number}", "text": f"Page {number}: " + "x y z " * number} for number in range(400)]
    path = written(tmp_path, rows)
    path.write_bytes(path.read_bytes()[:-200])
    outcome = added(workspace, path)
    assert [problem.code for problem in outcome.problems] == ["corpus-cut"]
    assert 0 < outcome.added < len(rows)
    assert added(workspace, written(tmp_path, rows)).unchanged == outcome.added


def test_bad_lines_cost_only_themselves(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS, "pages.jsonl")
    path.write_bytes(b"{broken\n" + path.read_bytes())
    outcome = added(workspace, path)
    assert outcome.added == 2
    assert [(problem.code, problem.line) for problem in outcome.problems] == [("corpus-line", 1)]


def test_files_and_folders_are_added_through_the_reading_room(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "kyoto.txt").write_text("The Quantum Standards Council met in Kyoto.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    outcome = added(workspace, folder)
    assert outcome.added == 1
    assert [problem.code for problem in outcome.problems] == ["empty-file"]
    assert workspace.evidence.page("kyoto") is not None


def test_the_corpus_never_fills_the_lists_of_the_register(workspace: Workspace, tmp_path: Path) -> None:
    added(workspace, written(tmp_path, ROWS))
    assert [document.slug for document in workspace.documents()] == ["lakeside"]


def test_sources_are_listed_and_removed(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    added(workspace, path)
    (source,) = workspace.evidence.sources()
    assert (source.source, source.pages) == (str(path), 2)
    assert workspace.evidence.remove("r/2") == 1
    assert workspace.evidence.remove(str(path)) == 1
    assert workspace.evidence.sources() == ()
    with pytest.raises(NothingRemovedError):
        workspace.evidence.remove("r/2")


def test_evidence_is_found_for_each_line(workspace: Workspace, tmp_path: Path) -> None:
    added(workspace, written(tmp_path, ROWS))
    council, corridor = found(workspace)
    assert council.candidates[0].page == "r/1"
    assert council.search.found == 1
    assert corridor.search.found == 0
    assert corridor.search.sources == (f"{tmp_path / 'pages.jsonl.gz'}: 2 pages", "register: 1 pages")


def test_other_documents_of_the_register_are_searched_and_the_own_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = tmp_path / "kyoto.txt"
    other.write_text(
        "The Quantum Standards Council of the United States and Japan met in Kyoto.", encoding="utf-8"
    )
    list(workspace.read([str(other)], metadata={"date": "2026-12-01"}))
    assert {one.page for one in found(workspace)[0].candidates} == {"kyoto"}


def test_a_document_read_anew_is_searched_as_it_is_now(workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "kyoto.txt"
    for text in ("Melons were sold.", "The Quantum Standards Council met in Kyoto."):
        other.write_text(text, encoding="utf-8")
        list(workspace.read([str(other)], metadata={"date": "2026-12-01"}))
        pages = [one.page for one in found(workspace)[0].candidates]
    assert pages == ["kyoto"]


def test_lines_can_be_chosen_by_id_or_kind(workspace: Workspace, tmp_path: Path) -> None:
    added(workspace, written(tmp_path, ROWS))
    every = [one.provision.id for one in found(workspace)]
    assert [one.provision.id for one in found(workspace, provisions=every[1:])] == every[1:]
    assert found(workspace, kinds=(Kind.PROHIBITION,)) == []
    with pytest.raises(NotOfDocumentError):
        found(workspace, provisions=["lakeside:none"])
    with pytest.raises(NotFoundError):
        list(workspace.evidence.candidates("nowhere"))


def test_progress_is_told(workspace: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = str(written(tmp_path, ROWS))
    list(workspace.evidence.add([path], progress=lambda done, total, _: told.append((done, total))))
    found(workspace, progress=lambda done, total, _: told.append((done, total)))
    assert told == [(2, None), (1, 2), (2, 2)]


def test_an_empty_corpus_finds_nothing_and_says_what_was_searched(workspace: Workspace) -> None:
    assert [(one.candidates, one.search.sources) for one in found(workspace)] == [((), ("register: 1 pages",))] * 2
