"""Files, folders, globs, standard input, JSON lines, sidecars; each bad input beside good ones."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from dragoman.read import ReadResult, ReadSettings, count_inputs, read_inputs
from dragoman.read.slugs import Slugs, slugify, stem_of

GOOD = "The parties will meet. They will report."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def codes(results: list[ReadResult]) -> list[str]:
    return [one.code for result in results for one in result.problems]


def slugs(results: list[ReadResult]) -> list[str]:
    return [result.document.slug for result in results if result.document is not None]


def test_a_file_keeps_its_own_offsets(folder: Path) -> None:
    (folder / "plan.txt").write_bytes("One.\r\n双方将会面。\r\n".encode())
    (result,) = read_inputs([str(folder / "plan.txt")])
    assert result.document is not None
    assert result.document.text == "One.\r\n双方将会面。\r\n"
    assert result.document.slug == "plan"
    assert result.data is None


def test_a_folder_is_read_in_order_and_other_files_are_noted(folder: Path) -> None:
    (folder / "a.md").write_text("# Plan\n\nWe will act.", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text(GOOD, encoding="utf-8")
    (folder / "table.csv").write_text("a,b", encoding="utf-8")
    (folder / "case.yaml").write_text("template: package", encoding="utf-8")
    results = list(read_inputs([str(folder)]))
    assert slugs(results) == ["a", "good", "b"]
    assert codes(results) == ["skipped-extension"]


def test_a_glob_and_a_missing_path(folder: Path) -> None:
    results = list(read_inputs([str(folder / "*.txt"), str(folder / "none.txt"), str(folder / "*.pdf")]))
    assert slugs(results) == ["good"]
    assert codes(results) == ["no-such-path", "no-such-path"]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert codes(list(read_inputs([str(tmp_path)]))) == ["empty-folder"]


def test_standard_input() -> None:
    (result,) = read_inputs(["-"], standard_input=io.BytesIO(GOOD.encode()), metadata={"title": "Widgets"})
    assert result.document is not None
    assert (result.document.slug, result.document.title) == ("standard-input", "Widgets")


def test_standard_input_of_json_lines() -> None:
    data = b'{"id": "a", "text": "We will act."}\n{"id": "b", "text": "We must act."}\n'
    assert slugs(list(read_inputs(["-"], standard_input=io.BytesIO(data)))) == ["a", "b"]


def rows(*texts: object) -> bytes:
    return b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in texts)


def test_json_lines_with_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(
        rows(
            {"id": "a/1", "title": "Plan", "date": "2024-06-03", "url": "https://example.org/1", "text": GOOD},
            b"not json",
            {"id": "a/2"},
            [1],
            b"\xff\xfe",
            {"id": "a/1", "text": "We must act."},
            b"",
            {"text": "No id here."},
        )
    )
    results = list(read_inputs([str(path)]))
    assert codes(results) == ["json-line"] * 4 + ["slug-taken"]
    assert "Line 2 " in results[1].problems[0].message
    first, *_, last = (result.document for result in results if result.document)
    assert (first.slug, first.title, str(first.date), first.source) == (
        "a-1",
        "Plan",
        "2024-06-03",
        "https://example.org/1",
    )
    assert last.slug == "all-8"
    assert len(set(slugs(results))) == 3


def test_packed_json_lines_that_end_too_early_give_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl.gz"
    lines = [
        {"id": str(number), "text": f"We will build widget {number}{os.urandom(40).hex()}."}
        for number in range(3000)
    ]
    path.write_bytes(gzip.compress(rows(*lines))[:-4000])
    results = list(read_inputs([str(path)]))
    assert codes(results) == ["interrupted"]
    assert len(slugs(results)) > 1000


def test_a_line_longer_than_allowed_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(rows({"id": "a", "text": "x" * 5000}, {"id": "b", "text": GOOD}))
    results = list(read_inputs([str(path)], ReadSettings(max_line=1000)))
    assert codes(results) == ["json-line"]
    assert slugs(results) == ["b"]


def test_metadata_index_sidecar_and_options_in_that_order(folder: Path) -> None:
    (folder / "index.json").write_text(
        '{"good": {"title": "Index", "kind": "law", "date": "2020-01-01"}}', encoding="utf-8"
    )
    (folder / "good.json").write_text('{"title": "Sidecar", "language": "en", "work": "w"}', encoding="utf-8")
    (result,) = read_inputs([str(folder / "good.txt")], metadata={"date": "2024-06-03"})
    assert result.document is not None
    found = result.document
    assert (found.title, found.kind, str(found.date), found.work) == ("Sidecar", "law", "2024-06-03", "w")
    assert not found.guessed


@pytest.mark.parametrize("content", ["{broken", "[1]", '{"other": 1}'])
def test_a_bad_sidecar_is_a_problem_and_the_text_is_read(folder: Path, content: str) -> None:
    (folder / "good.json").write_text(content, encoding="utf-8")
    results = list(read_inputs([str(folder)]))
    assert slugs(results) == ["good"]
    assert codes(results) == ["sidecar-ignored"]


def test_language_versions_share_their_work(folder: Path) -> None:
    for name in ("deal.en.txt", "deal.zh.txt"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    results = list(read_inputs([str(folder / "deal.*.txt")]))
    assert [result.document.work for result in results if result.document] == ["deal", "deal"]


def test_equal_stems_get_different_slugs(folder: Path) -> None:
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    results = list(read_inputs([str(folder)]))
    assert len(set(slugs(results))) == 2
    assert codes(results) == ["slug-taken"]


def test_each_bad_file_is_a_problem_and_the_good_one_is_read(folder: Path) -> None:
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "b-rubbish.txt").write_bytes(os.urandom(5000))
    (folder / "c-cut.docx").write_bytes(b"PK\x03\x04cut")
    (folder / "d-scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "e-page.html").write_bytes(b"")
    results = list(read_inputs([str(folder)]))
    assert slugs(results) == ["good"]
    assert codes(results) == ["empty-file", "not-text", "docx-damaged", "pdf-damaged", "empty-file"]
    assert all(one.remedy and one.source for result in results for one in result.problems)


def test_unknown_extension_is_read_with_a_warning(folder: Path) -> None:
    path = folder / "plan.odd"
    path.write_text(GOOD, encoding="utf-8")
    (result,) = read_inputs([str(path)])
    assert result.document is not None
    assert codes([result]) == ["unknown-extension"]
    assert result.problems[0].doc == "plan"


def test_a_file_without_the_right_to_read(
    open_folder: Path, without_rights: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "closed.txt"
    path.write_text(GOOD, encoding="utf-8")
    assert codes(list(read_inputs([str(path)]))) == []
    path.chmod(0)
    with without_rights():
        assert codes(list(read_inputs([str(path)]))) == ["not-readable"]


def test_a_pipe_is_refused_and_does_not_block(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert codes(list(read_inputs([str(folder / "pipe.txt")]))) == ["not-readable"]


def test_a_file_above_the_limit(folder: Path) -> None:
    settings = ReadSettings(max_bytes=10)
    assert codes(list(read_inputs([str(folder / "good.txt")], settings))) == ["too-large"]


def test_packed_text_is_read_and_a_bomb_is_not(folder: Path) -> None:
    (folder / "plan.txt.gz").write_bytes(gzip.compress(GOOD.encode()))
    (folder / "zeros.txt.gz").write_bytes(gzip.compress(bytes(20_000_000)))
    results = list(read_inputs([str(folder / "*.gz")]))
    assert slugs(results) == ["plan"]
    assert codes(results) == ["expands-too-far"]


def test_a_text_in_another_language_is_noted(folder: Path) -> None:
    path = folder / "other.txt"
    path.write_text("Стороны построят много виджетов в следующем году. " * 5, encoding="utf-8")
    assert codes(list(read_inputs([str(path)]))) == ["language-not-read"]


def test_folders_too_deep_are_named(folder: Path) -> None:
    deep = folder / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text(GOOD, encoding="utf-8")
    results = list(read_inputs([str(folder)], ReadSettings(max_depth=1)))
    assert "too-deep" in codes(results)
    assert slugs(results) == ["good"]


def test_count_inputs(folder: Path) -> None:
    assert count_inputs([str(folder), "https://example.org/a"]) == 2
    assert count_inputs([str(folder), "-"]) is None


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a/b.en.txt", "b.en"),
        ("b.txt.gz", "b"),
        ("https://example.org/x/y.html?z=1", "y"),
        ("https://example.org/", "example.org"),
    ],
)
def test_stem_of(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_slugs_are_safe_short_and_stable() -> None:
    assert slugify("a/b c?") == "a-b-c"
    assert slugify("条例 一") == "条例-一"
    assert len(slugify("x" * 500)) == 120
    assert slugify("//") == slugify("//")
    one, two = Slugs(), Slugs()
    assert [one.take("a", "x"), one.take("a", "y")] == [two.take("a", "x"), two.take("a", "y")]
