"""The rooms together: read, extract, keep, ask, through the facade alone."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.extract import GRAMMAR, Extractor
from dragoman.model import (
    ConflictError,
    Kind,
    Language,
    Query,
    ReadOutcome,
    ReviewState,
    Severity,
    StoreError,
    UsageError,
)
from dragoman.workspace import Workspace
from tests.endpoints import serving

LANTERN = Path(__file__).parent / "check" / "packs" / "lantern"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = "The United States and Japan will establish a joint quantum programme.\n\nJapan shall not export chips.\n"
SECOND = "A new opening.\n\n" + FIRST + "\nJapan will report every year.\n"


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace.open(workspace_folder, clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    path = tmp_path / "memo.txt"
    path.write_text(FIRST, encoding="utf-8")
    (tmp_path / "memo.json").write_text(json.dumps({"date": "2026-01-05", "title": "Memo"}), encoding="utf-8")
    return path


def read(workspace: Workspace, *inputs: Path | str) -> list[ReadOutcome]:
    return list(workspace.read([str(one) for one in inputs]))


def test_a_text_becomes_lines_pinned_to_their_sentences(workspace: Workspace, memo: Path) -> None:
    (outcome,) = read(workspace, memo)
    assert (outcome.doc, outcome.status, outcome.sentences) == ("memo", "new", 2)
    assert outcome.provisions == {Kind.COMMITMENT: 1, Kind.PROHIBITION: 1}
    text = workspace.document("memo").text
    assert text == FIRST
    for entry in workspace.provisions(Query()).entries:
        line = entry.provision
        assert text[line.start : line.end] == line.quote.exact
        assert text[line.trigger_start :].startswith(line.trigger)
    assert list(workspace.export(Query())) == list(workspace.provisions(Query()).entries)
    (summary,) = workspace.documents()
    assert (summary.title, summary.date, summary.read_at) == ("Memo", date(2026, 1, 5), NOON)


def test_reading_again_changes_nothing(workspace: Workspace, memo: Path) -> None:
    (first,) = read(workspace, memo)
    before = workspace.documents(), workspace.provisions(Query()), workspace.problems()
    (again,) = read(workspace, memo)
    assert (again.status, again.kept) == ("unchanged", 2)
    assert (again.provisions, again.sentences, again.problems) == (first.provisions, 2, first.problems)
    assert (workspace.documents(), workspace.provisions(Query()), workspace.problems()) == before


def test_a_changed_file_keeps_ids_and_reviews(workspace: Workspace, memo: Path) -> None:
    read(workspace, memo)
    line = workspace.provisions(Query(kinds=(Kind.PROHIBITION,))).entries[0].provision
    workspace.review(line.id, ReviewState.ACCEPTED, reviewer="Ann", reason="clear")
    memo.write_text(SECOND, encoding="utf-8")
    (outcome,) = read(workspace, memo)
    assert (outcome.status, outcome.kept, outcome.provisions[Kind.COMMITMENT]) == ("version", 2, 2)
    entry = workspace.provision(line.id)
    assert (entry.state, entry.version) == (ReviewState.ACCEPTED, 2)
    assert SECOND[entry.provision.start : entry.provision.end] == line.quote.exact
    assert workspace.document("memo", 1).text == FIRST


def test_what_cannot_be_read_costs_nothing_else(workspace: Workspace, memo: Path, tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    outcomes = read(workspace, tmp_path / "a-empty.txt", memo, tmp_path / "gone.txt")
    assert [outcome.status for outcome in outcomes] == ["failed", "new", "failed"]
    assert [problem.severity for problem in workspace.problems()] == [Severity.ERROR] * 2
    (tmp_path / "a-empty.txt").write_text("Japan will pay.", encoding="utf-8")
    read(workspace, tmp_path / "a-empty.txt")
    assert [problem.code for problem in workspace.problems()] == ["no-such-path"]


def test_a_defect_of_the_grammar_costs_only_its_document(
    workspace: Workspace, memo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Extractor, "extract", broken)
        (outcome,) = read(workspace, memo)
    assert [problem.code for problem in outcome.problems] == ["grammar-broke"]
    assert workspace.search("quantum").total == 1
    assert workspace.provisions(Query()).total == 0
    (again,) = read(workspace, memo)
    assert again.status == "recoded"
    assert workspace.provisions(Query()).total == 2
    assert workspace.problems() == ()


def test_renamed_and_moved_files_are_remarked_on(workspace: Workspace, memo: Path, tmp_path: Path) -> None:
    read(workspace, memo)
    renamed = tmp_path / "renamed.txt"
    renamed.write_text(FIRST, encoding="utf-8")
    for _ in range(2):
        assert [problem.code for problem in read(workspace, renamed)[0].problems] == ["same-bytes"]
    (tmp_path / "other").mkdir()
    moved = tmp_path / "other" / "memo.txt"
    moved.write_text(SECOND, encoding="utf-8")
    assert "same-name" in [problem.code for problem in read(workspace, moved)[0].problems]


def test_an_upload_is_kept_under_its_hash(workspace: Workspace) -> None:
    data = FIRST.encode()
    (outcome,) = workspace.read_bytes(data, "upload.txt")
    assert (outcome.doc, outcome.status) == ("upload", "new")
    assert (workspace.folder / "fetched" / hashlib.sha256(data).hexdigest()).read_bytes() == data
    assert list((workspace.folder / "fetched").glob("*.partial")) == []


def test_an_address_is_kept_under_its_hash(workspace: Workspace, memo: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(memo.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/memo.txt"
        settings = workspace.read_settings(allow_private=True)
        (outcome,) = workspace.read([address], settings=settings)
        server.shutdown()
    assert (outcome.status, outcome.source) == ("new", address)
    digest = hashlib.sha256(FIRST.encode()).hexdigest()
    assert (workspace.folder / "fetched" / digest).read_bytes() == FIRST.encode()


def test_progress_tells_each_document(workspace: Workspace, memo: Path, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text("Japan will pay.", encoding="utf-8")
    told: list[tuple[int, int | None, str]] = []
    inputs = [str(memo), str(tmp_path / "two.txt")]
    list(workspace.read(inputs, progress=lambda *now: told.append(now)))
    assert told == [(1, 2, inputs[0]), (2, 2, inputs[1])]


def test_settings_keep_their_defaults(workspace: Workspace) -> None:
    default, changed = workspace.read_settings(), workspace.read_settings(max_seconds=2.5, allow_private=True)
    assert (changed.max_seconds, changed.max_bytes) == (2.5, default.max_bytes)
    assert (changed.allow_private, default.allow_private) == (True, False)


def test_tags_of_an_edit_must_exist(workspace: Workspace, memo: Path) -> None:
    read(workspace, memo)
    line = workspace.provisions(Query()).entries[0].provision.id
    with pytest.raises(UsageError, match="Did you mean `quantum`"):
        workspace.review(line, ReviewState.EDITED, reviewer="Ann", changes={"technologies": ["quantm"]})
    changes = {"technologies": ["quantum", "ai"], "instruments": "rnd"}
    entry = workspace.review(line, ReviewState.EDITED, reviewer="Ann", changes=changes)
    assert (entry.provision.technologies, entry.provision.instruments) == (("quantum", "ai"), ("rnd",))
    assert workspace.facets(Query()).reviews == (("candidate", 1), ("edited", 1))


def test_the_vocabulary_has_the_tags_and_the_names(workspace: Workspace) -> None:
    words = workspace.vocabulary()
    assert {"quantum", "ai"} <= words["technology"]
    assert "export-control" in words["instrument"]
    assert "Japan" in words["actor"]
    assert "Japan" in words["counterparty"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(StoreError, match=r"cannot be written .* Choose a folder"):
        Workspace.open(tmp_path / "file")
    with pytest.raises(StoreError, match=r"cannot be written .* Choose a folder"):
        Workspace.open(tmp_path / "file" / "below")


@pytest.mark.real
def test_the_five_documents(workspace: Workspace, shared: Path) -> None:
    outcomes = read(workspace, shared / "docs")
    assert {outcome.status for outcome in outcomes} == {"new"}
    assert len(outcomes) == 5
    for summary in workspace.documents():
        text = (shared / "docs" / f"{summary.slug}.txt").read_bytes().decode()
        assert workspace.document(summary.slug).text == text
        page = workspace.provisions(Query(documents=(summary.slug,), limit=None))
        assert page.total == sum(summary.provisions.values()) > 0
        assert all(text[e.provision.start : e.provision.end] == e.provision.quote.exact for e in page.entries)
    assert workspace.search("芯片").total
    assert workspace.search("U.S.").total


def test_a_model_codes_too_and_nothing_is_accepted_by_itself(workspace: Workspace, memo: Path) -> None:
    memo.write_text(FIRST + "\nThe weather was good.\n", encoding="utf-8")
    read(workspace, memo)
    told: list[tuple[int, int | None, str]] = []
    with serving() as endpoint:
        endpoint.rows = [
            {"sentence": "The weather", "trigger": "was", "kind": "measure", "force": 3},
            {"sentence": "Japan shall", "trigger": "shall not", "kind": "prohibition", "force": 4},
            {"sentence": "Japan shall", "trigger": "must", "kind": "prohibition", "force": 4},
        ]
        ask = partial(workspace.code, "memo", url=endpoint.url, model="toy")
        outcome = ask(progress=lambda *now: told.append(now))
        again = ask()
    assert (outcome.doc, outcome.coder, outcome.new, outcome.shared) == ("memo", "model/toy", 1, 1)
    assert [problem.code for problem in outcome.problems] == ["model-line-rejected"]
    assert (again.new, again.shared, again.known) == (0, 1, 1)
    assert told == [(0, 1, "memo"), (1, 1, "memo")]
    by_coder = {e.provision.coder: e for e in workspace.export(Query()) if e.provision.kind is Kind.MEASURE}
    assert {coder: entry.state for coder, entry in by_coder.items()} == {"model/toy": ReviewState.CANDIDATE}
    (shared,) = workspace.provisions(Query(kinds=(Kind.PROHIBITION,))).entries
    assert shared.provision.coder == GRAMMAR
    lines, _ = workspace.history(shared.provision.id)
    assert [entry.provision.coder for entry in lines] == [GRAMMAR, "model/toy"]
    assert read(workspace, memo)[0].status == "unchanged"
    assert workspace.problems() == outcome.problems


def test_a_document_read_anew_meanwhile_keeps_no_models_lines(workspace: Workspace, memo: Path) -> None:
    read(workspace, memo)
    with serving() as endpoint:
        endpoint.rows = [{"sentence": "Japan shall", "trigger": "shall", "kind": "obligation", "force": 4}]

        def change(*_: object) -> None:
            memo.write_text(SECOND, encoding="utf-8")
            read(workspace, memo)

        with pytest.raises(ConflictError, match="has changed"):
            workspace.code("memo", url=endpoint.url, model="toy", progress=change)
    assert {entry.provision.coder for entry in workspace.export(Query())} == {GRAMMAR}


def test_actors_have_chinese_names(workspace: Workspace) -> None:
    names = workspace.names(Language.ZH)
    assert (names["Japan"], names["European Union"]) == ("日本", "欧盟")
    assert workspace.names(Language.EN) == {}
    assert names["Department of Commerce"] == "美国商务部"
    assert len(set(names.values())) == len(names)


def test_a_case_is_checked_by_the_law_of_the_day_of_the_clock(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("template: shipment\n", encoding="utf-8")
    checked = workspace.check(path, [str(LANTERN)])
    assert checked.report is not None
    assert checked.report.as_of == NOON.date()


def test_coverage_leaves_out_lines_that_were_rejected(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "lantern-act.txt"
    path.write_text("The keeper shall not leave without a permit.\n\nThe keeper shall answer.\n", encoding="utf-8")
    read(workspace, path)
    lines = workspace.coverage("lantern-act", [str(LANTERN)]).lines
    assert [line.rules for line in lines] == [("lantern/bright",), ()]
    workspace.review(lines[1].entry.provision.id, ReviewState.REJECTED, reviewer="Ann")
    assert len(workspace.coverage("lantern-act", [str(LANTERN)]).lines) == 1
